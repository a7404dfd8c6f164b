"""A table that was read, as a file with its accounts: what was read, what was left out."""

from collections.abc import Sequence

from cri_data.reading.joined_blocks import title_above
from cri_data.reading.layout import Layout
from cri_data.reading.model import (
    Block,
    Dialect,
    FileRead,
    LeftOut,
    Reason,
    Record,
    has_text,
)
from cri_data.reading.table import Table

_SHOWN = 20


def file_of(
    name: str,
    dialect: Dialect,
    layout: Layout,
    table: Table,
    head: Sequence[Record],
) -> FileRead:
    """The table as a file. `head` are the first records of the file or sheet."""
    above = [record for record in head if record.row <= layout.preamble_rows]
    title = title_above(above, layout.width)
    blocks = _blocks(dialect.sheet, layout, table, title)
    notes = list(table.notes)
    if len(blocks) > 1:
        rows = ", ".join(str(block.first_row - 1) for block in blocks[1:])
        notes.append(
            f"The headings are repeated in row {rows}. The rows below are read, too."
            if len(blocks) == 2
            else f"The headings are repeated in rows {rows}. All rows are read."
        )
    return FileRead(
        name=name,
        sha256="",
        dialect=dialect,
        headings=layout.headings,
        header=layout.header,
        rows=table.rows,
        faults=tuple(table.faults),
        shown=tuple((record.row, tuple(record.cells)) for record in head[:_SHOWN]),
        notes=tuple(notes),
        left_out=(
            *_titles(dialect.sheet, layout, head),
            *(
                LeftOut(dialect.sheet, part.rows, part.reason, part.first_row)
                for part in table.left_out
            ),
        ),
        blocks=blocks,
    )


def _titles(sheet: str, layout: Layout, head: Sequence[Record]) -> list[LeftOut]:
    rows = [
        record.row
        for record in head
        if record.row <= layout.preamble_rows and has_text(record.cells)
    ]
    found = [LeftOut(sheet, len(rows), Reason.TITLE, rows[0])] if rows else []
    if layout.explaining:
        first = layout.first_row - layout.explaining
        found.append(LeftOut(sheet, layout.explaining, Reason.EXPLAINING, first))
    return found


def _blocks(sheet: str, layout: Layout, table: Table, title: str) -> tuple[Block, ...]:
    """The blocks of a table, each from its first row to its last.

    `title` is that of the first one.
    """
    broken = [fault.row for fault in table.faults]
    if not table.starts:
        first, last = _ends(table, broken)
        count = table.rows.num_rows + len(broken)
        return (Block(sheet, first or layout.first_row, last, count, title=title),)
    rows = sorted([*table.rows["row"].to_pylist(), *broken])
    starts = [layout.first_row, *table.starts]
    ends = [*table.starts, rows[-1] + 1 if rows else 0]
    blocks = []
    for start, end, above in zip(starts, ends, [title, *table.titles], strict=True):
        within = [row for row in rows if start <= row < end]
        last = within[-1] if within else start
        blocks.append(Block(sheet, start, last, len(within), title=above))
    return tuple(blocks)


def _ends(table: Table, broken: list[int]) -> tuple[int, int]:
    numbers = table.rows["row"]
    rows = list(broken)
    if len(numbers):
        rows += [numbers[0].as_py(), numbers[-1].as_py()]
    return (min(rows), max(rows)) if rows else (0, 0)
