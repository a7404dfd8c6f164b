"""Days and times of day in the office's time zone, as people read them."""

from datetime import UTC, date, datetime

from cri_data import settings


def local_day(at: datetime) -> date:
    """The day of an instant at the office: a quarter closes there at midnight."""
    return at.astimezone(settings.time_zone()).date()


def local_time(at: datetime) -> str:
    """An instant, such as Nov 26, 2026, 3:41 PM EST. Without a zone, `at` is in UTC."""
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    here = aware.astimezone(settings.time_zone())
    abbreviation = here.tzname() or ""
    # Some zones have no abbreviation but an offset, such as -03.
    if abbreviation.startswith(("+", "-")):
        abbreviation = f"UTC{abbreviation}"
    hour = here.hour % 12 or 12
    return (
        f"{here:%b} {here.day}, {here.year}, "
        f"{hour}:{here:%M} {'AM' if here.hour < 12 else 'PM'} {abbreviation}"
    )
