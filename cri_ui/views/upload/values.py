"""Unrecognized values of a file, and the choice of what each means."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import streamlit as st

from cri_data.importing.problems import UNKNOWN
from cri_data.importing.validation.did_you_mean import known_values, likely_meaning
from cri_data.model.datasets import Column, Dataset
from cri_ui.components.text import count_of, plain_markdown
from cri_ui.session import session
from cri_ui.views.upload.state import Decided

# Most values to correct on the page. If there are more, correct the file.
_VALUES = 40

_LEAVE_BLANK = "(blank)"


def values_to_ask(
    decided: Decided, dataset: Dataset, problems: pd.DataFrame
) -> list[tuple[Column, str, int]]:
    """(column, text, rows) of each text that is unknown or has a choice."""
    by_column = {column.name: column for column in dataset.columns}
    unknown = problems[problems["rule"].isin(UNKNOWN)]
    counted = unknown.groupby(["column", "value"]).size().sort_values(ascending=False)
    asked = {
        (name, text): 0
        for name, instead in decided.recipe.values.items()
        for text in instead
    }
    for (name, text), rows in zip(counted.index.to_flat_index(), counted, strict=True):
        asked[name, text] = int(rows)
    return [
        (by_column[name], text, rows)
        for (name, text), rows in list(asked.items())[:_VALUES]
        if by_column[name].refers_to != "agencies"
    ]


def draw_values(decided: Decided, values: list[tuple[Column, str, int]]) -> None:
    """Draw the choice of a meaning for each text."""
    st.markdown("**Unrecognized values.** Choose what each one means.")
    with session.store().cursor() as cursor:
        known = {column.name: known_values(cursor, column) for column, _, _ in values}
    with st.grid(3):
        for column, text, rows in values:
            _value(decided, column, text, rows, known[column.name])


def _value(
    decided: Decided, column: Column, text: str, rows: int, known: dict[str, str]
) -> None:
    key = f"value_{decided.key}_{column.name}_{text}"
    taken = decided.recipe.values.get(column.name, {}).get(text)
    options = list(dict.fromkeys(known.values()))
    likely = likely_meaning(text, known)
    if likely:
        options.remove(likely)
        options.insert(0, likely)
    if not column.required:
        options.append(_LEAVE_BLANK)
    shown = _LEAVE_BLANK if taken == "" else taken
    # Not by index, because a choice with an initial index can't be cleared.
    st.session_state.setdefault(key, shown if shown in options else None)
    st.selectbox(
        f"{plain_markdown(column.name)}: {plain_markdown(text)}"
        + (f" ({count_of(rows, 'row')})" if rows else ""),
        options,
        index=None,
        placeholder=f"Did you mean {likely}?" if likely else "Choose",
        key=key,
        on_change=_take_value(decided, column.name, text, key),
    )


def _take_value(decided: Decided, name: str, text: str, key: str) -> Callable[[], None]:
    def take() -> None:
        chosen = st.session_state[key]
        values = {
            column: dict(instead) for column, instead in decided.recipe.values.items()
        }
        instead = values.setdefault(name, {})
        if chosen is None:
            instead.pop(text, None)
        else:
            instead[text] = "" if chosen == _LEAVE_BLANK else chosen
        values = {column: instead for column, instead in values.items() if instead}
        decided.recipe = replace(decided.recipe, values=values)

    return take
