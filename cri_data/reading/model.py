"""The result of reading: the file, its dialect, and its faults."""

import heapq
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter
from typing import NamedTuple

import pyarrow as pa

from cri_data.model.problem_rules import Rule
from cri_data.model.refusal import Refusal

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}

# The heading of the column that several sheets have, once they are read as one table.
SHEET_NAME = "(sheet name)"

# The heading of the column that several blocks have whose titles differ.
BLOCK_TITLE = "(block title)"

# Both columns are added to the columns of the file.
ADDED_HEADINGS = (SHEET_NAME, BLOCK_TITLE)

# The names of rarer separators than those in SEPARATORS.
_RARER = {" ": "space", "": "the cells of a sheet"}


class UnreadableFile(Refusal):
    """The file can't be read. The message says why and what to do.

    `sheets` are the sheets to choose from, if another sheet of the workbook may fit.
    """

    def __init__(self, message: str, sheets: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.sheets = sheets


@dataclass(frozen=True)
class ReadOptions:
    """Settings that a person chose. None is detected.

    `quote` and `escape` may be "" for none. `escape` is a backslash, or the quote itself
    if quotes are doubled. Rows are counts.
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
    """How a file is written, as detected or chosen.

    `preamble_rows` are above the headings. `footer_rows` are below the last row that is
    read, including further tables. `sheets` are the sheets of a workbook.
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
        """The separator in words, for people."""
        names = SEPARATORS | _RARER
        return names.get(self.separator, f"'{self.separator}'")


@dataclass(frozen=True)
class Fault:
    """A row with a broken structure. `row` is its number in a spreadsheet.

    `cells` are the row's cells, neither padded nor cut.
    """

    row: int
    rule: Rule
    value: str
    message: str
    cells: tuple[str, ...] = ()


class Reason(StrEnum):
    """Why rows of a file are not read."""

    TITLE = "title above the headings"
    EXPLAINING = "explains the headings"
    HEADINGS = "headings again"
    BELOW = "total or note below the table"
    TABLE = "another table, with other headings"
    SHEET = "another sheet"
    FITTING_SHEET = "another sheet that fits, with other headings"
    HIDDEN_SHEET = "hidden sheet"
    TOTAL = "total"
    EXAMPLE = "example of the template"
    NO_VALUE = "no value of any metric"
    EXCLUDED = "excluded by you"


# Reasons for which rows may be missed.
MISSED = (Reason.TABLE, Reason.FITTING_SHEET)


@dataclass(frozen=True)
class LeftOut:
    """Rows that are not read, and why. Blank rows don't count.

    `sheet` is "" for a text file. `first_row` is the number of the first one in it.
    """

    sheet: str
    rows: int
    reason: Reason
    first_row: int


@dataclass(frozen=True)
class Block:
    """Rows that are read: those below one row of headings, up to the next.

    `sheet` is "" for a text file. `first_row` and `last_row` are numbers in that sheet. In
    the rows of a file, which are numbered through all its sheets, `before` is added.
    `title` is the text that stands alone in a row above its headings.
    """

    sheet: str
    first_row: int
    last_row: int
    rows: int
    before: int = 0
    title: str = ""


class Record(NamedTuple):
    """A row that is not classified yet.

    `lines` is the number of text lines that it fills. `slip` is the rule that it breaks,
    and then `line` is the row as written.
    """

    row: int
    cells: list[str]
    lines: int = 1
    slip: Rule | None = None
    line: str = ""


@dataclass(frozen=True)
class FileRead:
    """A file as read.

    `rows` has the columns `row` (the number in a spreadsheet: a header in the first
    row is 1) and `c0` to `cN` (text) in the order of `headings`, one row per sound
    row of the file. Rows with a broken structure are `faults`. A
    file without headings has `Column 1` and so on. Rows of several sheets have the heading
    SHEET_NAME, and those of blocks with different titles BLOCK_TITLE, in this order behind
    all others. `header` has the headings as written, or () without headings.
    `shown` has the first rows of the file with their numbers. `notes` are sentences about
    what was not read. `left_out` counts it,
    and `blocks` what was read, in the order of the file.
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
    left_out: tuple[LeftOut, ...] = ()
    blocks: tuple[Block, ...] = ()

    @property
    def read_sheets(self) -> tuple[str, ...]:
        """The different sheets that its rows are from."""
        return tuple(dict.fromkeys(block.sheet for block in self.blocks))

    @property
    def has_sheets(self) -> bool:
        """Whether its rows are from several sheets."""
        return len(self.read_sheets) > 1

    @property
    def titles(self) -> tuple[str, ...]:
        """The different titles of its blocks, if they are a column."""
        titles = tuple(dict.fromkeys(block.title for block in self.blocks if block.title))
        return titles if len(titles) > 1 else ()

    @property
    def added(self) -> dict[str, tuple[str, ...]]:
        """The different cells of the columns that were added, by heading."""
        cells = {SHEET_NAME: self.read_sheets, BLOCK_TITLE: self.titles}
        return {name: texts for name, texts in cells.items() if len(texts) > 1}

    def added_cells(self, row: int) -> tuple[str, ...]:
        """The cells of a row in the columns that were added."""
        title = ""
        for block in self.blocks:
            if row >= block.before + block.first_row:
                title = block.title
        cells = {SHEET_NAME: self.place(row)[0], BLOCK_TITLE: title}
        return tuple(cells[name] for name in self.added)

    def place(self, row: int) -> tuple[str, int]:
        """The sheet of a row, and its number there."""
        sheet, before = self.dialect.sheet, 0
        for block in self.blocks:
            if row > block.before:
                sheet, before = block.sheet, block.before
        return sheet, row - before

    def row_name(self, row: int) -> str:
        """The number of a row in the file. In several sheets, with its sheet."""
        sheet, number = self.place(row)
        return f"{number} of '{sheet}'" if self.has_sheets else str(row)

    @property
    def encoding(self) -> str:
        """The encoding, as a codec name."""
        return self.dialect.encoding

    @property
    def separator(self) -> str:
        """The separator between cells."""
        return self.dialect.separator

    @property
    def row_count(self) -> int:
        """The number of data rows, including broken ones."""
        return self.rows.num_rows + len(self.faults)

    def records(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """All data rows with their numbers, including broken ones as they are."""
        broken = ((fault.row, fault.cells) for fault in self.faults)
        yield from heapq.merge(self._whole_rows(), broken, key=itemgetter(0))

    def _whole_rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        for batch in self.rows.to_batches(max_chunksize=10_000):
            numbers, *columns = (column.to_pylist() for column in batch.columns)
            rows = zip(*columns, strict=True) if columns else ((),) * len(numbers)
            yield from zip(numbers, rows, strict=True)


def has_text(cells: list[str] | tuple[str, ...]) -> bool:
    """Whether any cell has more than white space."""
    # In most rows, the first cell does.
    if cells and cells[0] and not cells[0].isspace():
        return True
    return any(cell and not cell.isspace() for cell in cells)


@contextmanager
def within_memory(name: str, *exhausted: type[BaseException]) -> Iterator[None]:
    """Raise UnreadableFile if reading or checking the file runs out of memory.

    `exhausted` is an exception that another library raises then, besides MemoryError.
    """
    try:
        yield
    except BaseException as error:
        if not isinstance(error, (MemoryError, *exhausted)):
            raise
        raise UnreadableFile(
            f"{name} needs more memory than is available. Nothing was saved. Split it into "
            "several files, remove columns that you don't need, or try again when no one "
            "else is loading a file."
        ) from error
