"""Bar charts as HTML tables: a row per name, with its bar and its number.

A browser draws one in a few milliseconds, its text can be selected and read aloud, and
names wrap instead of being cut. Colors and widths are in static/frame.css.
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from cri_ui.components.text import escaped


@dataclass(frozen=True)
class Bar:
    """One row: its name, the length of its bar, its number as text, and a remark.

    An unknown value (None or NaN) has no bar, nor has zero. A line over the bar spans an
    interval from `low` to `high`, if there is one. With a `link`, the name leads there.
    """

    name: object
    value: float | None
    text: str
    remark: str = ""
    low: float | None = None
    high: float | None = None
    link: str = ""


def bar_table(
    bars: Sequence[Bar],
    names: str,
    numbers: str,
    most: float | None = None,
) -> str:
    """The table; empty text without bars. `names` and `numbers` head its columns.

    All bars start at zero. One of `most` fills its cell; by default, the largest does.
    """
    if not bars:
        return ""
    ends = [end for bar in bars for end in (bar.value, bar.high)]
    known = [end for end in ends if pd.notna(end)]
    full = most or max(known, default=0) or 1
    rows = "".join(_row(bar, full) for bar in bars)
    return (
        f'<div class="bars"><table aria-label="{numbers}, by {names.lower()}">'
        f'<thead><tr><th scope="col">{names}</th>'
        f'<th scope="col" colspan="2">{numbers}</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(bar: Bar, full: float) -> str:
    remark = f"<small>{escaped(bar.remark)}</small>" if bar.remark else ""
    return (
        f'<tr><th scope="row"><span>{linked(bar.name, bar.link)}{remark}</span></th>'
        f"<td>{_strip(bar.value, full)}{_interval(bar, full)}</td>"
        f"<td>{escaped(bar.text)}</td></tr>"
    )


def linked(name: object, link: str) -> str:
    """A name, escaped, and as a link if there is an address for it."""
    text = escaped(name)
    if not link or not text:
        return text
    # By its class static/chart_links.js knows it.
    return f'<a class="filters" href="{html.escape(link)}">{text}</a>'


def _strip(value: float | None, full: float) -> str:
    """The bar itself, as wide as its share of `full`."""
    if pd.isna(value) or not value:
        return ""
    return f'<div style="width:{value / full:.2%}"></div>'


def _interval(bar: Bar, full: float) -> str:
    """The line of an interval, from its low to its high end."""
    if bar.low is None or bar.high is None or pd.isna(bar.low) or pd.isna(bar.high):
        return ""
    return (
        f'<i style="left:{bar.low / full:.2%};width:{(bar.high - bar.low) / full:.2%}"></i>'
    )
