"""Matching page: the chosen partner as a planned engagement, previewed and saved."""

import pandas as pd
import streamlit as st

from cri_data.model.roles import Permission
from cri_data.records import (
    PlannedEngagement,
    RecordError,
    assign,
    preview_assignment,
)
from cri_data.store.rows import table_rows
from cri_data.store.store import StoreError
from cri_ui.components import columns, flash, html_table, page
from cri_ui.components.text import plain, plain_markdown
from cri_ui.session import session
from cri_ui.views.matching import Asked, leave_request

# The request and partner of the preview that is open.
_CHOICE = "_matching_choice"

_LONGEST_HOURS = 100_000.0


def draw_choice(
    request: pd.Series, fits: pd.DataFrame, asked: Asked, pressed: str | None
) -> None:
    """Draw the planned engagement of the chosen partner, and the button that saves it."""
    if not session.viewer().may(Permission.UPLOAD):
        return
    if pressed is not None:
        st.session_state[_CHOICE] = (request.request_id, pressed)
    request_id, partner_id = st.session_state.get(_CHOICE, (None, None))
    pair = fits[fits["partner_id"] == partner_id]
    if request_id != request.request_id or pair.empty:
        return
    with st.container(border=True, key="matching_choice"):
        st.header("New planned engagement")
        planned = _planned(pair.iloc[0], asked)
        _preview(planned, str(pair.iloc[0].partner_name))


def _planned(pair: pd.Series, asked: Asked) -> PlannedEngagement:
    usual = None if pd.isna(pair.hours_usual) else float(pair.hours_usual)
    hours = st.number_input(
        "Planned hours",
        min_value=0.0,
        max_value=_LONGEST_HOURS,
        value=usual,
        step=1.0,
        placeholder="Not known",
        key=f"matching_hours_{pair.request_id}_{pair.partner_id}",
        help="At first, the median hours of engagements in this topic.",
    )
    return PlannedEngagement(
        request_id=str(pair.request_id),
        partner_id=str(pair.partner_id),
        start_on=asked.start_on,
        end_on=asked.end_on,
        topic_id=None if pd.isna(pair.topic_id) else str(pair.topic_id),
        hours=hours,
    )


def _preview(planned: PlannedEngagement, partner_name: str) -> None:
    """Draw the row as it would be stored, its problems, and Save."""
    looked = preview_assignment(session.store(), planned)
    row = looked.prepared.texts.drop_columns(["row"]).to_pylist()[0]
    cells = {columns.label(name): plain(cell) for name, cell in row.items() if cell}
    html_table.draw_pairs(cells, "The new engagement, as it will be stored.")
    for problem in table_rows(looked.checked.problems):
        show = st.error if problem.severity == "error" else st.warning
        show(
            f"{plain_markdown(columns.label(problem.column))}: "
            f"{plain_markdown(problem.message)}"
        )
    page.note(
        "To change the dates, open Weights and planned dates. The request keeps its "
        "status: set it and the assigned date in Records, or with the next file."
    )
    with st.container(horizontal=True):
        if looked.checked.counts.inserted == 1 and st.button(
            "Save the planned engagement",
            type="primary",
            icon=":material/check:",
            key="matching_save",
        ):
            _save(planned, partner_name)
        if st.button("Cancel", key="matching_cancel"):
            st.session_state.pop(_CHOICE, None)
            st.rerun()


def _save(planned: PlannedEngagement, partner_name: str) -> None:
    try:
        done = assign(session.store(), planned, session.who())
    except (RecordError, StoreError) as error:
        st.error(plain_markdown(error), icon=":material/error:")
        return
    st.session_state.pop(_CHOICE, None)
    leave_request()
    flash.show_after_rerun(
        f"Saved as {done.upload_id}: {partner_name} for request {planned.request_id}. You "
        "can undo this in the upload history."
    )
