"""Charts of reach: which share of the agencies of a group made at least one request."""

import pandas as pd

from cri_data.store.rows import table_records
from cri_ui.charts.bars import Bar, bar_table
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


def requests_lorenz_curve(curve: pd.DataFrame) -> str:
    """The Lorenz curve of requests over the agencies with requests, as an area.

    Points of the curve, at least each tenth of the agencies, say what they are.
    """
    if curve.empty:
        return ""
    points = [
        (0.0, 0.0),
        *zip(
            curve["share_of_agencies_up_to_here"],
            curve["share_of_requests_up_to_here"],
            strict=True,
        ),
    ]
    area = ",".join(f"{x:.2%} {1 - y:.2%}" for x, y in points)
    dots = "".join(
        f'<b style="left:{x:.2%};bottom:{y:.2%}" title="{share(x)} of agencies: {share(y)} '
        'of requests"></b>'
        for x, y in points[1:]
    )
    ticks = "".join(f"<span>{tick}%</span>" for tick in (0, 25, 50, 75, 100))
    return (
        '<div class="lorenz"><p><i></i> Requests <q></q> If all made equally many</p>'
        "<p>Share of requests</p><div>"
        f'<div class="y" aria-hidden="true">{ticks}</div>'
        f'<div class="curve"><i style="clip-path:polygon({area},100% 100%)"></i><q></q>'
        f'{dots}</div><div class="x" aria-hidden="true">{ticks}</div></div>'
        "<p>Share of agencies with requests, fewest requests first</p></div>"
    )
