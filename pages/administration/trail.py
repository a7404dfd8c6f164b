"""Who did what and when, and whether the log is intact."""

import streamlit as st

from cri_ui.components import page
from cri_ui.session import session
from cri_ui.views import audit_log

viewer = session.require(session.Permission.VIEW_TRAIL)
st.title("Audit log")
page.opening(
    "Sign-ins, uploads, undone uploads, downloads, and role changes. Entries can only be "
    "added.",
    filters=False,
)
audit_log.draw_integrity()

chosen = audit_log.choose()
entries = audit_log.entries(viewer, chosen)
if entries.empty:
    st.info("No entries match.", icon=":material/search_off:")
    st.stop()

audit_log.table(viewer, entries, chosen)
