"""The layer of engagements: the map, and beside it the card and the list."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cri_data.model.code_lists import DELIVERY_MODES, ENGAGEMENT_STATUSES
from cri_data.model.filters import Filters
from cri_data.model.roles import Viewer
from cri_ui.components import columns, drawings, page, row_picker
from cri_ui.components.text import INVISIBLE, count_of
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
from cri_ui.views import map_card
from cri_ui.views.map_look import Where, groups_of, legend_marks, place_of

# More marks would overlap, and take the browser seconds to draw: then engagements are put
# together near, too.
_MOST_MARKS = 5_000
# Degrees of longitude of the places that are put together: far out, and near.
_FAR, _FAR_ON_PHONE, _NEAR = 3.2, 5.0, 0.4
# Radius of the largest circle in pixels: what fits into such a place.
_LARGEST, _LARGEST_ON_PHONE, _LARGEST_NEAR = 19.0, 14.0, 18.0
HEIGHT = 430

_COLUMNS = [
    *("agency_name", "city", "state", "topic_name", "status", "period_on"),
    *("lead_partner_name", "delivery_mode", "hours", "placed_by", "engagement_id"),
]

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
class Chosen:
    """What was chosen last: an engagement, and a place of several (a cell of the grid)."""

    engagement_id: str | None = None
    place: str | None = None


@dataclass(frozen=True)
class Asked:
    """What the page asks for: filters, what colors mean, and the groups that are shown."""

    viewer: Viewer
    filters: Filters
    by: str
    groups: list[str] | None
    where: Where
    # The chosen step of the timeline, for downloads. Empty: all.
    step: str = ""

    def fetch(self, question: str, **values: object) -> pd.DataFrame:
        """The result of a question about what is shown."""
        return session.fetch(
            question,
            self.viewer,
            self.filters,
            colored_by=self.by,
            map_groups=self.groups,
            **values,
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
        chosen = _list(asked, _clicked(key))
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


def _degrees() -> float:
    return _FAR_ON_PHONE if drawings.is_phone() else _FAR


def _drawn(asked: Asked, groups: Sequence[Group], is_dark: bool) -> _Drawn:
    """The layers of what is shown, made once for all who see the same."""
    far = asked.fetch("engagements_by_place", cell_degrees=_degrees())
    is_each = int(far["points"].sum()) <= _MOST_MARKS
    if is_each:
        near = asked.fetch("map_engagements_list", row_limit=_MOST_MARKS)
    else:
        near = asked.fetch("engagements_by_place", cell_degrees=_NEAR)
    largest = _LARGEST_ON_PHONE if drawings.is_phone() else _LARGEST

    def make() -> _Drawn:
        if is_each:
            below = layers.engagement_marks(near, groups, is_dark)
        else:
            below = layers.place_circles(
                near, groups, is_dark, _NEAR, _LARGEST_NEAR, Tier.NEAR
            )
        above = layers.place_circles(far, groups, is_dark, _degrees(), largest)
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


# -- What is chosen --------------------------------------------------------------

_SEEN = "map_seen"


def _clicked(key: str) -> tuple[str, str] | None:
    """What is selected on the map: its layer, and its ID or place."""
    event = st.session_state.get(key) or {}
    objects = event.get("selection", {}).get("objects", {})
    for name, field in (
        (layers.MARKS, "i"),
        (layers.CIRCLES, "p"),
        (layers.NEAR_CIRCLES, "p"),
    ):
        for one in objects.get(name) or ():
            if isinstance(one, dict) and isinstance(one.get(field), str):
                return name, one[field].removeprefix(INVISIBLE)
    return None


def _after_click(before: Chosen, clicked: tuple[str, str] | None) -> Chosen:
    if clicked is None:
        return Chosen()
    name, what = clicked
    if name == layers.MARKS:
        return replace(before, engagement_id=what)
    return Chosen(place=f"{_NEAR if name == layers.NEAR_CIRCLES else _degrees()} {what}")


def _list(asked: Asked, clicked: tuple[str, str] | None) -> Chosen:
    """Draw the list of what the filters and the place hold. Returns what is chosen now.

    The last choice counts, on the map or in the list.
    """
    seen_click, seen_row, chosen = st.session_state.get(_SEEN, (None, None, Chosen()))
    is_click = clicked != seen_click
    if is_click:
        chosen = _after_click(chosen, clicked)
    found, total = _rows(asked, chosen)
    _heading(asked, chosen, total)
    row = row_picker.chosen_row(
        found,
        _shown,
        "engagement_id",
        "engagement_rows",
        "Engagements, newest first.",
    )
    listed = None if row is None else str(found["engagement_id"].iloc[row])
    if listed != seen_row and not (is_click and listed is None):
        chosen = replace(chosen, engagement_id=listed)
    st.session_state[_SEEN] = (clicked, listed, chosen)
    return chosen


def _rows(asked: Asked, chosen: Chosen) -> tuple[pd.DataFrame, int]:
    limit = row_picker.FIRST_ROWS
    if st.session_state.get("more_engagements"):
        limit = row_picker.MOST_ROWS
    found = asked.fetch(
        "map_engagements_list", row_limit=limit, **_place_asked(asked, chosen)
    )
    return found, int(found["engagements_of_all"].iloc[0]) if len(found) else 0


def _place_asked(asked: Asked, chosen: Chosen) -> dict[str, object]:
    if chosen.place:
        degrees, place = chosen.place.split(" ", 1)
        return {"cell_degrees": float(degrees), "place": place}
    return {"place_state": asked.where.state, "agency_id": asked.where.agency_id}


def _heading(asked: Asked, chosen: Chosen, total: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        is_part = bool(chosen.place or asked.where.state or asked.where.agency_id)
        here = " here" if is_part else ""
        said = f"{count_of(total, 'engagement')}{here}"
        if total > row_picker.FIRST_ROWS:
            said += ", newest first"
        page.note(said)
        if chosen.place or chosen.engagement_id:
            st.button("Show all", key="map_all", type="tertiary", on_click=_forget)


def _forget() -> None:
    seen = st.session_state.get(_SEEN, (None, None, Chosen()))
    st.session_state[_SEEN] = (seen[0], seen[1], Chosen())


def _shown(found: pd.DataFrame) -> pd.DataFrame:
    return page.with_labels(
        columns.shown(found)[_COLUMNS],
        status=ENGAGEMENT_STATUSES.labels,
        delivery_mode=DELIVERY_MODES.labels,
        placed_by=map_card.PLACED_BY,
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
