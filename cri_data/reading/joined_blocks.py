"""Recognize the same headings further down: files put together, or blocks per state."""

import re
from collections.abc import Sequence

from cri_data.reading.cell_shapes import WORDS, shape
from cri_data.reading.layout import Layout
from cri_data.reading.model import Record, has_text

_MARK = "\ufeff"

# A title may be a year, such as 2024, FY2024, FY 23-24, or CY'24.
_YEAR = re.compile(
    r"\s*(?:(?:FY|CY|SY)[ -]?'?\d\d|(?:(?:FY|CY|SY)[ -]?)?(?:19|20)\d\d)"
    r"(?:[-/]\d\d(?:\d\d)?)?\s*",
    re.IGNORECASE,
)


class SameHeadings:
    """Whether the last records are the headings of a table again, also in another order."""

    def __init__(self, layout: Layout) -> None:
        self._width = layout.width
        rows = layout.heading_rows
        self._rows = [_plain(row) for row in rows]
        # In one row of different headings, the order can change.
        single = self._rows[0] if len(rows) == 1 else ()
        is_clear = len(set(single)) == len(single) > 1 and all(single)
        self._places = (
            {name: n for n, name in enumerate(single)}
            if is_clear and len(single) == layout.width
            else {}
        )

    def order(self, last: Sequence[Record]) -> list[int] | None:
        """The position of each heading of the table in the last records.

        None if they are not its headings.
        """
        count = len(self._rows)
        if not count or len(last) < count or not any(self._rows[-1]):
            return None
        below = _plain(last[-1].cells)
        if below == self._rows[-1]:
            above = [_plain(record.cells) for record in list(last)[-count:]]
            filled = sum(map(bool, below))
            is_same = above == self._rows and filled > 1
            return list(range(self._width)) if is_same else None
        if len(below) != len(self._places) or not self._places.keys() >= {*below}:
            return None
        if len(set(below)) != len(below):
            return None
        return [below.index(name) for name in self._places]


def _plain(cells: Sequence[str]) -> tuple[str, ...]:
    """The cells without case, outer spaces, and blank ones at the end.

    A file that was put behind another one may begin with a mark.
    """
    plain = [
        " ".join(cell.replace(_MARK, "").strip(' "').split()).casefold() for cell in cells
    ]
    while plain and not plain[-1]:
        plain.pop()
    return tuple(plain)


def in_order(cells: list[str], order: list[int]) -> list[str]:
    """The cells of a row as the first headings have them."""
    if len(cells) != len(order) or order == list(range(len(order))):
        return cells
    return [cells[place] for place in order]


def without_title(rows: list[Record], width: int) -> int:
    """How many rows there are above a title right over headings that come again."""
    end = len(rows)
    while end > 1 and (
        not has_text(rows[end - 1].cells) or _is_title(rows[end - 1], width)
    ):
        end -= 1
    return end


def title_above(rows: Sequence[Record], width: int) -> str:
    """The title in the last one of these rows, which are above headings. "" without one."""
    filled = [record for record in rows if has_text(record.cells)]
    if not filled or not _is_title(filled[-1], width):
        return ""
    return next(cell.strip() for cell in filled[-1].cells if cell.strip())


def _is_title(record: Record, width: int) -> bool:
    filled = [cell for cell in record.cells if cell.strip()]
    is_one = width > 1 and len(filled) == 1
    return is_one and (shape(filled[0]) == WORDS or bool(_YEAR.fullmatch(filled[0])))
