"""The cells of one line whose quotes are not written as they should be."""

from typing import NamedTuple

# Ways to split a line that are followed at once; a line of more is split plainly.
_MOST_WAYS = 200
_MOST_JOINED = 60

_SLIP = 2  # a quote that should have been written twice, or not at all
_OPEN = 3  # a quote at the start of a cell that is never closed


class Mended(NamedTuple):
    """The cells, and whether a quote among them is opened and never closed."""

    cells: list[str]
    is_open: bool


class _Way(NamedTuple):
    cost: int
    cells: tuple
    is_open: bool


def mended(line: str, separator: str, quote: str, width: int | None) -> Mended:
    """Split a line where its quotes stop making sense, at the least cost.

    Every quote that neither opens nor closes a cell is part of that cell.
    Where some way to split gives `width` cells, the cheapest of those is taken.
    """
    pieces = line.split(separator)
    ends = [
        place for place, piece in enumerate(pieces) if piece.rstrip(" ").endswith(quote)
    ]
    # ways[place][count]: the best way to make `count` cells of the first pieces.
    ways: list[dict[int, _Way]] = [{} for _ in range(len(pieces) + 1)]
    ways[0][0] = _Way(0, (), False)
    for start, piece in enumerate(pieces):
        if not ways[start]:
            continue
        _extend(ways, start, start + 1, _alone(piece, quote))
        if piece.lstrip(" ").startswith(quote):
            for end in [end for end in ends if end > start][:_MOST_JOINED]:
                text = separator.join(pieces[start : end + 1])
                _extend(ways, start, end + 1, _quoted(text.strip(" "), quote))
    found = ways[-1]
    if not found:
        return Mended(pieces, True)
    best = found.get(width) if width else None
    best = best or min(found.values(), key=lambda way: way.cost)
    return Mended(_flat(best.cells), best.is_open)


def _extend(
    ways: list[dict[int, _Way]], start: int, end: int, cell: tuple[int, str, bool]
) -> None:
    cost, text, is_open = cell
    behind = ways[end]
    for count, way in ways[start].items():
        known = behind.get(count + 1)
        total = way.cost + cost
        if known is None and len(behind) >= _MOST_WAYS:
            continue
        if known is None or total < known.cost:
            # Cells are linked, not copied: lines may have thousands of them.
            behind[count + 1] = _Way(total, (way.cells, text), way.is_open or is_open)


def _flat(linked: tuple) -> list[str]:
    cells = []
    while linked:
        linked, text = linked
        cells.append(text)
    cells.reverse()
    return cells


def _alone(piece: str, quote: str) -> tuple[int, str, bool]:
    """A cell without a separator in it: its cost, its text, whether it is open."""
    stripped = piece.strip(" ")
    if not stripped.startswith(quote):
        ends_with = len(stripped) > 1 and stripped.endswith(quote)
        return (1 if ends_with else 0), piece, False
    if len(stripped) > 1 and stripped.endswith(quote):
        return _quoted(stripped, quote)
    # Quoted and then written on, as in "A" team: no row after it is in danger.
    return _OPEN, piece, stripped.count(quote) == 1


def _quoted(text: str, quote: str) -> tuple[int, str, bool]:
    """A cell that begins and ends with a quote; what else is one is part of it."""
    inner = text[1:-1].replace(quote * 2, "\uffff")
    slips = inner.count(quote)
    return slips * _SLIP, inner.replace("\uffff", quote), False
