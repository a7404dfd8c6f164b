"""A file that is written by the rules, read fast and column-wise."""

import csv
import io
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from cri_data.upload.reading.effort import Effort
from cri_data.upload.reading.ends import TAIL, begins_otherwise, footer_start
from cri_data.upload.reading.kinds import Record, Told, has_text
from cri_data.upload.reading.layout import Layout
from cri_data.upload.reading.records import Writing, records
from cri_data.upload.reading.tables import Table, fault_of, refuse_broken

# Rows of another width that are put right one by one: more are another file.
_MOST_BROKEN = 100_000

# Bytes that are looked at or parsed at once: with arrow's own 1 MB it takes three times
# as long.
_BLOCK = 4 << 20

_QUOTE = ord('"')


@dataclass(frozen=True)
class _Broken:
    row: int
    text: str


def table_plainly(
    data: bytes, start: int, writing: Writing, layout: Layout, told: Told
) -> Table | None:
    """Read a file without oddities; None for any other, which needs more care.

    `data` is UTF-8, its rows of data begin at byte `start`. Blank rows and rows
    of another width are no oddities: they are found here too. Odd is a lone
    carriage return, a NUL, a quote out of place, another table or a footer.
    """
    if not _is_plain(data, writing, layout) or told.footer_rows:
        return None
    broken: list[_Broken] = []
    read = _arrow(data, start, writing, layout, None)
    if read is None:
        read = _arrow(data, start, writing, layout, broken)
    if read is None or len(broken) > _MOST_BROKEN:
        return None
    rows = _numbered(read, broken, layout)
    if _may_hold_another(rows, broken, layout):
        return None
    table = Table(rows)
    odd = _broken_records(broken, writing, layout)
    if odd is None or not _ends_in_data(rows, odd, layout, told):
        return None
    named = len(layout.header) if layout.header_rows else layout.width
    if layout.width > named and _has_unnamed(rows, named):
        return None
    table.rows = _without_blank(rows)
    if odd:
        _add_broken(table, odd, layout, named)
    return table


def _is_plain(data: bytes, writing: Writing, layout: Layout) -> bool:
    separator = writing.separator.encode()
    if layout.width < 2 or len(separator) != 1 or b"\x00" in data:
        return False
    returns = data.count(b"\r")
    if returns and returns != data.count(b"\r\n"):
        return False
    if writing.quote != '"':
        return not writing.quote and not writing.backslash
    if b'"' not in data:
        return not (writing.backslash and b"\\" in data)
    return not writing.backslash and _quotes_are_closed(data, separator)


def _quotes_are_closed(data: bytes, separator: bytes) -> bool:
    """Whether every quote opens a cell, closes one, or is doubled within one."""
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
    # Separators at the ends of a cell, as in ",": only reading it tells.
    lines = io.StringIO(data.decode("utf-8", "surrogatepass"), newline="")
    try:
        for _ in csv.reader(lines, delimiter=separator.decode(), strict=True):
            pass
    except csv.Error:
        return False
    return True


def _quotes_stand_around_cells(data: bytes, separator: bytes) -> bool:
    """Whether quotes, by turns, stand before and behind a cell: none is doubled."""
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


def _arrow(
    data: bytes,
    start: int,
    writing: Writing,
    layout: Layout,
    broken: list[_Broken] | None,
) -> pa.Table | None:
    """The columns by arrow; rows of another width go to `broken`, if it is given."""

    def keep(row: arrow_csv.InvalidRow) -> str:
        broken.append(_Broken(layout.first_row + row.number - 1, row.text))
        return "skip" if len(broken) <= _MOST_BROKEN else "error"

    names = [f"c{place}" for place in range(layout.width)]
    try:
        return arrow_csv.read_csv(
            pa.BufferReader(pa.py_buffer(data)[start:]),
            read_options=arrow_csv.ReadOptions(
                column_names=names, use_threads=broken is None, block_size=_BLOCK
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=writing.separator,
                quote_char=writing.quote or False,
                newlines_in_values=bool(writing.quote) and b'"' in data,
                ignore_empty_lines=False,
                invalid_row_handler=None if broken is None else keep,
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:
        return None


def _numbered(read: pa.Table, broken: list[_Broken], layout: Layout) -> pa.Table:
    """The columns with the number of every row before them."""
    count = read.num_rows + len(broken)
    numbers = pa.arange(layout.first_row, layout.first_row + count)
    if broken:
        gone = pa.array([row.row for row in broken], pa.int64())
        numbers = numbers.filter(pc.invert(pc.is_in(numbers, value_set=gone)))
    return read.add_column(0, "row", numbers)


def _may_hold_another(rows: pa.Table, broken: list[_Broken], layout: Layout) -> bool:
    """Whether some row could repeat the headings: then another table begins."""
    if layout.header_rows == 0:
        return False
    names = [(n, name.strip()) for n, name in enumerate(layout.header) if name.strip()]
    if not names or len(layout.header) > layout.width:
        return True
    if any(names[0][1] in row.text for row in broken):
        return True
    repeated = None
    for place, name in names:
        same = pc.equal(pc.utf8_trim_whitespace(rows[f"c{place}"]), name)
        repeated = same if repeated is None else pc.and_(repeated, same)
        if not pc.any(repeated).as_py():
            return False
    return True


def _broken_records(
    broken: list[_Broken], writing: Writing, layout: Layout
) -> list[Record] | None:
    found = []
    effort = Effort(sum(len(row.text) for row in broken))
    for row in broken:
        parsed = list(records(row.text, writing, layout.width, effort))
        if len(parsed) != 1:
            return None
        found.append(parsed[0]._replace(row=row.row))
        if begins_otherwise(found[-3:], layout.width):
            return None
    return found


def _ends_in_data(rows: pa.Table, odd: list[Record], layout: Layout, told: Told) -> bool:
    """Whether the last rows are data: no totals, sources or notes."""
    if told.footer_rows == 0:
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


def _without_blank(rows: pa.Table) -> pa.Table:
    blank = None
    for name in rows.column_names[1:]:
        column = rows[name]
        if blank is None:
            # In most files no first cell is blank, and this is all there is to do.
            blank = pc.equal(pc.utf8_trim_whitespace(column), "")
        else:
            blank = pc.and_(blank, pc.equal(pc.utf8_trim_whitespace(column), ""))
        if not pc.any(blank).as_py():
            return rows
    return rows.filter(pc.invert(blank))


def _add_broken(table: Table, odd: list[Record], layout: Layout, named: int) -> None:
    """Put rows that arrow took for broken where they belong: the faults, and good ones."""
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
