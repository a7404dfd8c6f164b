"""Single records: found, withdrawn, redacted, merged."""

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
from cri_ui.views.record_form import say_and_draw_anew

_REFUSALS = (RecordError, RedactionError, StoreError)


def choose_dataset() -> str:
    """Draw the choice of the dataset; its name."""
    return st.selectbox(
        "What kind of record?",
        list(DATASETS),
        format_func=str.capitalize,
        key="records_dataset",
        persist_state="session",
    )


def find(dataset: str, what: str = "record", but: str | None = None) -> str | None:
    """Draw the search; the id that is chosen, if any."""
    key = f"records_{dataset}_{what}"
    text = st.text_input(
        f"Find the {what}, by id or name",
        key=f"{key}_text",
        placeholder="Part of it is enough",
    ).strip()
    if not text:
        return None
    found = found_records(session.store(), dataset, text)
    found.pop(but or "", None)
    if not found:
        st.info("No record has that in its id or name.", icon=":material/search_off:")
        return None
    if len(found) >= MOST_FOUND - 1:
        page.note(f"The first {MOST_FOUND}. Type more of it to find others.")
    return st.selectbox(
        f"Choose the {what}",
        list(found),
        index=0 if len(found) == 1 else None,
        format_func=found.__getitem__,
        placeholder=f"{count_of(len(found), 'record')} found",
        key=f"{key}_found",
    )


def withdraw_record(dataset: str, record_id: str) -> None:
    """Draw the button that takes the record out of the store."""
    with st.popover("Withdraw this record", icon=":material/delete:"):
        st.markdown(
            "The record leaves the store. The upload history keeps it, and can bring it "
            "back."
        )
        if st.button(f"Withdraw {plain_markdown(record_id)}", type="primary"):
            try:
                upload_id = withdraw(session.store(), dataset, record_id, session.who())
            except _REFUSALS as error:
                st.error(plain_markdown(error), icon=":material/error:")
                return
            say_and_draw_anew(
                f"Withdrawn as {upload_id}. The upload history can bring it back."
            )


def redact_gone(viewer: Viewer, dataset: str) -> None:
    """Draw the way to a record that is in the history alone, to redact it there."""
    if dataset not in redactable() or not viewer.may(Permission.REDACT):
        return
    with st.expander("A record that was withdrawn or undone", icon=":material/history:"):
        page.note(
            "It is not in the store any more, but the history and the files as they came "
            "still tell of it."
        )
        record_id = st.text_input("Its id", key=f"records_{dataset}_gone").strip()
        if record_id:
            redact_record(viewer, dataset, record_id)


def redact_record(viewer: Viewer, dataset: str, record_id: str) -> None:
    """Draw the button that takes the record's free text out everywhere, for ever."""
    if dataset not in redactable() or not viewer.may(Permission.REDACT):
        return
    with st.popover("Redact its free text", icon=":material/ink_eraser:"):
        st.markdown(
            "What a person wrote about this record is taken out everywhere: of the store, "
            "of its history, of the files as they came. A workbook that holds it is let go "
            "whole, and so is one that cannot be searched. "
            "**Nothing brings it back.** Backups made before still hold it."
        )
        is_sure = st.checkbox("It is to go for ever", key=f"redact_{record_id}")
        is_pressed = st.button(
            f"Redact {plain_markdown(record_id)}",
            type="primary",
            disabled=not is_sure,
            key="redact_chosen",
        )
        # That a button cannot be pressed is known to the browser alone.
        if is_pressed and is_sure:
            try:
                places = redact(session.store(), dataset, record_id, session.who())
            except _REFUSALS as error:
                st.error(plain_markdown(error), icon=":material/error:")
                return
            say_and_draw_anew(f"Redacted: {places}. Delete the backups that still hold it.")


def merge_into(dataset: str, record_id: str) -> None:
    """Draw the search for the agency that this one is, and the button that merges."""
    if dataset != "agencies":
        return
    with st.expander("This agency is the same as another one", icon=":material/merge:"):
        page.note(
            "Its requests follow to the other one, and files that still name it find "
            "that one."
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
            say_and_draw_anew(f"Merged as {upload_id}. The upload history can undo it.")
