"""One record: find it, correct it, withdraw it; make two agencies one."""

import streamlit as st

from cri_ui import record_form, records_page, session, ui, upload_page

viewer = session.require(session.Permission.UPLOAD)
st.title("Records")
ui.opening(
    "Find a record, correct it, or withdraw it. Each change is checked like an upload, "
    "stands in the upload history, and can be undone.",
    filters=False,
)
upload_page.refuse_demonstration()

dataset = records_page.choose_dataset()
record_id = records_page.find(dataset)
if record_id is None:
    records_page.redact_gone(viewer, dataset)
    st.stop()

record_form.correct_record(dataset, record_id)
records_page.withdraw_record(dataset, record_id)
records_page.redact_record(viewer, dataset, record_id)
records_page.merge_into(dataset, record_id)
