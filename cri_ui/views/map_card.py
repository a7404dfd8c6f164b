"""The card of one engagement beside the map, in words."""

import html
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from cri_data.model.code_lists import (
    BETTER,
    DELIVERY_MODES,
    ENGAGEMENT_STATUSES,
    REQUEST_STATUSES,
    UNITS,
)
from cri_data.model.roles import Permission, Viewer
from cri_ui.components import agency_link
from cri_ui.components.text import (
    UNKNOWN,
    count_of,
    day,
    escaped,
    plain_markdown,
    rounded,
    whole,
)
from cri_ui.session import session

PLACED_BY = {
    "site": "At the coordinates of the site",
    "agency": "At the coordinates of the agency",
    "zip": "In the middle of the agency's ZIP Code",
    "city": "In the middle of the agency's city",
    "county": "In the middle of the agency's county",
    "state": "In the middle of the agency's state",
    "outside": "Nowhere: the coordinates are outside the agency's state",
}
_NOT_PLACED = "Nowhere: no coordinates, ZIP Code, city, county, or state is known"


def draw(viewer: Viewer, engagement_id: str) -> None:
    """Draw the card, with a link to the agency's page where the viewer may open it."""
    found = session.fetch("engagement_detail", viewer, engagement_id=engagement_id)
    if found.empty:
        named = plain_markdown(engagement_id)
        st.warning(f"There is no engagement {named}, or you don't have access to it.")
        return
    row = found.iloc[0]
    measured = ""
    if viewer.may(Permission.VIEW_OUTCOMES):
        outcomes = session.fetch(
            "engagement_outcomes_list", viewer, engagement_id=engagement_id
        )
        measured = _outcomes(outcomes)
    st.html(_card(row, session.info().as_of_on, measured))
    agency_link.draw_link(viewer, row.agency_id)


def _card(row: Any, as_of_on: date, measured: str) -> str:
    where = ", ".join(escaped(one) for one in (row.city, row.state) if pd.notna(one))
    status = ENGAGEMENT_STATUSES.labels.get(row.status, UNKNOWN)
    pairs = {
        "Topic": _text(row.topic_name),
        "Mode": DELIVERY_MODES.labels.get(row.delivery_mode, UNKNOWN),
        "Lead": _text(row.lead_partner_name),
        "Supported by": _text(row.supporting_partners),
        "Dates": _dates(row),
        "Progress": _progress(row, as_of_on),
        "Hours": UNKNOWN if pd.isna(row.hours) else whole(row.hours),
        "People": _people(row),
        "Request": _request(row),
        "Placed": PLACED_BY.get(row.placed_by, _NOT_PLACED),
    }
    # Who is not there is no news.
    if pairs["Supported by"] == UNKNOWN:
        del pairs["Supported by"]
    rows = "".join(
        f"<dt>{name}</dt><dd>{html.escape(text)}</dd>" for name, text in pairs.items()
    )
    size = "Size not reported"
    if row.size_band != "Not reported":
        size = f"{escaped(row.size_band)} sworn officers"
    return (
        f'<article class="map-card" aria-label="The chosen engagement">'
        f"<h2>{escaped(row.agency_name)}</h2>"
        f"<p>{where} · {size}</p>"
        f'<p><b class="status {escaped(row.status)}">{status}</b> '
        f"<small>{escaped(row.engagement_id)}</small></p>"
        f"<dl>{rows}</dl>{measured}</article>"
    )


def _text(value: Any) -> str:
    return UNKNOWN if pd.isna(value) else str(value)


def _dates(row: Any) -> str:
    if pd.notna(row.started_on):
        end = f" to {day(row.ended_on)}" if pd.notna(row.ended_on) else ""
        return f"{'' if end else 'Since '}{day(row.started_on)}{end}"
    if pd.notna(row.planned_start_on):
        end = f" to {day(row.planned_end_on)}" if pd.notna(row.planned_end_on) else ""
        return f"Planned for {day(row.planned_start_on)}{end}"
    return UNKNOWN


def _progress(row: Any, as_of_on: date) -> str:
    if row.status == "active" and pd.notna(row.planned_end_on):
        left = (pd.Timestamp(row.planned_end_on).date() - as_of_on).days
        if left < 0:
            return f"{count_of(-left, 'day')} past its planned end"
        return f"{count_of(left, 'day')} until its planned end"
    if row.status == "planned" and pd.notna(row.planned_start_on):
        left = (pd.Timestamp(row.planned_start_on).date() - as_of_on).days
        if left < 0:
            return f"Should have begun {count_of(-left, 'day')} ago"
        return f"Begins in {count_of(left, 'day')}"
    if pd.notna(row.last_activity_on):
        return f"Last activity {day(row.last_activity_on)}"
    return UNKNOWN


def _people(row: Any) -> str:
    known = (
        (row.participants_in_person, "in person"),
        (row.participants_virtual, "virtual"),
    )
    return ", ".join(f"{whole(n)} {how}" for n, how in known if pd.notna(n)) or UNKNOWN


def _request(row: Any) -> str:
    status = REQUEST_STATUSES.labels.get(row.request_status, "")
    said = f"{row.request_id}, received {day(row.request_received_on)}"
    if status:
        said += f", {status.lower()}"
    return f"{said}. {row.request_summary}" if pd.notna(row.request_summary) else said


def _outcomes(outcomes: pd.DataFrame) -> str:
    if outcomes.empty:
        return "<p><small>No outcome measured yet.</small></p>"
    lines = "".join(f"<li>{_outcome(row)}</li>" for row in outcomes.itertuples())
    return f"<h3>Outcomes</h3><ul>{lines}</ul>"


def _outcome(row: Any) -> str:
    before, after = (_value(one) for one in (row.baseline_value, row.followup_value))
    unit = UNITS.labels.get(row.unit, "").lower()
    better = BETTER.labels.get(row.better, "").lower()
    told = ", ".join(filter(None, (unit, better)))
    return f"{escaped(row.metric_name)}: {before} → {after} <small>({told})</small>"


def _value(number: float | None) -> str:
    return UNKNOWN if pd.isna(number) else f"{rounded(number, 1):,f}".removesuffix(".0")
