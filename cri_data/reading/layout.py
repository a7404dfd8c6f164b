"""Detect titles, headings, and data among the first rows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cri_data.model.code_lists import NOT_KNOWN
from cri_data.reading.cell_shapes import WORDS, column_shapes, is_year, shape
from cri_data.reading.model import ReadOptions, Record, has_text
from cri_data.reading.survey_headings import survey_headings

# The most rows above the headings, and the most heading rows.
_MOST_ABOVE = 40
_MOST_HEADINGS = 4
# Rows used to detect the width of the table.
_FIRST = 60


@dataclass(frozen=True)
class Layout:
    """The start of a table: rows above it, heading rows, and cells per row.

    `header` is the one heading row, or made of all. `heading_rows` are all as written, of
    which the last `explaining` only explain the headings.
    """

    preamble_rows: int
    header_rows: int
    width: int
    headings: tuple[str, ...]
    header: tuple[str, ...]
    heading_rows: tuple[tuple[str, ...], ...] = ()
    explaining: int = 0

    @property
    def first_row(self) -> int:
        """The row number of the first row of data."""
        return self.preamble_rows + self.header_rows + 1


def usual_width(head: Sequence[Record]) -> int | None:
    """How many cells most rows have. None if there are no rows.

    Only the first rows count, because another table may follow. Titles don't count.
    """
    rows = [record.cells for record in head if has_text(record.cells)]
    full = [cells for cells in rows if sum(map(bool, cells)) > 1][:_FIRST]
    counts = Counter(map(len, full or rows))
    if not counts:
        return None
    return max(counts.items(), key=lambda item: (item[1], item[0]))[0]


def layout_of(head: Sequence[Record], options: ReadOptions) -> Layout:
    """Find the headings among the first records of a file."""
    width = usual_width(head) or 0
    above = options.preamble_rows
    if above is None:
        above = _rows_above(head, width)
    below = [record for record in head if record.row > above]
    survey = survey_headings(below) if options.header_rows is None else None
    count = survey.rows if survey else options.header_rows
    if count is None:
        count = _header_rows(below, width)
    if survey:
        header, explaining = survey.header, survey.explaining
    else:
        header, explaining = _joined([record.cells for record in below[:count]]), 0
    headings = _headings(header, width, [record.cells for record in below[count:]])
    written = tuple(tuple(record.cells) for record in below[:count])
    return Layout(above, count, len(headings), headings, header, written, explaining)


def _rows_above(head: Sequence[Record], width: int) -> int:
    """How many rows precede the first row that fills its cells."""
    for record in head[:_MOST_ABOVE]:
        filled = sum(bool(cell.strip()) for cell in record.cells)
        if filled >= max(1, width * 0.6) or (filled >= 2 and filled * 2 >= width):
            return record.row - 1
        if filled >= 2 and _is_sparse_heading(record, head, width):
            return record.row - 1
    return _blank_above(head)


def _is_sparse_heading(record: Record, head: Sequence[Record], width: int) -> bool:
    """Whether the row names groups of columns, right above the headings."""
    following = [other for other in head if other.row == record.row + 1]
    return len(record.cells) == width and any(
        sum(bool(cell.strip()) for cell in other.cells) == width
        and all(shape(cell) == WORDS or _is_short_word(cell) for cell in other.cells)
        for other in following
    )


def _is_short_word(cell: str) -> bool:
    return cell.strip().isalpha()


def _blank_above(head: Sequence[Record]) -> int:
    return next((record.row - 1 for record in head if has_text(record.cells)), 0)


def _header_rows(below: Sequence[Record], width: int) -> int:
    """How many of the first rows are headings, possibly 0."""
    if not below:
        return 0
    first = below[0].cells
    rest = [record.cells for record in below[1:] if has_text(record.cells)]
    if not rest:
        return 1
    count = 1
    while count < min(_MOST_HEADINGS, len(below)) and below[count].cells == first:
        count += 1
    if count > 1 and has_text(first) and len(first) > 1:
        return count
    body = [cells for cells in rest if len(cells) == width] or rest
    if _looks_like_data(first, body, width):
        return 0
    if len(rest) > 2 and len(first) > 1 and below[1].row == below[0].row + 1:
        count = 1
        while count < _MOST_HEADINGS and _heads_too(rest, count, width):
            count += 1
        return count
    return 1


def _looks_like_data(first: list[str], body: list[list[str]], width: int) -> bool:
    """Whether the first row has the same cell shapes as the rows below it."""
    shapes = column_shapes(body, width)
    like = unlike = 0
    for cell, name in zip(first, shapes, strict=False):
        if name == WORDS or not cell.strip() or is_year(cell):
            continue
        if shape(cell) == name:
            like += 1
        elif shape(cell) == WORDS or cell.strip().replace("_", "").isalpha():
            unlike += 1
    return like >= 1 and unlike == 0 and len(body) >= 2


def _heads_too(rest: list[list[str]], count: int, width: int) -> bool:
    """Whether another row has only words where the rows below have other shapes."""
    row, body = rest[count - 1], rest[count:]
    if len(row) != width or len(body) < 2:
        return False
    shapes = column_shapes(body, width)
    typed = [cell.strip() for cell, name in zip(row, shapes, strict=True) if name != WORDS]
    words = [cell for cell in typed if cell and cell.lower() not in NOT_KNOWN]
    filled = [cell.strip() for cell in row if cell.strip()]
    return (
        len(words) >= 2
        and len(words) == len([cell for cell in typed if cell])
        and not any(character.isdigit() for cell in filled for character in cell)
        and all(len(cell) <= 40 for cell in filled)
        and len(set(filled)) == len(filled)
    )


def _joined(rows: list[list[str]]) -> tuple[str, ...]:
    """One heading row made of several. A group's heading applies to all its columns."""
    if len(rows) < 2:
        return tuple(rows[0]) if rows else ()
    width = max(map(len, rows))
    parts: list[list[str]] = [[] for _ in range(width)]
    for depth, row in enumerate(rows):
        filled = ""
        for place in range(width):
            cell = row[place].strip() if place < len(row) else ""
            is_group = depth < len(rows) - 1 and any(not c.strip() for c in row)
            filled = cell or (filled if is_group else "")
            if filled:
                parts[place].append(filled)
    return tuple(" ".join(part) for part in parts)


def _headings(
    header: tuple[str, ...], width: int, body: list[list[str]]
) -> tuple[str, ...]:
    """One heading for each column, from the header row and the usual width."""
    if not header:
        return tuple(f"Column {place}" for place in range(1, width + 1))
    names = [name.strip() for name in header]
    if len(names) > width and any(not name for name in names):
        filled = [name for name in names if name]
        # The headings end with an extra separator, and rows have as many cells as names.
        if len(filled) == width:
            return tuple(filled)
    more = [has_text(cells[len(names) :]) for cells in body if len(cells) == width]
    if width > len(names) and sum(more) * 2 < len(more):
        # Rows end with a separator, but the headings don't.
        names += [""] * (width - len(names))
    return tuple(names)
