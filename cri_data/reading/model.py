"""What reading gives back: the file as read, its dialect, its faults."""

import heapq
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

import pyarrow as pa

from cri_data.model.problem_rules import Rule
from cri_data.model.refusal import Refusal

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}

# How the separators are called that are rarer than SEPARATORS.
_RARER = {" ": "space", "": "the cells of a sheet"}


class UnreadableFile(Refusal):
    """Nothing of the file can be read; the message says why and what to do.

    `sheets` are those to choose from, where another one of a workbook may do.
    """

    def __init__(self, message: str, sheets: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.sheets = sheets


@dataclass(frozen=True)
class ReadOptions:
    """What a person has corrected by hand; None is found by itself.

    `quote` and `escape` may be "" for none; `escape` is a backslash, or the
    quote itself where doubled. Rows are counts: 0 is none.
    """

    encoding: str | None = None
    separator: str | None = None
    quote: str | None = None
    escape: str | None = None
    header_rows: int | None = None
    preamble_rows: int | None = None
    footer_rows: int | None = None
    sheet: str | None = None


@dataclass(frozen=True)
class Dialect:
    """How a file is written, found or specified.

    `preamble_rows` lie above the headings and `footer_rows` below the last row
    that is read, further tables included. `sheets` are those of a workbook.
    """

    encoding: str
    separator: str
    quote: str
    escape: str
    line_end: str
    preamble_rows: int = 0
    header_rows: int = 1
    footer_rows: int = 0
    sheet: str = ""
    sheets: tuple[str, ...] = ()

    @property
    def separator_name(self) -> str:
        """The separator in words, for reading."""
        names = SEPARATORS | _RARER
        return names.get(self.separator, f"'{self.separator}'")


@dataclass(frozen=True)
class Fault:
    """A row whose structure is broken. `row` counts as a spreadsheet does.

    `cells` are the row's cells as they stand, neither padded nor cut.
    """

    row: int
    rule: Rule
    value: str
    message: str
    cells: tuple[str, ...] = ()


class Record(NamedTuple):
    """A row before it is known what it is.

    `lines` are those of the text that it fills; `slip` names the rule that its
    writing breaks and `line` then is the row as written.
    """

    row: int
    cells: list[str]
    lines: int = 1
    slip: Rule | None = None
    line: str = ""


@dataclass(frozen=True)
class FileRead:
    """A file as read.

    `rows` has the columns `row` (integer, as a spreadsheet counts: a header in
    the first row is 1) and `c0` to `cN` (text) in the order of `headings`, one row
    per whole row of the file: those whose structure is broken are `faults`. A
    file without headings has `Column 1` and so on. `header` are the headings as
    they stand, () for none; `shown` the first rows of the file with their
    numbers, whatever they are; `notes` are sentences on what was left out.
    """

    name: str
    sha256: str
    dialect: Dialect
    headings: tuple[str, ...]
    header: tuple[str, ...]
    rows: pa.Table
    faults: tuple[Fault, ...]
    shown: tuple[tuple[int, tuple[str, ...]], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def encoding(self) -> str:
        """The encoding, as codecs are named."""
        return self.dialect.encoding

    @property
    def separator(self) -> str:
        """What stands between two cells."""
        return self.dialect.separator

    @property
    def row_count(self) -> int:
        """Rows of data, broken ones included."""
        return self.rows.num_rows + len(self.faults)

    def records(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Every row of data with its number, broken ones as they stand."""
        broken = ((fault.row, fault.cells) for fault in self.faults)
        yield from heapq.merge(self._whole_rows(), broken, key=itemgetter(0))

    def _whole_rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        for batch in self.rows.to_batches(max_chunksize=10_000):
            numbers, *columns = (column.to_pylist() for column in batch.columns)
            rows = zip(*columns, strict=True) if columns else ((),) * len(numbers)
            yield from zip(numbers, rows, strict=True)


def has_text(cells: list[str] | tuple[str, ...]) -> bool:
    """Whether any cell is more than white space."""
    # In most rows the first cell has.
    if cells and cells[0] and not cells[0].isspace():
        return True
    return any(cell and not cell.isspace() for cell in cells)


@contextmanager
def within_memory(name: str, *exhausted: type[BaseException]) -> Iterator[None]:
    """Raise UnreadableFile where reading or checking the file runs out of memory.

    `exhausted` is what another library raises then, besides MemoryError.
    """
    try:
        yield
    except BaseException as error:
        if not isinstance(error, (MemoryError, *exhausted)):
            raise
        raise UnreadableFile(
            f"{name} needs more memory than is available. Nothing was saved. Split it into "
            "several files, remove columns that you don't need, or try again when nobody "
            "else is loading a file."
        ) from error
