"""Single records: found, corrected, withdrawn, merged."""

import pandas as pd
import streamlit as st

from cri_data.access import Permission, Viewer
from cri_data.redaction import RedactionError, redact, redactable
from cri_data.schema import DATASETS
from cri_data.store import StoreError
from cri_data.upload.loading import Loading
from cri_data.upload.records import (
    MOST_FOUND,
    RecordError,
    correct,
    found_records,
    look_at_correction,
    merge_agencies,
    record_cells,
    withdraw,
)
from cri_data.upload.templates import how_to_write
from cri_ui import columns, session, ui
from cri_ui.saying import say_and_draw_anew
from cri_ui.words import count_of, plain_markdown

_REFUSALS = (RecordError, RedactionError, StoreError)

# What a record's inputs are keyed by, so that a change draws them anew.
_VERSION = "_records_version"


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
        ui.note(f"The first {MOST_FOUND}. Type more of it to find others.")
    return st.selectbox(
        f"Choose the {what}",
        list(found),
        index=0 if len(found) == 1 else None,
        format_func=found.get,
        placeholder=f"{count_of(len(found), 'record')} found",
        key=f"{key}_found",
    )


def correct_record(dataset: str, record_id: str) -> None:
    """Draw the record as inputs; see what a change would do, and save it."""
    try:
        cells = record_cells(session.store(), dataset, record_id)
    except _REFUSALS as error:
        st.error(plain_markdown(error), icon=":material/error:")
        st.stop()
    with st.container(border=True):
        st.header(f"Correct {plain_markdown(record_id)}")
        ui.note("What you make blank is erased.")
        typed = _inputs(dataset, record_id, cells)
        if typed == cells:
            return
        looked = look_at_correction(session.store(), dataset, typed)
        _show(looked)
        if looked.checked.counts.changes_something and st.button(
            "Save", type="primary", icon=":material/check:", key="records_save"
        ):
            _save(dataset, typed)


def _inputs(dataset: str, record_id: str, cells: dict[str, str]) -> dict[str, str]:
    described = DATASETS[dataset]
    version = st.session_state.get(_VERSION, 0)
    typed = {described.key: record_id}
    with st.grid(3):
        for column in described.columns[1:]:
            typed[column.name] = st.text_input(
                columns.label(column.name),
                value=cells[column.name],
                help=f"{column.description} {how_to_write(column)}",
                key=f"record_{dataset}_{record_id}_{version}_{column.name}",
            ).strip()
    return typed


def _show(looked: Loading) -> None:
    """What is wrong with the change, or what it changes."""
    problems = looked.checked.problems
    for problem in problems.itertuples():
        show = st.error if problem.severity == "error" else st.warning
        show(f"{plain_markdown(problem.column)}: {plain_markdown(problem.message)}")
    differences = looked.checked.differences
    if not differences.empty:
        ui.grid(
            differences[["column", "before", "after"]].astype(pd.StringDtype()),
            "What the correction changes: column, before, after.",
        )


def _save(dataset: str, typed: dict[str, str]) -> None:
    try:
        done = correct(session.store(), dataset, typed, session.who())
    except _REFUSALS as error:
        st.error(plain_markdown(error), icon=":material/error:")
        return
    _say_and_draw_anew(f"Saved as {done.upload_id}. The upload history can undo it.")


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
            _say_and_draw_anew(
                f"Withdrawn as {upload_id}. The upload history can bring it back."
            )


def redact_gone(viewer: Viewer, dataset: str) -> None:
    """Draw the way to a record that is in the history alone, to redact it there."""
    if dataset not in redactable() or not viewer.may(Permission.REDACT):
        return
    with st.expander("A record that was withdrawn or undone", icon=":material/history:"):
        ui.note(
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
            "of its history, of the files as they came. A workbook is let go whole. "
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
            _say_and_draw_anew(
                f"Redacted: {places}. Delete the backups that still hold it."
            )


def merge_into(dataset: str, record_id: str) -> None:
    """Draw the search for the agency that this one is, and the button that merges."""
    if dataset != "agencies":
        return
    with st.expander("This agency is the same as another one", icon=":material/merge:"):
        ui.note(
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
            _say_and_draw_anew(f"Merged as {upload_id}. The upload history can undo it.")


def _say_and_draw_anew(said: str) -> None:
    st.session_state[_VERSION] = st.session_state.get(_VERSION, 0) + 1
    say_and_draw_anew(said)
