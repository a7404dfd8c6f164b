"""Turn records into the table that is checked, with the faults of its rows."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from cri_data.model.counted import count_of
from cri_data.model.problem_rules import Rule, message
from cri_data.reading.footer import TAIL, begins_otherwise, begins_table, footer_start
from cri_data.reading.joined_blocks import (
    SameHeadings,
    in_order,
    title_above,
    without_title,
)
from cri_data.reading.layout import Layout
from cri_data.reading.model import (
    Fault,
    LeftOut,
    ReadOptions,
    Reason,
    Record,
    UnreadableFile,
    has_text,
)

# Rows turned into columns at a time, or fewer if they have many cells.
_CHUNK = 65_536
_CHUNK_CELLS = 2_000_000

# The most broken rows. If a file has more, and they are a large part of its rows, no one
# would correct them one by one.
_MOST_FAULTS = 50_000
_ONE_IN = 5


@dataclass
class Table:
    """The rows of a table, their faults, and notes on what is not read below it.

    `starts` are the numbers of the first rows of its blocks below the first one, and
    `titles` their titles.
    """

    rows: pa.Table
    faults: list[Fault] = field(default_factory=list)
    footer_rows: int = 0
    notes: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)

    def leave_out(self, rows: Sequence[Record], reason: Reason, more: int = 0) -> None:
        """Count these rows, unless they are blank, and `more` below them."""
        filled = [record.row for record in rows if has_text(record.cells)]
        if filled:
            self.left_out.append(LeftOut("", len(filled) + more, reason, filled[0]))


def table_of(
    records: Iterable[Record], layout: Layout, options: ReadOptions, joins: bool = False
) -> Table:
    """The table of all records, without the rows above it and its headings.

    If it `joins`, rows below the same headings further down belong to it, too.
    """
    table = Table(_schema(layout.width).empty_table())
    columns = _Columns(layout)
    for record in _Data(layout, options, table, joins).of(records):
        columns.add(record)
    table.rows = columns.table()
    table.faults = columns.faults
    return table


class _Data:
    """The data records. Notes in `table` what is not read among and below them."""

    def __init__(
        self, layout: Layout, options: ReadOptions, table: Table, joins: bool
    ) -> None:
        self._layout = layout
        self._options = options
        self._table = table
        self._same = SameHeadings(layout) if joins else None
        self._order = list(range(layout.width))
        self._kept: deque[Record] = deque()

    def of(self, records: Iterable[Record]) -> Iterator[Record]:
        below, kept = iter(records), self._kept
        has_data, is_open = False, self._options.footer_rows is None
        for record in below:
            if record.row < self._layout.first_row:
                continue
            kept.append(record)
            order = self._same.order(kept) if self._same and is_open else None
            if order:
                yield from self._block(order)
                has_data = False
                continue
            another = _another(kept, self._layout) if has_data and is_open else 0
            if another:
                _leave_out(another, kept, below, self._table)
                break
            has_data = has_data or has_text(record.cells)
            if len(kept) > max(TAIL, self._options.footer_rows or 0):
                yield self._ordered(kept.popleft())
        tail = list(kept)
        start = _end(tail, self._layout, self._options)
        _note_footer(tail[start:], self._table)
        yield from map(self._ordered, tail[:start])

    def _block(self, order: list[int]) -> Iterator[Record]:
        """The last rows above headings that come again; rows below have this order."""
        rows, count = list(self._kept), len(self._layout.heading_rows)
        rows, headings = rows[:-count], rows[-count:]
        self._kept.clear()
        start = min(
            footer_start(rows, self._layout.width), without_title(rows, self._layout.width)
        )
        yield from map(self._ordered, rows[:start])
        self._table.leave_out(rows[start:], Reason.BELOW)
        self._table.leave_out(headings, Reason.HEADINGS)
        self._table.starts.append(headings[-1].row + 1)
        self._table.titles.append(title_above(rows, self._layout.width))
        self._order = order

    def _ordered(self, record: Record) -> Record:
        return record._replace(cells=in_order(record.cells, self._order))


def _another(kept: deque[Record], layout: Layout) -> int:
    """How many of the last records begin another table."""
    cells = kept[-1].cells
    if begins_table(cells, layout):
        return 1
    if len(cells) == layout.width or len(kept) < 4:
        return 0
    # A table must have rows before another one can follow.
    last = [kept[-3], kept[-2], kept[-1]]
    return 3 if begins_otherwise(last, layout.width) else 0


def _leave_out(
    count: int, kept: deque[Record], below: Iterator[Record], table: Table
) -> None:
    """Note that another table begins, and count its rows as the footer."""
    begins = kept[-count]
    first = [kept.pop() for _ in range(count)][::-1]
    filled = [has_text(record.cells) for record in below]
    table.footer_rows = count + len(filled)
    table.leave_out(first, Reason.TABLE, more=sum(filled))
    rows = table.left_out[-1].rows
    table.notes.append(
        f"Another table begins in row {begins.row}. Its {count_of(rows, 'row')} "
        f"{'is' if rows == 1 else 'are'} not read. Save it as a separate file."
    )


def _end(tail: list[Record], layout: Layout, options: ReadOptions) -> int:
    if options.footer_rows is not None:
        return max(len(tail) - options.footer_rows, 0)
    return footer_start(tail, layout.width)


def _note_footer(footer: list[Record], table: Table) -> None:
    table.footer_rows += len(footer)
    said = [record for record in footer if has_text(record.cells)]
    table.leave_out(said, Reason.BELOW)
    if said:
        text = next(cell.strip() for cell in said[0].cells if cell.strip())
        table.notes.append(
            f"Row {said[0].row} ('{text[:60]}') is below the table. It and what "
            "follows are not read."
        )


def _schema(width: int) -> pa.Schema:
    return pa.schema([("row", pa.int64()), *((f"c{i}", pa.string()) for i in range(width))])


class _Columns:
    """Rows collected into columns, in chunks."""

    def __init__(self, layout: Layout) -> None:
        self._width = layout.width
        self._named = len(layout.header) if layout.header_rows else layout.width
        self._schema = _schema(layout.width)
        self._chunk = max(min(_CHUNK, _CHUNK_CELLS // max(layout.width, 1)), 1)
        self._rows = 0
        self._numbers: list[int] = []
        self._cells: list[list[str]] = []
        self._batches: list[pa.RecordBatch] = []
        self.faults: list[Fault] = []

    def add(self, record: Record) -> None:
        if not has_text(record.cells):
            return
        self._rows += 1
        fault = fault_of(record, self._width, self._named)
        if fault:
            self.faults.append(fault)
            refuse_broken(self.faults, self._rows)
            return
        self._numbers.append(record.row)
        self._cells.append(record.cells)
        if len(self._numbers) == self._chunk:
            self._flush()

    def table(self) -> pa.Table:
        if self._numbers:
            self._flush()
        return pa.Table.from_batches(self._batches, self._schema)

    def _flush(self) -> None:
        columns = zip(*self._cells, strict=True) if self._width else ()
        # Invalid characters, such as half of a UTF-16 pair, are replaced.
        arrays = [pa.array(self._numbers, pa.int64()), *map(_texts, columns)]
        self._batches.append(pa.record_batch(arrays, schema=self._schema))
        self._numbers, self._cells = [], []


def _texts(cells: Sequence[str]) -> pa.Array:
    try:
        return pa.array(cells, pa.string())
    except UnicodeEncodeError:
        writable = [cell.encode("utf-8", "replace").decode("utf-8") for cell in cells]
        return pa.array(writable, pa.string())


def refuse_broken(faults: list[Fault], rows: int) -> None:
    """Raise UnreadableFile if so many rows are broken that the file itself is faulty."""
    if len(faults) > _MOST_FAULTS and len(faults) * _ONE_IN > rows:
        last = faults[-1]
        raise UnreadableFile(
            f"{len(faults):,} of the first {rows:,} rows are broken, the last of them "
            f"row {last.row}. {last.message} Or save the whole table as CSV UTF-8 again "
            "and load that."
        )


def fault_of(record: Record, width: int, named: int) -> Fault | None:
    """The fault in the structure of a row, if there is one.

    `named` is the number of columns with headings. Cells beyond them must be blank.
    """
    rule, value, said = _finding(record, width, min(named, width))
    return Fault(record.row, rule, value, said, tuple(record.cells)) if rule else None


def _finding(
    record: Record, width: int, named: int
) -> tuple[Rule, str, str] | tuple[None, str, str]:
    cells = record.cells
    if record.slip:
        return record.slip, record.line[:200], message(record.slip)
    count: dict[str, object] = {"cells": len(cells), "headings": named}
    if len(cells) < width:
        return Rule.TOO_FEW_CELLS, "", message(Rule.TOO_FEW_CELLS, **count)
    if len(cells) > width or (named < width and has_text(cells[named:])):
        value = "; ".join(cells[named:])[:200]
        return Rule.TOO_MANY_CELLS, value, message(Rule.TOO_MANY_CELLS, **count)
    if "\x00" in "".join(cells):
        return Rule.BROKEN_CHARACTER, "", message(Rule.BROKEN_CHARACTER)
    return None, "", ""
