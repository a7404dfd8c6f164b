"""A cell of a generated file: what it shows, and what may be stored for it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

Meaning = str | date | Decimal | tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """A cell as a person sees it.

    `meanings` are the values that a person may read there, any of which may be stored.
    Without one, the cell means nothing in its column and has to be named. `value` and
    `number_format` are what a workbook holds for it. A text file has no such cell.
    """

    text: str
    meanings: tuple[Meaning, ...] = ()
    value: object = None
    number_format: str = "General"

    @property
    def is_of_workbook(self) -> bool:
        """Whether only a workbook can hold it."""
        return self.value is not None

    def __str__(self) -> str:
        if not self.is_of_workbook:
            return repr(self.text)
        return f"{self.text!r} ({self.value!r} in the format {self.number_format!r})"


# A form makes a cell with chance.
Form = Callable[[Random], Shown]


def plain(*texts: str) -> list[Form]:
    """Forms of these texts, each of which means itself."""
    return [lambda _, text=text: Shown(text, (text,)) for text in texts]


def nothing(*texts: str) -> list[Form]:
    """Forms of these texts, none of which has a meaning in its column."""
    return [lambda _, text=text: Shown(text) for text in texts]


def either(*texts: str, of: Callable[[str], Meaning]) -> list[Form]:
    """Forms of these texts, each with the meaning that `of` gives it."""
    return [lambda _, text=text: Shown(text, (of(text),)) for text in texts]


# Words for no value. They are blank, and told.
NO_VALUE = ("NA", "N/A", "n/a", "NULL", "None", "NaN", "-", "--", "\N{EN DASH}", "#NA")

# Errors of spreadsheets.
ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "########")
