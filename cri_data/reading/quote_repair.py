"""Split a line with faulty quotes into cells."""

from bisect import bisect_right
from typing import NamedTuple

# Counted in ways to split, which are the same on all computers, and not in seconds. A row
# written by a person takes a few dozen.
_MOST_FOR_A_LINE = 50_000
_ANYWAY = 150_000
_FOR_A_CHARACTER = 1

# The number of characters whose search costs as much as one way to split.
_CHARACTERS_A_WAY = 100


class Effort:
    """The effort that is left for one text of this length."""

    def __init__(self, characters: int) -> None:
        self.left = _ANYWAY + _FOR_A_CHARACTER * characters
        self._left_for_line = 0

    def begin_line(self) -> None:
        """Start another line, which may use what is left up to the limit of a line."""
        self._left_for_line = min(self.left, _MOST_FOR_A_LINE)

    def spend(self, ways: int, characters: int = 0) -> bool:
        """Subtract the cost. Returns whether enough was left."""
        cost = ways + characters // _CHARACTERS_A_WAY
        self.left -= cost
        self._left_for_line -= cost
        return self._left_for_line >= 0


# Most ways to split a line at the same time. A line with more is split at all separators.
_MOST_WAYS = 200
_MOST_JOINED = 60

# Any number of cells.
_ANY = 0

_SLIP = 2  # a quote that should have been written twice, or not at all
_OPEN = 3  # a quote at the start of a cell that is never closed


class RepairedLine(NamedTuple):
    """The cells, and whether one of their quotes is never closed.

    `is_clear` is False if there were too many ways to split the line. Then it is split at
    all separators.
    """

    cells: list[str]
    is_open: bool
    is_clear: bool = True


class _Way(NamedTuple):
    cost: int
    cells: tuple
    is_open: bool


def repaired_line(
    line: str, separator: str, quote: str, width: int | None, effort: Effort
) -> RepairedLine:
    """Split a line with faulty quotes at the least cost.

    A quote that neither opens nor closes a cell is part of the cell. If some ways to split
    give `width` cells, the cheapest of these is used.
    """
    pieces = line.split(separator)
    if not any(piece.lstrip(" ").startswith(quote) for piece in pieces):
        return RepairedLine(pieces, False)
    effort.begin_line()
    syntax = (separator, quote, effort)
    # In most lines, the cheapest way also has the right width.
    cheapest = _ways(pieces, *syntax, by_count=False)
    if cheapest is None:
        return RepairedLine(pieces, False, is_clear=False)
    if not cheapest:
        return RepairedLine(pieces, True)
    cells, is_open = _flat(cheapest[_ANY].cells), cheapest[_ANY].is_open
    if width in (None, len(cells)):
        return RepairedLine(cells, is_open)
    found = _ways(pieces, *syntax, by_count=True)
    if found is None:
        return RepairedLine(pieces, False, is_clear=False)
    best = found.get(width)
    return (
        RepairedLine(_flat(best.cells), best.is_open)
        if best
        else RepairedLine(cells, is_open)
    )


def _ways(
    pieces: list[str], separator: str, quote: str, effort: Effort, *, by_count: bool
) -> dict[int, _Way] | None:
    """The best way to make each number of cells from all pieces, or _ANY number.

    None if the search takes more effort than is left.
    """
    # ways[place][count]: the best way to make `count` cells of the first pieces.
    ways: list[dict[int, _Way]] = [{} for _ in range(len(pieces) + 1)]
    ways[0][0] = _Way(0, (), False)
    ends = [
        place for place, piece in enumerate(pieces) if piece.rstrip(" ").endswith(quote)
    ]
    for start, piece in enumerate(pieces):
        # Earlier positions are not needed any more.
        behind, ways[start] = ways[start], {}
        if not behind:
            continue
        if not effort.spend(len(behind), len(piece)):
            return None
        _extend(behind, ways[start + 1], _alone(piece, quote), by_count)
        if piece.lstrip(" ").startswith(quote):
            after = bisect_right(ends, start)
            for end in ends[after : after + _MOST_JOINED]:
                text = separator.join(pieces[start : end + 1])
                if not effort.spend(len(behind), len(text)):
                    return None
                cell = _quoted(text.strip(" "), quote)
                _extend(behind, ways[end + 1], cell, by_count)
    return ways[-1]


def _extend(
    behind: dict[int, _Way],
    ahead: dict[int, _Way],
    cell: tuple[int, str, bool],
    by_count: bool,
) -> None:
    cost, text, is_open = cell
    for count, way in behind.items():
        longer = count + 1 if by_count else _ANY
        known = ahead.get(longer)
        total = way.cost + cost
        if known is None and len(ahead) >= _MOST_WAYS:
            continue
        if known is None or total < known.cost:
            # Cells are linked, not copied, because lines may have thousands of them.
            ahead[longer] = _Way(total, (way.cells, text), way.is_open or is_open)


def _flat(linked: tuple) -> list[str]:
    cells = []
    while linked:
        linked, text = linked
        cells.append(text)
    cells.reverse()
    return cells


def _alone(piece: str, quote: str) -> tuple[int, str, bool]:
    """A cell without a separator inside: its cost, its text, and whether it is open."""
    stripped = piece.strip(" ")
    if not stripped.startswith(quote):
        ends_with = len(stripped) > 1 and stripped.endswith(quote)
        return (1 if ends_with else 0), piece, False
    if len(stripped) > 1 and stripped.endswith(quote):
        return _quoted(stripped, quote)
    # Text follows the closing quote, as in "A" team. Later rows are not affected.
    return _OPEN, piece, stripped.count(quote) == 1


def _quoted(text: str, quote: str) -> tuple[int, str, bool]:
    """A cell that begins and ends with a quote. Other quotes are part of it."""
    inner = text[1:-1].replace(quote * 2, "\uffff")
    slips = inner.count(quote)
    return slips * _SLIP, inner.replace("\uffff", quote), False
