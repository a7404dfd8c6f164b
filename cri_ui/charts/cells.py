"""Tables of numbers as figures: a row per name, with cells that can be shaded.

A browser draws one in a few milliseconds; its text can be selected and read aloud. A
table that does not fit is moved sideways, with a finger or the arrow keys.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cri_ui.charts.bars import linked
from cri_ui.components.text import escaped

# See-through, so that one scale is light on light and dark on dark; never so strong
# that the text on it falls under 4.5:1.
_LEAST, _MOST = 0.04, 0.62
_TONES = {"number": "47,127,200", "good": "46,140,80", "bad": "200,80,60"}
_CELL = "padding:0.3em 0.55em;text-align:right;font-variant-numeric:tabular-nums"
_NAME = (
    "padding:0.3em 0.55em 0.3em 0;text-align:left;font-weight:400;"
    "min-width:8.5em;overflow-wrap:anywhere"
)
_HEAD = (
    "padding:0.3em 0.55em;text-align:right;font-weight:400;vertical-align:bottom;"
    "text-wrap:balance"
)


@dataclass(frozen=True)
class Cell:
    """A cell: its text, and how strongly it is shaded, from 0 to 1. None: not at all."""

    text: str
    strength: float | None = None
    tone: str = "number"


def cell_table(
    names: str,
    heads: Sequence[str],
    rows: Sequence[tuple[object, Sequence[Cell]]],
    caption: str,
    links: Sequence[str] = (),
) -> str:
    """The table; empty text without rows. `names` heads the column of names.

    With `links`, one per row, the names lead there.
    """
    if not rows:
        return ""
    body = "".join(
        f'<tr><th scope="row" style="{_NAME}">{linked(name, link)}</th>'
        + "".join(map(_drawn, cells))
        + "</tr>"
        for (name, cells), link in zip(rows, links or [""] * len(rows), strict=True)
    )
    over = "".join(f'<th scope="col" style="{_HEAD}">{escaped(one)}</th>' for one in heads)
    said = escaped(caption)
    return (
        f'<div role="region" aria-label="{said}" tabindex="0" style="overflow-x:auto">'
        '<table style="width:100%;border-collapse:separate;border-spacing:2px;'
        'font-size:0.875rem">'
        f'<caption style="text-align:left;padding-bottom:0.3em">{said}</caption>'
        f'<thead><tr><th scope="col" style="{_NAME}">{escaped(names)}</th>{over}</tr>'
        f"</thead><tbody>{body}</tbody></table></div>"
    )


def _drawn(cell: Cell) -> str:
    if cell.strength is None:
        return f'<td style="{_CELL}">{escaped(cell.text)}</td>'
    strength = _LEAST + (_MOST - _LEAST) * cell.strength
    tone = _TONES[cell.tone]
    return (
        f'<td style="{_CELL};background:rgba({tone},{strength:.2f})">'
        f"{escaped(cell.text)}</td>"
    )
