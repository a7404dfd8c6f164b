"""What is asked for, how fast it is answered, and what needs attention."""

import streamlit as st

from cri_ui import charts, overview, session, ui

viewer = session.require(session.Permission.VIEW_OVERVIEW)
st.title("Overview")
ui.opening("Requests for assistance at a glance.")
filters = session.filters()

headlines = session.fetch(
    "headlines", viewer, filters, suppress_below=session.suppress_below()
)
by_month = session.fetch("requests_by_month", viewer, filters)
by_topic = session.fetch("requests_by_topic", viewer, filters)
attention = session.fetch("attention_totals", viewer, filters)
if by_month.empty:
    ui.nothing_found(filters)
    st.stop()

overview.tiles(headlines, filters)
with st.grid(2, min_column_width=420):
    ui.chart(
        charts.requests_by_month(by_month),
        table=by_month,
        name="requests_by_month",
        title="Requests by month",
        alt="Line chart: requests received in each month, and those of small agencies.",
        definition="By the day a request was received. The last month may be partial.",
    )
    ui.chart(
        charts.requests_by_topic(by_topic),
        table=by_topic,
        name="requests_by_topic",
        title="Topics asked for",
        alt="Bar chart: requests that name each topic, most first.",
        definition="A request can name several topics and counts under each, so the "
        "bars add up to more than the requests.",
    )
overview.attention(attention, viewer, filters)
