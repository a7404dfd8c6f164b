"""The shape of a cell: a number, a date, a code, or words."""

import re

_SHAPES = (
    ("number", re.compile(r"[-+(]?\s*[$€£]?\s*[-+]?(\d[\d,.' ]*|\.\d+)\s*%?\)?")),
    ("date", re.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}([T ]\d{1,2}:\d{2}.*)?")),
    ("time", re.compile(r"\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp]\.?[Mm]\.?)?")),
    ("address", re.compile(r"(https?://|www\.)\S+|[^\s@]+@[^\s@]+\.\w+")),
)
_CODE = re.compile(r"(?=.*\d)[A-Za-z0-9][\w./#-]*")
_YEAR = re.compile(r"(19|20)\d\d")

WORDS = "words"


def shape(cell: str) -> str:
    """The shape of a cell: "" for a blank cell, and WORDS if no other shape fits.

    Codes have the order of their letters and digits as shape, so `R-2024-1` and
    `R-2025-17` have the same shape, but `FY2018` does not.
    """
    text = cell.strip()
    if not text:
        return ""
    for name, pattern in _SHAPES:
        if pattern.fullmatch(text):
            return name
    if _CODE.fullmatch(text):
        return re.sub(r"[A-Za-z]+", "a", re.sub(r"\d+", "9", text))
    return WORDS


def column_shapes(rows: list[list[str]], width: int) -> list[str]:
    """For each column, the shape of at least four in five cells, or WORDS."""
    shapes = []
    for place in range(width):
        found = [shape(cells[place]) for cells in rows if place < len(cells)]
        found = [name for name in found if name]
        most = max(set(found), key=found.count) if found else WORDS
        shapes.append(most if found.count(most) * 5 >= len(found) * 4 else WORDS)
    return shapes


def is_year(cell: str) -> bool:
    """Whether a cell may be a year, which can be a value or a heading."""
    return bool(_YEAR.fullmatch(cell.strip()))
