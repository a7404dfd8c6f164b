"""Lines over months as HTML: each month is a link, and each line a mask over a color.

A browser draws it in a few milliseconds, a keyboard reaches each month, and colors follow
the theme. Widths and colors are in static/frame.css.
"""

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from cri_ui.charts.figures import round_steps
from cri_ui.components.masks import mask, stroke, through

# At most so many months have their names under the chart.
_MOST_NAMES = 7
_EVERY = (1, 2, 3, 6, 12, 24, 60)


@dataclass(frozen=True)
class Line:
    """A line: its name, its value in each month, and its class in static/frame.css.

    `width` and `dash` are in pixels. Without a name it is not in the legend.
    """

    name: str
    values: Sequence[float]
    kind: str
    width: float = 2
    dash: str = ""


@dataclass(frozen=True)
class Month:
    """A month: its first day, what it shows in words, where it leads, and its mark.

    A mark is the height of a diamond, or None.
    """

    on: date
    said: str
    link: str = ""
    mark: float | None = None


def line_chart(
    lines: Sequence[Line], months: Sequence[Month], title: str, marks: str, since: int = 0
) -> str:
    """Lines over months from zero up; empty text without months.

    `title` says what they count, and `marks` what a diamond is. Where `since` is not 0, a
    line stands before that month.
    """
    if not months:
        return ""
    known = [value for line in lines for value in line.values if pd.notna(value)]
    top = round_steps(0, max(known, default=0) * 1.04 or 1)
    high = max(max(known, default=0) * 1.04, top[-1]) or 1
    steps = "".join(
        f'<span style="bottom:{step / high:.2%}">{step:,g}</span>' for step in top
    )
    begins = f'<q style="left:{since / len(months):.2%}"></q>' if since else ""
    return (
        f'<div class="lines">{_legend(lines, months, marks)}<p>{html.escape(title)}</p>'
        f'<div><div class="y" aria-hidden="true">{steps}</div><div class="room">{begins}'
        + "".join(_drawn(line, high) for line in lines)
        + "".join(_month(place, months, high) for place in range(len(months)))
        + f'</div><div class="x" aria-hidden="true">{_names(months)}</div></div></div>'
    )


def _legend(lines: Sequence[Line], months: Sequence[Month], marks: str) -> str:
    named = "".join(
        f'<span><i class="{line.kind}" style="{_sample(line)}"></i>'
        f"{html.escape(line.name)}</span>"
        for line in reversed(lines)
        if line.name
    )
    if any(month.mark is not None for month in months):
        named += f"<span><b></b>{html.escape(marks)}</span>"
    return f'<p class="legend">{named}</p>'


def _sample(line: Line) -> str:
    return mask(stroke("M0 5H24", line.width, line.dash), 24, 10)


def _drawn(line: Line, high: float) -> str:
    """A line through the middles of its months, with gaps where it has no value."""
    drawn = stroke(through(line.values, 0, high), line.width, line.dash)
    return f'<i class="{line.kind}" style="{mask(drawn, len(line.values), 100)}"></i>'


def _month(place: int, months: Sequence[Month], high: float) -> str:
    month, count = months[place], len(months)
    where = f"left:{place / count:.2%};width:{1 / count:.2%}"
    said = html.escape(month.said)
    mark = "" if month.mark is None else f'<b style="bottom:{month.mark / high:.2%}"></b>'
    if not month.link:
        return (
            f'<u role="img" aria-label="{said}" title="{said}" style="{where}">{mark}</u>'
        )
    return (
        f'<a class="filters" href="{html.escape(month.link)}" aria-label="{said}" '
        f'title="{said}" style="{where}">{mark}</a>'
    )


def _names(months: Sequence[Month]) -> str:
    """Names of some months, as many as there is room for."""
    count = len(months)
    every = next((n for n in _EVERY if math.ceil(count / n) <= _MOST_NAMES), _EVERY[-1])
    return "".join(
        f'<span style="left:{(place + 0.5) / count:.2%}">{month.on:%b %Y}</span>'
        for place, month in enumerate(months)
        if (month.on.year * 12 + month.on.month - 1) % every == 0
    )
