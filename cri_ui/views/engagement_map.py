"""Engagement map page: the map, its legend, its table, and the chosen engagement."""

from dataclasses import dataclass

import pandas as pd
import pydeck
import streamlit as st

from cri_data.model.code_lists import (
    DELIVERY_MODES,
    ENGAGEMENT_STATUSES,
    REQUEST_STATUSES,
)
from cri_data.model.filters import Filters
from cri_data.model.roles import Viewer
from cri_data.store.rows import table_rows
from cri_ui.components import agency_link, columns, drawings, page, row_picker
from cri_ui.components.text import count_of, plain_html, plain_markdown, whole
from cri_ui.maps import deck
from cri_ui.maps.viewport import Room
from cri_ui.session import services, session

# More points would overlap, and take the browser seconds to draw.
_MOST_POINTS = 5_000
_HEIGHT = 440
# Nothing tells how wide a window is. What fits a tablet's map, with the filters
# beside it, fits a wide one too; that has the legend beside it, and not more sea.
_PHONE, _TABLET = 360, 516
_WIDEST, _LEGEND = 620, 230

_COLUMNS = [
    "engagement_id",
    "agency_name",
    "city",
    "state",
    "topic_name",
    "lead_partner_name",
    "status",
    "delivery_mode",
    "period_on",
    "hours",
]

_EACH = (
    "Color: topic. Size: hours. To see an engagement, click a point or choose a row "
    "of the table."
)
_TOGETHER = (
    "Engagements are grouped by place (half a degree). Color: most frequent topic. "
    "Size: hours. To see each engagement, set more filters."
)

_ZOOM = (
    "Off: the map opens on the contiguous United States and stays where you leave it when "
    "filters change, unless none of the results are there. On: it moves to the results."
)

_BEYOND = (
    "outside the contiguous United States, such as in Alaska, Hawaii, or the "
    "territories. Zoom out, move the map, or choose a state."
)


@dataclass(frozen=True)
class _Map:
    """A finished map with its legend and notes, and the results that it came from."""

    deck: pydeck.Deck
    points: str
    alt: str
    legend: str
    beyond: int
    answers: tuple[pd.DataFrame, pd.DataFrame]


def in_a_sentence(totals: pd.Series) -> str:
    """The page's totals as a sentence."""
    cancelled = int(totals.engagements_cancelled)
    if cancelled and not totals.engagements:
        return f"**{count_of(cancelled, 'canceled engagement')}** and no others."
    sentence = (
        f"**{count_of(int(totals.engagements), 'engagement')}** for "
        f"**{count_of(int(totals.agencies_served), 'agency', 'agencies')}**, "
        f"{_hours_in_words(totals)}"
    )
    if cancelled:
        sentence += f"; plus {cancelled:,} canceled"
    if totals.engagements_without_place:
        sentence += f"; {_without_place(int(totals.engagements_without_place))}"
    return f"{sentence}."


def _without_place(number: int) -> str:
    has, is_ = ("has", "is") if number == 1 else ("have", "are")
    return f"{number:,} {has} no location and {is_} only in the table"


def _hours_in_words(totals: pd.Series) -> str:
    known = int(totals.engagements_with_hours)
    if known == 0:
        return "no hours reported"
    hours = f"{whole(totals.hours)} hours"
    if known == totals.engagements:
        return hours
    return f"{hours} (hours reported for {known:,})"


def rows_of(totals: pd.Series) -> int:
    """Number of engagements to show, including canceled ones."""
    return int(totals.engagements + totals.engagements_cancelled)


def draw_map(viewer: Viewer, filters: Filters, total: int) -> str | None:
    """Draw the map and its legend. Returns the ID of the clicked engagement, if any.

    Each engagement is a point, unless there are too many; then each place is.
    """
    topics = session.fetch("topics_options", viewer)
    is_each = total <= _MOST_POINTS
    question = "engagements_list" if is_each else "engagements_by_place"
    found = session.fetch(question, viewer, filters)
    with st.container(border=True):
        room = _room()
        is_dark = drawings.is_dark()
        drawn = services.current().drawings.of(
            ("engagement map", id(found), id(topics), room, is_dark),
            lambda: _map_of(found, topics, is_each, room, is_dark),
        )
        with st.container(horizontal=True):
            event = st.pydeck_chart(
                drawn.deck,
                width=_WIDEST,
                height=_HEIGHT,
                on_select="rerun",
                selection_mode="single-object",
                key=row_picker.steady_key("engagements", drawn.points),
                alt=drawn.alt,
            )
            st.html(drawn.legend, width=_LEGEND)
        page.note(_EACH if is_each else _TOGETHER)
        if drawn.beyond:
            page.note(f"{count_of(drawn.beyond, 'engagement')} {_BEYOND}")
    return deck.selected_engagement(event)


def _room() -> Room:
    """The map's size; draws the switch between the whole country and the results."""
    zooms = st.toggle(
        "Zoom to results", key="zoom_to_results", help=_ZOOM, bind="query-params"
    )
    return Room(_PHONE if drawings.is_phone() else _TABLET, _HEIGHT, zooms)


def _map_of(
    found: pd.DataFrame, topics: pd.DataFrame, is_each: bool, room: Room, is_dark: bool
) -> _Map:
    colors = deck.topic_colors(topics["topic_id"])
    make = deck.engagements_deck if is_each else deck.places_deck
    drawn = make(found, is_dark, colors, room)
    legend = table_rows(deck.topic_legend(found, colors))
    return _Map(
        drawn,
        row_picker.checksum(deck.point_ids(drawn)),
        deck.engagements_alt(found) if is_each else deck.places_alt(found),
        "".join(_legend_entry(topic.topic_name, topic.color) for topic in legend),
        deck.beyond(found, room),
        (found, topics),
    )


def _legend_entry(name: str, color: str) -> str:
    return (
        f'<span style="display:block;overflow-wrap:anywhere;font-size:0.85rem;'
        f'margin-bottom:0.4em">'
        f'<span aria-hidden="true" style="display:inline-block;width:0.75em;'
        f"height:0.75em;border-radius:50%;border:1px solid currentColor;"
        f'background:{color};margin-right:0.35em"></span>{plain_html(name)}</span>'
    )


def draw_rows(viewer: Viewer, filters: Filters, total: int) -> str | None:
    """Draw the table of engagements. Returns the ID of the chosen one, if any."""
    with st.container(border=True):
        st.header("Engagements")
        limit = row_picker.row_limit(total, "engagements")
        first = session.fetch("engagements_list", viewer, filters, row_limit=limit)
        page.rows_shown(len(first), total, "engagement")
        place = row_picker.chosen_row(
            first,
            _shown,
            "engagement_id",
            "engagement_rows",
            "Engagements, newest first.",
        )
        page.download_all(
            "engagements_list",
            "Engagements",
            f"{total:,} rows",
            lambda: session.fetch_all("engagements_list", viewer, filters),
        )
    return None if place is None else first["engagement_id"].iloc[place]


def _shown(found: pd.DataFrame) -> pd.DataFrame:
    return page.with_labels(
        columns.shown(found)[_COLUMNS],
        status=ENGAGEMENT_STATUSES.labels,
        delivery_mode=DELIVERY_MODES.labels,
    )


def detail(viewer: Viewer, engagement_id: str | None, with_link: bool = True) -> None:
    """Draw the details of the chosen engagement.

    `with_link`: also a link to the page of its agency.
    """
    if engagement_id is None:
        return
    found = session.fetch("engagement_detail", viewer, engagement_id=engagement_id)
    if found.empty:
        return
    found = page.with_labels(
        found,
        status=ENGAGEMENT_STATUSES.labels,
        delivery_mode=DELIVERY_MODES.labels,
        request_status=REQUEST_STATUSES.labels,
    )
    with st.container(border=True):
        page.record(f"Engagement {plain_markdown(engagement_id)}", found.iloc[0])
        if with_link:
            agency_link.draw_link(viewer, found["agency_id"].iloc[0])
