"""A partner's own work: what is next, what is late, this year, and demand near it."""

import streamlit as st

from cri_ui.components import page
from cri_ui.session import session
from cri_ui.views import partner_calendar, partner_demand, partner_home

viewer = session.require(session.Permission.VIEW_OWN_WORK)
st.title("Our work")

totals = session.fetch_row("engagements_next_totals", viewer)
every = session.fetch_row("engagements_totals", viewer)
page.opening(partner_home.in_a_sentence(totals), filters=False)
if not partner_home.any_of(every):
    partner_home.none_yet()
    st.stop()

year = partner_home.this_year(viewer)
partner_home.tiles(totals, year)
partner_home.next_engagements(viewer, totals)
partner_calendar.draw(viewer)
partner_home.outcomes(viewer)
partner_demand.draw(viewer)
partner_home.downloads(viewer, every)
