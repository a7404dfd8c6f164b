"""Requests, response times, partners, and what needs attention."""

import streamlit as st

from cri_ui import charts
from cri_ui.components import filter_links, page
from cri_ui.session import session
from cri_ui.views import changes, headlines, overview
from cri_ui.views.attention import attention

viewer = session.require(session.Permission.VIEW_OVERVIEW)
st.title("Overview")
filters = session.filters()

few = session.suppress_below()
numbers = session.fetch("headlines", viewer, filters, suppress_below=few)
stages = session.fetch("stage_times_this_year_by_stage", viewer, filters)
by_month = session.fetch("requests_by_month_expected", viewer, filters)
by_topic = session.fetch("requests_by_topic", viewer, filters)
by_size = session.fetch("requests_by_size_band", viewer, filters)
by_region = session.fetch("requests_by_region", viewer, filters)
by_partner = session.fetch("engagements_by_partner", viewer, filters, suppress_below=few)
waiting = session.fetch("attention_totals", viewer, filters)
page.opening(headlines.compared(numbers, filters), found=headlines.in_a_sentence(numbers))
headlines.draw_tiles(numbers, stages)
if headlines.nothing_counted(numbers):
    page.nothing_found(filters)
    attention(waiting, viewer, filters)
    st.stop()

with st.grid(2, min_column_width=420):
    page.chart(
        charts.requests_by_month_expected,
        by_month,
        name="requests_by_month_expected",
        title="Requests by month",
        alt="Line chart: requests received each month, with the limits of chance.",
        definition=overview.BY_MONTH,
    )
    changes.draw_changes(viewer, filters, numbers)
changes.draw_forecast(viewer, filters)
attention(waiting, viewer, filters)
with st.grid(2, min_column_width=420):
    page.chart(
        charts.requests_by_topic,
        by_topic,
        filter_links.here(),
        name="requests_by_topic",
        title="Requests by topic",
        alt="Bar chart: requests by topic, most first.",
        definition=overview.BY_TOPIC,
    )
    page.chart(
        charts.engagements_by_partner,
        by_partner,
        name="engagements_by_partner",
        title="Engagements by partner",
        alt="Bar chart: engagements by lead partner, with median days to delivery.",
        definition=overview.BY_PARTNER,
    )
    page.chart(
        charts.requests_by_region,
        by_region,
        filter_links.here(),
        name="requests_by_region",
        title="Requests by region",
        alt="Bar chart: requests by Census region and the territories, most first.",
        definition=overview.BY_REGION,
    )
    page.chart(
        charts.requests_by_size_band,
        by_size,
        filter_links.here(),
        name="requests_by_size_band",
        title="Agencies with requests, by agency size",
        alt="Bar chart: share of agencies with at least one request, by agency size.",
        definition=overview.BY_SIZE,
    )
