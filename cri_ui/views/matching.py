"""Matching page: the requests that wait for a partner, and the chosen one."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from cri_data.model.code_lists import AGENCY_TYPES
from cri_data.model.filters import NOT_REPORTED, Filters
from cri_data.model.roles import Viewer
from cri_ui.components import agency_link, page, row_picker, scope
from cri_ui.components.text import LONGEST_NAME, count_of, plain_markdown
from cri_ui.session import session
from cri_ui.views.matching_choice import REQUEST

DEFINITION = (
    "Requests that are accepted (status accepted, assigned, or in delivery) and have no "
    "engagement, or canceled ones only. Overview counts the same."
)
FIT = (
    "Weighted mean of the scores, from 0 to 100. What is not known counts as half, and the "
    "range in parentheses is what the fit could be. Only partners that are selected on the "
    "as-of date are offered. Those without expertise in any of the topics come last."
)

# The list is as high, in pixels.
_ROWS_HIGH = 215


@dataclass(frozen=True)
class Waiting:
    """How many accepted requests have no partner, and the days of the oldest."""

    requests: int
    oldest_days: int


def waiting_totals(viewer: Viewer, filters: Filters) -> Waiting:
    """The number that Overview shows, too."""
    totals = session.fetch("attention_totals", viewer, filters)
    row = totals[totals["attention"] == "accepted_without_partner"]
    if row.empty or not row["items"].iloc[0]:
        return Waiting(0, 0)
    return Waiting(int(row["items"].iloc[0]), int(row["oldest_days"].iloc[0]))


def in_a_sentence(waiting: Waiting) -> str:
    """What the page shows first."""
    if not waiting.requests:
        return "**No accepted request** is without a partner."
    verb = "has" if waiting.requests == 1 else "have"
    return (
        f"**{count_of(waiting.requests, 'accepted request')}** {verb} no partner yet. The "
        f"longest wait is **{count_of(waiting.oldest_days, 'day')}**. Dates of the filters "
        "are ignored."
    )


def nobody_waits(filters: Filters) -> None:
    """Draw that there is nothing to do, and when there may be."""
    if filters.is_everything():
        st.info(
            "Nothing to match. Accepted requests without an engagement appear here.",
            icon=":material/inbox:",
        )
    else:
        st.info("No results. Remove a filter above.", icon=":material/filter_alt_off:")


def chosen_request(viewer: Viewer, filters: Filters, total: int) -> pd.Series | None:
    """Draw the waiting requests. Returns the chosen one: at first, the longest waiting."""
    with st.container(border=True):
        st.header("Requests without a partner", help=DEFINITION)
        limit = row_picker.row_limit(total, "matching")
        question = "requests_without_partner_list"
        found = session.fetch(question, viewer, filters, row_limit=limit)
        words = f"{session.filters_in_words()} (dates ignored)"
        session.set_scope(scope.with_as_of(f"{words}: {count_of(total, 'request')}"))
        page.rows_shown(len(found), total, "request")
        place = row_picker.chosen_row(
            found,
            _listed,
            "request_id",
            "matching_rows",
            "Accepted requests without a partner, longest wait first.",
            "see which partners fit a request",
            height=_ROWS_HIGH,
        )
        page.download_all(
            question,
            "Accepted requests without a partner",
            count_of(total, "request"),
            lambda: session.fetch_all(question, viewer, filters),
            words,
        )
    named = st.query_params.get(REQUEST, "")[:LONGEST_NAME]
    chosen = None
    if place is not None:
        chosen = found.iloc[place]
    elif named:
        chosen = _named(viewer, filters, named)
    if chosen is None and len(found):
        chosen = found.iloc[0]
    if chosen is not None and chosen.request_id != named:
        st.query_params[REQUEST] = chosen.request_id
    return chosen


def _listed(found: pd.DataFrame) -> pd.DataFrame:
    names = ["request_id", "agency_name", "state", "days_waiting", "topics"]
    shown = found[[*names, "size_band", "agency_type"]]
    return page.with_labels(shown, agency_type=AGENCY_TYPES.labels)


def _named(viewer: Viewer, filters: Filters, request_id: str) -> pd.Series | None:
    """The request of the address. Says so if it does not wait for a partner."""
    question = "requests_without_partner_list"
    found = session.fetch(question, viewer, filters, request_id=request_id)
    if len(found):
        return found.iloc[0]
    has = session.fetch("request_engagements_list", viewer, request_id=request_id)
    has = has[has["status"] != "cancelled"]
    named = plain_markdown(request_id)
    if len(has):
        partner = plain_markdown(has["lead_partner_name"].iloc[0])
        said = f"Request {named} has a partner by now: {partner}. Nothing was saved."
    else:
        said = f"Request {named} is not among the requests without a partner."
    st.warning(f"{said} The longest waiting one is shown.", icon=":material/group:")
    return None


def heading(viewer: Viewer, request: pd.Series, fits: pd.DataFrame) -> None:
    """Draw which request it is, and how many partners may be chosen."""
    st.header(f"Partners for {plain_markdown(request.agency_name)}", help=FIT)
    st.markdown(
        f"Request {plain_markdown(request.request_id)}, {plain_markdown(request.state)}: "
        f"{plain_markdown(request.topics)}. {_agency_in_words(request)} It has waited "
        f"{count_of(int(request.days_waiting), 'day')}."
    )
    agency_link.draw_link(viewer, request.agency_id)
    if fits.empty:
        st.warning(
            "No partner is selected on the as-of date. Selection status and dates of "
            "partners come from the partners file.",
            icon=":material/group_off:",
        )


def _agency_in_words(request: pd.Series) -> str:
    kind = AGENCY_TYPES.labels.get(request.agency_type, "Agency type not reported")
    if request.size_band == NOT_REPORTED:
        return f"{kind}, size not reported."
    return f"{kind}, {str(request.size_band).lower()} sworn officers."
