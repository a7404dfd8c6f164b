"""The upload history: what came in, what it changed, and the way back."""

import pandas as pd
import streamlit as st

from cri_data.access import Viewer
from cri_data.store import StoreError
from cri_data.upload.undoing import UndoError, undo
from cri_ui import columns, session, ui
from cri_ui.upload_page import WHO
from cri_ui.words import plain_markdown

_CHANGES = 1_000


def choose(uploads: pd.DataFrame) -> pd.Series | None:
    """Draw the uploads, newest first; the one that is chosen."""
    shown = uploads.drop(columns=["file_sha256", "undone_at", "undone_by"])
    event = st.dataframe(
        shown,
        column_config=columns.formats(shown),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="uploads",
        alt="Uploads, newest first. Choose one to see what it changed.",
    )
    ui.download(uploads, "uploads", "Uploads")
    chosen = event.selection.rows
    if not chosen or chosen[0] >= len(uploads):
        ui.note("Choose an upload to see what it changed and to take it back.")
        return None
    return uploads.iloc[chosen[0]]


def show(viewer: Viewer, upload: pd.Series) -> None:
    """Draw one upload: its facts, its changes, and the button that undoes it."""
    with st.container(border=True):
        ui.record(f"Upload {upload.upload_id}", upload)
        if upload.state == "committed":
            _undo(upload.upload_id)
        changes = session.fetch(
            "upload_changes_list",
            viewer,
            upload_id=upload.upload_id,
            row_limit=_CHANGES,
        )
        touched = int(upload.rows_inserted + upload.rows_updated)
        ui.rows_shown(changes["record_id"].nunique(), touched, "record")
        st.dataframe(
            changes.drop(columns=["upload_id", "dataset"]),
            column_config=columns.formats(changes),
            hide_index=True,
            alt="The values that this upload changed, before and after.",
        )
        ui.download_all(
            f"changes_{upload.upload_id}",
            f"Changes of {upload.upload_id}",
            f"{touched:,} records",
            lambda: session.fetch(
                "upload_changes_list", viewer, upload_id=upload.upload_id
            ),
        )


def _undo(upload_id: str) -> None:
    with st.popover("Undo this upload", icon=":material/undo:"):
        st.markdown("Every record goes back to what it was before this upload.")
        if st.button(f"Undo {upload_id}", type="primary", key="undo_chosen"):
            try:
                undo(session.store(), upload_id, WHO)
            except (UndoError, StoreError) as error:
                st.error(plain_markdown(error), icon=":material/error:")
                return
            st.toast(f"{upload_id} is undone.", icon=":material/undo:")
            st.rerun()
