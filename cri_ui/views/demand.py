"""Demand page: its summary, bar charts, and the list of requests."""

import pandas as pd
import streamlit as st

from cri_data.model.code_lists import AGENCY_TYPES, REQUEST_STATUSES
from cri_data.model.filters import Filters
from cri_data.model.roles import Viewer
from cri_ui import charts
from cri_ui.components import columns, filter_links, page, row_picker
from cri_ui.components.text import count_of, share
from cri_ui.session import session
from cri_ui.views.demand_groups import SEVERAL_TOPICS


def in_a_sentence(totals: pd.Series) -> str:
    """The page's totals as a sentence."""
    reach = share(totals.share_of_agencies_reached, 1)
    return (
        f"**{count_of(int(totals.requests), 'request')}** from "
        f"**{count_of(int(totals.agencies_with_requests), 'agency', 'agencies')}**, "
        f"{reach} of {int(totals.agencies):,}; "
        f"{int(totals.requests_open):,} of these requests open, "
        f"including {int(totals.requests_without_partner):,} accepted without an "
        "engagement."
    )


def bar_charts(viewer: Viewer, filters: Filters) -> None:
    """Draw requests by topic, and the share of agencies with requests by size."""
    by_topic = session.fetch("requests_by_topic", viewer, filters)
    by_band = session.fetch("requests_by_size_band", viewer, filters)
    with st.grid(2, min_column_width=420):
        page.chart(
            charts.requests_by_topic,
            by_topic,
            filter_links.here(),
            name="requests_by_topic",
            title="Requests by topic",
            alt="Bar chart: requests by topic, most first.",
            definition=SEVERAL_TOPICS,
        )
        page.chart(
            charts.requests_by_size_band,
            by_band,
            filter_links.here(),
            name="requests_by_size_band",
            title="Agencies with requests, by agency size",
            alt="Bar chart: share of agencies with at least one request, by agency size.",
            definition="Share of all agencies of that size with at least one request.",
        )


def rows_behind(viewer: Viewer, filters: Filters, total: int) -> None:
    """Draw the list of requests, newest first, and the details of the chosen one."""
    with st.container(border=True):
        st.header("Requests")
        limit = row_picker.row_limit(total, "requests")
        found = session.fetch("requests_list", viewer, filters, row_limit=limit)
        page.rows_shown(len(found), total, "request")
        place = row_picker.chosen_row(
            found, _shown, "request_id", "requests_rows", "Requests, newest first."
        )
        page.download_all(
            "requests_list",
            "Requests",
            f"{total:,} rows",
            lambda: session.fetch_all("requests_list", viewer, filters),
        )
        if place is not None:
            row_picker.request_in_full(viewer, found["request_id"].iloc[place])


def _shown(found: pd.DataFrame) -> pd.DataFrame:
    return page.with_labels(
        columns.shown(found).drop(columns=["summary", "region"]),
        status=REQUEST_STATUSES.labels,
        agency_type=AGENCY_TYPES.labels,
    )
