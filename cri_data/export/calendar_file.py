"""An iCalendar file (RFC 5545) of whole days, which calendars take.

The icalendar package escapes what texts hold, and folds long lines.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from icalendar import Calendar, Event, vText

# The names of events are told apart from those of other programs by it. Never change it:
# calendars know an event by the ID that is made of it.
_EVENTS = UUID("6f0c6c2e-52a4-5c37-8f2b-0f3f4f1d7a51")

_PRODUCT = "-//Collaborative Reform dashboard//Engagements//EN"


@dataclass(frozen=True)
class DayEvent:
    """What is on a day. An event with the same `key` replaces the one of an older file.

    `is_firm`: what is on that day is under way, not only planned.
    """

    key: tuple[str, ...]
    on: date
    summary: str
    description: str
    location: str
    category: str
    is_firm: bool


def calendar_file(events: Iterable[DayEvent], name: str, made_at: datetime) -> bytes:
    """The file, as UTF-8. `made_at` has a time zone."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    # Not of the standard, so the package does not know that it is a text.
    calendar.add("x-wr-calname", vText(plain_text(name)))
    for event in events:
        calendar.add_component(_component(event, made_at))
    return calendar.to_ical()


def _component(event: DayEvent, made_at: datetime) -> Event:
    made = Event()
    made.add("uid", event_id(event.key))
    made.add("dtstamp", made_at)
    # A date without a time: the whole day, in every time zone. The end is the day after.
    made.add("dtstart", event.on)
    made.add("dtend", event.on + timedelta(days=1))
    made.add("summary", plain_text(event.summary))
    made.add("description", plain_text(event.description))
    if event.location:
        made.add("location", plain_text(event.location))
    if event.category:
        made.add("categories", [plain_text(event.category)])
    made.add("status", "CONFIRMED" if event.is_firm else "TENTATIVE")
    # It leaves the day free for other meetings.
    made.add("transp", "TRANSPARENT")
    return made


def event_id(key: tuple[str, ...]) -> str:
    """The event's ID in calendars: the same for the same key, whatever the key holds."""
    return str(uuid5(_EVENTS, repr(key)))


def plain_text(text: str) -> str:
    """Text without control characters, which the standard forbids, except line breaks."""
    return "".join(c for c in text if c == "\n" or (c >= " " and c != "\x7f"))
