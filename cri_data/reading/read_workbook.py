"""Read a workbook: the sheet that fits, and the sheets with the same headings."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from cri_data.model.counted import count_of
from cri_data.reading.file_read import file_of
from cri_data.reading.joined_blocks import SameHeadings, in_order
from cri_data.reading.layout import Layout, layout_of
from cri_data.reading.model import (
    SHEET_NAME,
    Dialect,
    FileRead,
    LeftOut,
    ReadOptions,
    Reason,
    Record,
    UnreadableFile,
    has_text,
)
from cri_data.reading.sheet_choice import (
    MOST_SHEETS,
    Known,
    head_of,
    other_sheets,
    sheet_to_read,
)
from cri_data.reading.table import table_of
from cri_data.reading.workbook import DAMAGED, Workbook, workbook


def read_workbook(
    known: Known, name: str, content: bytes, options: ReadOptions, joins: bool
) -> FileRead:
    """The rows of the sheet that fits best, and of those with the same headings."""
    with workbook(name, content) as book:
        sheet = sheet_to_read(book, options, known)
        head = head_of(book, sheet)
        if not any(has_text(record.cells) for record in head):
            raise UnreadableFile(
                f"The sheet '{sheet}' of {name} is empty. Choose another sheet, or "
                "save the workbook again with its rows.",
                book.sheets,
            )
        read = _read_sheet(name, book, sheet, head, options, joins)
        joined = []
        if joins and options.sheet is None:
            joined = _same_sheets(name, book, sheet, read, options)
        others = _others(book, [sheet, *(one.dialect.sheet for one in joined)])
        left_out = [
            left
            for other in others
            if (left := _left_out(book, other, read, options, known)) is not None
        ]
    whole = _in_book_order(read, joined, book)
    notes = (*whole.notes, *_notes(read, joined, others, left_out))
    return replace(whole, notes=notes, left_out=(*whole.left_out, *left_out))


def _read_sheet(
    name: str,
    book: Workbook,
    sheet: str,
    head: Sequence[Record],
    options: ReadOptions,
    joins: bool,
) -> FileRead:
    layout = layout_of(head, options)
    rows = book.records(sheet, layout.width, layout.first_row)
    table = table_of(rows, layout, options, joins)
    dialect = Dialect(
        *("", "", "", "", ""),
        layout.preamble_rows,
        layout.header_rows,
        table.footer_rows,
        sheet,
        book.sheets,
    )
    read = file_of(name, dialect, layout, table, head)
    notes = book.notes_on(sheet, layout.first_row, table.rows["row"])
    return replace(read, notes=(*read.notes, *notes))


def _others(book: Workbook, read: list[str]) -> list[str]:
    return [sheet for sheet in book.sheets if sheet not in read][:MOST_SHEETS]


def _same_sheets(
    name: str, book: Workbook, sheet: str, first: FileRead, options: ReadOptions
) -> list[FileRead]:
    """The other visible sheets with the headings of the first one, in its order."""
    joined = []
    for other in book.shown_sheets[:MOST_SHEETS]:
        if other == sheet:
            continue
        head = head_of(book, other)
        order = _order(layout_of(head, options), first)
        if order is None:
            continue
        read = _read_sheet(name, book, other, head, options, joins=True)
        if read.row_count:
            joined.append(_arranged(read, order))
    return joined


def _order(layout: Layout, first: FileRead) -> list[int] | None:
    """The position of each heading of the first sheet among these. None if they differ."""
    if not first.header or not layout.header_rows:
        return None
    as_one_row = replace(layout, heading_rows=(first.headings,), width=len(first.headings))
    return SameHeadings(as_one_row).order([Record(1, list(layout.headings))])


def _arranged(read: FileRead, order: list[int]) -> FileRead:
    names = ["row", *(f"c{place}" for place in order)]
    rows = read.rows.select(names).rename_columns(read.rows.column_names)
    faults = tuple(
        replace(fault, cells=tuple(in_order(list(fault.cells), order)))
        for fault in read.faults
    )
    return replace(read, rows=rows, faults=faults)


def _in_book_order(first: FileRead, joined: list[FileRead], book: Workbook) -> FileRead:
    """One file of all sheets that were read, with rows numbered through them.

    Its last column has the name of each row's sheet.
    """
    if not joined:
        return first
    parts = sorted([first, *joined], key=lambda one: book.sheets.index(one.dialect.sheet))
    tables, faults, blocks, before = [], [], [], 0
    for part in parts:
        numbers = pc.add(part.rows["row"], before)
        names = pa.repeat(part.dialect.sheet, len(numbers))
        rows = part.rows.set_column(0, "row", numbers)
        tables.append(
            rows.append_column(f"c{len(first.headings)}", pa.chunked_array([names]))
        )
        faults += [replace(fault, row=fault.row + before) for fault in part.faults]
        blocks += [replace(block, before=before) for block in part.blocks]
        before += max(block.last_row for block in part.blocks)
    return replace(
        first,
        headings=(*first.headings, SHEET_NAME),
        rows=pa.concat_tables(tables),
        faults=tuple(faults),
        blocks=tuple(blocks),
        notes=tuple(_of_sheets(parts)),
        left_out=tuple(left for part in parts for left in part.left_out),
    )


def _of_sheets(parts: list[FileRead]) -> Iterable[str]:
    for part in parts:
        for note in part.notes:
            yield f"Sheet '{part.dialect.sheet}': {note}"


def _left_out(
    book: Workbook, sheet: str, read: FileRead, options: ReadOptions, known: Known
) -> LeftOut | None:
    """How many rows a sheet has that is not read. None if it has none."""
    try:
        head = head_of(book, sheet)
        layout = layout_of(head, options)
        first = layout.first_row
        filled = [
            record.row
            for record in book.records(sheet)
            if record.row >= first and has_text(record.cells)
        ]
    except (UnreadableFile, *DAMAGED):
        # A sheet that nobody needs may be of any kind.
        return None
    if not filled:
        return None
    reason = Reason.SHEET
    if sheet not in book.shown_sheets:
        reason = Reason.HIDDEN_SHEET
    elif options.sheet is None and 0 < known(layout.headings) >= known(read.headings):
        reason = Reason.FITTING_SHEET
    return LeftOut(sheet, len(filled), reason, filled[0])


def _notes(
    read: FileRead, joined: list[FileRead], others: list[str], left_out: list[LeftOut]
) -> Iterable[str]:
    """What was read of the sheets, and what was not."""
    if joined:
        named = ", ".join(f"'{one.dialect.sheet}'" for one in joined)
        yield (
            f"The sheets '{read.dialect.sheet}' and {named} have the same headings and are "
            "read as one table."
        )
    elif others:
        names = other_sheets(read.dialect.sheet, read.dialect.sheets)
        sheet = read.dialect.sheet
        yield f"The sheet '{sheet}' was read. The workbook has others: {names}."
    for left in left_out:
        if left.reason is Reason.FITTING_SHEET:
            rows, are = count_of(left.rows, "row"), "is" if left.rows == 1 else "are"
            yield (
                f"The sheet '{left.sheet}' fits, too, but has other headings. Its "
                f"{rows} {are} not read. Choose that sheet to load them."
            )
