"""The units of numbers: how files write them behind a number, and their range."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Unit:
    """A unit that a number may have.

    `name` is what messages call it. `words` are regular expressions of what may stand
    behind the number, in any case. `low` and `high` limit the values of a metric.
    """

    name: str
    words: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None

    @property
    def behind_a_number(self) -> str:
        """The pattern of the unit at the end of a cell. Matches nothing without words."""
        if not self.words:
            return r"\z\A."
        return rf"\s*\(?(?:{'|'.join(self.words)})\.?\)?$"


_DAY_WORDS = ("days?",)
_PEOPLE_WORDS = ("people", "persons?", "participants?", "attendees?", "respondents?")

NO_UNIT = Unit("numbers")
HOURS = Unit("hours", ("hours?", "hrs?", "h"))
PEOPLE = Unit("people", (*_PEOPLE_WORDS, "officers?"))
OFFICERS = Unit("officers", ("sworn officers?", "officers?", "sworn"))
RESIDENTS = Unit("residents", ("residents?", "inhabitants?", "people", "persons?"))
DEGREES = Unit("degrees", ("°", "degrees?"))

# The largest value of a metric without a limit of its own. All whole numbers up to it are
# stored exactly.
_LARGEST = 1e12

# By the code of a metric's unit. A percentage is a share of a whole, so it ends at 100.
METRIC_UNITS = {
    "percent": Unit("percent", ("%", "percent", "pct"), 0, 100),
    "score_1_to_5": Unit(
        "points from 1 to 5",
        ("points?", r"/\s*5", "of 5", "out of 5"),
        1,
        5,
    ),
    "count": Unit(
        "a count", (*_PEOPLE_WORDS, "officers?", "cases?", "complaints?"), 0, _LARGEST
    ),
    "days": Unit("days", _DAY_WORDS, 0, _LARGEST),
    "rate_per_100k": Unit(
        "cases per 100,000",
        ("per 100,?000", "per 100k", r"/\s*100,?000", r"/\s*100k"),
        0,
        _LARGEST,
    ),
}

# A column with this unit has the unit of the row's metric.
OF_THE_METRIC = Unit("the unit of the metric")

# What shows that a number has a unit: those above, and others that files have.
_OTHER_WORDS = (
    *("weeks?", "wks?", "months?", "mos?", "years?", "yrs?", "minutes?", "mins?"),
    *("seconds?", "secs?", "d", "m", "usd", "us dollars", "dollars?", "eur", "[€£¥$¢]"),
    *("miles?", "mi", "km", "times?", "sessions?", "classes", "courses?", "x", "k"),
    *("million", "thousand", r"/\s*\d+", r"(?:out )?of \d+", "‰"),
)
_ALL_WORDS = dict.fromkeys(
    word
    for unit in (HOURS, PEOPLE, OFFICERS, RESIDENTS, DEGREES, *METRIC_UNITS.values())
    for word in unit.words
) | dict.fromkeys(_OTHER_WORDS)

# A number with a currency sign before it, or with any of these words behind it.
ANY_UNIT = (
    r"[-+]?(?:[$€£¥]|usd|us\$)\s*[-+]?[\d.,\s\x{a0}]*\d\s*(?:\D.*)?"
    rf"|[-+]?[\d.,\s\x{{a0}}]*\d[.,]?\s*\(?(?:{'|'.join(_ALL_WORDS)})\b?\.?\)?"
    r"(?:\s*(?:per|/|a|each)\s*\w+)?"
    r"|[-+]?[\d.,\s\x{a0}]*\d\s*(?:per|/)\s*[\w,]+"
)
