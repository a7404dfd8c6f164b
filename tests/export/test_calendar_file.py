"""The calendar file: read back by a library, and line by line by the standard."""

import re
from datetime import UTC, date, datetime

import pandas as pd
import pytest
from icalendar import Calendar

from cri_data.export.calendar_file import DayEvent, calendar_file, event_id

MADE_AT = datetime(2024, 6, 30, 12, 5, tzinfo=UTC)
HOSTILE = (
    "Elm; PD, \\n \\, \"quoted\"\r\nEND:VEVENT\r\nBEGIN:VALARM\n=cmd|'/c' é 日本 \x00\x07"
    + "x" * 200
    + "Ω" * 90
)


def event(**changed: object) -> DayEvent:
    values: dict = {
        "key": ("E-1", "Planned start"),
        "on": date(2024, 7, 15),
        "summary": "Planned start: Elm PD (TX)",
        "description": "Topic: Training\nEngagement: E-1",
        "location": "Town hall, Elm, TX",
        "category": "Training",
        "is_firm": False,
    }
    return DayEvent(**values | changed)


def unfolded(content: bytes) -> list[str]:
    """The lines by RFC 5545, 3.1: CR LF ends them, CR LF and a space folds them."""
    text = content.decode("utf-8")
    assert text.endswith("\r\n")
    assert not re.search(r"(?<!\r)\n|\r(?!\n)", text)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    # No letter is cut in two by a fold.
    for line in content.split(b"\r\n"):
        line.decode("utf-8")
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def text_of(line: str) -> str:
    """The value of a text property, by RFC 5545, 3.3.11."""
    value = line.split(":", 1)[1]
    return re.sub(r"\\([\\;,nN])", lambda m: "\n" if m[1] in "nN" else m[1], value)


def test_a_library_reads_the_events_back():
    content = calendar_file(
        [event(), event(key=("E-2", "End"), is_firm=True)], "W", MADE_AT
    )
    read = Calendar.from_ical(content)
    first, second = read.walk("VEVENT")
    assert first.decoded("dtstart") == date(2024, 7, 15)
    assert first.decoded("dtend") == date(2024, 7, 16)
    assert str(first["summary"]) == "Planned start: Elm PD (TX)"
    assert str(first["description"]) == "Topic: Training\nEngagement: E-1"
    assert str(first["location"]) == "Town hall, Elm, TX"
    assert (str(first["status"]), str(second["status"])) == ("TENTATIVE", "CONFIRMED")
    assert first.decoded("dtstamp") == MADE_AT
    assert first["uid"] != second["uid"]
    assert not first.errors


def test_each_line_is_as_the_standard_has_it():
    lines = unfolded(calendar_file([event()], "Our work", MADE_AT))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert {"VERSION:2.0", "METHOD:PUBLISH", "X-WR-CALNAME:Our work"} <= set(lines)
    assert {"DTSTART;VALUE=DATE:20240715", "DTEND;VALUE=DATE:20240716"} <= set(lines)
    assert "DTSTAMP:20240630T120500Z" in lines
    assert "TRANSP:TRANSPARENT" in lines


@pytest.mark.parametrize("field", ["summary", "description", "location", "category"])
def test_hostile_text_stays_in_its_property(field):
    content = calendar_file([event(**{field: HOSTILE})], HOSTILE, MADE_AT)
    lines = unfolded(content)
    assert [line for line in lines if line.startswith(("BEGIN:", "END:"))] == [
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    names = {re.split("[:;]", line)[0] for line in lines}
    assert names <= {
        *("BEGIN", "END", "PRODID", "VERSION", "METHOD", "X-WR-CALNAME", "UID", "DTSTAMP"),
        *("DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES"),
        *("STATUS", "TRANSP"),
    }
    expected = HOSTILE.replace("\r", "").replace("\x00", "").replace("\x07", "")
    name = {"category": "CATEGORIES"}.get(field, field.upper())
    (line,) = [line for line in lines if line.startswith(f"{name}:")]
    assert text_of(line) == expected
    (read,) = Calendar.from_ical(content).walk("VEVENT")
    if field != "category":
        assert str(read[field]) == expected


def test_an_event_keeps_its_id_and_no_two_share_one():
    assert event_id(("E-1", "Planned start")) == event_id(("E-1", "Planned start"))
    # It never changes: calendars would show every event twice.
    assert event_id(("E-1", "Planned start")) == ("d866fd44-5ebc-5317-9f2f-75733d783d7d")
    keys = [(one, step) for one in ("E-1", "E-2", "E-1\nx") for step in ("a", "b", "x\na")]
    assert len({event_id(key) for key in keys}) == len(keys)


def test_a_calendar_without_events_is_a_file_too():
    assert Calendar.from_ical(calendar_file([], "W", MADE_AT)).walk("VEVENT") == []


def test_pandas_dates_are_no_times():
    content = calendar_file([event(on=pd.Timestamp("2024-07-15").date())], "W", MADE_AT)
    assert b"DTSTART;VALUE=DATE:20240715" in content
