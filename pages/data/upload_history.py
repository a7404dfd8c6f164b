"""Who uploaded what, what it changed, and undo."""

import streamlit as st

from cri_ui.components import page
from cri_ui.session import session
from cri_ui.views import upload_history

viewer = session.require(session.Permission.UPLOAD)
st.title("Upload history")
page.opening(
    "Every upload that changed stored records. You can undo each one.", filters=False
)

uploads = session.fetch("uploads_list", viewer)
if uploads.empty:
    st.info(
        "No uploads yet. Start on the Upload page.",
        icon=":material/inbox:",
    )
    st.stop()

upload = upload_history.choose(uploads)
if upload is not None:
    upload_history.show(viewer, upload)
