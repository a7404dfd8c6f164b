"""Engagement map page: the map with its legend, the list and card beside it, and time."""

import pandas as pd
import streamlit as st

from cri_data.model.code_lists import (
    DELIVERY_MODES,
    ENGAGEMENT_STATUSES,
    REQUEST_STATUSES,
)
from cri_data.model.filters import Filters
from cri_data.model.roles import Viewer
from cri_ui.components import agency_link, drawings, page
from cri_ui.components.text import count_of, plain_markdown, whole
from cri_ui.session import session
from cri_ui.views import (
    map_card,
    map_engagements,
    map_list,
    map_look,
    map_partners,
    map_states,
    map_time,
)

_OTHER_LAYERS = {
    map_look.WAITING: map_states.waiting,
    map_look.PUBLISHED: map_states.published,
    map_look.REACH: map_states.served,
    map_look.COVERAGE: map_partners.coverage,
    map_look.NETWORK: map_partners.network,
}


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
        sentence += f"; {_without_place(totals)}"
    return f"{sentence}."


def _without_place(totals: pd.Series) -> str:
    number = int(totals.engagements_without_place)
    is_ = "is" if number == 1 else "are"
    said = f"{number:,} {is_} not on the map, only in the list"
    outside = int(totals.engagements_outside_state)
    if outside:
        said += f" ({outside:,} with coordinates outside the agency's state)"
    return said


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


def draw(viewer: Viewer, filters: Filters) -> None:
    """Draw the map with all that belongs to it."""
    with st.container(border=True, key="map_room", gap="small"):
        with st.container(horizontal=True, key="map_bar", vertical_alignment="bottom"):
            layer = map_look.layer_of(viewer)
            is_of_engagements = layer == map_look.ENGAGEMENTS
            by = map_look.colored_by() if is_of_engagements else map_look.FIRST_COLOR
        with st.container(key="map_body"):
            left, right = st.columns([2, 1])
        with left:
            picture = st.container()
            groups = None
            if is_of_engagements:
                with st.container(key="map_legend"):
                    groups = map_look.legend(viewer, filters, by, drawings.is_dark())
            # Demand that waits, or is published, is not of engagements' years.
            has_time = layer not in (map_look.WAITING, map_look.PUBLISHED)
            step = map_time.Step()
            if has_time:
                step = map_time.draw(viewer, filters, by, groups)
        with right, st.container(horizontal=True, key="map_where"):
            where = map_look.where(viewer)
        shown = step.filters(filters)
        if is_of_engagements:
            narrowed = "" if step.name == map_time.ALL else step.name
            asked = map_list.Asked(viewer, shown, by, groups, where, narrowed)
            map_engagements.draw(asked, picture, right)
        else:
            draw_layer = _OTHER_LAYERS[layer]
            draw_layer(viewer, shown, map_look.place_of(where), picture, right)
    if is_of_engagements:
        map_engagements.draw_tables(asked)


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
        placed_by=map_card.PLACED_BY,
    )
    with st.container(border=True):
        page.record(f"Engagement {plain_markdown(engagement_id)}", found.iloc[0])
        if with_link:
            agency_link.draw_link(viewer, found["agency_id"].iloc[0])
