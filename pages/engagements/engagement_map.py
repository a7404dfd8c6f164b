"""Where assistance is delivered: by topic, hours, partner and status."""

import streamlit as st

from cri_ui.components import empty, page
from cri_ui.session import session
from cri_ui.views import engagement_map

viewer = session.require(session.Permission.VIEW_ENGAGEMENTS)
st.title("Engagement map")
filters = session.filters()

totals = session.fetch_row("engagements_totals", viewer, filters)
rows = engagement_map.rows_of(totals)
page.opening(engagement_map.in_a_sentence(totals), record="engagement")
if rows == 0:
    empty.nothing_found(viewer, filters, "engagement")
    st.stop()

map_above, list_below = st.container(), st.container()
# Sent first, because a browser takes longest to draw it.
with list_below:
    chosen = engagement_map.draw_rows(viewer, filters, rows)
with map_above:
    clicked = engagement_map.draw_map(viewer, filters, rows)
engagement_map.detail(viewer, chosen or clicked)
