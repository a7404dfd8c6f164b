"""Records page: find, withdraw, redact, and merge single records."""

import streamlit as st

from cri_data.model.datasets import DATASETS
from cri_data.model.roles import Permission, Viewer
from cri_data.records import (
    MOST_FOUND,
    RecordError,
    found_records,
    merge_agencies,
    withdraw,
)
from cri_data.redaction.redact import RedactionError, redact, redactable
from cri_data.store.store import StoreError
from cri_ui.components import page
from cri_ui.components.text import count_of, plain_markdown
from cri_ui.session import session
from cri_ui.views.record_form import show_after_rerun

_REFUSALS = (RecordError, RedactionError, StoreError)


def choose_dataset() -> str:
    """Draw the choice of the dataset. Returns its name."""
    return st.selectbox(
        "Type of record",
        list(DATASETS),
        format_func=str.capitalize,
        key="records_dataset",
        persist_state="session",
    )


def find(dataset: str, what: str = "record", but: str | None = None) -> str | None:
    """Draw the search. Returns the ID of the chosen record, if any."""
    key = f"records_{dataset}_{what}"
    text = st.text_input(
        f"Find the {what} by ID or name",
        key=f"{key}_text",
        placeholder="Enter all or part of it",
    ).strip()
    if not text:
        return None
    found = found_records(session.store(), dataset, text)
    found.pop(but or "", None)
    if not found:
        st.info("No record has that in its ID or name.", icon=":material/search_off:")
        return None
    if len(found) >= MOST_FOUND - 1:
        page.note(f"The first {MOST_FOUND} matches. Type more to narrow the list.")
    return st.selectbox(
        f"Choose the {what}",
        list(found),
        index=0 if len(found) == 1 else None,
        format_func=found.__getitem__,
        placeholder=f"{count_of(len(found), 'record')} found",
        key=f"{key}_found",
    )


def withdraw_record(dataset: str, record_id: str) -> None:
    """Draw the button that withdraws the record."""
    with st.popover("Withdraw this record", icon=":material/delete:"):
        st.markdown(
            "This removes the record from the store. You can undo this in the upload "
            "history."
        )
        if st.button(f"Withdraw {plain_markdown(record_id)}", type="primary"):
            try:
                upload_id = withdraw(session.store(), dataset, record_id, session.who())
            except _REFUSALS as error:
                st.error(plain_markdown(error), icon=":material/error:")
                return
            show_after_rerun(
                f"Withdrawn as {upload_id}. You can undo this in the upload history."
            )


def redact_gone(viewer: Viewer, dataset: str) -> None:
    """Draw the form that redacts a record that is only in the history."""
    if dataset not in redactable() or not viewer.may(Permission.REDACT):
        return
    with st.expander("Withdrawn or undone record", icon=":material/history:"):
        page.note(
            "It is no longer in the store, but the history and the original files still "
            "contain it."
        )
        record_id = st.text_input("Record ID", key=f"records_{dataset}_gone").strip()
        if record_id:
            redact_record(viewer, dataset, record_id)


def redact_record(viewer: Viewer, dataset: str, record_id: str) -> None:
    """Draw the button that permanently deletes the record's free text everywhere."""
    if dataset not in redactable() or not viewer.may(Permission.REDACT):
        return
    with st.popover("Redact free text", icon=":material/ink_eraser:"):
        st.markdown(
            "This deletes the free text of this record from the store, its history, and "
            "the original files. A workbook that contains the text, or that cannot be "
            "searched, is deleted as a whole. **You cannot undo this.** Earlier backups "
            "still contain the text."
        )
        is_sure = st.checkbox("Delete it permanently", key=f"redact_{record_id}")
        is_pressed = st.button(
            f"Redact {plain_markdown(record_id)}",
            type="primary",
            disabled=not is_sure,
            key="redact_chosen",
        )
        # A client can send a click on a disabled button.
        if is_pressed and is_sure:
            try:
                places = redact(session.store(), dataset, record_id, session.who())
            except _REFUSALS as error:
                st.error(plain_markdown(error), icon=":material/error:")
                return
            show_after_rerun(
                f"Redacted: {places}. Delete the backups that still contain it."
            )


def merge_into(dataset: str, record_id: str) -> None:
    """Draw the search for the agency to keep, and the button that merges."""
    if dataset != "agencies":
        return
    with st.expander("Merge with another agency", icon=":material/merge:"):
        page.note(
            "Its requests move to the agency you keep. Files that still use its ID are "
            "matched to that agency."
        )
        kept = find(dataset, "agency to keep", but=record_id)
        if kept and st.button(
            f"Merge {plain_markdown(record_id)} into {plain_markdown(kept)}",
            type="primary",
        ):
            try:
                upload_id = merge_agencies(session.store(), record_id, kept, session.who())
            except _REFUSALS as error:
                st.error(plain_markdown(error), icon=":material/error:")
                return
            show_after_rerun(
                f"Merged as {upload_id}. You can undo this in the upload history."
            )
