"""Charts of reach: which share of the agencies of a group made at least one request."""

from typing import Any

import pandas as pd

from cri_data.store.rows import table_records
from cri_ui.charts.bars import Bar, bar_table
from cri_ui.charts.figures import Figure, layout
from cri_ui.charts.state_map import grey_states, requests_by_state_figure
from cri_ui.components.filter_links import FilterLinks
from cri_ui.components.text import share, whole

REACH = "share_of_agencies_reached"
FEW = "few agencies"


def reach_by_group(
    by_group: pd.DataFrame, groups: str, key: str = "", links: FilterLinks | None = None
) -> str:
    """Bars of reach with their 95% intervals; `groups` heads the names.

    With `links`, each name filters to its group, by its filter's `key` in the address.
    """
    return _bars(by_group, "group_name", groups, key, links)


def reach_by_kind(by_kind: pd.DataFrame) -> str:
    """Bars of reach of small, tribal, and campus agencies, and of all."""
    return _bars(by_kind, "kind", "Agencies")


def _bars(
    table: pd.DataFrame,
    name: str,
    heading: str,
    key: str = "",
    links: FilterLinks | None = None,
) -> str:
    bars = [
        Bar(
            row[name],
            row[REACH],
            f"{share(row[REACH], 1)} ({whole(row['agencies_with_requests'])} of "
            f"{whole(row['agencies'])})",
            FEW if row["is_few_agencies"] else "",
            row[f"{REACH}_low"],
            row[f"{REACH}_high"],
            links.to({key: row[name]}) if links else "",
        )
        for row in table_records(table)
    ]
    return bar_table(bars, heading, "Agencies with requests, 95% interval")


def unserved_agencies(
    by_group: pd.DataFrame, groups: str, key: str = "", links: FilterLinks | None = None
) -> str:
    """Bars of the agencies not served, with all agencies of the group."""
    bars = [
        Bar(
            row["group_name"],
            row["agencies_unserved"],
            f"{whole(row['agencies_unserved'])} of {whole(row['agencies'])}",
            link=links.to({key: row["group_name"]}) if links else "",
        )
        for row in table_records(by_group)
    ]
    return bar_table(bars, groups, "Agencies not served, of all")


def reach_by_state_map(
    by_state: pd.DataFrame, dark: bool, phone: bool, links: FilterLinks | None = None
) -> Figure:
    """The states shaded by their reach; grey where they have few agencies."""
    named = by_state.rename(columns={"agency_group": "state", "group_name": "state_name"})
    few = named["is_few_agencies"].astype(bool)
    figure = requests_by_state_figure(named[~few], REACH, "", dark, phone, links)
    figure["data"].insert(0, grey_states(named[few], REACH, dark, links))
    return figure


def requests_lorenz_curve(curve: pd.DataFrame) -> Figure:
    """The Lorenz curve of requests over the agencies with requests."""
    if curve.empty:
        return {"data": [], "layout": layout(320)}
    shares = [0, *curve["share_of_agencies_up_to_here"]]
    return {
        "data": [
            _line(
                shares,
                [0, *curve["share_of_requests_up_to_here"]],
                "Requests",
                hovertemplate="%{x:.0%} of agencies: %{y:.0%} of requests<extra></extra>",
            ),
            _line([0, 1], [0, 1], "If all made equally many", dash="dash", color="#7f8b96"),
        ],
        "layout": layout(
            320,
            showlegend=True,
            legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
            margin={"l": 8, "r": 8, "t": 32, "b": 8},
            xaxis=_axis("Share of agencies with requests, fewest requests first"),
            yaxis=_axis("Share of requests"),
        ),
    }


def _line(
    x: list[float],
    y: list[float],
    name: str,
    dash: str = "solid",
    color: str | None = None,
    hovertemplate: str | None = None,
) -> dict[str, Any]:
    line: dict[str, Any] = {"width": 2.5, "dash": dash}
    if color:
        line["color"] = color
    hover: dict[str, Any] = {"hoverinfo": "skip"}
    if hovertemplate:
        hover = {"hovertemplate": hovertemplate}
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "name": name,
        "line": line,
        **hover,
    }


def _axis(title: str) -> dict[str, Any]:
    return {
        "title": {"text": title},
        "range": [0, 1],
        "tickformat": ".0%",
        "fixedrange": True,
    }
