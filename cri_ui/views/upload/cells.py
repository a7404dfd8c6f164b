"""Rejected rows to correct on the page: in a grid, or one row at a time."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from cri_data.importing.commit.rejected_rows import rejected_rows
from cri_data.importing.mapping.headings import REJECT_COLUMNS
from cri_data.importing.service import ImportResult
from cri_data.model.datasets import Column
from cri_ui.components import drawings, page
from cri_ui.components.text import plain_markdown
from cri_ui.views.record_search import draw_agency, refers_to_agency
from cri_ui.views.upload.excluded_rows import draw_leave_out
from cri_ui.views.upload.state import Decided

# Most rows to correct on the page. If there are more, correct the file.
_ROWS = 200

_ROW_HEIGHT = 76
# The width of a column that fits on a phone, in pixels.
_NARROW = 240

# The column with what people know a row by.
_NAME = "row_name"


def draw_cells(decided: Decided, looked: ImportResult) -> None:
    """Draw the rejected rows as a grid, and apply the edits."""
    file = looked.prepared.file
    # A row with a broken structure has no cells to edit.
    rows = rejected_rows(file, looked.checked, _ROWS, whole=True)
    rows = _with_repairs(rows, decided)
    rows[_NAME] = [file.row_name(row) for row in rows["row"]]
    if rows.empty:
        return
    st.markdown("**Rejected rows.** Edit the cells that are wrong.")
    settled = sum(len(cells) for cells in decided.recipe.repairs.values())
    left_out = len(decided.recipe.left_out)
    edited = st.data_editor(
        rows,
        column_config={
            _NAME: st.column_config.TextColumn("Row", pinned=True),
            "problems": st.column_config.TextColumn(
                "Problems", width=_NARROW if drawings.is_phone() else "large"
            ),
            **{
                str(place): st.column_config.TextColumn(heading or f"Column {place + 1}")
                for place, heading in enumerate(file.headings)
            },
        },
        column_order=[_NAME, "problems", *_places(rows)],
        disabled=[_NAME, *REJECT_COLUMNS],
        hide_index=True,
        num_rows="fixed",
        # High enough for several lines.
        row_height=_ROW_HEIGHT,
        # Each change needs a new editor, because the rows differ.
        key=f"repair_{decided.key}_{settled}_{left_out}_{len(rows)}",
    )
    page.rows_shown(len(rows), looked.checked.counts.rejected_rows, "rejected row")
    _take_cells(decided, rows, edited)
    _one_row(decided, looked, rows)


def _one_row(decided: Decided, looked: ImportResult, rows: pd.DataFrame) -> None:
    """Draw one rejected row as a form, for keyboards and screen readers."""
    with st.expander("One row at a time", icon=":material/edit:"):
        number = st.selectbox(
            "Rejected row",
            list(rows["row"]),
            format_func=lambda row: (
                f"{decided.file.row_name(row)}: "
                f"{rows.loc[rows['row'] == row, 'problems'].iloc[0]}"
            ),
            key=f"repair_row_{decided.key}",
        )
        before = rows[rows["row"] == number].iloc[0]
        # On a narrow screen, the list above cuts off this text.
        st.markdown(plain_markdown(before["problems"]))
        typed = before.to_dict()
        agencies = _agency_cells(looked)
        for place, column in agencies.items():
            # Not in the form, where a search has no results before the form is sent.
            key = f"repair_{decided.key}_{number}_{place}"
            typed[place] = draw_agency(column, before[place], key)
        with st.form(f"repair_form_{decided.key}_{number}"):
            with st.grid(3):
                for place in _places(rows):
                    if place in agencies:
                        continue
                    heading = decided.file.headings[int(place)]
                    typed[place] = st.text_input(
                        plain_markdown(heading) or f"Column {int(place) + 1}",
                        value=before[place],
                        key=f"repair_{decided.key}_{number}_{place}",
                    )
            if st.form_submit_button("Apply"):
                _take_cells(decided, before.to_frame().T, pd.DataFrame([typed]))
        draw_leave_out(decided, int(number))


def _agency_cells(looked: ImportResult) -> dict[str, Column]:
    """The positions of the cells that refer to agencies, as text, with their columns."""
    places = looked.prepared.matching.columns
    return {
        str(places[column.name]): column
        for column in looked.prepared.dataset.columns
        if refers_to_agency(column) and column.name in places
    }


def _places(rows: pd.DataFrame) -> list[str]:
    """The columns of the file itself, which are named by position."""
    return [str(name) for name in rows if name not in (*REJECT_COLUMNS, _NAME)]


def _with_repairs(rows: pd.DataFrame, decided: Decided) -> pd.DataFrame:
    """The rows with the edits so far, and columns named by position, as text."""
    rows = rows.rename(columns=str)
    for row in rows["row"]:
        for heading, text in decided.recipe.repairs.get(int(row), {}).items():
            place = str(decided.file.headings.index(heading))
            rows.loc[rows["row"] == row, place] = text
    return rows


def _take_cells(decided: Decided, rows: pd.DataFrame, edited: pd.DataFrame) -> None:
    repairs = {row: dict(cells) for row, cells in decided.recipe.repairs.items()}
    edited = edited.set_axis(rows.index)
    typed = edited.fillna("") != rows
    numbers = rows["row"].astype(int)
    for place in _places(rows):
        for index in rows.index[typed[place]]:
            heading = decided.file.headings[int(place)]
            row, text = int(numbers[index]), edited[place][index]
            repairs.setdefault(row, {})[heading] = str(text or "")
    if typed.to_numpy().any():
        decided.recipe = replace(decided.recipe, repairs=repairs)
        st.rerun()
