"""Published counts of all requests, by topic and state, for a closed quarter."""

import streamlit as st

from cri_ui import charts
from cri_ui.components import page
from cri_ui.session import session
from cri_ui.views import published_demand

viewer = session.require(session.Permission.VIEW_PUBLISHED)
st.title("Demand (published)")

quarter = published_demand.quarter(viewer)
if quarter is None:
    published_demand.none_yet()
    st.stop()

by_topic = session.fetch(
    "published_requests_by_topic", viewer, quarter=str(quarter.quarter)
)
by_state = session.fetch(
    "published_requests_by_state_and_topic", viewer, quarter=str(quarter.quarter)
)
page.opening(published_demand.in_words(quarter), filters=False)
page.note(published_demand.hidden_in_words(quarter, by_topic))
said = published_demand.download_note(quarter)
page.chart(
    charts.published_requests_by_topic,
    by_topic,
    name="published_requests_by_topic",
    title=f"Requests by topic, all states, {quarter.quarter}",
    alt=(
        "Bar chart: published requests by topic, most first. A topic whose total is "
        "hidden has no bar."
    ),
    definition=published_demand.COUNTED,
    said=said,
)
published_demand.cells(by_state, said)
