"""Agency page: the timeline, and the lists of requests, engagements, and outcomes."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from cri_data.model.code_lists import (
    BETTER,
    DELIVERY_MODES,
    ENGAGEMENT_STATUSES,
    GOALS,
    REQUEST_STATUSES,
    UNITS,
)
from cri_data.model.roles import Viewer
from cri_ui.charts.agency import EVENTS, agency_timeline
from cri_ui.components import page, row_picker
from cri_ui.session import session
from cri_ui.views import engagement_map

ENTITIES = {"request": "Request", "engagement": "Engagement", "outcome": "Outcome"}

RESULTS = {
    "improved": "Improved",
    "same": "Same",
    "worse": "Worse",
    "awaiting_followup": "Awaiting follow-up",
    "without_baseline": "No baseline",
}


@dataclass(frozen=True)
class RecordList:
    """A list of an agency's records: its question, its key, and what is on screen.

    `labels` are those of codes, by column. `hidden` columns are only in the download.
    """

    question: str
    title: str
    key: str
    labels: dict[str, dict[str, str]]
    hidden: tuple[str, ...] = ()

    def in_words(self, found: pd.DataFrame) -> pd.DataFrame:
        """The rows with labels instead of codes."""
        return page.with_labels(found, **self.labels)

    def shown(self, found: pd.DataFrame) -> pd.DataFrame:
        """The rows as they are on screen."""
        return self.in_words(found).drop(columns=list(self.hidden))


REQUESTS = RecordList(
    "agency_requests_list",
    "Requests",
    "request_id",
    {"status": REQUEST_STATUSES.labels},
)
ENGAGEMENTS = RecordList(
    "agency_engagements_list",
    "Engagements",
    "engagement_id",
    {"status": ENGAGEMENT_STATUSES.labels, "delivery_mode": DELIVERY_MODES.labels},
    ("request_id", "supporting_partners", "planned_end_on", "site_name"),
)
OUTCOMES = RecordList(
    "agency_outcomes_list",
    "Outcomes",
    "outcome_id",
    {
        "goal": GOALS.labels,
        "unit": UNITS.labels,
        "better": BETTER.labels,
        "result": RESULTS,
    },
    ("goal", "respondents_invited", "respondents_responded"),
)

TIMELINE = (
    "The dated steps of this agency's requests, engagements, and outcomes. A planned start "
    "is listed until the engagement starts. Canceled engagements keep their planned start."
)


def draw_timeline(profile: pd.Series, timeline: pd.DataFrame) -> None:
    """Draw all events of the agency."""
    page.chart(
        agency_timeline,
        session.made_of(timeline, "in words", lambda: timeline_in_words(timeline)),
        name="agency_timeline",
        title="Timeline",
        alt="Timeline: requests, engagements, and outcomes by date, newest first.",
        definition=TIMELINE,
        said=_of(profile),
    )


def timeline_in_words(timeline: pd.DataFrame) -> pd.DataFrame:
    """The events with labels instead of codes."""
    return page.with_labels(
        timeline,
        event=EVENTS,
        entity=ENTITIES,
        status=REQUEST_STATUSES.labels | ENGAGEMENT_STATUSES.labels,
        unit=UNITS.labels,
    )


def draw_requests(viewer: Viewer, profile: pd.Series, total: int) -> None:
    """Draw the agency's requests, and the details of the chosen one."""
    with st.container(border=True):
        chosen = _draw_list(viewer, profile, REQUESTS, total)
        if chosen is not None:
            request_id = chosen["request_id"]
            row_picker.request_in_full(viewer, request_id, with_link=False)


def draw_engagements(viewer: Viewer, profile: pd.Series, total: int) -> None:
    """Draw the agency's engagements, and the details of the chosen one."""
    with st.container(border=True):
        chosen = _draw_list(viewer, profile, ENGAGEMENTS, total)
        if chosen is not None:
            engagement_map.detail(viewer, chosen["engagement_id"], with_link=False)


def draw_outcomes(viewer: Viewer, profile: pd.Series, total: int) -> None:
    """Draw the agency's outcomes, and the engagement of the chosen one."""
    with st.container(border=True):
        chosen = _draw_list(viewer, profile, OUTCOMES, total)
        if chosen is not None:
            engagement_map.detail(viewer, chosen["engagement_id"], with_link=False)


def _draw_list(
    viewer: Viewer, profile: pd.Series, listed: RecordList, total: int
) -> pd.Series | None:
    """Draw a list of the agency, with all rows as a download. Returns the chosen row."""
    st.header(listed.title)
    if not total:
        page.note(f"This agency has no {listed.title.lower()}.")
        return None
    limit = row_picker.row_limit(total, listed.question)
    asked = {"agency_id": profile.agency_id}
    found = session.fetch(listed.question, viewer, **asked, row_limit=limit)
    page.rows_shown(len(found), total, listed.title.lower().removesuffix("s"))
    place = row_picker.chosen_row(
        found, listed.shown, listed.key, listed.question, f"{listed.title}, newest first."
    )
    page.download_all(
        listed.question,
        listed.title,
        f"{total:,} rows",
        lambda: listed.in_words(session.fetch_all(listed.question, viewer, **asked)),
        _of(profile),
    )
    return None if place is None else found.iloc[place]


def _of(profile: pd.Series) -> str:
    """The agency, as downloads say whose rows they hold: never by a cell but its ID."""
    return f"agency {profile.agency_id}"
