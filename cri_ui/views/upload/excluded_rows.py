"""Rows to exclude: all but one of a repeated ID, or any rejected row."""

from collections.abc import Callable, Iterable

import pandas as pd
import streamlit as st

from cri_data.importing.mapping.excluded_rows import RepeatedId, recipe_excluding
from cri_data.reading import FileRead
from cri_ui.components import html_table, page
from cri_ui.components.text import count_of, plain_markdown
from cri_ui.views.upload.fixed_rows import cells_of_rows
from cri_ui.views.upload.state import Decided

# Most repeated IDs shown at a time, and most rows of each.
_IDS, _ROWS = 20, 10


def draw_repeated(decided: Decided, repeated: list[RepeatedId]) -> None:
    """Draw the rows of each repeated ID side by side, and the choice of the one to keep."""
    if not repeated:
        return
    st.markdown(
        "**Same ID in several rows.** Keep one; the others are excluded. If they are "
        "different records, correct the ID of one of them under Rejected rows."
    )
    shown = repeated[:_IDS]
    cells = cells_of_rows(decided, [row for one in shown for row in one.rows[:_ROWS]])
    for place, one in enumerate(shown):
        with st.container(border=True):
            st.markdown(f"**{plain_markdown(one.record_id)}**")
            rows = one.rows[:_ROWS]
            _draw_beside(decided.file, {row: cells[row] for row in rows})
            with st.container(horizontal=True):
                for row in rows:
                    st.button(
                        f"Keep row {plain_markdown(decided.file.row_name(row))}",
                        key=f"keep_{decided.key}_{place}_{row}",
                        on_click=_leave_out(decided, set(one.rows) - {row}),
                    )
    if len(repeated) > _IDS:
        page.note(f"The first {_IDS} of {count_of(len(repeated), 'repeated ID')}.")


def _draw_beside(file: FileRead, rows: dict[int, tuple[str, ...]]) -> None:
    """Draw rows of the file as columns. Cells that differ come first."""
    lines = [
        (len(set(cells)) == 1, heading, cells)
        for heading, *cells in zip(file.headings, *rows.values(), strict=True)
        if any(cells)
    ]
    lines.sort(key=lambda line: line[0])
    table = {
        "Heading": [
            heading if is_same else f"{heading} (differs)" for is_same, heading, _ in lines
        ],
        **{
            f"Row {file.row_name(row)}": [cells[place] for _, _, cells in lines]
            for place, row in enumerate(rows)
        },
    }
    html_table.draw(pd.DataFrame(table), "The rows with this ID, side by side.")


def draw_leave_out(decided: Decided, row: int) -> None:
    """Draw the button that excludes one rejected row."""
    st.button(
        f"Exclude row {plain_markdown(decided.file.row_name(row))}",
        icon=":material/playlist_remove:",
        key=f"leave_out_{decided.key}_{row}",
        on_click=_leave_out(decided, {row}),
    )


def _leave_out(decided: Decided, rows: Iterable[int]) -> Callable[[], None]:
    def leave_out() -> None:
        decided.recipe = recipe_excluding(decided.recipe, rows)

    return leave_out
