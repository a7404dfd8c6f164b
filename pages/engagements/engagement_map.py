"""Where assistance is delivered: by topic, hours, partner and status."""

import streamlit as st

from cri_ui.components import empty, page
from cri_ui.session import session
from cri_ui.views import engagement_map

viewer = session.require(session.Permission.VIEW_ENGAGEMENTS)
st.title("Engagement map")
filters = session.filters()

totals = session.fetch_row("engagements_totals", viewer, filters)
page.opening(engagement_map.in_a_sentence(totals), record="engagement")
if engagement_map.rows_of(totals) == 0:
    empty.nothing_found(viewer, filters, "engagement")
    st.stop()

engagement_map.draw(viewer, filters)
