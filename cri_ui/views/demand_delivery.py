"""Demand page: what became of the requests."""

import pandas as pd

from cri_data.model.filters import Filters
from cri_data.model.roles import Viewer
from cri_data.store.rows import table_rows
from cri_ui.charts.delivery import requests_and_delivery
from cri_ui.components import filter_links, page
from cri_ui.components.filter_links import KEYS
from cri_ui.components.switch import switch
from cri_ui.components.text import plain_markdown, share
from cri_ui.session import session
from cri_ui.views.demand_groups import SEVERAL_TOPICS
from cri_ui.views.type_names import with_type_names

DELIVERED = (
    "Requests received in the period, by their status as of today: each is in one column, "
    "so the columns add up to the requests asked. Accepted, not begun: accepted or "
    "assigned to a partner. Waiting for a decision: received or under review. No status: "
    "the status is not reported. The table also has the share of requests with an "
    "engagement that is not canceled, whatever the status, with its 95% interval (Wilson)."
)
# Requests of a group from which its share is compared.
_ENOUGH = 20

GROUPS = {
    "topic": "Topic",
    "region": "Region",
    "size_band": "Agency size",
    "agency_type": "Agency type",
}


def requested_and_delivered(viewer: Viewer, filters: Filters) -> None:
    """Draw what became of the requests of each topic or group."""
    groups = switch("Requested and delivered, by", GROUPS, "delivered_by")
    found = session.fetch(
        "requests_and_delivery_by_group", viewer, filters, grouped_by=groups
    )
    heading = GROUPS[groups].lower()
    page.chart(
        requests_and_delivery,
        with_type_names(found),
        heading,
        KEYS[groups],
        filter_links.here(),
        name=f"requests_and_delivery_by_{groups}",
        title=f"Requested and delivered, by {heading}",
        alt=f"Stacked bars with numbers: what became of requests, by {heading}.",
        definition=f"{DELIVERED} {SEVERAL_TOPICS}" if groups == "topic" else DELIVERED,
        summary=largest_gap(found),
    )


def largest_gap(found: pd.DataFrame) -> str:
    """Where most requests are neither completed nor in delivery, in number and share."""
    gaps = [
        (int(row.requests - row.requests_completed - row.requests_in_delivery), row)
        for row in table_rows(found)
        if row.requests
    ]
    if not any(gap for gap, _ in gaps):
        return ""
    gap, row = max(gaps, key=lambda pair: pair[0])
    said = (
        f"Most requests neither completed nor in delivery: "
        f"**{plain_markdown(row.group_name)}**, {gap:,} of {int(row.requests):,}."
    )
    # A share of few requests says little.
    enough = [(gap / row.requests, row) for gap, row in gaps if row.requests >= _ENOUGH]
    if not enough:
        return said
    part, row = max(enough, key=lambda pair: pair[0])
    return (
        f"{said} Largest share: **{plain_markdown(row.group_name)}**, {share(part)} of "
        f"{int(row.requests):,}."
    )
