"""Reach page: its summary, reach by group and kind of agency, and concentration."""

import pandas as pd
import streamlit as st

from cri_data.model.filters import Filters
from cri_data.model.roles import Viewer
from cri_ui.charts import reach as charts
from cri_ui.charts.state_map import reach_by_state_map
from cri_ui.components import filter_links, page
from cri_ui.components.filter_links import KEYS
from cri_ui.components.switch import switch
from cri_ui.components.text import count_of, plain_markdown, rounded, share, whole
from cri_ui.session import session
from cri_ui.views.demand_groups import PER_AGENCIES
from cri_ui.views.type_names import with_type_names

REACH = (
    "Reach: agencies with at least one request in the period, divided by all agencies of "
    "the group. The line over a bar is the 95% interval (Wilson): how much reach may vary "
    'by chance. "Few agencies": fewer than 20, so reach says little.'
)
KINDS = (
    "Under 50 sworn officers is small (program definition). Agencies whose size is not "
    "reported count apart: they are not taken for small or large. A tribal or campus "
    "agency also counts under its size."
)
CONCENTRATION = (
    "Of the agencies with requests in the period. Top tenth: the tenth of them that made "
    "the most requests; an agency at the edge counts in part. Gini index: 0 if all made "
    "equally many, near 1 if one made almost all. Lorenz curve: the further under the "
    "dashed line, the more concentrated."
)

# So many states are named in a sentence.
_MOST_NAMED = 15

GROUPS = {
    "size_band": "Agency size",
    "agency_type": "Agency type",
    "region": "Region",
    "division": "Division",
    "state": "State",
}


def _when(filters: Filters) -> str:
    """Of which requests an agency has made none: those of the period and topics."""
    topics = " on the chosen topics" if filters.topics is not None else ""
    return topics + (
        " in the period" if filters.date_from or filters.date_to else " so far"
    )


def in_a_sentence(totals: pd.Series, filters: Filters) -> str:
    """The page's totals as a sentence."""
    large = int(totals.large_agencies_without_request)
    none = int(totals.agencies_without_request)
    # Where all of them are large, the filters say so.
    of_them = f", including **{large:,}** with 250 or more sworn officers" * (large < none)
    return (
        f"**{whole(totals.agencies_with_requests)} of "
        f"{count_of(int(totals.agencies), 'agency', 'agencies')}** "
        f"(**{share(totals.share_of_agencies_reached, 1)}**) made at least one request. "
        f"**{none:,}** made none{_when(filters)}{of_them}. "
        f"{whole(totals.agencies_without_engagement)} made requests, but none has an "
        "engagement."
    )


def _without_request(by_state: pd.DataFrame, filters: Filters) -> str:
    """The states whose agencies made no request, by name; empty if all made some."""
    none = by_state.loc[by_state["agencies_with_requests"] == 0, "group_name"]
    if none.empty or len(none) > _MOST_NAMED:
        return ""
    named = ", ".join(plain_markdown(name) for name in sorted(none))
    return f"No agency made a request{_when(filters)} in: {named}."


def by_group(viewer: Viewer, filters: Filters) -> None:
    """Draw reach by the chosen groups of agencies, and of kinds beside it."""
    groups = switch("Reach by", GROUPS, "reach_by")
    found = session.fetch("reach_by_group", viewer, filters, grouped_by=groups)
    heading = GROUPS[groups]
    with st.grid(2, min_column_width=420):
        page.chart(
            charts.reach_by_group,
            with_type_names(found),
            heading,
            KEYS[groups],
            filter_links.here(),
            name=f"reach_by_{groups}",
            title=f"Reach by {heading.lower()}",
            alt=f"Bar chart with intervals: share of agencies with requests, by {groups}.",
            definition=REACH,
            summary=_without_request(found, filters) if groups == "state" else "",
        )
        page.chart(
            charts.reach_by_kind,
            session.fetch("reach_by_kind", viewer, filters),
            name="reach_by_kind",
            title="Small, tribal, and campus agencies",
            alt="Bar chart with intervals: share of agencies with requests, by kind.",
            definition=f"{REACH} {KINDS} {PER_AGENCIES}",
        )


def state_map(viewer: Viewer, filters: Filters) -> None:
    """Draw the map of the states, shaded by reach."""
    page.chart(
        reach_by_state_map,
        session.fetch("reach_by_group", viewer, filters, grouped_by="state"),
        filter_links.here(),
        name="reach_of_states",
        title="Reach by state",
        alt="Map of the states, shaded by share of agencies with requests.",
        definition=f"{REACH} States with few agencies are grey. A state without agencies "
        "is hatched. Territories are only in the table.",
    )


def concentration(viewer: Viewer, filters: Filters) -> None:
    """Draw how concentrated requests are: in a sentence, and as a Lorenz curve."""
    totals = session.fetch_row("requests_concentration_totals", viewer, filters)
    page.chart(
        charts.requests_lorenz_curve,
        session.fetch("requests_lorenz_curve", viewer, filters),
        name="requests_lorenz_curve",
        title="Concentration of requests",
        alt="Lorenz curve: share of requests by share of agencies with requests.",
        definition=CONCENTRATION,
        summary=_concentrated(totals),
    )


def _concentrated(totals: pd.Series) -> str:
    """How concentrated requests are, as sentences."""
    return (
        f"The tenth of the agencies with the most requests made "
        f"**{share(totals.share_of_requests_from_top_tenth)}** of all requests. "
        f"{whole(totals.agencies_with_one_request)} of "
        f"{whole(totals.agencies_with_requests)} agencies with requests made one; the "
        f"most by one agency is {whole(totals.most_requests_by_an_agency)}. "
        f"Gini index: **{rounded(totals.gini_index, 2)}**."
    )
