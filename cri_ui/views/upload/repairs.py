"""Fixes for the problems of a file, on the page: all of a kind, then one by one."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import streamlit as st

from cri_data.importing.mapping.excluded_rows import repeated_ids
from cri_data.importing.recipe import Recipe
from cri_data.importing.service import ImportResult
from cri_data.importing.validation.bulk_repairs import ClassRepair, class_repairs
from cri_data.model.datasets import Dataset
from cri_data.model.problem_rules import Rule
from cri_ui.components import page
from cri_ui.components.text import count_of, plain_markdown
from cri_ui.session import session
from cri_ui.views.record_search import refers_to_agency
from cri_ui.views.upload.agencies import draw_agencies
from cri_ui.views.upload.cells import draw_cells
from cri_ui.views.upload.excluded_rows import draw_repeated
from cri_ui.views.upload.fixed_rows import draw_fixed
from cri_ui.views.upload.state import Decided, worked_out
from cri_ui.views.upload.values import draw_values, values_to_ask

# Most kinds of problems that get a one-click fix.
_CLASSES = 8

_ORDERS = {"mdy": "Month first", "dmy": "Day first"}


def repairs(decided: Decided, looked: ImportResult) -> None:
    """Draw the fixes that can be made on the page. Each is checked at once."""
    problems = looked.checked.problems
    dataset = looked.prepared.dataset
    dates = _dates_to_ask(decided, problems)
    values = values_to_ask(decided, dataset, problems)
    classes = _class_repairs(decided, looked)
    recipe = decided.recipe
    is_decided = bool(dates or values or classes or recipe.left_out or recipe.repairs)
    if not (is_decided or looked.checked.counts.rejected):
        return
    with st.container(border=True):
        st.header("Fix problems")
        page.note(
            "Each fix is checked right away and saved when you commit the file. The file "
            "itself does not change."
        )
        for column in dates:
            _date_order(decided, column)
        _classes(decided, looked, classes)
        draw_repeated(decided, repeated_ids(problems))
        if values:
            draw_values(decided, values)
        draw_agencies(decided, looked)
        if looked.checked.counts.rejected:
            draw_cells(decided, looked)
        draw_fixed(decided, looked)


def _dates_to_ask(decided: Decided, problems: pd.DataFrame) -> list[str]:
    asked = problems.loc[problems["rule"] == Rule.AMBIGUOUS_DATE, "column"]
    return list(dict.fromkeys([*decided.recipe.date_orders, *asked]))


def _date_order(decided: Decided, column: str) -> None:
    key = f"order_{decided.fix_key}_{column}"

    def take() -> None:
        orders = {**decided.recipe.date_orders, column: st.session_state[key]}
        decided.recipe = replace(decided.recipe, date_orders=orders)

    known = decided.recipe.date_orders.get(column)
    st.radio(
        f"Order of dates in {column}, such as 1/2/2018",
        list(_ORDERS),
        index=list(_ORDERS).index(known) if known else None,
        format_func=_ORDERS.get,
        horizontal=True,
        key=key,
        on_change=take,
    )


def _class_repairs(decided: Decided, looked: ImportResult) -> list[ClassRepair]:
    def work_out() -> list[ClassRepair]:
        with session.store().cursor() as cursor:
            return class_repairs(cursor, looked.prepared, looked.checked, decided.recipe)

    return worked_out(looked, "class_repairs", work_out)


def _classes(decided: Decided, looked: ImportResult, classes: list[ClassRepair]) -> None:
    blank = _blank_in(looked.checked.problems, looked.prepared.dataset)
    if not classes and not blank:
        return
    st.markdown("**Fix many at once.** Each choice applies to all matching cells.")
    with st.container(horizontal=True):
        for place, repair in enumerate(classes[:_CLASSES]):
            st.button(
                plain_markdown(repair.name),
                icon=":material/auto_fix_high:",
                key=f"class_{decided.key}_{place}",
                on_click=_take_recipe(decided, repair.recipe),
            )
    if blank:
        with st.grid(3):
            for name, rows in blank.items():
                _fill(decided, name, rows)


def _take_recipe(decided: Decided, recipe: Recipe) -> Callable[[], None]:
    def take() -> None:
        decided.change(recipe)

    return take


def _blank_in(problems: pd.DataFrame, dataset: Dataset) -> dict[str, int]:
    """Required columns with blank cells, and in how many rows.

    Without the ID column, and without agencies, which are searched for.
    """
    blank = problems.loc[problems["rule"] == Rule.REQUIRED_MISSING, "column"].value_counts()
    filled = {column.name for column in dataset.columns[1:] if not refers_to_agency(column)}
    return {str(name): rows for name, rows in blank.items() if name in filled}


def _fill(decided: Decided, name: str, rows: int) -> None:
    key = f"fill_{decided.key}_{name}"

    def take() -> None:
        text = st.session_state[key].strip()
        if text:
            constants = {**decided.recipe.constants, name: text}
            decided.change(replace(decided.recipe, constants=constants))

    st.text_input(
        f"Fill {name} in {count_of(rows, 'blank row')} with",
        key=key,
        on_change=take,
    )
