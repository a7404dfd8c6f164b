"""The rows of a plain file, read column-wise by arrow."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from cri_data.reading.layout import Layout
from cri_data.reading.masking import CsvSyntax

# Rows of another width that are put right one by one: more are another file.
_MOST_BROKEN = 100_000

# Bytes that are parsed at once: with arrow's own 1 MB it takes three times as long.
_BLOCK = 4 << 20


@dataclass(frozen=True)
class Broken:
    """A row of another width, as written."""

    row: int
    text: str


def arrow_rows(
    data: bytes, start: int, syntax: CsvSyntax, layout: Layout
) -> tuple[pa.Table, list[Broken]] | None:
    """The rows from byte `start` with their numbers, and those of another width.

    None where arrow cannot read it, or where too many are of another width.
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
    """The columns by arrow; rows of another width go to `broken`, if it is given."""

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
    """The columns with the number of every row before them."""
    count = read.num_rows + len(broken)
    numbers = pa.arange(layout.first_row, layout.first_row + count)
    if broken:
        gone = pa.array([row.row for row in broken], pa.int64())
        numbers = numbers.filter(pc.invert(pc.is_in(numbers, value_set=gone)))
    return read.add_column(0, "row", numbers)


def without_blank(rows: pa.Table) -> pa.Table:
    """The rows but for those whose cells are all blank."""
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
