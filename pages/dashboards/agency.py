"""One agency: its profile, its history with the program, and its peers."""

import streamlit as st

from cri_ui.components import page
from cri_ui.session import session
from cri_ui.views import agency, agency_peers, agency_records

viewer = session.require(session.Permission.VIEW_AGENCIES)
st.title("Agency")
page.opening(
    "Find an agency to see its profile, its history with the program, and its peers.",
    filters=False,
)
is_searching = agency.find(viewer)
profile = agency.of_link(viewer)
if profile is None:
    if not is_searching:
        agency_peers.draw_most_of_all(viewer)
    st.stop()

few = session.suppress_below()
agency_id = profile.agency_id
totals = session.fetch_row("agency_totals", viewer, agency_id=agency_id, suppress_below=few)
timeline = session.fetch("agency_timeline", viewer, agency_id=agency_id)

agency.heading(profile, totals)
agency.tiles(totals, few)
agency.draw_profile(profile)
if totals.requests:
    agency_records.draw_timeline(profile, timeline)
    agency_records.draw_requests(viewer, profile, int(totals.requests))
    agency_records.draw_engagements(viewer, profile, agency.all_engagements(totals))
    agency_records.draw_outcomes(viewer, profile, int(totals.outcomes))
agency_peers.draw_peers(viewer, profile)
