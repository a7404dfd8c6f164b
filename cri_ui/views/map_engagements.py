"""The layer of engagements: the map, and beside it the card and the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cri_ui.components import drawings, page, row_picker
from cri_ui.maps import layers, points
from cri_ui.maps.deck import Layer, Tier, deck
from cri_ui.maps.palette import Group
from cri_ui.maps.viewport import (
    Place,
    place_of_cell,
    place_of_state,
    whole_map,
)
from cri_ui.session import session
from cri_ui.views import map_card, map_list
from cri_ui.views.map_list import NEAR, Asked, Chosen, far_degrees
from cri_ui.views.map_look import groups_of, legend_marks, place_of

# More marks would overlap, and take the browser seconds to draw: then engagements are put
# together near, too.
_MOST_MARKS = 5_000
# Radius of the largest circle in pixels: what fits into such a place.
_LARGEST, _LARGEST_ON_PHONE, _LARGEST_NEAR = 19.0, 14.0, 18.0
HEIGHT = 430

_HOW = (
    "A circle stands for the engagements around it, its color for the most frequent group. "
    "Click a circle, or zoom in, to see each engagement. Click an engagement, or choose a "
    "row, to see its card."
)
_BY_STATE = (
    "The map as a table: what filters, legend, and timeline leave, by the agency's state. "
    "Canceled engagements are counted in their own column only."
)
_TOO_MANY = (
    "With more than {most:,} engagements, near ones stay grouped. To see each, set more "
    "filters."
)


@dataclass(frozen=True)
class _Drawn:
    """The layers of some answers, a checksum of what can be clicked, and a sentence."""

    layers: list[Layer]
    offered: str
    alt: str
    is_each: bool
    answers: tuple[Any, ...]


def draw(asked: Asked, picture: DeltaGenerator, beside: DeltaGenerator) -> None:
    """Draw the map into `picture`, and the card and the list into `beside`."""
    is_dark = drawings.is_dark()
    counts = session.fetch(
        "engagements_by_map_group", asked.viewer, asked.filters, colored_by=asked.by
    )
    groups = groups_of(counts, asked.by, is_dark)
    drawn = _drawn(asked, groups, is_dark)
    key = row_picker.steady_key("engagements", drawn.offered)
    with beside:
        card = st.container(key="map_card")
        chosen = map_list.draw(asked, map_list.clicked_on_map(key))
        with card:
            if chosen.engagement_id:
                map_card.draw(asked.viewer, chosen.engagement_id)
    how = _HOW if drawn.is_each else f"{_HOW} {_TOO_MANY.format(most=_MOST_MARKS)}"
    with picture:
        st.html(legend_marks(counts, groups, is_dark))
        ring = layers.chosen_ring(_spots(asked, chosen), is_dark)
        made = deck([*drawn.layers, *ring], is_dark, _view(asked, chosen))
        st.pydeck_chart(
            made,
            height=HEIGHT,
            on_select="rerun",
            selection_mode="single-object",
            key=key,
            alt=drawn.alt,
        )
    with beside:
        page.note(how)


def draw_tables(asked: Asked) -> None:
    """Draw the map as a table by state, and the downloads of what is shown."""
    states = asked.fetch("engagements_by_state")
    with st.container(border=True):
        st.header("Engagements by state", help=_BY_STATE)
        page.twin(states, "engagements_by_state", "Engagements by state", _said(asked))
        page.download_all(
            "map_engagements_list",
            "Engagements",
            f"{int(states['engagements'].sum() + states['engagements_cancelled'].sum()):,} "
            "engagements",
            lambda: session.store().ask(
                "map_engagements_list",
                asked.viewer,
                **asked.filters.params(),
                colored_by=asked.by,
                map_groups=asked.groups,
            ),
            _said(asked),
        )


def _said(asked: Asked) -> str | None:
    """The filters in words, where the legend or the timeline narrows them."""
    narrowed = [*(asked.groups or ()), asked.step]
    words = [one for one in narrowed if one]
    if not words:
        return None
    return f"{session.filters_in_words()}; on the map: {', '.join(words)}"


def _drawn(asked: Asked, groups: Sequence[Group], is_dark: bool) -> _Drawn:
    """The layers of what is shown, made once for all who see the same."""
    far = asked.fetch("engagements_by_place", cell_degrees=far_degrees())
    is_each = int(far["points"].sum()) <= _MOST_MARKS
    if is_each:
        near = asked.fetch("map_engagements_list", row_limit=_MOST_MARKS)
    else:
        near = asked.fetch("engagements_by_place", cell_degrees=NEAR)
    largest = _LARGEST_ON_PHONE if drawings.is_phone() else _LARGEST

    def make() -> _Drawn:
        if is_each:
            below = layers.engagement_marks(near, groups, is_dark)
        else:
            below = layers.place_circles(
                near, groups, is_dark, NEAR, _LARGEST_NEAR, Tier.NEAR
            )
        above = layers.place_circles(far, groups, is_dark, far_degrees(), largest)
        ids = [*near.iloc[:, 0].astype(str), *far["place"]]
        offered = row_picker.checksum(ids)
        return _Drawn([*below, *above], offered, _alt(far, groups), is_each, (far, near))

    name = ("map", id(near), tuple(groups), is_dark, drawings.is_phone())
    return session.made_of(far, name, make)


def _alt(places: pd.DataFrame, groups: Sequence[Group]) -> str:
    named = ", ".join(group.name for group in groups)
    return (
        f"Map of {int(places['points'].sum()):,} engagements in {len(places):,} places, "
        f"colored by {named}. The list and the table by state have the same engagements."
    )


def _spots(asked: Asked, chosen: Chosen) -> list[tuple[float, float]]:
    """Where the ring around what is chosen is drawn."""
    if chosen.engagement_id is None:
        return []
    found = session.fetch(
        "engagement_detail", asked.viewer, engagement_id=chosen.engagement_id
    )
    shown = points.placed(found)
    return list(zip(*(one.tolist() for one in points.drawn_at(shown)), strict=True))


def _view(asked: Asked, chosen: Chosen) -> Place:
    """Where the map is sent. While this stays, the reader's own view does."""
    if chosen.place:
        degrees, place = chosen.place.split(" ", 1)
        return _of_cell(place, float(degrees))
    return place_of(asked.where)


def _of_cell(place: str, degrees: float) -> Place:
    row, _, column = place.partition(" ")
    if not column:
        return place_of_state(place) or whole_map()
    return place_of_cell(
        (int(column) + 0.5) * degrees, (int(row) + 0.5) * 0.8 * degrees, degrees
    )
