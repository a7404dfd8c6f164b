"""Make, list, and download backups of the store."""

import streamlit as st

from cri_ui.components import page
from cri_ui.session import session
from cri_ui.views import backups

session.require(session.Permission.BACK_UP)
st.title("Backups")
page.opening(
    "A backup is a copy of the whole store: all data, the upload history, and the "
    "audit log.",
    filters=False,
)
backups.in_words()
backups.failures()
backups.make_one()

kept = backups.listed()
if not kept:
    st.info("No backups yet. Make the first one now.", icon=":material/inbox:")
    st.stop()

backups.draw_download(kept)
