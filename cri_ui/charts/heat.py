"""Heat tables of topics by region or agency size: HTML tables with colored cells.

Its numbers can be selected and read aloud, and a browser draws it in a few
milliseconds.
"""

import pandas as pd

from cri_data.model.code_lists import REGIONS
from cri_ui.components.text import escaped

MEASURES = {
    "requests": ("Requests", ",.0f"),
    "requests_per_1000_agencies": ("Requests per 1,000 agencies", ",.1f"),
}

# See-through, so that one scale is light on light and dark on dark; never so
# strong that the number on it falls under 4.5:1.
_LEAST, _MOST = 0.04, 0.62
_CELL = "padding:0.3em 0.55em;text-align:right;font-variant-numeric:tabular-nums"
_NAME = (
    "padding:0.3em 0.55em 0.3em 0;text-align:left;font-weight:400;"
    "min-width:8.5em;overflow-wrap:anywhere"
)
_HEAD = (
    "padding:0.3em 0.55em;text-align:right;font-weight:400;vertical-align:bottom;"
    "white-space:nowrap"
)


def _heat(
    table: pd.DataFrame, across: str, order: list[str], measure: str, caption: str
) -> str:
    """A row per topic and a column per value of `across`. A cell without requests is 0."""
    label, number = MEASURES[measure]
    totals: dict[tuple[str, str], int] = {}
    cells: dict[tuple[str, str], float] = {}
    columns = (table["topic_id"], table["topic_name"], table[across], table[measure])
    for (topic, name, column, value), requests in zip(
        zip(*columns, strict=True), table["requests"], strict=True
    ):
        totals[topic, name] = totals.get((topic, name), 0) + requests
        cells[topic, column] = 0 if pd.isna(value) else value
    topics = sorted(totals, key=lambda topic: (-totals[topic], topic[0]))
    most = max(cells.values(), default=0) or 1
    rows = [
        f'<tr><th scope="row" style="{_NAME}">{escaped(name)}</th>'
        + "".join(_cell(cells.get((topic, column), 0), most, number) for column in order)
        + "</tr>"
        for topic, name in topics
    ]
    heads = "".join(
        f'<th scope="col" style="{_HEAD}">{escaped(column)}</th>' for column in order
    )
    said = f"{caption}: {label.lower()}"
    return (
        # What does not fit is moved sideways, with a finger or the arrow keys.
        f'<div role="region" aria-label="{said}" tabindex="0" style="overflow-x:auto">'
        '<table style="width:100%;border-collapse:separate;border-spacing:2px;'
        'font-size:0.875rem">'
        f'<caption style="text-align:left;padding-bottom:0.3em">{said}</caption>'
        f'<thead><tr><th scope="col" style="{_NAME}">Topic</th>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _cell(value: float, most: float, number: str) -> str:
    strength = _LEAST + (_MOST - _LEAST) * value / most
    return (
        f'<td style="{_CELL};background:rgba(47,127,200,{strength:.2f})">'
        f"{value:{number}}</td>"
    )


def requests_by_region_and_topic(table: pd.DataFrame, measure: str) -> str:
    """Topics by Census region, and the territories."""
    present = set(table["region"])
    order = [name for name in (*REGIONS, "Not reported") if name in present]
    return _heat(table, "region", order, measure, "By topic and Census region")


def requests_by_size_band_and_topic(table: pd.DataFrame, measure: str) -> str:
    """Topics by agency size, smallest first."""
    bands = table[["band_order", "size_band"]].drop_duplicates().sort_values("band_order")
    order = bands["size_band"].tolist()
    return _heat(table, "size_band", order, measure, "By topic and sworn officers")
