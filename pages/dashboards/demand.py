"""Requests by topic, region, agency size, and state."""

import streamlit as st

from cri_ui import charts
from cri_ui.charts.state_map import requests_by_state_figure
from cri_ui.components import drawings, page
from cri_ui.session import session
from cri_ui.views import demand

viewer = session.require(session.Permission.VIEW_DEMAND)
st.title("Demand for assistance")
filters = session.filters()

totals = session.fetch_row("requests_totals", viewer, filters)
by_topic = session.fetch("requests_by_topic", viewer, filters)
by_region = session.fetch("requests_by_region_and_topic", viewer, filters)
by_size = session.fetch("requests_by_size_band_and_topic", viewer, filters)
by_band = session.fetch("requests_by_size_band", viewer, filters)
by_state = session.fetch("requests_by_state", viewer, filters)
page.opening(demand.in_a_sentence(totals))
if not totals.requests:
    page.nothing_found(filters)
    st.stop()

with st.grid(2, min_column_width=420):
    page.chart(
        charts.requests_by_topic,
        by_topic,
        name="requests_by_topic",
        title="Requests by topic",
        alt="Bar chart: requests by topic, most first.",
        definition=demand.SEVERAL_TOPICS,
    )
    page.chart(
        charts.requests_by_size_band,
        by_band,
        name="requests_by_size_band",
        title="Agencies with requests, by agency size",
        alt="Bar chart: share of agencies with at least one request, by agency size.",
        definition="Share of all agencies of that size with at least one request.",
    )
measure = demand.measure()
page.chart(
    charts.requests_by_region_and_topic,
    by_region,
    measure,
    name="requests_by_region_and_topic",
    title="Requests by topic and region",
    alt="Heat table: requests by topic and Census region.",
    definition=f"{demand.SEVERAL_TOPICS} {demand.PER_AGENCIES}",
)
page.chart(
    charts.requests_by_size_band_and_topic,
    by_size,
    measure,
    name="requests_by_size_band_and_topic",
    title="Requests by topic and agency size",
    alt="Heat table: requests by topic and number of sworn officers.",
    definition=f"{demand.SEVERAL_TOPICS} {demand.PER_AGENCIES}",
)
page.chart(
    requests_by_state_figure,
    by_state,
    measure,
    "",
    drawings.is_dark(),
    drawings.is_phone(),
    name="requests_by_state",
    title="Requests by state",
    alt="Map of the states, shaded by requests. Territories are only in the table.",
    definition=f"{demand.PER_AGENCIES} Territories are only in the table.",
)
demand.rows_behind(viewer, filters, int(totals.requests))
