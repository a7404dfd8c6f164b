"""Funnel plot: each state's rate against its agencies, with the limits of chance."""

from typing import Any

import pandas as pd

from cri_ui.charts.figures import Figure, layout, names_of

_RATE = "requests_per_1000_agencies_per_year"
_LINES = {
    "average_per_1000_agencies_per_year": ("All chosen agencies", "solid"),
    "limit_95_high": ("95% limits", "dash"),
    "limit_95_low": ("95% limits", "dash"),
    "limit_998_high": ("99.8% limits", "dot"),
    "limit_998_low": ("99.8% limits", "dot"),
}


def requests_by_state_funnel(by_state: pd.DataFrame) -> Figure:
    """Points of the states with their codes, and the limits as lines."""
    known = by_state[by_state[_RATE].notna()].sort_values("agencies", kind="stable")
    agencies = known["agencies"].tolist()
    shown: set[str] = set()
    lines = []
    for column, (name, dash) in _LINES.items():
        lines.append(_line(agencies, known[column].tolist(), name, dash, name not in shown))
        shown.add(name)
    if not agencies:
        return {"data": [], "layout": layout(420)}
    return {
        # The points first: they get the first color.
        "data": [_points(known, agencies), *lines],
        "layout": layout(
            420,
            showlegend=True,
            legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
            margin={"l": 8, "r": 8, "t": 32, "b": 8},
            xaxis={"title": {"text": "Agencies in the state"}, "fixedrange": True},
            yaxis={
                "title": {"text": "Requests per 1,000 agencies per year"},
                "rangemode": "tozero",
                "range": [0, _top(known)],
                "fixedrange": True,
            },
        ),
    }


def _top(known: pd.DataFrame) -> float:
    """A little over the highest point or limit of a state that is not tiny."""
    return float(max(known[_RATE].max(), known["limit_95_high"].median())) * 1.1 or 1.0


def _line(
    agencies: list[int], rates: list[float], name: str, dash: str, in_legend: bool
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": agencies,
        "y": rates,
        "name": name,
        "legendgroup": name,
        "showlegend": in_legend,
        "hoverinfo": "skip",
        "line": {"color": "#7f8b96", "width": 1.5, "dash": dash},
    }


def _points(known: pd.DataFrame, agencies: list[int]) -> dict[str, Any]:
    names = names_of(known["state_name"])
    rows = zip(names, known["requests"], agencies, known["funnel"], strict=True)
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": agencies,
        "y": known[_RATE].tolist(),
        "text": [
            state if place != "within 95% limits" else ""
            for state, place in zip(names_of(known["state"]), known["funnel"], strict=True)
        ],
        "textposition": "top center",
        "name": "States",
        "marker": {"size": 8},
        "hovertext": [
            f"<b>{name}</b><br>{requests:,} requests of {count:,} agencies<br>{place}"
            for name, requests, count, place in rows
        ],
        "hovertemplate": "%{hovertext}<br>%{y:,.1f} per 1,000 agencies per year"
        "<extra></extra>",
    }
