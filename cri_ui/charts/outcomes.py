"""Charts of outcomes: the share that improved, and the mean change, by metric."""

import pandas as pd

from cri_data.model.code_lists import GOALS, UNITS
from cri_ui.charts.bars import Bar, bar_table
from cri_ui.charts.figures import ROW_HEIGHT, Figure, layout, names_of
from cri_ui.components.text import share, whole


def outcomes_share_improved(by_metric: pd.DataFrame) -> str:
    """Bars of the share of outcomes that improved, by metric, with a line at 50%."""
    shown = by_metric[by_metric["share_improved"].notna()]
    bars = [
        Bar(
            metric,
            improved,
            f"{share(improved)} of {whole(n)}",
            GOALS.labels.get(goal, goal),
        )
        for metric, improved, n, goal in zip(
            shown["metric_name"],
            shown["share_improved"],
            shown["n"],
            shown["goal"],
            strict=True,
        )
    ]
    return bar_table(
        bars, "Metric", "Outcomes improved (dotted line = 50%)", 1, is_half_marked=True
    )


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
