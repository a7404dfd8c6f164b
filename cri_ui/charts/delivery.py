"""Requested against delivered: what became of requests, as bars and numbers."""

from typing import Any

import pandas as pd

from cri_data.store.rows import table_records
from cri_ui.charts.bars import linked
from cri_ui.components.filter_links import FilterLinks
from cri_ui.components.text import escaped, share, whole

# The parts of the requests of a row, in the order of the bars, with their headings. The
# colors are in static/frame.css.
PARTS = {
    "requests_completed": "Completed",
    "requests_in_delivery": "In delivery",
    "requests_accepted": "Accepted, not begun",
    "requests_undecided": "Waiting for a decision",
    "requests_declined": "Declined",
    "requests_withdrawn": "Withdrawn",
    "requests_without_status": "No status",
}


def requests_and_delivery(
    table: pd.DataFrame, groups: str, key: str = "", links: FilterLinks | None = None
) -> str:
    """A row per topic or group: a bar of its parts, then their numbers.

    With `links`, each name filters to its group, by its filter's `key` in the address.
    """
    if table.empty:
        return ""
    rows = [
        f'<tr><th scope="row">{_name(row, key, links)}</th>'
        f'<td class="parts">{_bar(row)}</td><td>{whole(row["requests"])}</td>'
        + "".join(f"<td>{whole(row[part])}</td>" for part in PARTS)
        + "</tr>"
        for row in table_records(table)
    ]
    heads = "".join(
        f'<th scope="col"><i class="{part}"></i>{label}</th>'
        for part, label in PARTS.items()
    )
    # On a phone the headings of the numbers are beyond the edge.
    legend = "".join(
        f'<span><i class="{part}"></i>{label}</span>' for part, label in PARTS.items()
    )
    return (
        f'<div class="delivery-legend" aria-hidden="true">{legend}</div>'
        f'<div class="delivery" role="region" tabindex="0" aria-label="What became of '
        f'requests, by {escaped(groups)}"><table><thead><tr>'
        f'<th scope="col">{escaped(groups).capitalize()}</th>'
        f'<th scope="col">Share of requests</th><th scope="col">Asked</th>{heads}</tr>'
        f"</thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _name(row: dict[str, Any], key: str, links: FilterLinks | None) -> str:
    return linked(row["group_name"], links.to({key: row["group_name"]}) if links else "")


def _bar(row: dict[str, float]) -> str:
    """The parts side by side, as wide as their shares of the row's requests."""
    if not row["requests"]:
        return ""
    pieces = "".join(
        f'<i class="{part}" style="width:{row[part] / row["requests"]:.2%}" '
        f'title="{label}: {share(row[part] / row["requests"])}"></i>'
        for part, label in PARTS.items()
        if row[part]
    )
    return f"<div>{pieces}</div>"
