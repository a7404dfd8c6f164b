"""What was uploaded, by whom, what it changed, and the way back."""

import streamlit as st

from cri_ui import history_page, session, ui

viewer = session.require(session.Permission.UPLOAD)
st.title("Upload history")
ui.opening("Every upload that changed the store. Each can be taken back.", filters=False)

uploads = session.fetch("uploads_list", viewer)
if uploads.empty:
    st.info(
        "Nothing has been uploaded yet. The Upload page is where it starts.",
        icon=":material/inbox:",
    )
    st.stop()

upload = history_page.choose(uploads)
if upload is not None:
    history_page.show(viewer, upload)
