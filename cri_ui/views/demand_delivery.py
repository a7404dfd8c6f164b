"""Demand page: what became of the requests."""

from cri_data.model.filters import Filters
from cri_data.model.roles import Viewer
from cri_ui.charts.delivery import requests_and_delivery
from cri_ui.components import filter_links, page
from cri_ui.components.filter_links import KEYS
from cri_ui.components.switch import switch
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
    )
