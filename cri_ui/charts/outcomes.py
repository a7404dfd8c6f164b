"""Charts of outcomes: the shares that improved, and the typical change, by metric."""

from typing import Any

import pandas as pd

from cri_data.model.code_lists import GOALS, UNITS
from cri_data.store.rows import table_rows
from cri_ui.charts.bars import linked
from cri_ui.charts.figures import ROW_HEIGHT, Figure, layout, names_of
from cri_ui.components.filter_links import FilterLinks
from cri_ui.components.text import escaped, share, whole

# The three shares of a bar, with their names; the colors are in static/frame.css.
PARTS = {"improved": "Improved", "same": "Same", "worse": "Worse"}


def outcomes_by_metric(by_metric: pd.DataFrame) -> str:
    """Bars of improved, same, and worse outcomes by metric, the most improved first."""
    shown = by_metric[by_metric["n"] > 0].sort_values(
        ["share_improved", "metric_id"], ascending=[False, True]
    )
    rows = [
        _shares_row(row, row.metric_name, GOALS.labels.get(row.goal, row.goal), row.verdict)
        for row in table_rows(shown)
    ]
    return _shares_table(rows, "Metric", "Verdict")


def outcomes_by_group(
    by_group: pd.DataFrame, names: str, key: str = "", links: FilterLinks | None = None
) -> str:
    """Bars of improved, same, and worse outcomes by group, with the pooled share.

    With `links` and the `key` of a filter, each name filters to its group.
    """
    shown = by_group[by_group["n"] > 0]
    rows = [
        _shares_row(
            *(row, row.group_name, "", share(row.share_improved_pooled)),
            links.to({key: row.group_name}) if links and key else "",
        )
        for row in table_rows(shown)
    ]
    return _shares_table(rows, names, "Pooled")


def _shares_table(rows: list[str], names: str, last: str) -> str:
    if not rows:
        return ""
    key = " ".join(f'<i class="{part}"></i>{label}' for part, label in PARTS.items())
    return (
        f'<div class="shares" role="region" tabindex="0" aria-label="Outcomes improved, '
        f'same, and worse, by {escaped(names).lower()}"><table><thead><tr>'
        f'<th scope="col">{escaped(names)}</th><th scope="col">Improved (95% interval)</th>'
        f'<th scope="col">{key}</th><th scope="col">Measured</th>'
        f'<th scope="col">{last}</th></tr></thead><tbody>{"".join(rows)}</tbody>'
        "</table></div>"
    )


def _shares_row(row: Any, name: object, remark: str, last: str, link: str = "") -> str:
    small = f"<small>{escaped(remark)}</small>" if remark else ""
    limits = f"{share(row.share_improved_low)} to {share(row.share_improved_high)}"
    return (
        f'<tr><th scope="row">{linked(name, link)}{small}</th>'
        f"<td>{share(row.share_improved)} <small>{limits}</small></td>"
        f"<td><div>{_parts(row)}</div></td>"
        f"<td>{whole(row.n)}</td><td>{escaped(last)}</td></tr>"
    )


def _parts(row: Any) -> str:
    counts = {part: getattr(row, f"outcomes_{part}") for part in PARTS}
    return "".join(
        f'<i class="{part}" style="width:{count / row.n:.2%}" '
        f'title="{PARTS[part]}: {whole(count)} of {whole(row.n)}"></i>'
        for part, count in counts.items()
        if count
    )


def outcomes_typical_change(by_metric: pd.DataFrame) -> Figure:
    """The typical agency's change with its 95% interval, one panel per unit, zero marked.

    Units do not share an axis: a point of a survey is not a crime.
    """
    known = by_metric[by_metric["typical_change"].notna()]
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
            "x": metrics["typical_change"].tolist(),
            "y": names_of(_with_direction(metrics)),
            "xaxis": f"x{axis}",
            "yaxis": f"y{axis}",
            "marker": {"size": 10, "color": "#2f7fc8"},
            "error_x": {
                "type": "data",
                "symmetric": False,
                "array": (
                    metrics["typical_change_high"] - metrics["typical_change"]
                ).tolist(),
                "arrayminus": (
                    metrics["typical_change"] - metrics["typical_change_low"]
                ).tolist(),
                "color": "#2f7fc8",
                "thickness": 2,
                "width": 5,
            },
            "text": [
                f"{change:+,.2f} ({low:+,.2f} to {high:+,.2f}), {better} is better"
                for change, low, high, better in zip(
                    metrics["typical_change"],
                    metrics["typical_change_low"],
                    metrics["typical_change_high"],
                    metrics["better"],
                    strict=True,
                )
            ],
            "hovertemplate": "%{y}: %{text}<extra></extra>",
        }
    )
    figure["layout"][f"xaxis{axis}"] = {
        # In two lines: on a phone one would be cut off.
        "title": {
            "text": f"Typical change,<br>{UNITS.labels[unit].lower()}",
            "standoff": 4,
        },
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
    low = min(metrics["typical_change_low"].fillna(metrics["typical_change"]).min(), 0)
    high = max(metrics["typical_change_high"].fillna(metrics["typical_change"]).max(), 0)
    room = (high - low) * 0.06 or 1
    return [low - room, high + room]
