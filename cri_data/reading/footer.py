"""Detect the end of a table: another table, or totals, sources, and notes."""

from collections.abc import Sequence

from cri_data.model.lost_cells import is_lost
from cri_data.reading.cell_shapes import WORDS, shape
from cri_data.reading.layout import Layout
from cri_data.reading.model import Record, has_text

# Last rows that are held back until it is known whether they are data.
TAIL = 30

_LAST_WORDS = (
    *("total", "totals", "grand total", "subtotal", "sum", "average", "mean", "count"),
    *("source", "sources", "note", "notes", "footnote", "footnotes", "generated"),
    *("exported", "printed", "report", "page", "end of", "updated", "last updated"),
    *("as of", "*", "†", "(c)", "©", "--", "=="),
)
_TOTALS = _LAST_WORDS[:8]


def begins_table(cells: list[str], layout: Layout) -> bool:
    """Whether a row repeats the headings, which begins another table."""
    header = layout.header
    if not header or not cells or cells[0].strip() != header[0].strip():
        return False
    if len(cells) < 2 or len(header) < 2:
        return False
    shared = min(len(cells), len(header))
    if shared * 2 < len(header):
        return False
    names = [cell.strip() for cell in header[:shared]]
    return has_text(names) and [cell.strip() for cell in cells[:shared]] == names


def begins_otherwise(rows: Sequence[Record], width: int) -> bool:
    """Whether three rows begin a table of another width, with headings and data."""
    if len(rows) < 3 or any(len(r.cells) in (width, 0, 1) for r in rows):
        return False
    if len({len(record.cells) for record in rows}) > 1:
        return False
    if rows[2].row - rows[0].row != 2:
        return False
    first, *below = (record.cells for record in rows)
    names = [cell.strip() for cell in first]
    are_words = all(shape(name) == WORDS for name in names)
    has_digits = any(sign.isdigit() for name in names for sign in name)
    return (are_words and not has_digits and len(set(names)) == len(names)) and all(
        any(shape(cell) not in ("", WORDS) for cell in cells) for cells in below
    )


def footer_start(tail: Sequence[Record], width: int) -> int:
    """The position from which the last records are totals, sources, or notes."""
    start = len(tail)
    for place in range(len(tail) - 1, -1, -1):
        record = tail[place]
        if not has_text(record.cells):
            continue
        if not _may_be_footer(record.cells, width):
            break
        after_blank = place > 0 and not has_text(tail[place - 1].cells)
        if after_blank or _says_it_is_last(record.cells, width):
            start = place
    while 0 < start < len(tail) and not has_text(tail[start - 1].cells):
        start -= 1
    return start


def _may_be_footer(cells: list[str], width: int) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return width > 1 and (
        (len(filled) == 1 and bool(cells[0].strip()) and shape(cells[0]) == WORDS)
        or _is_total(filled, width)
        or _says_it_is_last(cells, width)
    )


def _says_it_is_last(cells: list[str], width: int) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    if _is_total(filled, width):
        return True
    first = filled[0].lower()
    # A sentence may contain the separator, but a data row fills more cells.
    is_short = len(filled) == 1 or (len(cells) < width and len(filled) * 2 <= width)
    return is_short and any(_begins_with(first, word) for word in _LAST_WORDS)


def _is_total(filled: list[str], width: int) -> bool:
    first = filled[0].strip().lower().rstrip(":")
    words = [word for word in _TOTALS if first == word or first.startswith(f"{word} ")]
    # The sum of a column may be an error, or not calculated.
    others = ["number" if is_lost(cell) else shape(cell) for cell in filled[1:]]
    return bool(words and others) and len(filled) < width and set(others) == {"number"}


def _begins_with(text: str, word: str) -> bool:
    if not word[-1].isalpha():
        return text.startswith(word)
    return text == word or (text.startswith(word) and not text[len(word)].isalnum())
