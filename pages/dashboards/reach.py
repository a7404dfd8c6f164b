"""Which agencies ask for assistance, and which are never heard from."""

import streamlit as st

from cri_ui.components import empty, page
from cri_ui.session import session
from cri_ui.views import reach, unserved

viewer = session.require(session.Permission.VIEW_REACH)
st.title("Reach")
filters = session.filters()

totals = session.fetch_row("reach_totals", viewer, filters)
page.opening(reach.in_a_sentence(totals, filters), record="agency")
if not totals.agencies:
    empty.nothing_found(viewer, filters, "agency")
    st.stop()

reach.by_group(viewer, filters)
unserved.unserved_agencies(viewer, filters, totals)
reach.state_map(viewer, filters)
if totals.agencies_with_requests:
    reach.concentration(viewer, filters)
