"""Upload a file: preview it, see what it changes, commit it, and undo it."""

import streamlit as st

from cri_ui.components import page
from cri_ui.session import session
from cri_ui.views.upload import decisions, file_order, repairs, report, review, upload

viewer = session.require(session.Permission.UPLOAD)
st.title("Upload")
page.opening(
    "Choose what the file contains, then upload it. You see every problem and every "
    "change before anything is saved.",
    filters=False,
)
upload.refuse_demonstration()

file_order.draw_order(viewer)
dataset = upload.choose_dataset()
file_order.draw_missing(viewer, dataset)
file = upload.choose_file()
if file is None:
    st.stop()

decided = decisions.start(dataset, file)
if decided.done:
    upload.draw_done(decided, decided.done, file_order.next_file(viewer))
    report.counts(decided.done)
    report.details(decided.done)
    st.stop()

decisions.decide(decided)
looked = review.look(decided)
review.commit_if_asked(decided)
report.counts(looked)
report.headlines_after(looked)
review.draw_nothing_to_commit(looked)
repairs.repairs(decided, looked)
report.details(looked)
review.draw_summary(decided, looked)
