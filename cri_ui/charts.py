"""The figures: plain dicts, drawn from one answer each, without arithmetic.

A dict costs a thousandth of what building the same figure with Plotly's
classes does, and Streamlit's theme colours it in light and dark.
"""

import textwrap
from typing import Any

import pandas as pd

from cri_data.codes import GOALS, REGIONS, UNITS
from cri_ui.words import INVISIBLE, UNKNOWN, plain_html, whole

Figure = dict[str, Any]

_ROW_HEIGHT = 30


def _layout(height: int, **more: Any) -> dict[str, Any]:
    return {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        **more,
    }


def _names(values: pd.Series) -> list[str]:
    """Labels, no two alike: Plotly would draw both in one place."""
    names: list[str] = []
    for value in values:
        name = plain_html(value)
        while name in names:
            name += INVISIBLE
        names.append(name)
    return names


def _in_two_lines(values: pd.Series) -> list[str]:
    """Long names, as far as a phone has room for them beside the bars."""
    names: list[str] = []
    for value in values:
        lines = textwrap.wrap(str(value), 22, max_lines=2, placeholder="…")
        name = "<br>".join(plain_html(line) for line in lines)
        while name in names:
            name += INVISIBLE
        names.append(name)
    return names


def requests_by_month(by_month: pd.DataFrame) -> Figure:
    """Requests received in each month, with those of small agencies below."""
    months = by_month["month_on"].dt.strftime("%Y-%m-%d").tolist()

    def line(column: str, name: str, **style: Any) -> dict[str, Any]:
        return {
            "type": "scatter",
            "mode": "lines",
            "x": months,
            "y": by_month[column].tolist(),
            "name": name,
            "hovertemplate": "%{x|%b %Y}: %{y:,} " + name.lower() + "<extra></extra>",
            **style,
        }

    return {
        "data": [
            line("requests", "All agencies", line={"width": 2.5}),
            line(
                "requests_from_small_agencies",
                "Under 50 sworn officers",
                line={"width": 2, "dash": "dot"},
            ),
        ],
        "layout": _layout(
            300,
            showlegend=True,
            legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
            margin={"l": 8, "r": 8, "t": 32, "b": 8},
            hovermode="x",
            xaxis={"type": "date", "fixedrange": True},
            yaxis={
                "rangemode": "tozero",
                "fixedrange": True,
                "title": {"text": "Requests a month"},
            },
        ),
    }


def _bars(
    names: list[str], values: pd.Series, texts: list[str], axis: dict[str, Any]
) -> Figure:
    if not names:
        return {"data": [], "layout": _layout(0)}
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "y": names,
                "x": values.tolist(),
                "text": texts,
                "textposition": "outside",
                "cliponaxis": False,
                "hovertemplate": "%{y}: %{text}<extra></extra>",
            }
        ],
        "layout": _layout(
            _ROW_HEIGHT * len(names) + 80,
            margin={"l": 8, "r": 48, "t": 8, "b": 8},
            bargap=0.3,
            xaxis={"rangemode": "tozero", "automargin": True, "fixedrange": True, **axis},
            yaxis={"autorange": "reversed", "automargin": True, "fixedrange": True},
        ),
    }


def requests_by_topic(by_topic: pd.DataFrame) -> Figure:
    """Requests that name each topic, most first."""
    return _bars(
        _names(by_topic["topic_name"]),
        by_topic["requests"],
        [f"{count:,}" for count in by_topic["requests"]],
        {"title": {"text": "Requests"}},
    )


def published_requests_by_topic(by_topic: pd.DataFrame) -> Figure:
    """The same of a published quarter: a total that is not shown has no bar."""
    shown = by_topic[~by_topic["is_suppressed"]]
    return requests_by_topic(shown.astype({"requests": int}))


def requests_by_size_band(by_band: pd.DataFrame) -> Figure:
    """Reach of each agency size: the share of its agencies that asked."""
    return _bars(
        _names(by_band["size_band"]),
        by_band["share_of_agencies_reached"],
        [
            UNKNOWN if pd.isna(reach) else f"{reach:.1%}"
            for reach in by_band["share_of_agencies_reached"]
        ],
        {"title": {"text": "Share of agencies that asked"}, "tickformat": ".1~%"},
    )


def requests_by_region(by_region: pd.DataFrame) -> Figure:
    """Requests from each region."""
    return _bars(
        _names(by_region["region"]),
        by_region["requests"],
        [f"{count:,}" for count in by_region["requests"]],
        {"title": {"text": "Requests"}},
    )


def engagements_by_partner(by_partner: pd.DataFrame) -> Figure:
    """Engagements that each partner leads, with the median days to delivery."""
    figure = _bars(
        _in_two_lines(by_partner["lead_partner_name"]),
        by_partner["engagements"],
        [
            f"{count:,} · {whole(days)} days"
            for count, days in zip(
                by_partner["engagements"],
                by_partner["median_days_to_delivery_started"],
                strict=True,
            )
        ],
        {"title": {"text": "Engagements ·<br>median days to delivery"}},
    )
    # Room for two lines, and for the days beside the bars.
    figure["layout"] |= {
        "height": int(_ROW_HEIGHT * 1.3 * len(by_partner)) + 80,
        "margin": {"l": 8, "r": 96, "t": 8, "b": 8},
    }
    return figure


MEASURES = {
    "requests": ("Requests", ",.0f"),
    "requests_per_1000_agencies": ("Requests per 1,000 agencies", ",.1f"),
}


def _heat(table: pd.DataFrame, across: str, order: list[str], measure: str) -> Figure:
    """Topics down, `across` over them; a cell without requests shows 0."""
    label, number = MEASURES[measure]
    topics = (
        table.groupby(["topic_id", "topic_name"], as_index=False)["requests"]
        .sum()
        .sort_values(["requests", "topic_id"], ascending=[False, True])
    )
    cells = table.pivot_table(
        index="topic_id", columns=across, values=measure, aggfunc="first"
    )
    cells = cells.reindex(index=topics["topic_id"], columns=order).fillna(0)
    return {
        "data": [
            {
                "type": "heatmap",
                "x": [plain_html(name) for name in order],
                "y": _names(topics["topic_name"]),
                "z": cells.to_numpy().tolist(),
                "zmin": 0,
                "texttemplate": "%{z:" + number + "}",
                "hovertemplate": "%{y}, %{x}: %{z:"
                + number
                + "} "
                + label.lower()
                + "<extra></extra>",
                # See-through, so that one scale is light on light and dark on
                # dark, and never so strong that the number on it is not read.
                "colorscale": [
                    [0, "rgba(47,127,200,0.04)"],
                    [1, "rgba(47,127,200,0.62)"],
                ],
                "xgap": 2,
                "ygap": 2,
                "showscale": False,
            }
        ],
        "layout": _layout(
            _ROW_HEIGHT * len(topics) + 90,
            xaxis={
                "side": "top",
                "type": "category",
                "fixedrange": True,
                "showgrid": False,
                "automargin": True,
            },
            yaxis={
                "showgrid": False,
                "autorange": "reversed",
                "automargin": True,
                "fixedrange": True,
                "type": "category",
            },
        ),
    }


def requests_by_region_and_topic(table: pd.DataFrame, measure: str) -> Figure:
    """Topics by Census region, and the territories beside them."""
    present = set(table["region"])
    order = [name for name in (*REGIONS, "Not reported") if name in present]
    return _heat(table, "region", order, measure)


def requests_by_size_band_and_topic(
    table: pd.DataFrame, measure: str, is_phone: bool = False
) -> Figure:
    """Topics by agency size, smallest first.

    On a phone ten columns have no room for numbers that can be read: the table has.
    """
    bands = table[["band_order", "size_band"]].drop_duplicates().sort_values("band_order")
    figure = _heat(table, "size_band", bands["size_band"].tolist(), measure)
    if is_phone:
        del figure["data"][0]["texttemplate"]
    return figure


def outcomes_share_improved(by_metric: pd.DataFrame) -> Figure:
    """Share of measurements that improved, per metric; half is marked."""
    shown = by_metric[by_metric["share_improved"].notna()]
    figure = _bars(
        _names(shown["metric_name"]),
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
            "title": {"text": "Share improved,<br>dotted at 50%"},
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
    """Mean change with its 95 % interval, one panel per unit, zero marked.

    Units do not share an axis: a point of a survey is not a crime.
    """
    known = by_metric[by_metric["mean_change"].notna()]
    units = [unit for unit in UNITS.values if unit in set(known["unit"])]
    rows = [max(len(known[known["unit"] == unit]), 1) for unit in units]
    gap = 2.3
    total = sum(rows) + gap * len(units)
    figure: Figure = {
        "data": [],
        "layout": _layout(int(_ROW_HEIGHT * 1.15 * total) + 20, annotations=[], shapes=[]),
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
            "y": _names(_with_direction(metrics)),
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
    """Names of metrics; those that should fall say so."""
    is_lower = metrics["better"] == "lower"
    return metrics["metric_name"] + is_lower.map({True: " (↓ better)", False: ""})


def _span(metrics: pd.DataFrame) -> list[float]:
    """An axis that holds zero and every interval, with a little room."""
    low = min(metrics["ci_low"].fillna(metrics["mean_change"]).min(), 0)
    high = max(metrics["ci_high"].fillna(metrics["mean_change"]).max(), 0)
    room = (high - low) * 0.06 or 1
    return [low - room, high + room]
