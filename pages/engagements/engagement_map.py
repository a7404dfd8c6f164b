"""Where assistance is delivered: by topic, hours, partner and status."""

import streamlit as st

from cri_ui import engagement_map, session, ui

viewer = session.require(session.Permission.VIEW_ENGAGEMENTS)
st.title("Engagement map")
filters = session.filters()

totals = session.fetch("engagements_totals", viewer, filters).iloc[0]
engagements = session.fetch("engagements_list", viewer, filters)
ui.opening(engagement_map.in_a_sentence(totals))
if engagements.empty:
    ui.nothing_found(filters)
    st.stop()

clicked = engagement_map.draw_map(engagements, viewer)
chosen = engagement_map.rows(engagements)
engagement_map.detail(viewer, chosen or clicked)
