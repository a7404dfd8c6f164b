"""A list of engagements to come: when, what, and where each stands, the late ones marked.

An HTML table that fits a phone. What is not in the row is behind its name, and opens
without the server.
"""

from typing import Any

import pandas as pd

from cri_data.store.rows import table_rows
from cri_ui.components.text import UNKNOWN, count_of, day, escaped, whole

# Why an engagement is late.
LATE = {"not_started": "not begun", "not_ended": "not ended"}

# What stands behind a name: the column and its label.
_BEHIND = {
    "engagement_id": "Engagement",
    "request_id": "Request",
    "topic_name": "Topic",
    "delivery_mode": "Delivery mode",
    "lead_partner_name": "Lead partner",
    "supporting_partners": "Supporting partners",
    "site_name": "Site",
    "planned_start_on": "Planned start",
    "started_on": "Started",
    "planned_end_on": "Planned end",
    "last_activity_on": "Last activity",
    "hours": "Hours",
    "participants_in_person": "People, in person",
    "participants_virtual": "People, online",
}


def next_engagements_table(found: pd.DataFrame) -> str:
    """A row per engagement, in the order of the query. Empty text without rows."""
    if found.empty:
        return ""
    rows = "".join(map(_row, table_rows(found)))
    return (
        '<div class="next" role="region" tabindex="0" aria-label="Planned and active '
        'engagements, late ones first"><table><thead><tr><th scope="col">When</th>'
        '<th scope="col">Engagement</th><th scope="col">Status</th>'
        '<th scope="col">Dates</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(row: Any) -> str:
    is_late = pd.notna(row.days_late)
    kind = ' class="late"' if is_late else ""
    return (
        f"<tr{kind}><td>{_when(row)}</td>"
        f'<th scope="row">{_name(row)}</th>'
        f"<td>{_or_unknown(row.status)}<small>{escaped(row.delivery_mode)}</small></td>"
        f"<td>{_dates(row)}</td></tr>"
    )


def _when(row: Any) -> str:
    if pd.notna(row.days_late):
        late = count_of(int(row.days_late), "day")
        return (
            f"<b>{late} late</b><small>{escaped(row.next_step)} {day(row.next_on)}, "
            f"{escaped(row.late)}</small>"
        )
    if pd.isna(row.next_on):
        return "No date<small>No planned end is reported</small>"
    return f"<b>{day(row.next_on)}</b><small>{escaped(row.next_step)}</small>"


def _name(row: Any) -> str:
    place = ", ".join(escaped(one) for one in (row.city, row.state) if pd.notna(one))
    behind = "".join(
        f"<dt>{label}</dt><dd>{_value(name, getattr(row, name))}</dd>"
        for name, label in _BEHIND.items()
        if pd.notna(getattr(row, name))
    )
    small = " · ".join(filter(None, (place, escaped(row.topic_name))))
    return (
        f"<details><summary>{_or_unknown(row.agency_name)}<small>{small}</small></summary>"
        f"<dl>{behind}</dl></details>"
    )


def _value(name: str, value: Any) -> str:
    if name.endswith("_on"):
        return day(value)
    return whole(value) if isinstance(value, int | float) else escaped(value)


def _dates(row: Any) -> str:
    """From the start, planned or real, to the planned end."""
    if pd.notna(row.started_on):
        start = f"Started {day(row.started_on)}"
    else:
        start = f"Start {day(row.planned_start_on)}"
    return f"{start}<small>End {day(row.planned_end_on)}</small>"


def _or_unknown(value: Any) -> str:
    return escaped(value) or UNKNOWN
