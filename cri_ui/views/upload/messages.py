"""Messages about a file that changes nothing, and about rejected rows."""

import streamlit as st

from cri_data.importing.service import ImportResult
from cri_data.model.problem_rules import Rule
from cri_ui.components.text import count_of


def draw_nothing_to_do(looked: ImportResult, next_step: str) -> None:
    """Draw why a file changes nothing, and the next step for its rejected rows."""
    counts = looked.checked.counts
    if counts.rejected and counts.unchanged:
        st.warning(
            f"{_are_stored(looked)}. {_have_problems(counts.rejected_rows)}. {next_step}",
            icon=":material/warning:",
        )
    elif counts.rejected:
        st.error(
            f"No row of this file can be loaded yet. {next_step}", icon=":material/error:"
        )
    elif counts.unchanged:
        st.success(
            f"Nothing to do: all {count_of(counts.unchanged, record(looked))} of this file "
            "are already stored with the same values.",
            icon=":material/done_all:",
        )
    else:
        st.info(_why_nothing_to_load(looked), icon=":material/draft:")


def fix_below(looked: ImportResult) -> str:
    """The next step for the rejected rows of a preview."""
    rejected = looked.checked.counts.rejected_rows
    if len(looked.prepared.file.faults) == rejected:
        # A row with a broken structure has no cells to edit.
        return download_and_correct(looked)
    them = "it" if rejected == 1 else "them"
    return f"Fix {them} below, then commit."


def download_and_correct(looked: ImportResult) -> str:
    """The next step for rejected rows that can't be edited on the page."""
    rejected = looked.checked.counts.rejected_rows
    return (
        f"Download {count_of(rejected, 'rejected row')} below, correct "
        f"{'it' if rejected == 1 else 'them'}, and upload that file."
    )


def draw_rejected_after_commit(done: ImportResult) -> None:
    """Draw, after a commit, the next step for its rejected rows."""
    rejected = done.checked.counts.rejected_rows
    if rejected:
        st.warning(
            f"{_have_problems(rejected)}. {download_and_correct(done)}",
            icon=":material/warning:",
        )


def _why_nothing_to_load(looked: ImportResult) -> str:
    rules = {row.rule for row in looked.prepared.left_out}
    if rules == {Rule.EXAMPLE_ROW}:
        return (
            "This file contains only the example row of the template, which is not "
            "loaded. Replace it with your rows and upload the file again."
        )
    return "Every row of this file is excluded. There is nothing to load."


def record(looked: ImportResult) -> str:
    """What the counts of a file count: its rows, or the outcomes that they hold."""
    return looked.prepared.dataset.row_is if looked.prepared.shaped else "row"


def _are_stored(looked: ImportResult) -> str:
    number = looked.checked.counts.unchanged
    are = "is" if number == 1 else "are"
    return f"{count_of(number, record(looked))} {are} already stored"


def _have_problems(rows: int) -> str:
    return f"{count_of(rows, 'row')} still {'has' if rows == 1 else 'have'} problems"
