"""The forms of numbers, and what they mean in each unit."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from random import Random

from tests.shown.cell import ERRORS, NO_VALUE, Form, Shown, either, nothing

# What files write behind a number of each unit.
UNITS = {
    "hours": (" hours", " hrs", "h"),
    "people": (" people", " officers", " participants"),
    "officers": (" officers", " sworn"),
    "residents": (" residents", " people"),
    "degrees": ("°", " degrees"),
    "percent": ("%", " %", " percent"),
    "score_1_to_5": (" points", "/5", " out of 5"),
    "count": (" cases", " complaints"),
    "days": (" days", " day"),
    "rate_per_100k": (" per 100,000", "/100k"),
}
_ALL_UNITS = [word for words in UNITS.values() for word in words]
_OTHERS = (" weeks", " miles", " USD", " sessions", " min", "‰", " of 24", " thousand", "k")
_MONEY = ("${:,.2f}", "$ {}", "€{}", "{} €", "USD {}", "${}k", "£{}")

_NO_NUMBERS = (
    *("twelve", "~12", "<5", "5+", ">100", "10-12", "10\N{EN DASH}12", "5/10", "1:30"),
    *("1h 30m", "TRUE", "No", "1.2.3", "1,2,3", "0x10", "1_000", "12,34,567", "1'234"),
    *("½", "1 1/2", "inf", "Infinity", "1e400", "12 12", "3 or 4", "ca. 12", "12?", "12*"),
    *(
        "\N{ARABIC-INDIC DIGIT ONE}",
        "\N{FULLWIDTH DIGIT ONE}",
        "12 (est.)",
        "#12",
        "No. 12",
    ),
    *("=1+1", "@12", "1.5.2024", "2024-01-31", "Jan 12", "I2", "1O", "1e-400", "1,5 - 2"),
    *("-", "?", "unknown", "TBD", *NO_VALUE, *ERRORS),
)

# More digits than a number of the store has.
_LONG = ("9007199254740993", "123456789012345678901234567890", "1234567890123456.5")


def _some(chance: Random, low: int, high: int) -> int:
    """A number in this range, of any size."""
    top = min(high, low + 10 ** chance.randint(1, len(str(high - low))))
    return chance.randint(low, top)


def number_forms(unit: str, places: int, low: int, high: int) -> list[Form]:
    """Forms of numbers from `low` to `high` with up to so many decimals, in this unit."""

    def whole(chance: Random) -> Decimal:
        return Decimal(_some(chance, low, high))

    def fraction(chance: Random) -> Decimal:
        digits = chance.randint(0, places)
        return whole(chance) + Decimal(chance.randint(0, 10**digits - 1)).scaleb(-digits)

    def form(
        write: Callable[[Decimal], str],
        of: Callable[[Random], Decimal] = whole,
        sign: int = 1,
    ) -> Form:
        def make(chance: Random) -> Shown:
            number = of(chance)
            return Shown(write(number), (sign * number,))

        return make

    def of_another(write: str) -> Form:
        return lambda chance: Shown(write.format(abs(whole(chance)) + 1))

    forms = [form(str)] * 10 + [form(str, fraction)] * 6
    writes = ("{:,}", "{:,.2f}", "{}.0", "{}.", " {} ", "\N{NO-BREAK SPACE}{}", "{:+}")
    forms += [form(write.format) for write in writes]
    for word in UNITS[unit]:
        forms += [form(("{:,}" + word).format), form(("{}" + word).format, fraction)]
    forms += [form(lambda n: f"{n:,}".replace(",", " "))]
    forms += [form(lambda n: f"00{n}" if n >= 0 else str(n))]
    forms += [form(lambda n: f"({n})", sign=-1), form(lambda n: f"{n}-", sign=-1)]
    forms += [form(lambda n: f"\N{MINUS SIGN}{n}", sign=-1)]
    # With three decimals, the comma would separate thousands.
    forms += [
        form(lambda n: f"{n:.1f}".replace(".", ","), lambda c: whole(c) + Decimal("0.5"))
    ]
    forms += either("1E2", "1.5e+01", "2.50E0", *_LONG, of=Decimal)
    forms += [of_another(write) for write in _MONEY]
    others = [*_OTHERS, *(word for word in _ALL_UNITS if _is_another(word, unit))]
    return forms + [of_another("{}" + word) for word in others] + nothing(*_NO_NUMBERS)


def _is_another(word: str, unit: str) -> bool:
    """Whether a word is of no unit like this one."""
    of_people = ("people", "officers", "residents", "count")
    like = [of for of in UNITS if of == unit or {of, unit} <= {*of_people}]
    return not any(word in UNITS[of] for of in like)


# Formats without text of their own: the cell shows the number.
_PLAIN_FORMATS = (
    *("General", "General", "General", "0", "#,##0", "@", "00000", "0.00", "#,##0.00"),
    *('_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)', "#,##0;[Red]-#,##0", "0.00E+00"),
)

# Formats with a currency or a unit, and what the cell shows before and behind.
_MONEY_FORMATS = {
    '"$"#,##0.00': ("$", ""),
    "$#,##0": ("$", ""),
    "$#,##0;[Red]-$#,##0": ("$", ""),
    "\\$0.00": ("$", ""),
    "[$€-407] #,##0": ("€ ", ""),
    "#,##0.00 [$€-407]": ("", " €"),
    "[$USD] 0": ("USD ", ""),
    '_($* #,##0.00_);_($* \\(#,##0.00\\);_($* "-"??_);_(@_)': ("$", ""),
    '_-"£"* #,##0_-': ("£", ""),
    '0" weeks"': ("", " weeks"),
    '0" of 24"': ("", " of 24"),
    '"about "0': ("about ", ""),
    "0\\‰": ("", "‰"),
}


def number_cells(unit: str, low: int, high: int) -> list[Form]:
    """Forms of numbers that only a workbook has, by their number format."""

    def form(number_format: str, before: str, behind: str, means: bool) -> Form:
        def make(chance: Random) -> Shown:
            number = _some(chance, low, high)
            meanings = (Decimal(number),) if means else ()
            value = chance.choice((int, float))(number)
            return Shown(f"{before}{number}{behind}", meanings, value, number_format)

        return make

    def percent(chance: Random) -> Shown:
        number = chance.randint(1, 100)
        meanings = (Decimal(number),) if unit == "percent" else ()
        return Shown(f"{number}%", meanings, number / 100, chance.choice(("0%", "0.00%")))

    forms = [form(number_format, "", "", True) for number_format in _PLAIN_FORMATS]
    forms += [form(write, *around, False) for write, around in _MONEY_FORMATS.items()]
    forms += [form(f'#,##0"{word}"', "", word, True) for word in UNITS[unit]]
    others = [word for word in _ALL_UNITS if _is_another(word, unit)]
    forms += [form(f'0"{word}"', "", word, False) for word in others]
    return [
        *forms,
        *(percent, percent),
        lambda _: Shown("TRUE", (), True),
        lambda _: Shown("1/31/2024", (), date(2024, 1, 31), "m/d/yyyy"),
        lambda _: Shown("9:30", (), time(9, 30), "h:mm"),
    ]
