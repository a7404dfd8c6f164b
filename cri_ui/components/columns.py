"""How columns of answers are shown: their names for people and their formats."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from cri_data.settings import SUPPRESS_BELOW
from cri_ui.components.text import UNKNOWN, plain_markdown

LABELS = {
    "agencies": "Agencies",
    "agencies_with_requests": "Agencies that asked",
    "agency_id": "Agency (ORI)",
    "agency_name": "Agency",
    "agency_type": "Agency type",
    "assigned_on": "Assigned",
    "attention": "What",
    "baseline_on": "Measured before",
    "baseline_value": "Value before",
    "better": "Better",
    "ci_high": "95 % interval to",
    "ci_low": "95 % interval from",
    "closed_on": "Closed",
    "days": "Days",
    "days_open": "Days open",
    "days_to_closed": "Days to close",
    "days_to_decided": "Days to decision",
    "days_to_delivery_started": "Days to delivery",
    "decided_on": "Decided",
    "delivery_mode": "Delivery",
    "delivery_started_on": "Delivery started",
    "ended_on": "Ended",
    "engagement_id": "Engagement",
    "entry_number": "Entry",
    "engagements": "Engagements",
    "engagements_with_hours": "Of which with hours",
    "file_name": "File or record",
    "file_sha256": "SHA-256 of the file",
    "followup_on": "Measured after",
    "followup_value": "Value after",
    "inquiry_on": "Inquiry",
    "items": "How many",
    "last_uploaded_at": "Last upload (UTC)",
    "lead_partner_id": "Lead partner (id)",
    "lead_partner_name": "Lead partner",
    "lead_partners": "Lead partners",
    "made_at": "Made (UTC)",
    "mean_baseline": "Mean before",
    "mean_change": "Mean change",
    "mean_followup": "Mean after",
    "median_days_to_decided": "Median days to decision",
    "median_days_to_delivery_started": "Median days to delivery",
    "metric_id": "Metric (id)",
    "metric_name": "Metric",
    "month_on": "Month",
    "n": "n (before and after)",
    "newest_on": "Newest date",
    "oldest_days": "Oldest, days",
    "period_on": "Date",
    "planned_end_on": "Planned end",
    "planned_start_on": "Planned start",
    "received_on": "Received",
    "recorded_at": "When (UTC)",
    "record_id": "Record",
    "request_id": "Request",
    "requests": "Requests",
    "requests_from_small_agencies": "From small agencies",
    "requests_open": "Still open",
    "requests_per_1000_agencies": "Per 1,000 agencies",
    "rows_inserted": "New",
    "rows_read": "Rows",
    "rows_rejected": "Rejected",
    "rows_unchanged": "Unchanged",
    "rows_updated": "Changed",
    "rows_visible": "Rows that you see",
    "rows_withdrawn": "Withdrawn",
    "share_improved": "Share improved",
    "share_of_agencies_reached": "Reach",
    "share_of_outcomes_followed_up": "Followed up",
    "share_of_requests": "Share of requests",
    "size_band": "Agency size",
    "started_on": "Started",
    "state": "State",
    "state_name": "State or territory",
    "supporting_partners": "Supporting partners",
    "sworn_officers": "Sworn officers",
    "topic_name": "Topic",
    "topics": "Topics",
    "undone_at": "Undone",
    "undone_by": "Undone by",
    "upload_id": "Upload",
    "uploaded_at": "When",
    "uploaded_by": "By",
}

# Only for the machine: keys and orders that a reader has in words already.
HIDDEN = frozenset(
    {
        "attention_order",
        "band_order",
        "headline_order",
        "is_suppressed",
        "latitude",
        "longitude",
        "suppress_below",
        "topic_id",
        "topic_ids",
    }
)


def label(name: str) -> str:
    """The name of a column for people."""
    return LABELS.get(name) or name.replace("_", " ").capitalize()


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """The columns for people, in order."""
    return table[[name for name in table.columns if name not in HIDDEN]]


def formats(table: pd.DataFrame) -> dict[str, Any]:
    """Streamlit's column settings: names, dates, shares in percent, rates."""
    return {name: _format(name, table[name]) for name in table.columns}


def _format(name: str, values: pd.Series) -> Any:
    title = label(name)
    if name.endswith("_on"):
        return st.column_config.DateColumn(title, format="YYYY-MM-DD")
    if name.endswith("_at"):
        return st.column_config.DatetimeColumn(title, format="YYYY-MM-DD HH:mm [UTC]")
    if name.startswith("share_"):
        return st.column_config.NumberColumn(title, format="percent")
    if pd.api.types.is_float_dtype(values):
        return st.column_config.NumberColumn(title, format="%.1f")
    if pd.api.types.is_integer_dtype(values):
        return st.column_config.NumberColumn(title, format="localized")
    return st.column_config.TextColumn(title)


def as_text(table: pd.DataFrame) -> pd.DataFrame:
    """The columns for people, with names and values as people read them.

    Where a row is suppressed, its n says why; one without n says that it is.
    """
    texts = {
        str(name): [_text(str(name), cell) for cell in table[name]] for name in shown(table)
    }
    if "is_suppressed" in table.columns and "n" not in table.columns:
        texts["requests"] = [
            "not shown" if is_suppressed else text
            for is_suppressed, text in zip(
                table["is_suppressed"], texts["requests"], strict=True
            )
        ]
    elif "is_suppressed" in table.columns:
        few = f"n < {SUPPRESS_BELOW.whole_number()}"
        texts["n"] = [
            few if is_suppressed else text
            for is_suppressed, text in zip(table["is_suppressed"], texts["n"], strict=True)
        ]
    return pd.DataFrame(
        {plain_markdown(label(name)): values for name, values in texts.items()}
    )


def _text(name: str, cell: Any) -> str:
    if cell is None or pd.isna(cell):
        return UNKNOWN
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, pd.Timestamp):
        if name.endswith("_at"):
            return f"{cell:%Y-%m-%d %H:%M} UTC"
        return f"{cell:%b %Y}" if name.startswith("month") else f"{cell:%Y-%m-%d}"
    if name.startswith("share_"):
        return f"{cell:.1%}"
    if isinstance(cell, float):
        return f"{cell:,.1f}"
    if isinstance(cell, (int, np.integer)):
        return f"{cell:,}"
    return plain_markdown(cell)
