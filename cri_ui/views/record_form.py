"""The form that corrects one record, with a preview and a check for others' changes."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from cri_data.importing.service import ImportResult
from cri_data.model.datasets import DATASETS
from cri_data.model.problem_rules import COUNTS_AS_BLANK
from cri_data.records import (
    Cells,
    RecordError,
    correct,
    preview_correction,
    record_cells,
    unreadable_cells,
)
from cri_data.store.rows import table_rows
from cri_data.store.store import StoreError
from cri_ui.components import columns, flash, page
from cri_ui.components.text import plain_markdown
from cri_ui.session import session
from cri_ui.views.record_inputs import draw_input, unit_of
from cri_ui.views.record_search import draw_agency, refers_to_agency

_REFUSALS = (RecordError, StoreError)

# The current form, and the number of forms so far, which is part of its inputs' keys.
_FORM = "_records_form"
_VERSION = "_records_version"


@dataclass(frozen=True)
class _Form:
    """A record as it was when its form was drawn, and the form's initial values."""

    dataset: str
    record_id: str
    version: int
    seen: Cells
    begins: Cells


def correct_record(dataset: str, record_id: str) -> None:
    """Draw the record as a form, with a preview of the change and the Save button."""
    try:
        stored = record_cells(session.store(), dataset, record_id)
    except _REFUSALS as error:
        st.error(plain_markdown(error), icon=":material/error:")
        st.stop()
    form = _form(dataset, record_id, stored)
    with st.container(border=True):
        st.header(f"Correct {plain_markdown(record_id)}")
        page.note("Clearing a field deletes its value.")
        changed = _changed(form)
        if stored != form.seen:
            _show_others_changes(form, stored, changed)
        elif changed:
            _look_and_save(form, changed)


def close_form() -> None:
    """Discard the form. The next one has inputs of its own, which begin anew.

    A browser can report an input that was away as empty, which would delete its value.
    """
    st.session_state.pop(_FORM, None)


def show_after_rerun(text: str) -> None:
    """Discard the form, and draw the page again with a message."""
    close_form()
    flash.show_after_rerun(text)


def _form(dataset: str, record_id: str, stored: Cells) -> _Form:
    """The form of this record: the current one, or a new one."""
    form = st.session_state.get(_FORM)
    if form is None or (form.dataset, form.record_id) != (dataset, record_id):
        form = _new_form(dataset, record_id, stored, stored)
    return form


def _new_form(dataset: str, record_id: str, seen: Cells, begins: Cells) -> _Form:
    version = st.session_state.get(_VERSION, 0) + 1
    form = _Form(dataset, record_id, version, seen, begins)
    st.session_state[_VERSION], st.session_state[_FORM] = version, form
    return form


def _changed(form: _Form) -> Cells:
    """Draw the inputs. Returns the cells that differ from the record as seen."""
    dataset = DATASETS[form.dataset]
    typed: Cells = {}
    own = dataset.columns[1:]
    for column in filter(refers_to_agency, own):
        key = f"record_{form.version}_{column.name}"
        typed[column.name] = draw_agency(column, form.begins[column.name], key)
    with st.grid(3):
        for column in own:
            if column.name in typed:
                continue
            unit = unit_of(dataset, column, form.begins | typed)
            key = f"record_{form.version}_{column.name}"
            typed[column.name] = draw_input(column, form.begins[column.name], key, unit)
    return {name: text for name, text in typed.items() if text != form.seen[name].strip()}


def _show_others_changes(form: _Form, stored: Cells, changed: Cells) -> None:
    """Draw what someone else changed in the meantime, before anything is saved."""
    now = {name: cell for name, cell in stored.items() if cell != form.seen[name]}
    if changed:
        theirs = "; ".join(
            f"{columns.label(name)} is now {f'“{cell}”' if cell else 'blank'}"
            for name, cell in now.items()
        )
        st.warning(
            f"Someone else changed this record: {plain_markdown(theirs)}. Your changes are "
            "not saved yet.",
            icon=":material/group:",
        )
        if not st.button("Load the current values and keep my edits"):
            return
    _new_form(form.dataset, form.record_id, stored, stored | changed)
    st.rerun()


def _look_and_save(form: _Form, changed: Cells) -> None:
    looked = preview_correction(session.store(), form.dataset, form.seen, changed)
    unreadable = unreadable_cells(looked, changed)
    _show(looked, unreadable)
    if unreadable:
        return
    if looked.checked.counts.changes_something and st.button(
        "Save", type="primary", icon=":material/check:", key="records_save"
    ):
        _save(form, changed)


def _show(looked: ImportResult, unreadable: list[str]) -> None:
    """Draw the problems with the change, and its differences."""
    problems = looked.checked.problems
    for problem in table_rows(problems):
        is_error = problem.severity == "error" or problem.column in unreadable
        message = problem.message.replace(COUNTS_AS_BLANK, "")
        show = st.error if is_error else st.warning
        show(f"{plain_markdown(columns.label(problem.column))}: {plain_markdown(message)}")
    differences = looked.checked.differences
    if not differences.empty and not unreadable:
        page.grid(
            differences[["column", "before", "after"]].astype(pd.StringDtype()),
            "Changes by column, before and after.",
        )


def _save(form: _Form, changed: Cells) -> None:
    try:
        done = correct(session.store(), form.dataset, form.seen, changed, session.who())
    except _REFUSALS as error:
        st.error(plain_markdown(error), icon=":material/error:")
        return
    show_after_rerun(f"Saved as {done.upload_id}. You can undo this in the upload history.")
