"""Upload page: choose a dataset and a file, preview it, commit it, and undo it."""

from functools import partial

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from cri_data import settings
from cri_data.importing.commit.undo import UndoError, undo
from cri_data.importing.mapping.templates import template_csv, template_xlsx
from cri_data.importing.service import ImportResult
from cri_data.jobs import demonstration
from cri_data.model.datasets import DATASETS, Dataset
from cri_data.model.outcomes import OUTCOMES
from cri_data.store.store import StoreError
from cri_ui import navigation
from cri_ui.components import page
from cri_ui.components.flash import show_after_rerun
from cri_ui.components.text import plain_markdown
from cri_ui.session import session
from cri_ui.views.upload import messages, quota
from cri_ui.views.upload.state import Decided, draw_pending_fixes

# File name extensions; the content must be of that kind.
ENDINGS = ("csv", "txt", "tsv", "xlsx")

# The choice of the dataset, and its name in the address.
_DATASET, _ADDRESS = "upload_dataset", "dataset"

_TEMPLATES = (
    ("csv", "CSV", template_csv, "text/csv"),
    (
        "xlsx",
        "Excel workbook",
        template_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
)


def refuse_demonstration() -> None:
    """In a demonstration store, draw the offer of an empty store, and end the page."""
    if not session.info().is_demonstration:
        return
    st.info(
        "This store has demonstration data, which is never mixed with real records. To "
        "load your own files, start an empty store. This deletes the demonstration data.",
        icon=":material/science:",
    )
    # With a key, the browser does not take the page's next menu for this open one.
    with st.popover(
        "Start an empty store", icon=":material/delete_sweep:", key="start_empty_menu"
    ):
        st.markdown("This deletes all demonstration records from the store.")
        if st.button("Delete them and start empty", type="primary", key="start_empty"):
            try:
                demonstration.start_empty(session.store(), session.who())
            except StoreError as error:
                st.error(plain_markdown(error), icon=":material/error:")
                st.stop()
            show_after_rerun(
                "The demonstration data is deleted and the store is empty. Load your own "
                "files now, agencies first."
            )
    st.stop()


# What else the files of a dataset may look like.
_FURTHER = {
    OUTCOMES.name: "A file may leave out `outcome_id`, and may have a column for each "
    "metric, or a row for each wave. "
}


def choose_dataset() -> str:
    """Draw the choice of the dataset, which is also in the address. Returns its name."""
    named = st.query_params.get(_ADDRESS)
    if named in DATASETS and _DATASET not in st.session_state:
        st.session_state[_DATASET] = named
    name = st.selectbox(
        "What does the file contain?",
        list(DATASETS),
        format_func=lambda name: (
            f"{name.capitalize()}: one row per {DATASETS[name].row_is}"
        ),
        key=_DATASET,
        persist_state="session",
    )
    if named != name:
        st.query_params[_ADDRESS] = name
    required = ", ".join(f"`{column}`" for column in DATASETS[name].required)
    page.note(
        f"Required columns: {required}. Common alternative headings, such as ORI for "
        f"agency_id, are recognized. {_FURTHER.get(name, '')}About the data describes "
        "every column."
    )
    _templates(DATASETS[name])
    return name


def _templates(dataset: Dataset) -> None:
    with st.popover("Template", icon=":material/draft:", key="template_menu"):
        st.markdown(
            "The headings and one example row to replace. If you leave the example row in, "
            "it is not loaded. The workbook has a second sheet that describes each column."
        )
        for ending, label, make, mime in _TEMPLATES:
            st.download_button(
                label,
                data=partial(make, dataset),
                file_name=f"{dataset.name}_template.{ending}",
                mime=mime,
                icon=":material/download:",
                on_click="ignore",
                key=f"template_{ending}",
            )


def choose_file() -> UploadedFile | None:
    """Draw the file uploader. Returns the file, if there is one."""
    session.may_send_files()
    file = st.file_uploader(
        "File",
        type=ENDINGS,
        max_upload_size=settings.MAX_UPLOAD_MB.whole_number(),
        key="upload_file",
        help="CSV or other delimited text, or an Excel workbook (.xlsx). "
        "No record changes until you select Commit.",
    )
    if file is None:
        draw_pending_fixes()
    else:
        quota.count_preview(file.file_id)
    return file


def draw_done(decided: Decided, done: ImportResult, next_file: str) -> None:
    """Draw what a commit did, the file that comes next, and the Undo button."""
    counts = done.checked.counts
    if done.upload_id is None:
        messages.draw_nothing_to_do(done, messages.download_and_correct(done))
        return
    st.success(
        f"**{done.upload_id} is committed:** {counts.inserted:,} new, "
        f"{counts.updated:,} changed, {counts.unchanged:,} unchanged, "
        f"{counts.rejected:,} rejected. All pages now show it.",
        icon=":material/check_circle:",
    )
    messages.draw_rejected_after_commit(done)
    if next_file:
        page.note(
            f"**Next:** load {next_file}. Choose it above under “What does the file "
            "contain?”, then upload that file."
        )
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Undo this upload", icon=":material/undo:", key="undo_last"):
            _undo(decided, done.upload_id)
        st.page_link(
            navigation.ROOT / navigation.path_of("Upload history"),
            label="Upload history",
            icon=":material/history:",
        )


def _undo(decided: Decided, upload_id: str) -> None:
    try:
        undo(session.store(), upload_id, session.who())
    except (UndoError, StoreError) as error:
        st.error(plain_markdown(error), icon=":material/error:")
        return
    decided.reopen()
    show_after_rerun(f"{upload_id} was undone.")
