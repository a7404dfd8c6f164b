"""Choose the sheet of a workbook that has the table."""

import itertools
from collections.abc import Callable, Sequence

from cri_data.reading.layout import layout_of
from cri_data.reading.model import ReadOptions, Record, has_text
from cri_data.reading.workbook import Workbook

# How many of the wanted columns the headings match.
Known = Callable[[tuple[str, ...]], int]

# The most rows and sheets that are checked.
HEAD = 300
MOST_SHEETS = 50


def nothing_known(headings: tuple[str, ...]) -> int:
    """For a file of unknown content: no headings are known."""
    del headings
    return 0


def sheet_to_read(book: Workbook, options: ReadOptions, known: Known) -> str:
    """The sheet in the options. Otherwise the visible one whose headings fit best.

    Among several equal ones, the first with rows below its headings, or the first that is
    not blank.
    """
    shown = book.shown_sheets[:MOST_SHEETS]
    if options.sheet is not None or len(shown) < 2:
        return book.sheet_named(options.sheet)
    return max(shown, key=lambda sheet: _likeness(head_of(book, sheet), options, known))


def _likeness(
    head: Sequence[Record], options: ReadOptions, known: Known
) -> tuple[int, bool, bool]:
    if not any(has_text(record.cells) for record in head):
        return (0, False, False)
    layout = layout_of(head, options)
    has_rows = any(
        has_text(record.cells) for record in head if record.row >= layout.first_row
    )
    return (known(layout.headings), has_rows, True)


def head_of(book: Workbook, sheet: str) -> list[Record]:
    """The first rows of a sheet, with the width of most of them."""
    head = list(itertools.islice(book.records(sheet), HEAD))
    filled = [len(record.cells) for record in head if record.cells]
    width = max(set(filled), key=lambda count: (filled.count(count), count), default=0)
    return [
        record._replace(cells=record.cells + [""] * (width - len(record.cells)))
        if 1 < len(record.cells) < width
        else record
        for record in head
    ]


def other_sheets(sheet: str, sheets: Sequence[str]) -> str:
    """The other sheets of a workbook, as a list in words."""
    others = [f"'{other}'" for other in sheets if other != sheet]
    more = len(others) - MOST_SHEETS
    return ", ".join(others[:MOST_SHEETS]) + (f" and {more:,} more" if more > 0 else "")
