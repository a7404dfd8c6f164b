"""Requests, response times, partners, and what needs attention."""

import streamlit as st

from cri_ui import charts
from cri_ui.components import page
from cri_ui.session import session
from cri_ui.views import overview
from cri_ui.views.attention import attention

viewer = session.require(session.Permission.VIEW_OVERVIEW)
st.title("Overview")
filters = session.filters()

few = session.suppress_below()
headlines = session.fetch("headlines", viewer, filters, suppress_below=few)
by_month = session.fetch("requests_by_month", viewer, filters)
by_topic = session.fetch("requests_by_topic", viewer, filters)
by_region = session.fetch("requests_by_region", viewer, filters)
by_partner = session.fetch("engagements_by_partner", viewer, filters, suppress_below=few)
waiting = session.fetch("attention_totals", viewer, filters)
page.opening(
    "Requests for assistance at a glance.", found=overview.in_a_sentence(headlines)
)
if by_month.empty:
    page.nothing_found(filters)
    st.stop()

overview.tiles(headlines, filters)
attention(waiting, viewer, filters)
with st.grid(2, min_column_width=420):
    page.chart(
        charts.requests_by_month,
        by_month,
        name="requests_by_month",
        title="Requests by month",
        alt="Line chart: requests received each month, in total and from small agencies.",
        definition="By date received. The last month may be incomplete.",
    )
    page.chart(
        charts.requests_by_topic,
        by_topic,
        name="requests_by_topic",
        title="Requests by topic",
        alt="Bar chart: requests by topic, most first.",
        definition="A request can name several topics and counts under each, so the "
        "bars add up to more than the number of requests.",
    )
    page.chart(
        charts.requests_by_region,
        by_region,
        name="requests_by_region",
        title="Requests by region",
        alt="Bar chart: requests by Census region, and the territories.",
        definition=overview.BY_REGION,
    )
    page.chart(
        charts.engagements_by_partner,
        by_partner,
        name="engagements_by_partner",
        title="Engagements by partner",
        alt="Bar chart: engagements by lead partner, with median days to delivery.",
        definition=overview.BY_PARTNER,
    )
