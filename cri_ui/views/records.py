"""Records page: find, withdraw, redact, and merge single records."""

import pandas as pd
import streamlit as st

from cri_data.model.code_lists import ENGAGEMENT_STATUSES, REQUEST_STATUSES, STATES
from cri_data.model.datasets import AGENCIES, DATASETS
from cri_data.model.roles import Permission, Viewer
from cri_data.records import (
    MOST_FOUND,
    RecordError,
    found_records,
    merge_agencies,
    record_cells,
    requests_of,
    withdraw,
)
from cri_data.redaction.redact import RedactionError, redact, redactable
from cri_data.store.store import StoreError
from cri_ui.components import columns, html_table, page, row_picker
from cri_ui.components.text import UNKNOWN, count_of, plain_markdown
from cri_ui.session import session
from cri_ui.views.record_form import show_after_rerun

_REFUSALS = (RecordError, RedactionError, StoreError)

# By what else the records of a dataset are found.
_FOUND_BY = {
    "requests": "Or by the name of the agency, or words of the summary.",
    "engagements": "Or by the name of the agency, the lead partner, or the site.",
    "outcomes": "Or by the name of the agency or the metric.",
}


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
    """Draw the search and its results as a list. Returns the chosen record's ID, if any."""
    key = f"records_{dataset}_{what}"
    text = st.text_input(
        f"Find the {what} by ID or name",
        key=f"{key}_text",
        placeholder="Enter all or part of it",
        help=_FOUND_BY.get(dataset),
    ).strip()
    if not text:
        return None
    found = _found(dataset, text, but)
    if found.empty:
        st.info(
            "No record has all of these words in its ID or name. Try fewer words, or part "
            "of one.",
            icon=":material/search_off:",
        )
        return None
    id_column = DATASETS[dataset].key
    if len(found) == MOST_FOUND:
        page.note(f"The first {MOST_FOUND} matches. Type more to narrow the list.")
    place = row_picker.chosen_row(
        found, _with_labels, id_column, f"{key}_found", f"{dataset.capitalize()} found."
    )
    if place is None and len(found) == 1:
        # The only match needs no choice.
        place = 0
    return None if place is None else str(found[id_column].iloc[place])


def _found(dataset: str, text: str, but: str | None) -> pd.DataFrame:
    found = found_records(session.store(), dataset, text)
    is_other = found[DATASETS[dataset].key] != but
    return found[is_other].reset_index(drop=True)


def _with_labels(found: pd.DataFrame) -> pd.DataFrame:
    """The records with labels instead of codes."""
    known = {
        column.name: column.codes.labels
        for dataset in DATASETS.values()
        for column in dataset.columns
        if column.codes and column.name in found and column.codes is not STATES
    }
    statuses = {"requests": REQUEST_STATUSES, "engagements": ENGAGEMENT_STATUSES}
    for name, codes in statuses.items():
        if DATASETS[name].key == found.columns[0]:
            known["status"] = codes.labels
    return page.with_labels(found, **known)


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
