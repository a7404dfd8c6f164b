"""Rows that were corrected or excluded on the page, and how to take that back."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from cri_data.importing.recipe import Recipe
from cri_data.importing.service import ImportResult
from cri_data.model.problem_rules import Severity
from cri_ui.components import page
from cri_ui.components.text import count_of, plain_markdown
from cri_ui.views.upload.state import Decided

# Most rows shown. Those that still have problems come first.
_ROWS = 20


def cells_of_rows(decided: Decided, rows: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The cells of these rows as they are now: with the corrections of the page."""
    found = _cells_of_file(decided, rows)
    places = {heading: place for place, heading in enumerate(decided.file.headings)}
    for row, cells in found.items():
        for heading, text in decided.recipe.repairs.get(row, {}).items():
            cells[places[heading]] = text
    return {row: tuple(cells) for row, cells in found.items()}


def _cells_of_file(decided: Decided, rows: Iterable[int]) -> dict[int, list[str]]:
    """The cells of these rows as they are in the file."""
    table = decided.file.rows
    wanted = pa.array(sorted(set(rows)), pa.int64())
    found = table.filter(pc.is_in(table["row"], value_set=wanted))
    names = [f"c{place}" for place in range(len(decided.file.headings))]
    return {line["row"]: [line[name] or "" for name in names] for line in found.to_pylist()}


def draw_fixed(decided: Decided, looked: ImportResult) -> None:
    """Draw every row that was corrected or excluded, each with the way back."""
    recipe = decided.recipe
    if not recipe.repairs and not recipe.left_out:
        return
    problems = looked.checked.problems
    rejected = set(problems.loc[problems["severity"] == Severity.ERROR, "row"])
    fixed, excluded = len(recipe.repairs), len(recipe.left_out)
    still = len(rejected & recipe.repairs.keys())
    said = [count_of(fixed, "fixed row")] if fixed else []
    said += [count_of(excluded, "excluded row")] if excluded else []
    st.markdown(
        f"**{' and '.join(said).capitalize()}.** "
        + (
            f"{count_of(still, 'of them still has', 'of them still have')} problems."
            if still
            else ""
        )
    )
    _draw_rows(decided, rejected)
    with st.container(horizontal=True):
        edits = sum(map(len, recipe.repairs.values()))
        if edits:
            st.button(
                f"Undo {count_of(edits, 'edit')}",
                key=f"forget_repairs_{decided.key}",
                on_click=_take(decided, lambda now: replace(now, repairs={})),
            )
        if excluded:
            st.button(
                f"Restore {count_of(excluded, 'excluded row')}",
                key=f"bring_back_{decided.key}",
                on_click=_take(decided, lambda now: replace(now, left_out=())),
            )


def _draw_rows(decided: Decided, rejected: Collection[int]) -> None:
    recipe = decided.recipe
    rows = sorted({*recipe.repairs, *recipe.left_out}, key=lambda r: (r not in rejected, r))
    shown = rows[:_ROWS]
    cells = _cells_of_file(decided, shown)
    for row in shown:
        if row not in cells:
            continue
        name = plain_markdown(decided.file.row_name(row))
        with st.container(horizontal=True, vertical_alignment="center"):
            if row in recipe.left_out:
                st.badge("Excluded", icon=":material/playlist_remove:", color="gray")
                text, back = f"Row {name}", "Restore"
            else:
                _draw_state(row in rejected)
                text, back = _edits(decided, row, cells[row]), "Undo"
            st.markdown(text, width="stretch")
            st.button(
                f"{back} row {name}",
                type="tertiary",
                key=f"take_back_{decided.key}_{row}",
                on_click=_take(decided, partial(_without, row=row)),
            )
    if len(rows) > len(shown):
        page.note(f"The first {len(shown)} of {count_of(len(rows), 'row')}.")


def _draw_state(is_rejected: bool) -> None:
    if is_rejected:
        st.badge("Still rejected", icon=":material/error:", color="red")
    else:
        st.badge("Fixed", icon=":material/check:", color="green")


def _edits(decided: Decided, row: int, before: list[str]) -> str:
    """The edits of one row in words."""
    edits: Mapping[str, str] = decided.recipe.repairs[row]
    said = [
        f"{plain_markdown(heading)}: "
        f"{_quoted(before[decided.file.headings.index(heading)])} → {_quoted(text)}"
        for heading, text in edits.items()
    ]
    return f"Row {plain_markdown(decided.file.row_name(row))} · " + "; ".join(said)


def _quoted(text: str) -> str:
    return f"“{plain_markdown(text)}”" if text else "blank"


def _without(recipe: Recipe, row: int) -> Recipe:
    """The recipe without the corrections or the exclusion of one row."""
    repairs = {other: cells for other, cells in recipe.repairs.items() if other != row}
    left_out = tuple(other for other in recipe.left_out if other != row)
    return replace(recipe, repairs=repairs, left_out=left_out)


def _take(decided: Decided, change: Callable[[Recipe], Recipe]) -> Callable[[], None]:
    return lambda: decided.change(change(decided.recipe))
