"""Reach page: the agencies that were never served, counted and listed."""

import pandas as pd
import streamlit as st

from cri_data.model.code_lists import AGENCY_TYPES
from cri_data.model.filters import Filters
from cri_data.model.roles import Viewer
from cri_ui.charts import reach as charts
from cri_ui.components import agency_link, columns, filter_links, page, row_picker
from cri_ui.components.filter_links import KEYS
from cri_ui.components.switch import switch
from cri_ui.session import session
from cri_ui.views.reach import GROUPS
from cri_ui.views.type_names import with_type_names

UNSERVED = {
    "no_request": "No request",
    "no_engagement": "Requests but no engagement",
}
DEFINITION = (
    "No request: none received in the period on the chosen topics. Requests but no "
    "engagement: requests received in the period, none of which has an engagement, except "
    "canceled ones."
)
# Where the totals of each are.
_TOTALS = {
    "no_request": "agencies_without_request",
    "no_engagement": "agencies_without_engagement",
}


def unserved_agencies(viewer: Viewer, filters: Filters, totals: pd.Series) -> None:
    """Draw the agencies never served: a switch, their list, and their counts."""
    with st.container(border=True):
        st.header("Agencies not served", help=DEFINITION)
        which = switch("Agencies with", UNSERVED, "unserved")
        total = int(totals[_TOTALS[which]])
        if total:
            _listed(viewer, filters, which, total)
        else:
            page.note("No agencies.")
    groups = switch("Agencies not served, by", GROUPS, "unserved_by")
    heading = GROUPS[groups]
    found = session.fetch(
        "unserved_agencies_by_group", viewer, filters, grouped_by=groups, unserved=which
    )
    page.chart(
        charts.unserved_agencies,
        with_type_names(found),
        heading,
        KEYS[groups],
        filter_links.here(),
        name=f"unserved_agencies_by_{groups}",
        title=f"Agencies not served, by {heading.lower()}",
        alt=f"Bar chart: agencies not served, by {heading.lower()}.",
        definition=DEFINITION,
    )


def _listed(viewer: Viewer, filters: Filters, which: str, total: int) -> None:
    limit = row_picker.row_limit(total, "unserved_agencies")
    found = session.fetch(
        "unserved_agencies_list", viewer, filters, unserved=which, row_limit=limit
    )
    page.rows_shown(len(found), total, "agency", "agencies")
    place = row_picker.chosen_row(
        found,
        # All agencies without a request have 0 of them.
        _without_requests if which == "no_request" else _shown,
        "agency_id",
        f"unserved_{which}",
        "Agencies not served, largest first.",
        "get the link to an agency's page",
    )
    if place is not None:
        agency = found.iloc[place]
        label = f"Open the page of {agency['agency_name']}"
        agency_link.draw_link(viewer, agency["agency_id"], label)
    page.download_all(
        "unserved_agencies_list",
        f"Agencies not served: {UNSERVED[which].lower()}",
        f"{total:,} agencies" if total > 1 else "1 agency",
        lambda: session.fetch_all(
            "unserved_agencies_list", viewer, filters, unserved=which
        ),
    )


def _without_requests(found: pd.DataFrame) -> pd.DataFrame:
    return _shown(found.drop(columns="requests"))


def _shown(found: pd.DataFrame) -> pd.DataFrame:
    return page.with_labels(columns.shown(found), agency_type=AGENCY_TYPES.labels)
