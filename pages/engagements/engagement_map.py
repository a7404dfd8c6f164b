"""Where assistance is delivered: by topic, hours, partner and status."""

import streamlit as st

from cri_ui.components import page
from cri_ui.session import session
from cri_ui.views import engagement_map

viewer = session.require(session.Permission.VIEW_ENGAGEMENTS)
st.title("Engagement map")
filters = session.filters()

totals = session.fetch_row("engagements_totals", viewer, filters)
page.opening(engagement_map.in_a_sentence(totals))
rows = engagement_map.rows_of(totals)
if rows == 0:
    page.nothing_found(filters)
    st.stop()

map_above, list_below = st.container(), st.container()
# Sent first, because a browser takes longest to draw it.
with list_below:
    chosen = engagement_map.draw_rows(viewer, filters, rows)
with map_above:
    clicked = engagement_map.draw_map(viewer, filters, rows)
engagement_map.detail(viewer, chosen or clicked)
