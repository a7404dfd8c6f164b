"""Matching page: the chosen partner as a planned engagement, previewed and saved."""

from typing import Any

import pandas as pd
import streamlit as st

from cri_data.importing.service import ImportResult
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
from cri_ui.views.matching_weights import Asked

# The parameter of the address that names the chosen request.
REQUEST = "request"

# The request and partner of the preview that is open.
_CHOICE = "_matching_choice"

_LONGEST_HOURS = 100_000.0


def draw_choice(pair: Any, asked: Asked) -> None:
    """Draw the button that chooses this partner or, once pressed, its engagement."""
    this = (str(pair.request_id), str(pair.partner_id))
    is_chosen = st.session_state.get(_CHOICE) == this
    if not is_chosen:
        st.button(
            f"Choose {plain_markdown(pair.partner_name)}",
            icon=":material/handshake:",
            key=f"choose_{pair.request_id}_{pair.partner_id}",
            on_click=_choose,
            args=(this,),
        )
        return
    st.subheader("New planned engagement")
    _preview(_planned(pair, asked), pair)


def _choose(this: tuple[str, str] | None) -> None:
    st.session_state[_CHOICE] = this


def _planned(pair: Any, asked: Asked) -> PlannedEngagement:
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


def _preview(planned: PlannedEngagement, pair: Any) -> None:
    """Draw the row as it would be stored, its problems, and Save."""
    looked = preview_assignment(session.store(), planned)
    html_table.draw_pairs(
        _in_words(looked, pair), "The new engagement, as it will be stored."
    )
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
            _save(planned, str(pair.partner_name))
        st.button("Cancel", key="matching_cancel", on_click=_choose, args=(None,))


def _in_words(looked: ImportResult, pair: Any) -> dict[str, str]:
    """The row as it would be stored, with names beside IDs."""
    (row,) = looked.prepared.texts.drop_columns(["row"]).to_pylist()
    names = {"lead_partner_id": pair.partner_name, "topic_id": pair.topic_name}
    return {
        columns.label(name).removesuffix(" ID"): plain(cell)
        + (f" ({plain(names[name])})" if name in names else "")
        for name, cell in row.items()
        if cell
    }


def _save(planned: PlannedEngagement, partner_name: str) -> None:
    try:
        done = assign(session.store(), planned, session.who())
    except (RecordError, StoreError) as error:
        st.error(plain_markdown(error), icon=":material/error:")
        return
    st.session_state.pop(_CHOICE, None)
    # The next one is the longest waiting.
    st.query_params.pop(REQUEST, None)
    flash.show_after_rerun(
        f"Saved as {done.upload_id}: {partner_name} for request {planned.request_id}. You "
        "can undo this in the upload history."
    )
