"""The filters that all pages share, and the federal fiscal year."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

# What is chosen where a value is not known, and how it is shown.
NOT_REPORTED = "Not reported"


@dataclass(frozen=True)
class Filters:
    """Chosen values. None means everything, an empty tuple means nothing.

    Requests are those with an engagement of one of the partners, in one of the delivery
    modes; engagements and outcomes those whose request has one of the statuses and sources.
    Dates are inclusive. What a period applies to is said in the query:
    received_on of requests, start of engagements, follow-up of outcomes.
    """

    date_from: date | None = None
    date_to: date | None = None
    topics: tuple[str, ...] | None = None
    regions: tuple[str, ...] | None = None
    divisions: tuple[str, ...] | None = None
    states: tuple[str, ...] | None = None
    size_bands: tuple[str, ...] | None = None
    agency_types: tuple[str, ...] | None = None
    partners: tuple[str, ...] | None = None
    delivery_modes: tuple[str, ...] | None = None
    request_statuses: tuple[str, ...] | None = None
    sources: tuple[str, ...] | None = None
    # Of engagements: what is asked of requests does not heed it.
    statuses: tuple[str, ...] | None = None

    def params(self) -> dict[str, object]:
        """The filters as Store.ask() takes them, by the names of the fields."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in values.items()
        }

    def is_everything(self) -> bool:
        """Whether nothing is filtered away."""
        return self == Filters()


FIELDS = tuple(field.name for field in fields(Filters))


def as_struct(values: Mapping[str, object]) -> dict[str, object]:
    """The one parameter `filters` of a query: every field, null where not among these."""
    return {name: values.get(name) for name in FIELDS}


def fiscal_year(day: date) -> int:
    """The federal fiscal year of a day: FY2018 is October 2017 to September 2018."""
    return day.year + (day.month >= 10)


def fiscal_year_start(year: int) -> date:
    """The first day of a fiscal year, October 1."""
    return date(year - 1, 10, 1)


def fiscal_year_end(year: int) -> date:
    """The last day of a fiscal year, September 30."""
    return date(year, 9, 30)
