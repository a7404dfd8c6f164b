"""Backups of the store: make one now, see which there are, download one."""

import streamlit as st

from cri_ui import backups_page, session, ui

session.require(session.Permission.BACK_UP)
st.title("Backups")
ui.opening(
    "The store once more, in a file of its own: every row, the history and the trail.",
    filters=False,
)
backups_page.in_words()
backups_page.failures()
backups_page.make_one()

kept = backups_page.listed()
if not kept:
    st.info("There is no backup yet. Make the first one now.", icon=":material/inbox:")
    st.stop()

backups_page.take_away(kept)
