"""The types that describe a dataset: Dataset, Column, and Kind of value."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypedDict, Unpack

from cri_data.model.code_lists import Codes
from cri_data.model.units import DEGREES, NO_UNIT, Unit


class Kind(StrEnum):
    """Kind of value that a column holds."""

    ID = "id"
    TEXT = "text"
    CODE = "code"
    ZIP = "ZIP Code"
    DATE = "date"
    INTEGER = "whole number"
    NUMBER = "number"
    ID_LIST = "list of IDs"


SQL_TYPES = {
    Kind.ID: "VARCHAR",
    Kind.TEXT: "VARCHAR",
    Kind.CODE: "VARCHAR",
    Kind.ZIP: "VARCHAR",
    Kind.DATE: "DATE",
    Kind.INTEGER: "INTEGER",
    Kind.NUMBER: "DOUBLE",
    Kind.ID_LIST: "VARCHAR[]",
}

# A date outside these is a typing error.
EARLIEST = date(1900, 1, 1)
LATEST = date(2100, 12, 31)


@dataclass(frozen=True)
class Column:
    """One column of a dataset's file.

    `refers_to` is the dataset whose key the value must be. `codes` are the allowed
    values. `low` and `high` are the range, inclusive. `unit` is what a number counts or
    measures. A date that `may_be_ahead` may be in the future. `headings` are other names
    that files use for the column. `is_free_text` marks text that may name people:
    it can be redacted, and is deleted when its retention period ends.
    """

    name: str
    kind: Kind
    description: str
    required: bool = False
    refers_to: str | None = None
    codes: Codes | None = None
    low: float | None = None
    high: float | None = None
    unit: Unit = NO_UNIT
    may_be_ahead: bool = False
    headings: tuple[str, ...] = ()
    is_free_text: bool = False

    @property
    def sql_type(self) -> str:
        """The DuckDB type of the stored value."""
        return SQL_TYPES[self.kind]

    @property
    def code_list(self) -> Codes:
        """The codes of a column of codes. Raises LookupError for any other column."""
        if self.codes is None:
            raise LookupError(f"{self.name} has no codes.")
        return self.codes


@dataclass(frozen=True)
class Dataset:
    """One kind of file: its key, its columns, and the required order of its dates.

    `row_is` names one row; `meaning` explains it to people.
    """

    name: str
    row_is: str
    meaning: str
    key: str
    columns: tuple[Column, ...]
    # In each chain, a date must not be before the known dates to its left.
    date_chains: tuple[tuple[str, ...], ...] = ()

    def column(self, name: str) -> Column:
        """The column with that name. Raises KeyError if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns that must not be blank, in order."""
        return tuple(column.name for column in self.columns if column.required)

    @property
    def free_texts(self) -> tuple[str, ...]:
        """Names of the columns that hold free text, in order."""
        return tuple(column.name for column in self.columns if column.is_free_text)


class _More(TypedDict, total=False):
    """What else can be said of a column of any kind."""

    required: bool
    refers_to: str | None
    headings: tuple[str, ...]
    is_free_text: bool


class _MoreOfDate(_More, total=False):
    """What else can be said of a column of dates."""

    may_be_ahead: bool


class _MoreOfCount(_More, total=False):
    """What else can be said of a column of whole numbers."""

    unit: Unit


class _MoreOfNumber(_MoreOfCount, total=False):
    """What else can be said of a column of numbers."""

    low: float | None
    high: float | None


def id_column(name: str, description: str, **more: Unpack[_More]) -> Column:
    """A column that holds a row's key, or the key of a row in another dataset."""
    return Column(name, Kind.ID, description, **more)


def text_column(name: str, description: str, **more: Unpack[_More]) -> Column:
    """A column of text."""
    return Column(name, Kind.TEXT, description, **more)


def code_column(name: str, description: str, codes: Codes, **more: Unpack[_More]) -> Column:
    """A column that holds one of `codes`."""
    return Column(name, Kind.CODE, description, codes=codes, **more)


def date_column(name: str, description: str, **more: Unpack[_MoreOfDate]) -> Column:
    """A column of dates."""
    return Column(name, Kind.DATE, description, **more)


def count_column(
    name: str, description: str, high: float, **more: Unpack[_MoreOfCount]
) -> Column:
    """A column of whole numbers from 0 to `high`."""
    return Column(name, Kind.INTEGER, description, low=0, high=high, **more)


def number_column(name: str, description: str, **more: Unpack[_MoreOfNumber]) -> Column:
    """A column of numbers, with or without a fraction."""
    return Column(name, Kind.NUMBER, description, **more)


def latitude_column(name: str, of: str) -> Column:
    """A column of degrees north of the equator."""
    return number_column(
        name,
        f"Latitude of {of}, in degrees north.",
        low=-90,
        high=90,
        unit=DEGREES,
        headings=("lat",),
    )


def longitude_column(name: str, of: str) -> Column:
    """A column of degrees east of Greenwich."""
    return number_column(
        name,
        f"Longitude of {of}, in degrees east (negative in the United States).",
        low=-180,
        high=180,
        unit=DEGREES,
        headings=("lon", "lng", "long"),
    )
