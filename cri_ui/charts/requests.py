"""Charts of requests by month, topic, agency size, and region; engagements by partner."""

from typing import Any

import pandas as pd

from cri_ui.charts.figures import (
    ROW_HEIGHT,
    Figure,
    bar_figure,
    in_two_lines,
    layout,
    names_of,
)
from cri_ui.components.text import UNKNOWN, whole


def requests_by_month(by_month: pd.DataFrame) -> Figure:
    """Lines of requests received by month, in total and from small agencies."""
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
        "layout": layout(
            300,
            showlegend=True,
            legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
            margin={"l": 8, "r": 8, "t": 32, "b": 8},
            hovermode="x",
            xaxis={"type": "date", "fixedrange": True},
            yaxis={
                "rangemode": "tozero",
                "fixedrange": True,
                "title": {"text": "Requests per month"},
            },
        ),
    }


def requests_by_topic(by_topic: pd.DataFrame) -> Figure:
    """Bars of requests by topic, most first."""
    return bar_figure(
        names_of(by_topic["topic_name"]),
        by_topic["requests"],
        [f"{count:,}" for count in by_topic["requests"]],
        {"title": {"text": "Requests"}},
    )


def published_requests_by_topic(by_topic: pd.DataFrame) -> Figure:
    """Bars of a published quarter's requests by topic. A hidden total has no bar."""
    shown = by_topic[~by_topic["is_suppressed"]]
    return requests_by_topic(shown.astype({"requests": int}))


def requests_by_size_band(by_band: pd.DataFrame) -> Figure:
    """Bars of the share of agencies with requests, by agency size."""
    return bar_figure(
        names_of(by_band["size_band"]),
        by_band["share_of_agencies_reached"],
        [
            UNKNOWN if pd.isna(reach) else f"{reach:.1%}"
            for reach in by_band["share_of_agencies_reached"]
        ],
        {"title": {"text": "Share of agencies with requests"}, "tickformat": ".1~%"},
    )


def requests_by_region(by_region: pd.DataFrame) -> Figure:
    """Bars of requests by region."""
    return bar_figure(
        names_of(by_region["region"]),
        by_region["requests"],
        [f"{count:,}" for count in by_region["requests"]],
        {"title": {"text": "Requests"}},
    )


def engagements_by_partner(by_partner: pd.DataFrame) -> Figure:
    """Bars of engagements by lead partner, with the median days to delivery."""
    figure = bar_figure(
        in_two_lines(by_partner["lead_partner_name"]),
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
        "height": int(ROW_HEIGHT * 1.3 * len(by_partner)) + 80,
        "margin": {"l": 8, "r": 96, "t": 8, "b": 8},
    }
    return figure
