"""Accepted requests without a partner, and the selected partners that fit each best."""

import streamlit as st

from cri_ui.components import page
from cri_ui.session import session
from cri_ui.views import matching, matching_cards, matching_overall, matching_weights

viewer = session.require(session.Permission.VIEW_MATCHING)
st.title("Matching")
filters = session.filters()

waiting = matching.waiting_totals(viewer, filters)
page.opening(matching.in_a_sentence(waiting))
if not waiting.requests:
    matching.nobody_waits(filters)
    st.stop()

request = matching.chosen_request(viewer, filters, waiting.requests)
asked = matching_weights.weights_and_dates()
if request is not None:
    fits = matching_weights.fits_of(viewer, filters, asked, request.request_id)
    matching.heading(viewer, request, fits)
    matching_cards.candidates(viewer, fits, asked)
    matching_cards.all_partners(request, fits)
matching_overall.draw_overall(viewer, filters, asked)
