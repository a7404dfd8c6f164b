"""Load a CSV file: look at it, see what it changes, commit it, take it back."""

import streamlit as st

from cri_ui import (
    session,
    ui,
    upload_decisions,
    upload_page,
    upload_repairs,
    upload_report,
)

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

done = upload_page.done()
if done:
    upload_page.say_done(done)
    upload_report.counts(done)
    upload_report.details(done)
    st.stop()

decided = upload_decisions.decide(dataset, file)
looked = upload_page.look(dataset, file, decided)
upload_report.counts(looked)
upload_report.headlines_after(looked)
upload_page.commit(dataset, file, decided, looked)
upload_repairs.repairs(decided, looked)
upload_report.details(looked)
