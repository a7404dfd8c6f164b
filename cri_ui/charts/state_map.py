"""The state map: each state shaded by one measure of its requests."""

import html
from typing import Any

import pandas as pd

from cri_data.store.rows import table_records
from cri_ui.components.filter_links import FilterLinks
from cri_ui.components.text import plain

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


def requests_by_state_figure(
    by_state: pd.DataFrame,
    measure: str,
    title: str,
    dark: bool = False,
    phone: bool = False,
    links: FilterLinks | None = None,
) -> dict[str, Any]:
    """Figure of the states shaded by one measure of STATE_MEASURES.

    With `links`, a click on a state filters to it.

    Draw it with `config=page.PLOTLY` and Streamlit's own theme, which sets the color
    of the text. Territories are not part of this projection: they are
    in the table only. A state without a value stays empty.
    """
    border = _border(dark)
    known = by_state[by_state[measure].notna()]
    if measure == INDEX:
        traces = _index_traces(known, dark, border, links)
    else:
        label, number = STATE_MEASURES[measure]
        most = float(known[measure].max()) or 1
        bar = _color_bar(label, number)
        traces = [_trace(known, measure, _scale(dark), most, border, bar, links)]
    return {
        "data": traces,
        "layout": {
            "title": {"text": _plotly_text(title), "x": 0},
            # As wide as a phone, the country is half as high.
            "height": 300 if phone else 420,
            "margin": {"l": 0, "r": 0, "t": 40 if title else 4, "b": 0},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "dragmode": False,
            "geo": _geo(border),
        },
    }


def _trace(
    known: pd.DataFrame,
    measure: str,
    scale: list[list[Any]],
    most: float,
    border: str,
    bar: dict[str, Any] | None,
    links: FilterLinks | None,
) -> dict[str, Any]:
    return {
        "type": "choropleth",
        "locationmode": "USA-states",
        "locations": known["state"].tolist(),
        "z": known[measure].astype(float).tolist(),
        "zmin": 0,
        "zmax": most,
        "text": [_hover(row) for row in table_records(known)],
        "hoverinfo": "text",
        **_clicks(known, links),
        "colorscale": scale,
        "marker": {"line": {"color": border, "width": 0.7}},
        **({"showscale": False} if bar is None else {"colorbar": bar}),
    }


def _clicks(known: pd.DataFrame, links: FilterLinks | None) -> dict[str, list[str]]:
    """Where a click on each state leads."""
    if links is None:
        return {}
    return {"customdata": [links.to({"state": name}) for name in known["state_name"]]}


def _index_traces(
    known: pd.DataFrame, dark: bool, border: str, links: FilterLinks | None
) -> list[dict[str, Any]]:
    """Orange under the national rate and blue over it; grey where that is not clear."""
    clear = known["is_index_clear"].astype(bool)
    bar = _color_bar("Index (100 = national rate; grey: not clear)", ",.0f")
    # Equal distances from 100 have equal strengths.
    scale: list[list[Any]] = [
        [0, "#c2660c"],
        [0.5, _grey(dark)],
        [1, "#2f7fb8" if dark else "#1d5fa8"],
    ]
    return [
        grey_states(known[~clear], INDEX, dark, links),
        _trace(known[clear], INDEX, scale, 200.0, border, bar, links),
    ]


def grey_states(
    states: pd.DataFrame, measure: str, dark: bool, links: FilterLinks | None = None
) -> dict[str, Any]:
    """States whose number is only in their text, such as those of few agencies."""
    grey = _grey(dark)
    return _trace(states, measure, [[0, grey], [1, grey]], 1.0, _border(dark), None, links)


def _grey(dark: bool) -> str:
    return "#4a535c" if dark else "#dfe3e8"


def _border(dark: bool) -> str:
    return "#5b6672" if dark else "#8b97a3"


def _hover(row: dict[str, Any]) -> str:
    """Hover text of a state: its name and known measures."""
    lines = [f"<b>{_plotly_text(row['state_name'])}</b>"]
    for column, (label, number) in STATE_MEASURES.items():
        if pd.notna(row.get(column)):
            lines.append(f"{label}: {row[column]:{number}}")
    if row.get("is_few_requests"):
        lines.append("Fewer than 20 requests: the rate is not reliable")
    if row.get("is_few_agencies"):
        lines.append("Fewer than 20 agencies: reach says little")
    return "<br>".join(lines)


def _plotly_text(text: object) -> str:
    """Text escaped for Plotly, which reads some HTML tags."""
    return html.escape(plain(text), quote=False)


def _scale(dark: bool) -> list[list[Any]]:
    """The color scale, low to high. In the dark theme, high values are bright."""
    light_steps = ("#e3eef9", "#9dc6e6", "#4d94cb", "#1d5fa8", "#08306b")
    dark_steps = ("#1b3148", "#22557f", "#2f7fb8", "#66b2e0", "#c6e8ff")
    steps = dark_steps if dark else light_steps
    return [[i / (len(steps) - 1), color] for i, color in enumerate(steps)]


def _color_bar(label: str, number: str) -> dict[str, Any]:
    return {
        "title": {"text": label, "side": "top"},
        "orientation": "h",
        "x": 0.5,
        "y": -0.02,
        "yanchor": "top",
        "len": 0.6,
        "thickness": 12,
        "tickformat": number.replace(".1", ".0"),
        "nticks": 5,
        "outlinewidth": 0,
    }


def _geo(border: str) -> dict[str, Any]:
    return {
        "scope": "usa",
        "projection": {"type": "albers usa"},
        "bgcolor": "rgba(0,0,0,0)",
        "showland": False,
        "showlakes": False,
        "showsubunits": True,
        "subunitcolor": border,
        "showframe": False,
        "showcoastlines": False,
    }
