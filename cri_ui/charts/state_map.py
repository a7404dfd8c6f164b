"""The state map: each state shaded by one measure of its requests.

HTML like the bars: a state is a link with its value, cut to its shape by
static/state-map.css. A keyboard reaches it, and a browser draws all in a few milliseconds.
"""

import html
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from cri_data.model.code_lists import STATES
from cri_data.store.rows import table_records
from cri_ui.components.filter_links import FilterLinks
from cri_ui.components.text import UNKNOWN, plain

INDEX = "demand_index"
STATE_MEASURES = {
    "requests": ("Requests", ",.0f"),
    "requests_open": ("Open requests", ",.0f"),
    "agencies": ("Agencies", ",.0f"),
    "agencies_with_requests": ("Agencies with requests", ",.0f"),
    "requests_per_1000_agencies_per_year": ("Requests per 1,000 agencies per year", ",.1f"),
    "shrunk_requests_per_1000_agencies_per_year": ("Smoothed rate", ",.1f"),
    INDEX: ("Index (100 = national rate)", ",.0f"),
    "demand_index_low": ("Index, 95% interval from", ",.0f"),
    "demand_index_high": ("Index, 95% interval to", ",.0f"),
    "share_of_agencies_reached": ("Share of agencies with requests", ".1%"),
}

# Territories are not part of the map: they are in the table only.
_NOT_ON_THE_MAP = {"AS", "GU", "MP", "PR", "VI"}

Row = dict[str, Any]
# A color of the light theme and of the dark one, as red, green, and blue.
Steps = tuple[Sequence[str], Sequence[str]]

# From low to high. In the dark theme, high values are bright.
_BLUES: Steps = (
    ("#e3eef9", "#9dc6e6", "#4d94cb", "#1d5fa8", "#08306b"),
    ("#1b3148", "#22557f", "#2f7fb8", "#66b2e0", "#c6e8ff"),
)
_GREY: Steps = (("#dfe3e8",), ("#4a535c",))
# Orange under the national rate and blue over it: equal distances have equal strengths.
_AROUND: Steps = (("#c2660c", "#dfe3e8", "#1d5fa8"), ("#c2660c", "#4a535c", "#2f7fb8"))
_INDEX_SPAN = 200.0


def requests_by_state_map(
    by_state: pd.DataFrame, measure: str, links: FilterLinks | None = None
) -> str:
    """The states shaded by one measure of STATE_MEASURES.

    With `links`, a click on a state filters to it. A state without a value is hatched. An
    index has a color only where it is clear.
    """
    label, number = STATE_MEASURES[measure]
    if measure == INDEX:
        words = "Index (100 = national rate; grey: not clear)"
        scale = _scale(words, number, _INDEX_SPAN, _AROUND)
        shade = _shade(INDEX, _INDEX_SPAN, _AROUND, lambda row: not row["is_index_clear"])
        return state_map(by_state, INDEX, shade, scale, links)
    most = float(by_state[measure].max()) or 1
    shade = _shade(measure, most, _BLUES, lambda _: False)
    return state_map(by_state, measure, shade, _scale(label, number, most, _BLUES), links)


def reach_by_state_map(by_state: pd.DataFrame, links: FilterLinks | None = None) -> str:
    """The states shaded by their reach; grey where they have few agencies."""
    reach = "share_of_agencies_reached"
    named = by_state.rename(columns={"agency_group": "state", "group_name": "state_name"})
    most = float(named.loc[~named["is_few_agencies"].astype(bool), reach].max()) or 1
    label, number = STATE_MEASURES[reach]
    shade = _shade(reach, most, _BLUES, lambda row: bool(row["is_few_agencies"]))
    words = f"{label} (grey: few agencies)"
    return state_map(named, reach, shade, _scale(words, number, most, _BLUES), links)


def state_map(
    by_state: pd.DataFrame,
    measure: str,
    shade: Callable[[Row], str],
    scale: str,
    links: FilterLinks | None,
) -> str:
    """The map; empty text if no state on it has a value. `shade` gives a row's color."""
    known = by_state[by_state[measure].notna()]
    rows = {row["state"]: row for row in table_records(known)}
    if not rows.keys() - _NOT_ON_THE_MAP:
        return ""
    shapes = "".join(
        _state(code, name, rows.get(code), measure, shade, links)
        for code, name in STATES.labels.items()
        if code not in _NOT_ON_THE_MAP
    )
    return f'<div class="state-map">{shapes}</div>{scale}'


def _state(
    code: str,
    name: str,
    row: Row | None,
    measure: str,
    shade: Callable[[Row], str],
    links: FilterLinks | None,
) -> str:
    if row is None:
        said = html.escape(f"{name}: {UNKNOWN}")
        return f'<i class="{code}" role="img" aria-label="{said}" title="{said}"></i>'
    link = links.to({"state": row["state_name"]}) if links else ""
    value = f"{row[measure]:{STATE_MEASURES[measure][1]}}"
    said = html.escape(f"{plain(row['state_name'])}: {value}")
    given = (
        f'aria-label="{said}" title="{html.escape(_hover(row))}" '
        f'style="background:{shade(row)}"'
    )
    if not link:
        return f'<i class="{code}" role="img" {given}></i>'
    return f'<a class="filters {code}" href="{html.escape(link)}" {given}></a>'


def _hover(row: Row) -> str:
    """What hovering a state shows: its name and known measures."""
    lines = [plain(row["state_name"])]
    for column, (label, number) in STATE_MEASURES.items():
        if pd.notna(row.get(column)):
            lines.append(f"{label}: {row[column]:{number}}")
    if row.get("is_few_requests"):
        lines.append("Fewer than 20 requests: the rate is not reliable")
    if row.get("is_few_agencies"):
        lines.append("Fewer than 20 agencies: reach says little")
    return "\n".join(lines)


def _shade(
    measure: str, most: float, steps: Steps, is_grey: Callable[[Row], bool]
) -> Callable[[Row], str]:
    """How rows are shaded: between the steps, by their part of the most."""

    def shade(row: Row) -> str:
        return _color(_GREY, 0) if is_grey(row) else _color(steps, row[measure] / most)

    return shade


def _color(steps: Steps, part: float) -> str:
    light, dark = (_between(theme, min(max(part, 0.0), 1.0)) for theme in steps)
    return f"light-dark({light},{dark})"


def _between(steps: Sequence[str], part: float) -> str:
    """The color at a part of the way from the first step to the last."""
    place = part * (len(steps) - 1)
    low = min(int(place), max(len(steps) - 2, 0))
    pair = (
        bytes.fromhex(one[1:]) for one in (steps[low], steps[min(low + 1, len(steps) - 1)])
    )
    return "#" + "".join(
        f"{round(a + (b - a) * (place - low)):02x}" for a, b in zip(*pair, strict=True)
    )


def _scale(label: str, number: str, most: float, steps: Steps) -> str:
    """The colors from zero to the most, with three of their values."""
    colors = ",".join(_color(steps, i / 4) for i in range(5))
    values = "".join(
        f"<span>{most * part:{number.replace('.1', '.0')}}</span>" for part in (0, 0.5, 1)
    )
    return (
        f'<div class="state-scale"><p>{html.escape(label)}</p>'
        f'<i style="background:linear-gradient(to right,{colors})"></i>'
        f"<p>{values}</p></div>"
    )
