"""Charts of requests over time: month by month with limits, and fiscal years so far."""

from typing import Any

import pandas as pd

from cri_data.store.rows import table_rows
from cri_ui.charts.figures import Figure, layout
from cri_ui.charts.lines import Line, Month, line_chart
from cri_ui.components.filter_links import FilterLinks
from cri_ui.components.text import count_of, whole

_LEGEND = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0}
_MARGIN = {"l": 8, "r": 8, "t": 32, "b": 8}
_SMALL = "requests_from_small_agencies"


def requests_by_month_expected(
    by_month: pd.DataFrame, links: FilterLinks | None = None
) -> str:
    """Lines of requests by month with the limits of chance; signals are marked.

    With `links`, a click on a month filters to its days.
    """
    whole_months = ~by_month["is_partial"]
    lines = [
        *_limits(by_month.where(whole_months)),
        Line("Under 50 sworn officers", by_month[_SMALL].tolist(), "small", 2, "2 4"),
        Line("All agencies", by_month["requests"].tolist(), "all", 2.5),
    ]
    months = [
        Month(
            row.month_on,
            _in_words(row),
            links.to_month(row.month_on) if links else "",
            row.requests if pd.notna(row.signal) else None,
        )
        for row in table_rows(by_month)
    ]
    in_period = by_month["is_in_period"].tolist()
    since = in_period.index(True) if True in in_period else 0
    return line_chart(lines, months, "Requests per month", "More than chance", since)


def _limits(by_month: pd.DataFrame) -> list[Line]:
    if by_month["expected"].isna().all():
        return []
    return [
        Line("Average", by_month["expected"].tolist(), "limit", 1.5, "7 5"),
        Line("Limits of chance", by_month["upper_limit"].tolist(), "limit", 1.5, "2 3"),
        Line("", by_month["lower_limit"].tolist(), "limit", 1.5, "2 3"),
    ]


def _in_words(row: Any) -> str:
    """What the lines show in a month."""
    lines = [
        f"{row.month_on:%b %Y}: {count_of(int(row.requests), 'request')}",
        f"Under 50 sworn officers: {whole(row.requests_from_small_agencies)}",
    ]
    if row.is_partial:
        lines.append("Not over")
    elif pd.notna(row.expected):
        low, high = whole(row.lower_limit), whole(row.upper_limit)
        lines.append(f"Average {whole(row.expected)}, limits of chance {low} to {high}")
    if pd.notna(row.signal):
        lines.append(f"More than chance: {row.signal}")
    return "\n".join(lines)


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
    return {"data": lines, "layout": _layout("Requests since October 1")}


def links_of_months(by_month: pd.DataFrame, links: FilterLinks | None) -> list[str]:
    """For a line or bars of months: where a click on each of them leads."""
    if links is None:
        return []
    return [links.to_month(month) for month in by_month["month_on"]]


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


def _layout(title: str) -> Figure:
    return layout(
        300,
        showlegend=True,
        legend=_LEGEND,
        margin=_MARGIN,
        xaxis={"type": "category", "fixedrange": True},
        yaxis={"rangemode": "tozero", "fixedrange": True, "title": {"text": title}},
    )
