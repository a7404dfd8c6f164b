"""The requests and engagements that need attention, by reason, on the overview."""

import pandas as pd
import streamlit as st

from cri_data.model.code_lists import ENGAGEMENT_STATUSES, REQUEST_STATUSES
from cri_data.model.filters import Filters
from cri_data.model.roles import Viewer
from cri_ui.components import page, row_picker
from cri_ui.components.text import count_of, day
from cri_ui.session import session

ATTENTION = {
    "undecided_over_30_days": "Requests undecided for more than 30 days",
    "accepted_without_partner": "Accepted requests without an engagement",
    "assigned_not_started_over_60_days": "Assigned for more than 60 days, not started",
    "engagements_past_planned_end": "Engagements past their planned end date",
    "engagements_quiet_over_60_days": "Active engagements with no activity in 60 days",
    "followups_overdue": "Follow-ups overdue (180 days after the end date)",
}

# A reason concerns requests or engagements; no status code means different things.
_STATUSES = REQUEST_STATUSES.labels | ENGAGEMENT_STATUSES.labels


def attention(totals: pd.DataFrame, viewer: Viewer, filters: Filters) -> None:
    """Draw what needs attention now, and the list for the chosen reason."""
    with st.container(border=True):
        st.header("What needs attention now")
        page.note(
            f"As of {day(session.info().as_of_on)}. Ignores dates; other filters apply."
        )
        waiting = {
            kind: (items, oldest_days)
            for kind, items, oldest_days in zip(
                totals["attention"], totals["items"], totals["oldest_days"], strict=True
            )
            if items > 0
        }
        if not waiting:
            page.note("Nothing needs attention.")
            return
        chosen = st.radio(
            "Choose one to see the list",
            list(waiting),
            index=None,
            format_func=lambda kind: _in_a_line(kind, *waiting[kind]),
            key="attention",
        )
        if chosen:
            _rows_of(chosen, int(waiting[chosen][0]), viewer, filters)


def _in_a_line(kind: str, items: int, oldest_days: int) -> str:
    return f"**{items:,}** · {ATTENTION[kind]}, the oldest {count_of(oldest_days, 'day')}"


def _rows_of(chosen: str, items: int, viewer: Viewer, filters: Filters) -> None:
    asked = {"attention": chosen}
    limit = row_picker.row_limit(items, "attention")
    found = session.fetch("attention_list", viewer, filters, **asked, row_limit=limit)
    page.rows_shown(len(found), items, "row")
    place = row_picker.chosen_row(
        found,
        _shown,
        "record_id",
        f"rows_{chosen}",
        f"{ATTENTION[chosen]}, the longest first.",
    )
    page.download_all(
        chosen,
        ATTENTION[chosen],
        f"{items:,} rows",
        lambda: session.fetch_all("attention_list", viewer, filters, **asked),
    )
    if place is not None:
        row_picker.request_in_full(viewer, found["request_id"].iloc[place])


def _shown(found: pd.DataFrame) -> pd.DataFrame:
    return page.with_labels(
        found.drop(columns=["attention", "request_id"]), status=_STATUSES
    )
