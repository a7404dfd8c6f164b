"""A fast reader for regular files."""

import csv
import io

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cri_data.reading.arrow_rows import Broken, arrow_rows, without_blank
from cri_data.reading.footer import (
    TAIL,
    begins_otherwise,
    begins_table,
    footer_start,
)
from cri_data.reading.joined_blocks import SameHeadings
from cri_data.reading.layout import Layout
from cri_data.reading.masking import CsvSyntax
from cri_data.reading.model import ReadOptions, Record, has_text
from cri_data.reading.quote_repair import Effort
from cri_data.reading.records import records
from cri_data.reading.table import Table, fault_of, refuse_broken

# The most rows that are compared with the headings one by one.
_MOST_CHECKED = 1_000


def fast_table(
    data: bytes, start: int, syntax: CsvSyntax, layout: Layout, options: ReadOptions
) -> Table | None:
    """Read a regular file. None for any other file, which needs the careful reader.

    `data` is UTF-8, and its data rows begin at byte `start`. A regular file may have blank
    rows and rows of another width, but no single carriage return, NUL, misplaced quote,
    second table, or footer.
    """
    if not is_plain(data, syntax, layout) or options.footer_rows:
        return None
    read = arrow_rows(data, start, syntax, layout)
    if read is None:
        return None
    rows, broken = read
    if _may_hold_another(rows, broken, layout):
        return None
    table = Table(rows)
    odd = _broken_records(broken, syntax, layout)
    if odd is None or not _ends_in_data(rows, odd, layout, options):
        return None
    named = len(layout.header) if layout.header_rows else layout.width
    if layout.width > named and _has_unnamed(rows, named):
        return None
    table.rows = without_blank(rows)
    if odd:
        _add_broken(table, odd, layout, named)
    return table


def _may_hold_another(rows: pa.Table, broken: list[Broken], layout: Layout) -> bool:
    """Whether a row may repeat the headings, which begins another table or block."""
    if layout.header_rows == 0:
        return False
    last = layout.heading_rows[-1] if layout.heading_rows else layout.header
    names = [(n, name.strip()) for n, name in enumerate(last) if name.strip()]
    if not names or len(layout.header) > layout.width or len(last) > layout.width:
        return True
    if any(names[0][1] in row.text for row in broken):
        return True
    # The same headings may come in another order, or case.
    any_name = pc.ascii_lower(pa.array([name for _, name in names]))
    repeated = None
    for place, _ in names:
        cells = pc.ascii_lower(pc.utf8_trim_whitespace(rows[f"c{place}"]))
        same = pc.is_in(cells, value_set=any_name)
        repeated = same if repeated is None else pc.and_(repeated, same)
        if not pc.any(repeated).as_py():
            return False
    return _repeats_headings(rows.filter(repeated), layout)


def _repeats_headings(rows: pa.Table, layout: Layout) -> bool:
    """Whether one of these rows, which have only words of the headings, repeats them."""
    if rows.num_rows > _MOST_CHECKED or len(layout.heading_rows) > 1:
        return True
    same = SameHeadings(layout)
    for row in rows.drop_columns("row").to_pylist():
        cells = list(row.values())
        if begins_table(cells, layout) or same.order([Record(0, cells)]):
            return True
    return False


def _broken_records(
    broken: list[Broken], syntax: CsvSyntax, layout: Layout
) -> list[Record] | None:
    found = []
    effort = Effort(sum(len(row.text) for row in broken))
    for row in broken:
        parsed = list(records(row.text, syntax, layout.width, effort))
        if len(parsed) != 1:
            return None
        found.append(parsed[0]._replace(row=row.row))
        if begins_otherwise(found[-3:], layout.width):
            return None
    return found


def _ends_in_data(
    rows: pa.Table, odd: list[Record], layout: Layout, options: ReadOptions
) -> bool:
    """Whether the last rows are data, rather than totals, sources, or notes."""
    if options.footer_rows == 0:
        return True
    last = rows.slice(max(rows.num_rows - TAIL, 0)).to_pylist()
    tail = [Record(row.pop("row"), list(row.values())) for row in last]
    tail = sorted([*tail, *odd[-TAIL:]], key=lambda record: record.row)[-TAIL:]
    return footer_start([r for r in tail if r.cells], layout.width) == len(tail)


def _has_unnamed(rows: pa.Table, named: int) -> bool:
    unnamed = rows.column_names[1 + named :]
    return any(
        pc.any(pc.not_equal(pc.utf8_trim_whitespace(rows[name]), "")).as_py()
        for name in unnamed
    )


def _add_broken(table: Table, odd: list[Record], layout: Layout, named: int) -> None:
    """Add rows that Arrow rejected: to the faults if broken, otherwise to the rows."""
    kept = [record for record in odd if has_text(record.cells)]
    faults = [fault_of(record, layout.width, named) for record in kept]
    table.faults = [fault for fault in faults if fault]
    refuse_broken(table.faults, table.rows.num_rows + len(kept))
    good = [record for record, fault in zip(kept, faults, strict=True) if fault is None]
    if not good:
        return
    cells = zip(*(record.cells for record in good), strict=True)
    columns = [pa.array(column, pa.string()) for column in cells]
    numbers = pa.array([record.row for record in good], pa.int64())
    added = pa.table([numbers, *columns], names=table.rows.column_names)
    together = pa.concat_tables([table.rows, added])
    table.rows = together.take(pc.sort_indices(together["row"]))


# The mark of a file that was put behind another one.
_MARK = b"\xef\xbb\xbf"

# Bytes checked at a time.
_BLOCK = 4 << 20

_QUOTE = ord('"')


def is_plain(data: bytes, syntax: CsvSyntax, layout: Layout) -> bool:
    """Whether it has no single carriage return, no NUL, no mark, no misplaced quote."""
    separator = syntax.separator.encode()
    if layout.width < 2 or len(separator) != 1 or b"\x00" in data or _MARK in data:
        return False
    returns = data.count(b"\r")
    if returns and returns != data.count(b"\r\n"):
        return False
    if syntax.quote != '"':
        return not syntax.quote and not syntax.backslash
    if b'"' not in data:
        return not (syntax.backslash and b"\\" in data)
    return not syntax.backslash and _quotes_are_closed(data, separator)


def _quotes_are_closed(data: bytes, separator: bytes) -> bool:
    """Whether each quote opens a cell, closes one, or is doubled inside one."""
    if _quotes_stand_around_cells(data, separator):
        return True
    bare = data.replace(b'""', b"").replace(b"\r\n", b"\n")
    before = (separator + b'"', b'\n"')
    behind = (b'"' + separator, b'"\n')
    opened = sum(map(bare.count, before)) + bare.startswith(b'"')
    closed = sum(map(bare.count, behind)) + bare.endswith(b'"')
    total = bare.count(b'"')
    if opened == closed and opened + closed == total:
        return True
    if total % 2 or opened + closed < total:
        return False
    # A quoted separator such as "," can't be decided without reading the cell.
    lines = io.StringIO(data.decode("utf-8", "surrogatepass"), newline="")
    try:
        for _ in csv.reader(lines, delimiter=separator.decode(), strict=True):
            pass
    except csv.Error:
        return False
    return True


def _quotes_stand_around_cells(data: bytes, separator: bytes) -> bool:
    """Whether quotes alternate between the start and the end of cells, none doubled."""
    octets = np.frombuffer(data, np.uint8)
    pieces = range(0, len(octets), _BLOCK)
    quotes = np.concatenate(
        [np.flatnonzero(octets[n : n + _BLOCK] == _QUOTE) + n for n in pieces]
    )
    if len(quotes) % 2:
        return False
    opening, closing = quotes[0::2], quotes[1::2]
    before = octets[opening[opening > 0] - 1]
    behind = octets[closing[closing < len(octets) - 1] + 1]
    return bool(
        np.isin(before, np.frombuffer(separator + b"\n", np.uint8)).all()
        and np.isin(behind, np.frombuffer(separator + b"\r\n", np.uint8)).all()
    )
