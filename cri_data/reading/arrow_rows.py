"""Read the rows of a plain file with Arrow."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from cri_data.reading.layout import Layout
from cri_data.reading.masking import CsvSyntax

# Most rows with another number of cells. With more, the careful reader is used.
_MOST_BROKEN = 100_000

# Bytes parsed at a time. Arrow's default of 1 MB would take three times as long.
_BLOCK = 4 << 20


@dataclass(frozen=True)
class Broken:
    """A row with another number of cells, as written."""

    row: int
    text: str


def arrow_rows(
    data: bytes, start: int, syntax: CsvSyntax, layout: Layout
) -> tuple[pa.Table, list[Broken]] | None:
    """The rows from byte `start` with their numbers, and rows of another width.

    None if Arrow can't read the file, or if too many rows have another width.
    """
    broken: list[Broken] = []
    read = _read(data, start, syntax, layout, None)
    if read is None:
        read = _read(data, start, syntax, layout, broken)
    if read is None or len(broken) > _MOST_BROKEN:
        return None
    return _numbered(read, broken, layout), broken


def _read(
    data: bytes,
    start: int,
    syntax: CsvSyntax,
    layout: Layout,
    broken: list[Broken] | None,
) -> pa.Table | None:
    """The columns. Rows of another width are added to `broken`, if it is given."""

    def keep(row: arrow_csv.InvalidRow) -> str:
        if broken is None:
            return "error"
        broken.append(Broken(layout.first_row + row.number - 1, row.text))
        return "skip" if len(broken) <= _MOST_BROKEN else "error"

    names = [f"c{place}" for place in range(layout.width)]
    try:
        return arrow_csv.read_csv(
            pa.BufferReader(pa.py_buffer(data)[start:]),
            read_options=arrow_csv.ReadOptions(
                column_names=names, use_threads=broken is None, block_size=_BLOCK
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=syntax.separator,
                quote_char=syntax.quote or False,
                newlines_in_values=bool(syntax.quote) and b'"' in data,
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


def _numbered(read: pa.Table, broken: list[Broken], layout: Layout) -> pa.Table:
    """The columns, with the row numbers as the first one."""
    count = read.num_rows + len(broken)
    numbers = pa.arange(layout.first_row, layout.first_row + count)
    if broken:
        gone = pa.array([row.row for row in broken], pa.int64())
        numbers = numbers.filter(pc.invert(pc.is_in(numbers, value_set=gone)))
    return read.add_column(0, "row", numbers)


def without_blank(rows: pa.Table) -> pa.Table:
    """The rows without blank rows."""
    blank = None
    for name in rows.column_names[1:]:
        column = rows[name]
        if blank is None:
            # In most files, no first cell is blank, and this is enough.
            blank = pc.equal(pc.utf8_trim_whitespace(column), "")
        else:
            blank = pc.and_(blank, pc.equal(pc.utf8_trim_whitespace(column), ""))
        if not pc.any(blank).as_py():
            return rows
    return rows.filter(pc.invert(blank))
