"""Backups of the store: make one now, see which there are, download one."""

import streamlit as st

from cri_ui.components import page
from cri_ui.session import session
from cri_ui.views import backups

session.require(session.Permission.BACK_UP)
st.title("Backups")
page.opening(
    "The store once more, in a file of its own: every row, the history and the trail.",
    filters=False,
)
backups.in_words()
backups.failures()
backups.make_one()

kept = backups.listed()
if not kept:
    st.info("There is no backup yet. Make the first one now.", icon=":material/inbox:")
    st.stop()

backups.take_away(kept)
