"""Records page: withdraw, redact, and merge single records."""

import pandas as pd
import streamlit as st

from cri_data.model.datasets import AGENCIES, DATASETS
from cri_data.model.roles import Permission, Viewer
from cri_data.records import (
    RecordError,
    merge_agencies,
    record_cells,
    requests_of,
    withdraw,
)
from cri_data.redaction.redact import RedactionError, redact, redactable
from cri_data.store.store import StoreError
from cri_ui.components import agency_link, columns, html_table, page
from cri_ui.components.text import UNKNOWN, count_of, plain_markdown
from cri_ui.session import session
from cri_ui.views.duplicates import draw_duplicates
from cri_ui.views.record_form import show_after_rerun
from cri_ui.views.record_search import find

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


def link_to_agency(viewer: Viewer, dataset: str, record_id: str) -> None:
    """Draw a link to the page of the agency that the record is, or is about."""
    try:
        agency_id = record_cells(session.store(), dataset, record_id).get(AGENCIES.key)
    except RecordError:
        # The form says that the record is gone.
        return
    if agency_id:
        agency_link.draw_link(viewer, agency_id)


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
        if kept:
            _compare(record_id, kept)
            _confirm_merge(record_id, kept)


def merge_duplicates(dataset: str) -> None:
    """Draw the agencies that are probably one, to merge them in one step."""
    if dataset == AGENCIES.name:
        draw_duplicates()


def _compare(gone: str, kept: str) -> None:
    """Draw two agencies side by side, and what a merge does to each."""
    store = session.store()
    moving, staying = requests_of(store, gone), requests_of(store, kept)
    before, after = (record_cells(store, "agencies", one) for one in (gone, kept))
    names = [name for name in before if before[name] or after[name]]
    names.sort(key=lambda name: before[name] == after[name])
    rows = [
        (columns.label(name), *(_in_words(name, one[name]) for one in (before, after)))
        for name in names
    ]
    rows.append(("Requests", f"{moving:,}", f"{staying:,}"))
    html_table.draw(
        pd.DataFrame(rows, columns=["", "This agency is removed", "You keep this agency"]),
        "The two agencies side by side. Values that differ come first.",
    )
    st.markdown(
        f"**{count_of(moving, 'request')} {'moves' if moving == 1 else 'move'}** to "
        f"{plain_markdown(after['agency_name'])} ({plain_markdown(kept)}), which then has "
        f"{count_of(moving + staying, 'request')}. Its own values stay as they are."
    )


def _in_words(name: str, cell: str) -> str:
    codes = AGENCIES.column(name).codes
    return (codes.labels.get(cell, cell) if codes else cell) or UNKNOWN


def _confirm_merge(gone: str, kept: str) -> None:
    is_sure = st.checkbox("They are the same agency", key=f"merge_{gone}_{kept}")
    is_pressed = st.button(
        f"Merge {plain_markdown(gone)} into {plain_markdown(kept)}",
        type="primary",
        disabled=not is_sure,
    )
    # A client can send a click on a disabled button.
    if not (is_pressed and is_sure):
        return
    try:
        upload_id = merge_agencies(session.store(), gone, kept, session.who())
    except _REFUSALS as error:
        st.error(plain_markdown(error), icon=":material/error:")
        return
    show_after_rerun(f"Merged as {upload_id}. You can undo this in the upload history.")
