"""The input for one column of a record: a date, a name to choose, or text."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from cri_data.importing.mapping.templates import how_to_write
from cri_data.model.datasets import DATASETS, EARLIEST, LATEST, Column, Dataset, Kind
from cri_data.records import Cells, RecordError, choices, record_cells
from cri_ui.components import columns
from cri_ui.session import session

# The columns of an outcome that are in the unit of its metric.
_MEASURED = ("baseline_value", "followup_value", "target_value")


def draw_input(column: Column, begins: str, key: str, unit: str = "") -> str:
    """Draw the input of a column, which begins with this cell. Returns the cell now."""
    names = choices(session.store(), column)
    label = columns.label_with_unit(column.name, unit)
    if names:
        label = label.removesuffix(" ID")
    meaning = f"{column.description} {how_to_write(column)}"
    if column.kind is Kind.DATE and (not begins or _is_day(begins)):
        return _draw_day(label, begins, key, column.description)
    if names and column.kind is Kind.ID_LIST:
        return _draw_several(label, begins, key, column.description, names)
    if names:
        return _draw_one(label, begins, key, column.description, names)
    return st.text_input(label, value=begins, help=meaning, key=key).strip()


def unit_of(dataset: Dataset, column: Column, cells: Cells) -> str:
    """The unit of a column that depends on the record: that of an outcome's metric."""
    if dataset.name != "outcomes" or column.name not in _MEASURED:
        return ""
    metrics = DATASETS["metrics"]
    try:
        metric = record_cells(session.store(), metrics.name, cells["metric_id"])
    except RecordError:
        return ""
    return metrics.column("unit").code_list.labels.get(metric["unit"], "").lower()


def _is_day(text: str) -> bool:
    try:
        return EARLIEST <= date.fromisoformat(text) <= LATEST
    except ValueError:
        return False


def _draw_day(label: str, begins: str, key: str, meaning: str) -> str:
    day = st.date_input(
        label,
        value=date.fromisoformat(begins) if begins else None,
        # Left alone, Streamlit allows ten years back.
        min_value=EARLIEST,
        max_value=LATEST,
        format="MM/DD/YYYY",
        help=meaning,
        key=key,
    )
    return day.isoformat() if day else ""


def _draw_one(
    label: str, begins: str, key: str, meaning: str, names: Mapping[str, str]
) -> str:
    # Not by index, because a choice with an initial index can't be cleared.
    st.session_state.setdefault(key, begins or None)
    chosen = st.selectbox(
        label,
        _options(names, [begins]),
        index=None,
        format_func=lambda value: names.get(value, value),
        placeholder="Not known",
        help=meaning,
        key=key,
    )
    return chosen or ""


def _draw_several(
    label: str, begins: str, key: str, meaning: str, names: Mapping[str, str]
) -> str:
    given = [part for part in begins.split(";") if part]
    chosen = st.multiselect(
        label,
        _options(names, given),
        default=given,
        format_func=lambda value: names.get(value, value),
        placeholder="None",
        help=meaning,
        key=key,
    )
    return ";".join(chosen)


def _options(names: Mapping[str, str], given: list[str]) -> list[str]:
    """The values to choose from, and those given, even if no longer allowed."""
    return list(dict.fromkeys([*names, *filter(None, given)]))
