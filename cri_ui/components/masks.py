"""Paths that are drawn as masks over a color, which follows the reader's theme."""

from collections.abc import Sequence
from itertools import groupby
from urllib.parse import quote

import pandas as pd


def through(values: Sequence[float], low: float, high: float) -> str:
    """The path through the middles of its steps, 100 high, with gaps where unknown."""
    span = (high - low) or 1
    places = [
        (place + 0.5, (1 - (value - low) / span) * 100)
        for place, value in enumerate(values)
        if pd.notna(value)
    ]
    # What follows without a gap is one piece.
    pieces = groupby(enumerate(places), lambda one: round(one[1][0] - one[0], 1))
    return "".join(
        "M" + "L".join(f"{x:g} {y:.2f}" for _, (x, y) in piece) for _, piece in pieces
    )


def stroke(path: str, width: float = 2, dash: str = "") -> str:
    """A path as an element of SVG, as wide in pixels however it is stretched."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="{path}" fill="none" stroke="#000" stroke-width="{width}"{dashed} '
        'stroke-linejoin="round" vector-effect="non-scaling-stroke"/>'
    )


def mask(drawn: str, width: int, height: int) -> str:
    """The style of an element of which only this part is seen."""
    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" preserveAspectRatio="none" '
        f'viewBox="0 0 {width} {height}">{drawn}</svg>'
    )
    return f"mask-image:url(data:image/svg+xml,{quote(picture, safe='')})"
