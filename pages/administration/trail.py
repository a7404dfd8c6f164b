"""Who did what and when, and whether the trail of it is whole."""

import streamlit as st

from cri_ui import session, trail_page, ui

viewer = session.require(session.Permission.VIEW_TRAIL)
st.title("Audit log")
ui.opening(
    "Who signed in, uploaded, undid, downloaded, changed roles. Entries are only ever "
    "added; times are UTC.",
    filters=False,
)
trail_page.whole_or_not()

chosen = trail_page.choose()
entries = trail_page.entries(viewer, chosen)
if entries.empty:
    st.info("No entry matches.", icon=":material/search_off:")
    st.stop()

trail_page.table(viewer, entries, chosen)
