"""What was uploaded, by whom, what it changed, and the way back."""

import streamlit as st

from cri_ui.components import page
from cri_ui.session import session
from cri_ui.views import upload_history

viewer = session.require(session.Permission.UPLOAD)
st.title("Upload history")
page.opening("Every upload that changed the store. Each can be taken back.", filters=False)

uploads = session.fetch("uploads_list", viewer)
if uploads.empty:
    st.info(
        "Nothing has been uploaded yet. The Upload page is where it starts.",
        icon=":material/inbox:",
    )
    st.stop()

upload = upload_history.choose(uploads)
if upload is not None:
    upload_history.show(viewer, upload)
