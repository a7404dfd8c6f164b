"""Overview page: its bar charts, and the definitions of its charts."""

import streamlit as st

from cri_data.model.filters import Filters
from cri_data.model.roles import Viewer
from cri_ui import charts
from cri_ui.components import filter_links, page
from cri_ui.session import session

BY_PARTNER = (
    "Engagements that started (or are planned to start) in the period, by lead "
    "partner. Canceled engagements don't count. Days to delivery: the median, over "
    "the requests that these engagements serve, from the date received to the start "
    "of delivery by any partner. A request with two lead partners counts for both."
)
BY_SIZE = "Share of all agencies of that size with at least one request."
BY_REGION = "Census regions, plus the territories."
BY_MONTH = (
    "By date received, for the period and the 24 months before it (left of the line). "
    "Within the limits, months differ by chance: the average of whole months plus and "
    "minus 2.66 times the mean change from month to month. A diamond marks what is more "
    "than chance: a month outside the limits, seven in a row above or below the average, "
    "seven rising or falling, or two of three near a limit. The last month may be "
    "incomplete."
)
BY_TOPIC = (
    "A request can name several topics and counts under each, so the bars add up to more "
    "than the number of requests."
)


def bar_charts(viewer: Viewer, filters: Filters, few: int) -> None:
    """Draw requests by topic and region, engagements by partner, and reach by size."""
    by_partner = session.fetch(
        "engagements_by_partner", viewer, filters, suppress_below=few
    )
    links = filter_links.here()
    with st.grid(2, min_column_width=420):
        page.chart(
            charts.requests_by_topic,
            session.fetch("requests_by_topic", viewer, filters),
            links,
            name="requests_by_topic",
            title="Requests by topic",
            alt="Bar chart: requests by topic, most first.",
            definition=BY_TOPIC,
        )
        page.chart(
            charts.engagements_by_partner,
            by_partner,
            links,
            name="engagements_by_partner",
            title="Engagements by partner",
            alt="Bar chart: engagements by lead partner, with median days to delivery.",
            definition=BY_PARTNER,
            record="engagement",
        )
        page.chart(
            charts.requests_by_region,
            session.fetch("requests_by_region", viewer, filters),
            links,
            name="requests_by_region",
            title="Requests by region",
            alt="Bar chart: requests by Census region and the territories, most first.",
            definition=BY_REGION,
        )
        page.chart(
            charts.requests_by_size_band,
            session.fetch("requests_by_size_band", viewer, filters),
            links,
            name="requests_by_size_band",
            title="Agencies with requests, by agency size",
            alt="Bar chart: share of agencies with at least one request, by agency size.",
            definition=BY_SIZE,
        )
