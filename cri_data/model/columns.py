"""What a dataset and its columns are made of."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cri_data.model.code_lists import Codes


class Kind(StrEnum):
    """What the values of a column are."""

    ID = "id"
    TEXT = "text"
    CODE = "code"
    ZIP = "ZIP code"
    DATE = "date"
    INTEGER = "whole number"
    NUMBER = "number"
    ID_LIST = "list of ids"


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

# Before the first and after the last, a date is a slip of the keyboard.
EARLIEST = date(1900, 1, 1)
LATEST = date(2100, 12, 31)


@dataclass(frozen=True)
class Column:
    """One column of a dataset's file.

    `refers_to` names the dataset whose key the value must be; `codes` the
    values allowed; `low` and `high` the range, both inclusive; `headings` the
    other names that files use for it; `is_free_text` that it may hold anything,
    persons too: such text can be redacted and let go.
    """

    name: str
    kind: Kind
    description: str
    required: bool = False
    refers_to: str | None = None
    codes: Codes | None = None
    low: float | None = None
    high: float | None = None
    headings: tuple[str, ...] = ()
    is_free_text: bool = False

    @property
    def sql_type(self) -> str:
        """The DuckDB type of the stored value."""
        return SQL_TYPES[self.kind]


@dataclass(frozen=True)
class Dataset:
    """One kind of file: its key, its columns, and which dates follow which."""

    name: str
    row_is: str
    key: str
    columns: tuple[Column, ...]
    # Each chain of dates must not go backwards, whichever of them are known.
    date_chains: tuple[tuple[str, ...], ...] = ()

    def column(self, name: str) -> Column:
        """The column of that name. Raises KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def required(self) -> tuple[str, ...]:
        """The columns that no row may leave blank, in order."""
        return tuple(column.name for column in self.columns if column.required)

    @property
    def free_texts(self) -> tuple[str, ...]:
        """The columns that may hold anything that a person wrote, in order."""
        return tuple(column.name for column in self.columns if column.is_free_text)


def id_column(name: str, description: str, **more: object) -> Column:
    """The key of a row, or of the row that it refers to."""
    return Column(name, Kind.ID, description, **more)


def text_column(name: str, description: str, **more: object) -> Column:
    """Text as it is written."""
    return Column(name, Kind.TEXT, description, **more)


def code_column(name: str, description: str, codes: Codes, **more: object) -> Column:
    """One of the values of `codes`."""
    return Column(name, Kind.CODE, description, codes=codes, **more)


def date_column(name: str, description: str, **more: object) -> Column:
    """A day."""
    return Column(name, Kind.DATE, description, **more)


def count_column(name: str, description: str, high: float, **more: object) -> Column:
    """A whole number from 0 to `high`."""
    return Column(name, Kind.INTEGER, description, low=0, high=high, **more)


def number_column(name: str, description: str, **more: object) -> Column:
    """A number, with a fraction or without."""
    return Column(name, Kind.NUMBER, description, **more)


def latitude_column(name: str, of: str) -> Column:
    """Degrees north of the equator."""
    return number_column(
        name, f"Latitude of {of}, degrees north.", low=-90, high=90, headings=("lat",)
    )


def longitude_column(name: str, of: str) -> Column:
    """Degrees east of Greenwich."""
    return number_column(
        name,
        f"Longitude of {of}, degrees east (negative in the states).",
        low=-180,
        high=180,
        headings=("lon", "lng", "long"),
    )
