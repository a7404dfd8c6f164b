"""The choices reused from the last file with the same headings, and their reset."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

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
            _forget(decided, dataset, before.recipe)


def _forget(decided: Decided, dataset: Dataset, before: Recipe) -> None:
    try:
        forget(session.store(), dataset.name, decided.file.headings, session.who())
    except StoreError as error:
        st.error(plain_markdown(error), icon=":material/error:")
        return
    # Choices made for this file stay.
    now = decided.recipe
    own = now.beyond(before)
    constants = {
        name: text
        for name, text in now.constants.items()
        if before.constants.get(name) != text
    }
    decided.proposal = propose_recipe(session.store(), dataset.name, decided.file)
    recipe = replace(
        now,
        values=own.values,
        date_orders=own.date_orders,
        constants=constants,
        headings=_own(now.headings, before.headings, decided.proposal.recipe.headings),
        lists=_own(now.lists, before.lists, {}),
        as_rows=now.as_rows and not before.as_rows,
        waves=_own(now.waves, before.waves, {}),
        city_state=None if now.city_state == before.city_state else now.city_state,
    )
    decided.change(recipe)
    st.rerun()


def _own(
    now: Mapping[str, Any], before: Mapping[str, Any], proposed: Mapping[str, Any]
) -> dict[str, Any]:
    """What is proposed without the earlier choices, and those made for this file."""
    return {**proposed} | {
        name: chosen for name, chosen in now.items() if before.get(name) != chosen
    }
