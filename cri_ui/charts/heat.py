"""Heat tables of topics by groups of agencies or fiscal years.

HTML tables with colored cells: their numbers can be selected and read aloud, and a
browser draws one in a few milliseconds.
"""

import math
from collections.abc import Callable
from typing import Any

import pandas as pd

from cri_data.store.rows import table_records
from cri_ui.charts.bars import linked
from cri_ui.components.filter_links import FilterLinks
from cri_ui.components.text import UNKNOWN, escaped, rounded

RATE, INDEX = "requests_per_1000_agencies_per_year", "demand_index"
# The label of each, and its decimals.
MEASURES = {
    "requests": ("Requests", 0),
    RATE: ("Requests per 1,000 agencies per year", 1),
    INDEX: ("Index (100 = national rate)", 0),
}

# What stands under a table of each measure about the mark "~".
_MARKS = {
    RATE: "~ Not reliable: fewer than 20 requests.",
    INDEX: "~ Without color: not clear, because there are fewer than 20 requests or the "
    "95% interval includes 100. Blue: above the national rate. Orange: below it.",
}

# See-through, so that one scale is light on light and dark on dark; never so
# strong that the number on it falls under 4.5:1.
_LEAST, _MOST = 0.04, 0.62
_BLUE, _ORANGE = "47,127,200", "200,110,20"
# An index of four times the national rate, or a quarter of it, has the strongest color.
_FULL = math.log(4)
_CELL = "padding:0.3em 0.55em;text-align:right;font-variant-numeric:tabular-nums"
_NAME = (
    "padding:0.3em 0.55em 0.3em 0;text-align:left;font-weight:400;"
    "min-width:8.5em;overflow-wrap:anywhere"
)
_HEAD = "padding:0.3em 0.55em;text-align:right;font-weight:400;vertical-align:bottom"


def requests_by_group_and_topic(
    table: pd.DataFrame,
    measure: str,
    groups: str,
    key: str = "",
    links: FilterLinks | None = None,
) -> str:
    """Topics by groups of agencies; `groups` says what these are, such as "region".

    With `links`, names and cells filter to the topic, the group (by its filter's `key` in
    the address), or both.
    """
    order = (
        table[["group_order", "group_name"]]
        .drop_duplicates()
        .sort_values(["group_order", "group_name"])
    )
    label, _ = MEASURES[measure]
    return heat_table(
        table_records(table),
        {name: name for name in order["group_name"]},
        "group_name",
        measure,
        f"By topic and {groups}: {label.lower()}",
        _MARKS.get(measure, ""),
        links,
        lambda name: {key: name},
    )


def requests_by_fiscal_year_and_topic(
    table: pd.DataFrame, links: FilterLinks | None = None
) -> str:
    """Topics by fiscal year, those not over marked."""
    years = zip(table["fiscal_year"], table["fiscal_year_name"], strict=True)
    return heat_table(
        table_records(table),
        dict(years),
        "fiscal_year",
        "requests",
        "By topic and fiscal year: requests",
        "",
        links,
        lambda year: {"from_fy": f"FY{year}", "to_fy": f"FY{year}"},
    )


def heat_table(
    cells: list[dict[str, Any]],
    heads: dict[Any, str],
    across: str,
    measure: str,
    caption: str,
    marks: str = "",
    links: FilterLinks | None = None,
    filters_of: Callable[[Any], dict[str, str]] = lambda _: {},
) -> str:
    """A row per topic, most requests first, and a column per key of `heads`.

    Each cell is a row of a query. One that is not there is a dash. With `links`, names and
    cells filter the page: `filters_of` gives the filters of a column.
    """

    def link(topic: str, column: Any = None) -> str:
        if links is None:
            return ""
        of_topic = {"topic": names[topic]} if topic else {}
        return links.to(of_topic | ({} if column is None else filters_of(column)))

    names = {cell["topic_id"]: cell["topic_name"] for cell in cells}
    totals = dict.fromkeys(names, 0)
    at: dict[tuple[str, Any], dict[str, Any]] = {}
    for cell in cells:
        totals[cell["topic_id"]] += cell["requests"]
        at[cell["topic_id"], cell[across]] = cell
    known = [cell[measure] for cell in cells if pd.notna(cell[measure])]
    most = max(known, default=0) or 1
    rows = [
        f'<tr><th scope="row" style="{_NAME}">{linked(names[topic], link(topic))}</th>'
        + "".join(
            _cell(at.get((topic, column)), measure, most, link(topic, column))
            for column in heads
        )
        + "</tr>"
        for topic in sorted(names, key=lambda topic: (-totals[topic], topic))
    ]
    columns = "".join(
        f'<th scope="col" style="{_HEAD}">{linked(head, link("", column))}</th>'
        for column, head in heads.items()
    )
    note = f'<p style="font-size:0.875rem;margin:0.3em 0 0">{marks}</p>' if marks else ""
    return (
        # What does not fit is moved sideways, with a finger or the arrow keys.
        f'<div role="region" aria-label="{escaped(caption)}" tabindex="0" '
        'style="overflow-x:auto">'
        '<table class="heat" style="width:100%;border-collapse:separate;border-spacing:2px;'
        'font-size:0.875rem">'
        f'<caption style="text-align:left;padding-bottom:0.3em">{escaped(caption)}'
        f'</caption><thead><tr><th scope="col" style="{_NAME}">Topic</th>{columns}</tr>'
        f"</thead><tbody>{''.join(rows)}</tbody></table></div>{note}"
    )


def _cell(cell: dict[str, Any] | None, measure: str, most: float, link: str) -> str:
    if cell is None or pd.isna(cell[measure]):
        return f'<td style="{_CELL};background:rgba(0,0,0,0.00)">{UNKNOWN}</td>'
    value = cell[measure]
    if measure == INDEX:
        color, is_marked = _index_color(cell), not cell["is_index_clear"]
    else:
        strength = _LEAST + (_MOST - _LEAST) * value / most
        color, is_marked = (
            f"{_BLUE},{strength:.2f}",
            measure == RATE and cell["is_few_requests"],
        )
    mark = "~" if is_marked else ""
    return (
        f'<td style="{_CELL};background:rgba({color})">'
        f"{linked(f'{mark}{rounded(value, MEASURES[measure][1]):,}', link)}</td>"
    )


def _index_color(cell: dict[str, Any]) -> str:
    """Blue above 100 and orange below, none where it is not clear."""
    if not cell["is_index_clear"]:
        return "0,0,0,0.00"
    away = math.log(cell[INDEX] / 100)
    strength = _LEAST + (_MOST - _LEAST) * min(abs(away) / _FULL, 1)
    return f"{_BLUE if away > 0 else _ORANGE},{strength:.2f}"
