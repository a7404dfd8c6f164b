"""Load a CSV file: look at it, see what it changes, commit it, take it back."""

import streamlit as st

from cri_ui import session, ui, upload_page

session.require(session.Permission.UPLOAD)
st.title("Upload")
ui.opening(
    "Choose what the file holds and drop it. You see every problem and every change "
    "before anything is stored.",
    filters=False,
)
upload_page.refuse_demonstration()

dataset = upload_page.choose_dataset()
file = upload_page.choose_file()
if file is None:
    st.stop()

looked = upload_page.look(dataset, file)
upload_page.show(looked)
upload_page.commit(dataset, file, looked)
