"""The map of the engagements, its legend, its table twin and the one chosen."""

import pandas as pd
import streamlit as st

from cri_data.model.code_lists import DELIVERY_MODES, ENGAGEMENT_STATUSES
from cri_data.model.filters import Filters
from cri_data.model.roles import Viewer
from cri_ui.components import columns, page, row_picker
from cri_ui.components.text import count_of, plain_html, plain_markdown
from cri_ui.maps import deck
from cri_ui.session import session

# More points hide each other, and a browser takes seconds to draw them.
_MOST_POINTS = 5_000
_HEIGHT = 440
# Nothing tells how wide a window is. What fits a tablet's map, with the filters
# beside it, fits a wide one too; that has the legend beside it, and not more sea.
_PHONE, _TABLET = 360, 516
_WIDEST, _LEGEND = 620, 230

_EACH = (
    "Color: topic. Size: hours. Click a point, or choose a row of the table, to see "
    "the engagement."
)
_TOGETHER = (
    "So many engagements are put together by place, half a degree each way. Color: "
    "their most frequent topic. Size: hours. Set more filters to see each."
)

_BEYOND = (
    "outside the 48 states on which the map opens, such as in Alaska, Hawaii or the "
    "territories. Zoom out, move the map, or choose a state."
)


def in_a_sentence(totals: pd.Series) -> str:
    """The totals of the page in a sentence."""
    cancelled = int(totals.engagements_cancelled)
    if cancelled and not totals.engagements:
        return f"**{count_of(cancelled, 'cancelled engagement')}** and no other."
    sentence = (
        f"**{count_of(int(totals.engagements), 'engagement')}** for "
        f"**{count_of(int(totals.agencies_served), 'agency', 'agencies')}**, "
        f"{_hours_in_words(totals)}"
    )
    if cancelled:
        sentence += f"; besides, {cancelled:,} cancelled, on the map and in the table too"
    if totals.engagements_without_place:
        sentence += (
            f"; {int(totals.engagements_without_place):,} have no known place and are "
            "in the table only"
        )
    return f"{sentence}."


def _hours_in_words(totals: pd.Series) -> str:
    known = int(totals.engagements_with_hours)
    if known == 0:
        return "hours not known"
    hours = f"{totals.hours:,.0f} hours"
    return hours if known == totals.engagements else f"{hours} (known of {known:,})"


def rows_of(totals: pd.Series) -> int:
    """How many engagements there are to show, cancelled ones among them."""
    return int(totals.engagements + totals.engagements_cancelled)


def draw_map(viewer: Viewer, filters: Filters, total: int) -> str | None:
    """Draw the map and its legend; the id of the engagement clicked, if any.

    Each engagement is a point, unless there are too many: then each place is.
    """
    topics = session.fetch("topics_options", viewer)
    colours = deck.topic_colours(topics["topic_id"])
    width = _PHONE if page.is_phone() else _TABLET
    is_each = total <= _MOST_POINTS
    question = "engagements_list" if is_each else "engagements_by_place"
    found = session.fetch(question, viewer, filters)
    make = deck.engagements_deck if is_each else deck.places_deck
    drawn = make(found, page.is_dark(), colours, width=width, height=_HEIGHT)
    with st.container(border=True):
        with st.container(horizontal=True):
            event = st.pydeck_chart(
                drawn,
                width=_WIDEST,
                height=_HEIGHT,
                on_select="rerun",
                selection_mode="single-object",
                key=deck.deck_key(drawn),
                alt=deck.engagements_alt(found) if is_each else deck.places_alt(found),
            )
            legend = deck.topic_legend(found, colours).itertuples()
            entries = [_legend_entry(topic.topic_name, topic.colour) for topic in legend]
            st.html("".join(entries), width=_LEGEND)
        page.note(_EACH if is_each else _TOGETHER)
        if beyond := deck.beyond(found, width, _HEIGHT):
            page.note(f"{count_of(beyond, 'engagement')} {_BEYOND}")
    return deck.selected_engagement(event)


def _legend_entry(name: str, colour: str) -> str:
    return (
        f'<span style="display:block;overflow-wrap:anywhere;font-size:0.85rem;'
        f'margin-bottom:0.4em">'
        f'<span aria-hidden="true" style="display:inline-block;width:0.75em;'
        f"height:0.75em;border-radius:50%;border:1px solid currentColor;"
        f'background:{colour};margin-right:0.35em"></span>{plain_html(name)}</span>'
    )


def draw_rows(viewer: Viewer, filters: Filters, total: int) -> str | None:
    """Draw the table twin; the id of the engagement chosen in it, if any."""
    with st.container(border=True):
        st.header("The same engagements as a table")
        first = session.fetch(
            "engagements_list", viewer, filters, row_limit=row_picker.MOST_ROWS
        )
        page.rows_shown(len(first), total, "engagement")
        shown = page.with_labels(
            columns.shown(first)[
                [
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
            ],
            status=ENGAGEMENT_STATUSES.labels,
            delivery_mode=DELIVERY_MODES.labels,
        )
        place = row_picker.chosen_row(
            shown, first["engagement_id"], "engagement_rows", "Engagements, newest first."
        )
        page.download_all(
            "engagements_list",
            "Engagements",
            f"{total:,} rows",
            lambda: session.fetch_all("engagements_list", viewer, filters),
        )
    return None if place is None else first["engagement_id"].iloc[place]


def detail(viewer: Viewer, engagement_id: str | None) -> None:
    """Draw the engagement that was chosen."""
    if engagement_id is None:
        return
    found = session.fetch("engagement_detail", viewer, engagement_id=engagement_id)
    if not found.empty:
        with st.container(border=True):
            page.record(f"Engagement {plain_markdown(engagement_id)}", found.iloc[0])
