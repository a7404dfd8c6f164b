"""Unrecognized values of a file, and the choice of what each means."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from cri_data.importing.problems import UNKNOWN
from cri_data.importing.validation.did_you_mean import known_values, likely_meaning
from cri_data.model.datasets import Column, Dataset, Kind
from cri_data.records import choices
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
    columns = {column.name: column for column, _, _ in values}
    with session.store().cursor() as cursor:
        known = {name: known_values(cursor, column) for name, column in columns.items()}
    names = {name: choices(session.store(), column) for name, column in columns.items()}
    with st.grid(3):
        for column, text, rows in values:
            likely = likely_meaning(text, known[column.name])
            _value(decided, column, text, rows, likely, names[column.name])


def _value(
    decided: Decided,
    column: Column,
    text: str,
    rows: int,
    likely: str | None,
    names: dict[str, str],
) -> None:
    """Draw the choice for one text: of one value, or of several where it is a list."""
    key = f"value_{decided.fix_key}_{column.name}_{text}"
    options = list(names)
    if likely in options:
        options.remove(likely)
        options.insert(0, likely)
    if not column.required:
        options.append(_LEAVE_BLANK)
    is_list = column.kind is Kind.ID_LIST
    taken = decided.recipe.values.get(column.name, {}).get(text)
    # Not by index, because a choice with an initial index can't be cleared.
    st.session_state.setdefault(key, _shown(taken, options, is_list))
    label = f"{plain_markdown(column.name)}: {plain_markdown(text)}" + (
        f" ({count_of(rows, 'row')})" if rows else ""
    )
    draw = st.multiselect if is_list else partial(st.selectbox, index=None)
    draw(
        label,
        options,
        format_func=lambda value: names.get(value, value),
        placeholder=f"Did you mean {names[likely]}?" if likely in names else "Choose",
        key=key,
        on_change=_take_value(decided, column.name, text, key),
    )


def _shown(taken: str | None, options: list[str], is_list: bool) -> list[str] | str | None:
    """What the widget shows of the meaning that was chosen."""
    chosen = [_LEAVE_BLANK] if taken == "" else (taken or "").split(";")
    known = [value for value in chosen if value in options]
    if is_list:
        return known
    return known[0] if known else None


def _take_value(decided: Decided, name: str, text: str, key: str) -> Callable[[], None]:
    def take() -> None:
        chosen = st.session_state[key] or []
        meant = [chosen] if isinstance(chosen, str) else chosen
        values = {
            column: dict(instead) for column, instead in decided.recipe.values.items()
        }
        instead = values.setdefault(name, {})
        if meant:
            instead[text] = ";".join(value for value in meant if value != _LEAVE_BLANK)
        else:
            instead.pop(text, None)
        values = {column: instead for column, instead in values.items() if instead}
        decided.recipe = replace(decided.recipe, values=values)

    return take
