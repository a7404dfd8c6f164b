"""Requests by topic, region, agency size, and state, and what became of them."""

import streamlit as st

from cri_ui.components import empty, page
from cri_ui.session import session
from cri_ui.views import (
    demand,
    demand_changes,
    demand_delivery,
    demand_groups,
    demand_states,
)

viewer = session.require(session.Permission.VIEW_DEMAND)
st.title("Demand for assistance")
filters = session.filters()

totals = session.fetch_row("requests_totals", viewer, filters)
page.opening(demand.in_a_sentence(totals))
if not totals.requests:
    empty.nothing_found(viewer, filters)
    st.stop()

charts_above, list_below = st.container(), st.container()
# Sent first, because a browser takes longest to draw it.
with list_below:
    demand.rows_behind(viewer, filters, int(totals.requests))
with charts_above:
    demand.bar_charts(viewer, filters)
    demand_changes.rising_and_falling(viewer, filters)
    demand_groups.topics_by_group(viewer, filters)
    demand_delivery.requested_and_delivered(viewer, filters)
    demand_states.states(viewer, filters)
