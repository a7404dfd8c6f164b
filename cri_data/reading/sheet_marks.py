"""What a sheet says besides its cells: merged cells, and hidden rows and columns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from openpyxl.utils.cell import get_column_letter, range_boundaries

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*?ref\s*=\s*[\"']([A-Z]+\d+:[A-Z]+\d+)")
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\s[^<>]*?hidden\s*=\s*[\"'](?:1|true)[\"'][^<>]*")
_HIDDEN_COLUMN = re.compile(
    rb"<(?:\w+:)?col\s[^<>]*?hidden\s*=\s*[\"'](?:1|true)[\"'][^<>]*"
)
_NUMBER = re.compile(rb"\sr\s*=\s*[\"'](\d+)")
_ENDS = re.compile(rb"\s(min|max)\s*=\s*[\"'](\d+)")

# Bytes searched at a time, and the longest tag.
_STEP, _TAG = 1 << 20, 2_000

# More is no table that a person made.
_MOST_MERGED = 100_000

# The columns of a sheet. Those behind the table may all be hidden.
_MOST_COLUMNS = 16_384


@dataclass(frozen=True)
class Merged:
    """A merged area, with rows from 1 and columns from 0. Its value is in its corner."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int

    def __str__(self) -> str:
        """The area as spreadsheets name it."""
        first, last = (
            get_column_letter(place + 1) for place in (self.first_column, self.last_column)
        )
        return f"{first}{self.first_row}:{last}{self.last_row}"


@dataclass(frozen=True)
class SheetMarks:
    """The merged areas of a sheet, its hidden rows, and its hidden columns from 0."""

    merged: tuple[Merged, ...]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]


def sheet_marks(source: IO[bytes]) -> SheetMarks:
    """The marks in the XML of a sheet, in which they are before and after the cells."""
    merged: list[Merged] = []
    rows: set[int] = set()
    columns: set[int] = set()
    for text in _steps(source):
        if b"mergeCell" in text and len(merged) < _MOST_MERGED:
            merged += [_area(found[1].decode()) for found in _MERGED.finditer(text)]
        if b"hidden" in text:
            for found in _HIDDEN_ROW.finditer(text):
                rows.update(int(number) for number in _NUMBER.findall(found[0]))
            for found in _HIDDEN_COLUMN.finditer(text):
                columns.update(_between(dict(_ENDS.findall(found[0]))))
    # Steps overlap.
    return SheetMarks(tuple(dict.fromkeys(merged)), frozenset(rows), frozenset(columns))


def _steps(source: IO[bytes]) -> Iterator[bytes]:
    before = b""
    while step := source.read(_STEP):
        yield before + step
        before = step[-_TAG:]


def _area(reference: str) -> Merged:
    left, top, right, bottom = range_boundaries(reference)
    return Merged(top, bottom, left - 1, right - 1)


def _between(ends: dict[bytes, bytes]) -> range:
    first, last = int(ends.get(b"min", 0)), int(ends.get(b"max", 0))
    return range(max(first, 1) - 1, min(last, _MOST_COLUMNS))


class MergedRows:
    """Fills merged cells below their first row, as a person reads them."""

    def __init__(self, merged: tuple[Merged, ...], first_row: int) -> None:
        self._areas = sorted(
            (
                area
                for area in merged
                if area.first_row >= first_row and area.last_row > area.first_row
            ),
            key=lambda area: area.first_row,
            reverse=True,
        )
        self._open: list[tuple[Merged, str]] = []

    def fill(self, row: int, texts: dict[int, str]) -> None:
        """Fill the cells of a row that belong to an area of an earlier row."""
        self._open = [(area, text) for area, text in self._open if area.last_row >= row]
        for area, text in self._open:
            texts.setdefault(area.first_column, text)
            if not texts[area.first_column].strip():
                texts[area.first_column] = text
        while self._areas and self._areas[-1].first_row <= row:
            area = self._areas.pop()
            text = texts.get(area.first_column, "") if area.first_row == row else ""
            if text.strip():
                self._open.append((area, text))
