"""The choices reused from the last file with the same headings, and their reset."""

from dataclasses import replace

import streamlit as st

from cri_data.importing.mapping.saved_recipes import forget
from cri_data.importing.mapping.suggestions import propose_recipe
from cri_data.importing.recipe import Recipe
from cri_data.model.datasets import Dataset
from cri_data.store.store import StoreError
from cri_ui.components.text import moment, plain_markdown
from cri_ui.session import session
from cri_ui.views.upload.state import Decided


def draw_saved_choices(decided: Decided, dataset: Dataset) -> None:
    """Draw where the current choices come from, with a button that resets them."""
    before = decided.proposal.saved
    if before is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.info(
            "Using the choices made for the last similar file "
            f"({plain_markdown(before.decided_by)}, {moment(before.decided_at)}).",
            icon=":material/history_edu:",
        )
        if st.button("Reset", key="forget_recipe"):
            _forget(decided, dataset.name, before.recipe)


def _forget(decided: Decided, dataset_name: str, before: Recipe) -> None:
    try:
        forget(session.store(), dataset_name, decided.file.headings, session.who())
    except StoreError as error:
        st.error(plain_markdown(error), icon=":material/error:")
        return
    _empty_choices(decided, before)
    # Choices made for this file stay.
    own = decided.recipe.beyond(before)
    decided.proposal = propose_recipe(session.store(), dataset_name, decided.file)
    decided.recipe = replace(
        own,
        read_options=decided.recipe.read_options,
        headings=decided.proposal.recipe.headings,
    )
    st.rerun()


def _empty_choices(decided: Decided, before: Recipe) -> None:
    """Reset the widgets that still show a saved choice."""
    key, state = decided.key, st.session_state
    shown = {
        f"heading_{key}_{place}": heading.column
        for place, heading in enumerate(decided.proposal.headings)
    }
    for column, text in before.constants.items():
        shown[f"constant_{key}_{column}"] = text
    for column, instead in before.values.items():
        for text in instead:
            # Its widget is reset in any case, because the recipe has the value.
            shown[f"value_{key}_{column}_{text}"] = state.get(
                f"value_{key}_{column}_{text}"
            )
    for column, order in before.date_orders.items():
        shown[f"order_{key}_{column}"] = order
    constants = state.get(f"constants_{key}", [])
    for name, value in shown.items():
        if name in state and state[name] == value:
            del state[name]
    kept = [name for name in constants if f"constant_{key}_{name}" in state]
    state[f"constants_{key}"] = kept
