"""Charts of outcomes: the share that improved, and the mean change, by metric."""

import pandas as pd

from cri_data.model.code_lists import GOALS, UNITS
from cri_ui.charts.figures import ROW_HEIGHT, Figure, bar_figure, layout, names_of
from cri_ui.components.text import plain_html


def outcomes_share_improved(by_metric: pd.DataFrame) -> Figure:
    """Bars of the share of outcomes that improved, by metric, with a line at 50%."""
    shown = by_metric[by_metric["share_improved"].notna()]
    figure = bar_figure(
        names_of(shown["metric_name"]),
        shown["share_improved"],
        [
            f"{improved:.0%} of {n:,.0f}"
            for improved, n in zip(shown["share_improved"], shown["n"], strict=True)
        ],
        {
            "tickformat": ".0%",
            "range": [0, 1.4],
            # On a phone there is no room for a third: the line says where half is.
            "tickvals": [0, 1],
            "tickangle": 0,
            "title": {"text": "Outcomes improved<br>(dotted line = 50%)"},
        },
    )
    if shown.empty:
        return figure
    bars = figure["data"][0]
    # In a column of their own: beside the bars they would lie on the line.
    bars["textposition"] = "none"
    figure["layout"]["annotations"] = [
        {"x": 1.02, "y": name, "text": text, "xanchor": "left", "showarrow": False}
        for name, text in zip(bars["y"], bars["text"], strict=True)
    ]
    bars["customdata"] = [
        plain_html(GOALS.labels.get(goal, goal)) for goal in shown["goal"]
    ]
    bars["hovertemplate"] = "%{y}: %{text}<br>%{customdata}<extra></extra>"
    figure["layout"]["shapes"] = [
        {
            "type": "line",
            "layer": "below",
            "xref": "x",
            "yref": "paper",
            "x0": 0.5,
            "x1": 0.5,
            "y0": 0,
            "y1": 1,
            "line": {"dash": "dot", "width": 1.5, "color": "#7a8794"},
        }
    ]
    return figure


def outcomes_mean_change(by_metric: pd.DataFrame) -> Figure:
    """Mean change with its 95% interval, one panel per unit, zero marked.

    Units do not share an axis: a point of a survey is not a crime.
    """
    known = by_metric[by_metric["mean_change"].notna()]
    units = [unit for unit in UNITS.values if unit in set(known["unit"])]
    rows = [max(len(known[known["unit"] == unit]), 1) for unit in units]
    gap = 2.3
    total = sum(rows) + gap * len(units)
    figure: Figure = {
        "data": [],
        "layout": layout(int(ROW_HEIGHT * 1.15 * total) + 20, annotations=[], shapes=[]),
    }
    top = 1.0
    for place, (unit, height) in enumerate(zip(units, rows, strict=True), start=1):
        bottom = top - height / total
        _add_panel(figure, known[known["unit"] == unit], unit, place, (bottom, top))
        top = bottom - gap / total
    return figure


def _add_panel(
    figure: Figure,
    metrics: pd.DataFrame,
    unit: str,
    place: int,
    domain: tuple[float, float],
) -> None:
    axis = "" if place == 1 else str(place)
    figure["data"].append(
        {
            "type": "scatter",
            "mode": "markers",
            "x": metrics["mean_change"].tolist(),
            "y": names_of(_with_direction(metrics)),
            "xaxis": f"x{axis}",
            "yaxis": f"y{axis}",
            "marker": {"size": 10, "color": "#2f7fc8"},
            "error_x": {
                "type": "data",
                "symmetric": False,
                "array": (metrics["ci_high"] - metrics["mean_change"]).tolist(),
                "arrayminus": (metrics["mean_change"] - metrics["ci_low"]).tolist(),
                "color": "#2f7fc8",
                "thickness": 2,
                "width": 5,
            },
            "text": [
                f"{change:+,.2f} ({low:+,.2f} to {high:+,.2f}), {better} is better"
                for change, low, high, better in zip(
                    metrics["mean_change"],
                    metrics["ci_low"],
                    metrics["ci_high"],
                    metrics["better"],
                    strict=True,
                )
            ],
            "hovertemplate": "%{y}: %{text}<extra></extra>",
        }
    )
    figure["layout"][f"xaxis{axis}"] = {
        # In two lines: on a phone one would be cut off.
        "title": {"text": f"Mean change,<br>{UNITS.labels[unit].lower()}", "standoff": 4},
        "anchor": f"y{axis}",
        "fixedrange": True,
        "zeroline": True,
        "zerolinewidth": 2,
        "range": _span(metrics),
    }
    figure["layout"][f"yaxis{axis}"] = {
        "domain": [max(domain[0], 0), min(domain[1], 1)],
        "anchor": f"x{axis}",
        "automargin": True,
        "autorange": "reversed",
        "fixedrange": True,
        "type": "category",
    }


def _with_direction(metrics: pd.DataFrame) -> pd.Series:
    """Metric names; "(↓ better)" marks metrics for which lower is better."""
    is_lower = metrics["better"] == "lower"
    return metrics["metric_name"] + is_lower.map({True: " (↓ better)", False: ""})


def _span(metrics: pd.DataFrame) -> list[float]:
    """A range that includes zero and every interval, with a margin."""
    low = min(metrics["ci_low"].fillna(metrics["mean_change"]).min(), 0)
    high = max(metrics["ci_high"].fillna(metrics["mean_change"]).max(), 0)
    room = (high - low) * 0.06 or 1
    return [low - room, high + room]
