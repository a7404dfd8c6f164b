"""How columns of query results are shown: their labels and formats."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from cri_data.settings import SUPPRESS_BELOW, time_zone
from cri_ui.components.text import UNKNOWN, day, moment, plain_line, rounded, share

LABELS = {
    "agencies_served": "Agencies served",
    "engagements_cancelled": "Canceled",
    "engagements_planned": "Planned",
    "engagements_active": "Active",
    "engagements_completed": "Completed",
    "engagements_without_place": "Not on the map",
    "miles_from_base": "Miles from base",
    "placed_by": "Placed by",
    "requests_waiting": "Waiting",
    "requests_by_topic_published": "Published, at least",
    "counts_shown": "Counts shown",
    "counts_hidden": "Counts hidden",
    "share_of_agencies_served": "Served",
    "supporting_partner_name": "Supporting partner",
    "quarter_from": "From quarter",
    "quarter_to": "To quarter",
    "agencies": "Agencies",
    "agencies_unserved": "Agencies not served",
    "agencies_with_requests": "Agencies with requests",
    "agency_id": "Agency (ORI)",
    "applied_on": "Applied",
    "base_city": "City of the base",
    "base_state": "State of the base",
    "began": "Began in the",
    "capacity_hours_per_quarter": "Capacity (hours per quarter)",
    "change": "Change",
    "change_from_last_year": "Change from last year",
    "group_name": "Group",
    "expected": "Average month",
    "fiscal_year": "Fiscal year",
    "has_expertise": "Expertise",
    "high_80": "80% interval, high",
    "hours_last_quarter": "Hours, last quarter",
    "high_95": "95% interval, high",
    "is_forecast": "Forecast",
    "is_in_period": "In the period",
    "is_partial": "Not over",
    "kind": "Kind",
    "low_80": "80% interval, low",
    "low_95": "95% interval, low",
    "lower_limit": "Lower limit",
    "no_forecast": "Why no forecast",
    "outcomes_improved": "Improved",
    "outcomes_same": "Same",
    "outcomes_with_target": "With a target",
    "outcomes_worse": "Worse",
    "requests_last_year": "Requests last year",
    "requests_so_far": "Requests since October 1",
    "share_improved_high": "Improved, 95% interval, high",
    "share_improved_low": "Improved, 95% interval, low",
    "share_improved_pooled": "Improved, pooled",
    "share_of_invited_responded": "Response rate",
    "share_of_targets_met": "Targets met",
    "signal": "More than chance",
    "typical_change": "Typical change",
    "typical_change_high": "Typical change, 95% interval, high",
    "typical_change_low": "Typical change, 95% interval, low",
    "upper_limit": "Upper limit",
    "verdict": "Verdict",
    "agency_name": "Agency",
    "agency_type": "Agency type",
    "assigned_on": "Assigned",
    "attention": "Reason",
    "baseline_on": "Baseline date",
    "baseline_value": "Baseline",
    "best_fit": "Best in total: fit",
    "best_partner": "Best in total: partner",
    "better": "Better",
    "ci_high": "95% interval, high",
    "ci_low": "95% interval, low",
    "closed_on": "Closed",
    "days": "Days",
    "days_late": "Days late",
    "days_open": "Days open",
    "days_planned": "Planned days",
    "days_selected": "Planned days as a selected partner",
    "days_waiting": "Days waiting",
    "days_to_closed": "Days to close",
    "days_to_decided": "Days to decision",
    "days_to_delivery_started": "Days to delivery",
    "decided_on": "Decided",
    "demand_index": "Index (100 = national rate)",
    "demand_index_high": "Index: 95% interval, high",
    "demand_index_low": "Index: 95% interval, low",
    "delivery_mode": "Delivery mode",
    "delivery_started_on": "Delivery started",
    "ended_on": "Ended",
    "direction": "Clear change",
    "effective_from_on": "Partner from",
    "effective_to_on": "Partner until",
    "engagement_id": "Engagement",
    "engagements_late": "Late now",
    "engagements_open": "Open now",
    "engagements_supported": "Supports",
    "entity": "Kind",
    "entry_number": "Entry",
    "engagements": "Engagements",
    "engagements_booked": "Engagements in the planned period",
    "engagements_of_size": "Engagements with agencies of this size",
    "engagements_of_type": "Engagements with agencies of this type",
    "engagements_with_hours": "With hours reported",
    "event_on": "Date",
    "funnel": "Place in the funnel plot",
    "file_name": "File or record",
    "file_sha256": "SHA-256 of the file",
    "fiscal_year_name": "Fiscal year",
    "fit": "Fit (of 100)",
    "fit_high": "Fit, at most",
    "fit_low": "Fit, at least",
    "followup_on": "Follow-up date",
    "followup_value": "Follow-up",
    "inquiry_on": "Inquiry",
    "greedy_fit": "Longest wait first: fit",
    "greedy_partner": "Longest wait first: partner",
    "is_never_requested": "Never requested by this agency",
    "is_same_partner": "Same partner",
    "is_own_group": "This agency is here",
    "is_to_come": "To come",
    "is_few_agencies": "Few agencies (under 20)",
    "is_few_requests": "Few requests (under 20)",
    "is_index_clear": "Index clear",
    "items": "Count",
    "is_own_state": "A state of your work",
    "is_selected": "Selected now",
    "last_uploaded_at": "Last upload",
    "late": "Late because",
    "lead_partner_id": "Lead partner ID",
    "lead_partner_name": "Lead partner",
    "lead_partners": "Lead partners",
    "logrank_z": "Log-rank test (z)",
    "made": "Made",
    "mean_baseline": "Mean baseline",
    "mean_change": "Mean change",
    "mean_followup": "Mean follow-up",
    "median_days": "Median days",
    "median_days_last_year": "Median days, last year",
    "median_days_to_decided": "Median days to decision",
    "median_days_to_delivery_started": "Median days to delivery",
    "metric_id": "Metric ID",
    "metric_name": "Metric",
    "month_on": "Month",
    "miles_from_work": "Miles from current work",
    "n": "Pairs measured",
    "newest_on": "Newest date",
    "next_on": "Next date",
    "next_step": "Next",
    "oldest_days": "Oldest (days)",
    "outcome_id": "Outcome",
    "partner_id": "Partner ID",
    "partner_name": "Partner",
    "partners": "Partners",
    "partners_in_division": "Partners in the division",
    "partners_in_state": "Partners in the state",
    "partners_selected": "Selected partners",
    "peers_with_topic": "Peers that requested it",
    "p90_days": "90th percentile (days)",
    "p_value": "P-value",
    "p_value_adjusted": "P-value, adjusted",
    "period_on": "Date",
    "planned_end_on": "Planned end",
    "planned_start_on": "Planned start",
    "received_on": "Received",
    "quarters_hidden": "Quarters hidden",
    "quarters_shown": "Quarters shown",
    "recorded_at": "When",
    "record_id": "Record",
    "request_id": "Request",
    "requests": "Requests",
    "requests_0_to_7_days": "0–7 days",
    "requests_31_to_90_days": "31–90 days",
    "requests_8_to_30_days": "8–30 days",
    "requests_closed": "Closed",
    "requests_closed_before": "Closed before its end",
    "requests_ended": "Ended",
    "requests_ended_last_year": "Ended, last year",
    "requests_entered": "Began",
    "requests_entered_last_year": "Began, last year",
    "requests_by_each_agency": "Requests by each agency",
    "requests_from_small_agencies": "Requests from small agencies",
    "requests_group": "Number of requests",
    "requests_of_peers": "Requests of peers",
    "requests_in_stage": "Still in it",
    "requests_in_delivery": "In delivery",
    "requests_open": "Open requests",
    "requests_open_at_end": "Open at end",
    "requests_open_at_start": "Open at start",
    "requests_over_90_days": "Over 90 days",
    "requests_expected": "Expected at the national rate",
    "requests_per_1000_agencies_per_year": "Requests per 1,000 agencies per year",
    "requests_per_1000_agencies": "Requests per 1,000 agencies",
    "requests_received": "Received",
    "requests_time_unknown": "Time unknown",
    "requests_timed": "With known time",
    "requests_accepted": "Accepted, not begun",
    "requests_change": "Change",
    "requests_completed": "Completed",
    "requests_declined": "Declined",
    "requests_unassigned": "Accepted, no partner",
    "requests_undecided": "Waiting for a decision",
    "requests_with_engagement": "With an engagement",
    "requests_not_started": "Assigned, not started",
    "requests_started": "Started",
    "requests_withdrawn": "Withdrawn",
    "requests_without_status": "No status",
    "rows_inserted": "New",
    "rows_read": "Rows",
    "rows_rejected": "Rejected",
    "rows_unchanged": "Unchanged",
    "rows_updated": "Changed",
    "rows_visible": "Rows you can see",
    "rows_withdrawn": "Withdrawn",
    "score_alike": "Similar agencies",
    "score_dates": "Selected throughout",
    "score_expertise": "Expertise",
    "score_near_base": "Near its base",
    "score_near_work": "Near current work",
    "score_outcomes": "Outcomes",
    "score_room": "Free capacity",
    "share_closed_otherwise": "Closed without status",
    "share_declined": "Declined",
    "share_ended": "Ended",
    "share_ended_if_none_left": "Ended, had none been closed before",
    "share_improved": "Outcomes improved",
    "share_of_agencies_reached": "Agencies with requests (share)",
    "share_of_agencies": "Share of agencies",
    "share_of_agencies_reached_high": "95% interval, high",
    "share_of_agencies_reached_low": "95% interval, low",
    "share_of_agencies_unserved": "Not served (share)",
    "share_of_agencies_up_to_here": "Share of agencies, up to here",
    "share_of_capacity": "Capacity used",
    "share_of_capacity_last_quarter": "Capacity used, last quarter",
    "share_of_change": "Change (share)",
    "share_of_change_high": "Change: 95% interval, high",
    "share_of_change_low": "Change: 95% interval, low",
    "share_of_outcomes_followed_up": "Followed up",
    "share_of_peers": "Share of peers",
    "share_of_peers_with_topic": "Peers that requested it (share)",
    "share_of_requests": "Share of requests",
    "share_still_in": "Still in the stage",
    "share_withdrawn": "Withdrawn",
    "share_within_target": "Within target",
    "share_within_target_last_year": "Within target, last year",
    "shrunk_requests_per_1000_agencies_per_year": "Smoothed rate",
    "share_of_requests_up_to_here": "Share of requests, up to here",
    "share_of_requests_with_engagement": "With an engagement (share)",
    "share_of_requests_with_engagement_high": "With an engagement: 95% interval, high",
    "share_of_requests_with_engagement_low": "With an engagement: 95% interval, low",
    "size_mb": "Size (MB)",
    "size_band": "Agency size",
    "started_on": "Started",
    "state": "State",
    "step": "What",
    "step_on": "Date",
    "state_name": "State or territory",
    "supporting_partners": "Supporting partners",
    "supporting_partner_ids": "Supporting partners",
    "sworn_as_of_on": "Sworn count date",
    "sworn_officers": "Sworn officers",
    "target_days": "Target (days)",
    "this_year_is": "This year is",
    "topic_id": "Topic",
    "topic_ids": "Topics",
    "topic_name": "Topic",
    "topics": "Topics",
    "undone_at": "Undone",
    "undone_by": "Undone by",
    "upload_id": "Upload",
    "uploaded_at": "Uploaded",
    "uploaded_by": "Uploaded by",
    "zip": "ZIP",
}

# The units of columns, where the label does not say it.
UNITS = {
    "base_latitude": "degrees north",
    "base_longitude": "degrees east; negative in the United States",
    "latitude": "degrees north",
    "longitude": "degrees east; negative in the United States",
    "participants_in_person": "people",
    "participants_virtual": "people",
    "population_served": "people",
    "respondents_invited": "people",
    "respondents_responded": "people",
    "sworn_officers": "full-time officers",
}

# Not shown: keys and sort orders.
HIDDEN = frozenset(
    {
        "group_order",
        "agency_group",
        "attention_order",
        "average_per_1000_agencies_per_year",
        "band_order",
        "days_of_last_year",
        "days_of_year",
        "fiscal_year",
        "headline_order",
        "kind_order",
        "is_suppressed",
        "last_year_from_on",
        "last_year_to_on",
        "latitude",
        "limit_95_high",
        "limit_95_low",
        "limit_998_high",
        "limit_998_low",
        "longitude",
        "stage_order",
        "suppress_below",
        "topic_id",
        "topic_ids",
        "year_from_on",
        "year_to_on",
        "years",
    }
)


def label(name: str) -> str:
    """The label of a column on screen."""
    return LABELS.get(name) or name.replace("_", " ").capitalize()


def label_with_unit(name: str, unit: str = "") -> str:
    """The label of a column where its value is entered, with the unit of the value."""
    unit = unit or UNITS.get(name, "")
    return f"{label(name)} ({unit})" if unit else label(name)


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """The table without its hidden columns."""
    return table[[name for name in table.columns if name not in HIDDEN]]


def formats(table: pd.DataFrame) -> dict[str, Any]:
    """Streamlit's column settings by column: labels, dates, percentages, and numbers."""
    return {name: _format(name, table[name]) for name in table.columns}


def _format(name: str, values: pd.Series) -> Any:
    title = label(name)
    if name.endswith("_on"):
        written = "MMM YYYY" if name.startswith("month") else "MMM D, YYYY"
        return st.column_config.DateColumn(title, format=written)
    if name.endswith("_at"):
        # "z" is the abbreviation at that instant: EST or EDT.
        return st.column_config.DatetimeColumn(
            title, format="MMM D, YYYY, h:mm A z", timezone=time_zone().key
        )
    if name.startswith("share_"):
        return st.column_config.NumberColumn(title, format="percent")
    if pd.api.types.is_float_dtype(values):
        return st.column_config.NumberColumn(title, format="%.1f")
    if pd.api.types.is_integer_dtype(values):
        return st.column_config.NumberColumn(title, format="localized")
    return st.column_config.TextColumn(title)


def as_text(table: pd.DataFrame) -> pd.DataFrame:
    """The shown columns with labels, and all values as text.

    In a suppressed row, n is "n < 5" (the threshold); without n, requests are "hidden".
    """
    texts = {
        str(name): [_text(str(name), cell) for cell in table[name]] for name in shown(table)
    }
    if "is_suppressed" in table.columns and "n" not in table.columns:
        texts["requests"] = [
            "hidden" if is_suppressed else text
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
    return pd.DataFrame({plain_line(label(name)): cells for name, cells in texts.items()})


def _text(name: str, cell: Any) -> str:
    if cell is None or pd.isna(cell):
        return UNKNOWN
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, pd.Timestamp):
        if name.endswith("_at"):
            return moment(cell)
        return f"{cell:%b %Y}" if name.startswith("month") else day(cell)
    if name.startswith("share_"):
        return share(cell, 1)
    if isinstance(cell, float):
        return f"{rounded(cell, 1):,}"
    if isinstance(cell, (int, np.integer)):
        return f"{cell:,}"
    return plain_line(cell)
