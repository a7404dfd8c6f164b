"""Find, correct, or withdraw one record; merge agencies."""

import streamlit as st

from cri_ui.components import page
from cri_ui.session import session
from cri_ui.views import record_form, record_search, records
from cri_ui.views.upload import upload

viewer = session.require(session.Permission.UPLOAD)
st.title("Records")
page.opening(
    "Find, correct, or withdraw a record. Each change is checked like an upload, "
    "appears in the upload history, and can be undone.",
    filters=False,
)
upload.refuse_demonstration()

dataset = records.choose_dataset()
record_id = record_search.find(dataset)
if record_id is None:
    record_form.close_form()
    records.redact_gone(viewer, dataset)
    records.merge_duplicates(dataset)
    st.stop()

records.link_to_agency(viewer, dataset, record_id)
record_form.correct_record(dataset, record_id)
records.withdraw_record(dataset, record_id)
records.redact_record(viewer, dataset, record_id)
records.merge_into(dataset, record_id)
