"""Upload history page: the uploads, what each changed, and undo."""

from functools import partial

import pandas as pd
import streamlit as st

from cri_data.importing.commit.stored_files import kept_file
from cri_data.importing.commit.undo import UndoError, undo
from cri_data.model.roles import Viewer
from cri_data.store.store import StoreError
from cri_ui.components import columns, downloads, page, row_picker
from cri_ui.components.flash import show_after_rerun
from cri_ui.components.text import UNKNOWN, plain_file_name, plain_markdown
from cri_ui.session import session

_CHANGES = 1_000

# The columns of the list, those first that a narrow window has to show. Others are shown
# only in the details of an upload.
_LISTED = [
    "upload_id",
    "status",
    "uploaded_at",
    "dataset",
    "file_name",
    "rows_inserted",
    "rows_updated",
    "rows_rejected",
    "uploaded_by",
    "kind",
    "rows_read",
    "warnings",
]


def choose(uploads: pd.DataFrame) -> pd.Series | None:
    """Draw the uploads, newest first. Returns the chosen one."""
    place = row_picker.chosen_row(
        uploads, _shown, "upload_id", "uploads", "Uploads, newest first."
    )
    page.download(uploads, "uploads", "Uploads")
    if place is None:
        page.note("Choose an upload to see what it changed or to undo it.")
        return None
    return uploads.iloc[place]


def _shown(uploads: pd.DataFrame) -> pd.DataFrame:
    return _with_status(uploads)[_LISTED]


def _with_status(uploads: pd.DataFrame) -> pd.DataFrame:
    """The uploads with their state in words, which is not the state of an agency."""
    in_words = uploads["state"].str.capitalize()
    return uploads.assign(status=in_words).drop(columns="state")


def show(viewer: Viewer, upload: pd.Series) -> None:
    """Draw one upload: its details, its changes, and the Undo button."""
    with st.container(border=True):
        page.record(f"Upload {upload.upload_id}", _with_status(upload.to_frame().T).iloc[0])
        with st.container(horizontal=True):
            if upload.state != "undone":
                _undo(upload.upload_id)
            _kept(upload)
        changes = session.fetch(
            "upload_changes_list",
            viewer,
            upload_id=upload.upload_id,
            row_limit=_CHANGES,
        )
        touched = int(upload.rows_inserted + upload.rows_updated + upload.rows_withdrawn)
        page.rows_shown(changes["record_id"].nunique(), touched, "record")
        st.dataframe(
            changes.drop(columns=["upload_id", "dataset"]),
            column_config=columns.formats(changes),
            hide_index=True,
            placeholder=UNKNOWN,
            alt="The values this upload changed, before and after.",
        )
        page.download_all(
            f"changes_{upload.upload_id}",
            f"Changes of {upload.upload_id}",
            f"{touched:,} records",
            lambda: session.fetch_all(
                "upload_changes_list", viewer, upload_id=upload.upload_id
            ),
        )


def _undo(upload_id: str) -> None:
    with st.popover("Undo this upload", icon=":material/undo:"):
        st.markdown("This restores every record to what it was before this upload.")
        only_rest = st.checkbox(
            "Keep records that later uploads changed",
            key="undo_only_rest",
            help="If not selected, these records prevent the undo.",
        )
        if st.button(f"Undo {upload_id}", type="primary", key="undo_chosen"):
            try:
                undo(session.store(), upload_id, session.who(), only_rest)
            except (UndoError, StoreError) as error:
                st.error(plain_markdown(error), icon=":material/error:")
                return
            show_after_rerun(f"{upload_id} was undone.")


def _kept(upload: pd.Series) -> None:
    """Draw the downloads of the upload's files."""
    kept = kept_file(session.store(), upload.upload_id)
    for content, label, name, count in (
        (
            kept.content,
            "Original file",
            plain_file_name(upload.file_name),
            upload.rows_read,
        ),
        (
            kept.rejected,
            "Rejected rows",
            f"rejected_{upload.upload_id}.csv",
            upload.rows_rejected,
        ),
    ):
        if content is not None:
            downloads.button(
                label,
                downloads.Export(
                    f"{label.lower()} of {upload.upload_id}",
                    partial(downloads.Taken, content, int(count)),
                ),
                file_name=name,
                mime="application/octet-stream",
                key=f"kept_{label}_{upload.upload_id}",
            )
