"""Rows to exclude: all but one of a repeated ID, or any rejected row."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import streamlit as st

from cri_data.importing.mapping.excluded_rows import RepeatedId, recipe_excluding
from cri_ui.components import page
from cri_ui.components.text import count_of, plain_markdown
from cri_ui.views.upload.state import Decided

# Most repeated IDs shown at a time, and most rows of each.
_IDS, _ROWS = 20, 10


def draw_repeated(decided: Decided, repeated: list[RepeatedId]) -> None:
    """Draw the choice of the row to keep for each repeated ID."""
    if not repeated:
        return
    st.markdown("**Same ID in several rows.** Keep one; the others are excluded.")
    for place, one in enumerate(repeated[:_IDS]):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain_markdown(one.record_id), width="content")
            for row in one.rows[:_ROWS]:
                st.button(
                    f"Keep row {row:,}",
                    key=f"keep_{decided.key}_{place}_{row}",
                    on_click=_leave_out(decided, set(one.rows) - {row}),
                )
    if len(repeated) > _IDS:
        page.note(f"The first {_IDS} of {count_of(len(repeated), 'repeated ID')}.")


def draw_leave_out(decided: Decided, row: int) -> None:
    """Draw the button that excludes one rejected row."""
    st.button(
        f"Exclude row {row:,}",
        icon=":material/playlist_remove:",
        key=f"leave_out_{decided.key}_{row}",
        on_click=_leave_out(decided, {row}),
    )


def draw_take_back(decided: Decided) -> None:
    """Draw the button that restores all excluded rows."""
    rows = len(decided.recipe.left_out)
    if rows and st.button(f"Restore {count_of(rows, 'excluded row')}", key="bring_back"):
        decided.change(replace(decided.recipe, left_out=()))
        st.rerun()


def _leave_out(decided: Decided, rows: Iterable[int]) -> Callable[[], None]:
    def leave_out() -> None:
        decided.recipe = recipe_excluding(decided.recipe, rows)

    return leave_out
