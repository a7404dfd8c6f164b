"""Charts of requests over time: month by month with limits, and fiscal years so far."""

from typing import Any

import pandas as pd

from cri_ui.charts.figures import Figure, layout
from cri_ui.components.filter_links import FilterLinks

_LEGEND = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0}
_MARGIN = {"l": 8, "r": 8, "t": 32, "b": 8}


def requests_by_month_expected(
    by_month: pd.DataFrame, links: FilterLinks | None = None
) -> Figure:
    """Lines of requests by month with the limits of chance; signals are marked.

    With `links`, a click on a month filters to its days.
    """
    whole = by_month[~by_month["is_partial"]]
    signals = by_month[by_month["signal"].notna()]
    lines = [
        _line(
            *(by_month, "requests", "All agencies"),
            line={"width": 2.5},
            customdata=links_of_months(by_month, links),
        ),
        _line(
            by_month,
            "requests_from_small_agencies",
            "Under 50 sworn officers",
            line={"width": 2, "dash": "dot"},
        ),
    ]
    if by_month["expected"].notna().any():
        thin = {"width": 1, "dash": "dash", "color": "#808080"}
        lines += [
            _line(whole, "expected", "Average", line=thin),
            _line(whole, "upper_limit", "Limits of chance", line=thin | {"dash": "dot"}),
            _line(
                *(whole, "lower_limit", "Lower limit"),
                line=thin | {"dash": "dot"},
                showlegend=False,
            ),
        ]
    if not signals.empty:
        lines.append(
            _line(
                *(signals, "requests", "More than chance"),
                mode="markers",
                marker={"size": 10, "symbol": "diamond"},
                text=signals["signal"].tolist(),
                hovertemplate="%{x|%b %Y}: %{text}<extra></extra>",
            )
        )
    return {"data": lines, "layout": _layout("Requests per month", _shapes(by_month))}


def requests_by_fiscal_month(by_month: pd.DataFrame) -> Figure:
    """Lines of each fiscal year's requests so far, with the forecast of the last one."""
    lines: list[dict[str, Any]] = []
    known = by_month[~by_month["is_forecast"]]
    latest = known["fiscal_year"].max()
    for year, months in known.groupby("fiscal_year"):
        width = 3 if year == latest else 1.5
        lines.append(_year(months, f"FY{year}", line={"width": width}))
    ahead = by_month[by_month["is_forecast"]]
    if not ahead.empty:
        of_year = ahead["fiscal_year"].iloc[0]
        begun = known[known["fiscal_year"] == of_year].tail(1)
        for name, low, high, opacity in (
            ("95% of outcomes", "low_95", "high_95", 0.15),
            ("80% of outcomes", "low_80", "high_80", 0.25),
        ):
            lines += _band(begun, ahead, low, high, name, opacity)
        joined = pd.concat([begun, ahead])
        style = {"width": 3, "dash": "dash"}
        lines.append(_year(joined, f"FY{of_year}, forecast", line=style))
    return {"data": lines, "layout": _layout("Requests since October 1", [], "category")}


def links_of_months(by_month: pd.DataFrame, links: FilterLinks | None) -> list[str]:
    """For a line or bars of months: where a click on each of them leads."""
    if links is None:
        return []
    return [links.to_month(month) for month in by_month["month_on"]]


def _line(rows: pd.DataFrame, column: str, name: str, **style: Any) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": rows["month_on"].dt.strftime("%Y-%m-%d").tolist(),
        "y": rows[column].tolist(),
        "name": name,
        "hovertemplate": "%{x|%b %Y}: %{y:,.0f} " + name.lower() + "<extra></extra>",
        **style,
    }


def _year(months: pd.DataFrame, name: str, **style: Any) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": months["month_on"].dt.strftime("%b").tolist(),
        "y": months["requests_so_far"].tolist(),
        "name": name,
        "hovertemplate": name + ", %{x}: %{y:,.0f}<extra></extra>",
        **style,
    }


def _band(
    begun: pd.DataFrame, ahead: pd.DataFrame, low: str, high: str, name: str, opacity: float
) -> list[dict[str, Any]]:
    """The limits of the forecast as an area, from what is known on."""
    edge = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    start = begun["requests_so_far"].tolist()
    lower, upper = _year(pd.concat([begun, ahead]), name), _year(ahead, name)
    upper["x"] = lower["x"]
    lower["y"], upper["y"] = start + ahead[low].tolist(), start + ahead[high].tolist()
    fill = {"fill": "tonexty", "fillcolor": f"rgba(128, 128, 128, {opacity})"}
    return [lower | edge | {"showlegend": False}, upper | edge | fill]


def _shapes(by_month: pd.DataFrame) -> list[dict[str, Any]]:
    """The chosen period, where earlier months stand before it."""
    if by_month["is_in_period"].all():
        return []
    first = by_month.loc[by_month["is_in_period"], "month_on"].min()
    return [
        {
            "type": "line",
            "xref": "x",
            "yref": "paper",
            "x0": f"{first:%Y-%m-%d}",
            "x1": f"{first:%Y-%m-%d}",
            "y0": 0,
            "y1": 1,
            "line": {"width": 1, "color": "#808080"},
        }
    ]


def _layout(title: str, shapes: list[dict[str, Any]], kind: str = "date") -> Figure:
    return layout(
        300,
        showlegend=True,
        legend=_LEGEND,
        margin=_MARGIN,
        hovermode="x" if kind == "date" else "closest",
        shapes=shapes,
        xaxis={"type": kind, "fixedrange": True},
        yaxis={"rangemode": "tozero", "fixedrange": True, "title": {"text": title}},
    )
