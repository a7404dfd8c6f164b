"""The forms of dates, and the days that they mean."""

from datetime import date, datetime, time, timedelta
from random import Random

from tests.shown.cell import ERRORS, NO_VALUE, Form, Shown, nothing

_NO_DAYS = (
    *("Q1 2024", "2024", "FY2018", "Jan 2024", "1/2024", "31 Jan", "Jan 31", "spring 2024"),
    *("2024-02-30", "2/30/2024", "13/13/2024", "2024-13-01", "00/00/0000", "0000-00-00"),
    *(
        "1/31/2024?",
        "ca. 1/31/2024",
        "before 2024-01-31",
        "1/31/2024 or 2/1/2024",
        "7:30 PM",
    ),
    *(
        "Jan 5-12",
        "1/5-12",
        "Jan 5-7, 2024",
        "5-7 Jan 2024",
        "1/5-1/12/2024",
        "1/5/24-1/7/24",
    ),
    *(
        "1/31/2024 to 2/2/2024",
        "2024-01-05/12",
        "2024-01-05 - 2024-01-12",
        "1.5-12",
        "May 5/12",
    ),
    *(
        "1/31/20244",
        "1/31/024",
        "20241331",
        "2024131",
        "-1/31/2024",
        "31 Janvier 2024",
        "45%",
    ),
    *(
        "$45,322",
        "45,322",
        "1.5",
        "12 hours",
        "TRUE",
        "today",
        "=TODAY()",
        "tomorrow",
        "epoch",
    ),
    *("unknown", "TBD", "?", "ongoing", "present", "9999", *NO_VALUE, *ERRORS),
)

# Any day in each year has one of these orders of its numbers.
_ORDERS = {"mdy": "{m}{s}{d}{s}{y}", "dmy": "{d}{s}{m}{s}{y}", "ymd": "{y}{s}{m}{s}{d}"}

_WORDS = (
    *("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y-%m-%dT%H:%M:%SZ", "%Y-%b-%d"),
    *("%Y-%m-%d %H:%M:%S.000", "%Y-%m-%dT%H:%M:%S-05:00", "%d-%b-%y", "%d %B %Y", "%d%b%Y"),
    *("%B %d, %Y", "%b. %d, %Y", "%A, %B %d, %Y", "%a %d %b %Y", "%b %d %Y %I:%M %p"),
    *(
        "%B %d, '%y",
        "%d-%b-%Y %H:%M",
        "%Y-%m-%d ",
        "\N{NO-BREAK SPACE}%Y-%m-%d",
        "%b-%d-%Y",
    ),
    *("%Y–%m–%d", "%b %dth, %Y", "%d of %B %Y", "%d.%b.%Y"),
)


def date_forms(year: int, order: str) -> list[Form]:
    """Forms of days in this year, or in a few others. Numbers are in this order."""

    def numbers(chance: Random) -> Shown:
        day = some_day(chance, year)
        short = order == "ymd" or chance.random() < 0.2
        parts = {"m": day.month, "d": day.day, "y": day.year, "s": chance.choice("///-.")}
        text = _ORDERS[order].format(**parts | ({"y": f"{day:%y}"} if short else {}))
        behind = chance.choice(("", "", "", " 19:00", ", 7:00 PM", " 7:00:00 AM EST"))
        return Shown(text + behind, (day,))

    def words(chance: Random) -> Shown:
        day = some_day(chance, year)
        at = datetime.combine(day, time(chance.randint(0, 23), chance.randint(0, 59)))
        return Shown(at.strftime(chance.choice(_WORDS)), (day,))

    def iso(chance: Random) -> Shown:
        day = some_day(chance, year)
        return Shown(day.isoformat(), (day,))

    def far(chance: Random) -> Shown:
        day = date(chance.choice((1776, 1849, 1899, 1900, 1969, 2042, 2100, 2199)), 7, 14)
        write = chance.choice(
            ("{0:%Y-%m-%d}", "{0.month}/{0.day}/{0.year}", "{0:%B} 14, {0.year}")
        )
        if "/" in write and order != "mdy":
            write = "{0:%Y-%m-%d}"
        return Shown(write.format(day), (day,))

    def number_of_day(chance: Random) -> Shown:
        day = some_day(chance, year)
        return Shown(str((day - date(1899, 12, 30)).days), (day,))

    forms = [numbers] * 30 + [words] * 20 + [iso] * 10 + [far] * 2 + [number_of_day]
    return forms + nothing(*_NO_DAYS)


def some_day(chance: Random, year: int) -> date:
    """Any day of a year, often one that reads in two orders."""
    if chance.random() < 0.5:
        return date(year, chance.randint(1, 12), chance.randint(1, 12))
    return date(year, 1, 1) + timedelta(days=chance.randint(0, 364))


def date_cells(year: int) -> list[Form]:
    """Forms of dates that only a workbook has: numbers in a format of dates."""

    def dated(write: str, number_format: str) -> Form:
        def make(chance: Random) -> Shown:
            day = some_day(chance, year)
            return Shown(day.strftime(write), (day,), day, number_format)

        return make

    def timed(chance: Random) -> Shown:
        day = some_day(chance, year)
        at = datetime.combine(day, time(chance.randint(0, 23), chance.randint(0, 59), 59))
        return Shown(f"{at:%m/%d/%Y %H:%M}", (day,), at, "m/d/yyyy h:mm")

    def other(text: str, value: object, number_format: str) -> Form:
        return lambda _: Shown(text, (), value, number_format)

    formats = (("%m/%d/%Y", "mm/dd/yyyy"), ("%d.%m.%Y", "dd.mm.yyyy"), ("%b %y", "mmm yy"))
    formats += (
        ("%A, %B %d, %Y", "[$-409]dddd, mmmm d, yyyy;@"),
        ("%Y-%m-%d", "yyyy-mm-dd"),
    )
    return [
        *[dated(write, number_format) for write, number_format in formats] * 4,
        *(timed, timed),
        other("2024", 2024, "General"),
        other("45.3", 45.3, "0.0"),
        other("$45,322.00", 45322, '"$"#,##0.00'),
        other("45322%", 453.22, "0%"),
        other("7:30", time(7, 30), "h:mm"),
        other("36:00", timedelta(hours=36), "[h]:mm"),
        other("FALSE", False, "General"),
    ]
