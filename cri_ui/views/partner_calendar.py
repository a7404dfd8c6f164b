"""Our work page: the next 90 days as a calendar, and as a file for calendars."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd

from cri_data.export.calendar_file import DayEvent, calendar_file
from cri_data.model.roles import Viewer
from cri_data.store.rows import table_rows
from cri_ui.charts.week_calendar import week_calendar
from cri_ui.components import downloads, page
from cri_ui.components.downloads import Export, Taken
from cri_ui.components.text import count_of, day, plain
from cri_ui.session import session
from cri_ui.views.partner_home import in_words

_DAYS_AHEAD = 90
# More would make a calendar that nobody reads.
_MOST = 300

DATES = (
    "Of engagements that you lead or support: planned starts of those not begun, planned "
    "ends of those not ended, and the last days for follow-ups (180 days after the end of "
    "an engagement with a baseline and no follow-up). What is late is above."
)
FILE = (
    "Add the file to Outlook, Google Calendar, or Apple Calendar. It has all dates ahead, "
    "as all-day events that don't block your time. A newer file replaces the same events."
)


def draw(viewer: Viewer) -> None:
    """Draw the calendar of the next 90 days, and the file with all dates ahead."""
    from_on = session.info().as_of_on
    to_on = from_on + timedelta(days=_DAYS_AHEAD)
    found = session.fetch(
        "engagement_dates_list", viewer, days_ahead=_DAYS_AHEAD, row_limit=_MOST
    )
    dates = session.made_of(found, "in words", lambda: in_words(found))
    page.chart(
        week_calendar,
        dates,
        from_on,
        to_on,
        name="engagement_dates_list",
        title=f"The next {_DAYS_AHEAD} days",
        alt="Calendar by week: planned starts, planned ends, and follow-ups due.",
        definition=DATES,
        said="own engagements",
        summary=_in_a_sentence(len(found), f"{day(from_on)} to {day(to_on)}"),
    )
    draw_file(viewer)


def _in_a_sentence(number: int, days: str) -> str:
    if number == _MOST:
        return f"{days}: the first {number:,} dates. The calendar file has all."
    return f"{days}: {count_of(number, 'date') if number else 'no dates'}."


def draw_file(viewer: Viewer) -> None:
    """Draw the button that downloads all dates ahead as an iCalendar file."""

    def make() -> Taken:
        rows = session.fetch_all("engagement_dates_list", viewer)
        made_at = datetime.now(UTC)
        file = calendar_file(day_events(rows), "Collaborative Reform: our work", made_at)
        return Taken(file, len(rows))

    downloads.button(
        "Download calendar file (all dates ahead)",
        Export("engagement_dates_list", make, "own engagements"),
        file_name="our_work.ics",
        key="download_calendar",
        mime="text/calendar",
        help=FILE,
    )


def day_events(dates: pd.DataFrame) -> list[DayEvent]:
    """The dates as events of a calendar, known by engagement and step."""
    return [
        DayEvent(
            key=(row.engagement_id, step),
            on=row.step_on.date(),
            summary=f"{row.step}: {plain(row.agency_name) or 'agency not known'}"
            + (f" ({plain(row.state)})" if pd.notna(row.state) else ""),
            description=_description(row._asdict()),
            location=", ".join(
                plain(one) for one in (row.site_name, row.city, row.state) if pd.notna(one)
            ),
            category=plain(row.topic_name),
            is_firm=step != "start",
        )
        for row, step in zip(table_rows(in_words(dates)), dates["step"], strict=True)
    ]


_DESCRIBED = {
    "topic_name": "Topic",
    "delivery_mode": "Delivery mode",
    "status": "Status",
    "lead_partner_name": "Lead partner",
    "supporting_partners": "Supporting partners",
    "engagement_id": "Engagement",
    "request_id": "Request",
}


def _description(row: dict[str, Any]) -> str:
    lines = [
        f"{label}: {plain(row[name])}"
        for name, label in _DESCRIBED.items()
        if pd.notna(row[name])
    ]
    return "\n".join([*lines, f"Data as of {day(session.info().as_of_on)}"])
