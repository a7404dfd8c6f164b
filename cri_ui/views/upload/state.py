"""What is decided about the file on the Upload page, kept while the session lasts."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.mapping.suggestions import Proposal
from cri_data.importing.recipe import Recipe
from cri_data.importing.service import ImportResult
from cri_data.reading import FileRead
from cri_ui.components.text import count_of, plain_markdown

_DECIDED = "_upload_decided"
# The file that is there now, by Streamlit's id for it.
_SOURCE = "_upload_source"
# What was worked out about the last result, by name.
_WORKED_OUT = "_upload_worked_out"


@dataclass
class Decided:
    """What is decided so far about one file for one dataset."""

    identity: tuple[str, str, str]
    # None once the file is gone from the page.
    source: SourceFile | None
    file: FileRead
    proposal: Proposal
    recipe: Recipe
    is_clear_at_first: bool = True
    # Whether it was committed, so that nothing of it waits.
    is_stored: bool = False

    @property
    def key(self) -> str:
        """What the keys of this file's widgets begin with."""
        dataset_name, sha256, options = self.identity
        return f"{dataset_name}_{sha256[:12]}_{zlib.crc32(options.encode()):x}"

    @property
    def present_source(self) -> SourceFile:
        """The file to read from. Raises ValueError once it is gone from the page."""
        if self.source is None:
            raise ValueError("The file is gone from the page.")
        return self.source


def source_of(file: UploadedFile) -> SourceFile:
    """The uploaded file to read from: one as long as it is there.

    Its bytes stay where Streamlit keeps them; none are copied into the session.
    """
    known = st.session_state.get(_SOURCE)
    if known is None or known[0] != file.file_id:
        known = (file.file_id, SourceFile(file.name, file.getvalue))
        st.session_state[_SOURCE] = known
    return known[1]


def worked_out(result: ImportResult, name: str, work_out: Callable[[], Any]) -> Any:
    """What `work_out` returns, asked once per result of a preview."""
    known_result, answers = st.session_state.get(_WORKED_OUT, (None, {}))
    if known_result is not result:
        answers = {}
        st.session_state[_WORKED_OUT] = (result, answers)
    if name not in answers:
        answers[name] = work_out()
    return answers[name]


def _release_rows(decided: Decided) -> None:
    """Keep what was decided of a file that is gone, and none of its rows."""
    for name in (_SOURCE, _WORKED_OUT):
        st.session_state.pop(name, None)
    decided.source = None
    decided.file = replace(decided.file, rows=decided.file.rows.schema.empty_table())


def decided_last() -> Decided | None:
    """What was decided about the last file of this session, here or gone."""
    return st.session_state.get(_DECIDED)


def keep(decided: Decided) -> None:
    """Keep what is decided, instead of what was about another file."""
    st.session_state[_DECIDED] = decided


def mark_stored(is_stored: bool) -> None:
    """Say of the last file that it is committed, or that this was undone."""
    decided = decided_last()
    if decided:
        decided.is_stored = is_stored


def say_waiting() -> None:
    """Where the file is gone, as after a look at another page, say that repairs wait."""
    decided = decided_last()
    if decided is None:
        return
    _release_rows(decided)
    if decided.is_stored:
        return
    repairs = decided.recipe.beyond(decided.proposal.recipe).repairs_made
    if repairs:
        name = plain_markdown(decided.file.name)
        st.info(
            f"Your {count_of(repairs, 'fix', 'fixes')} to {name} "
            f"{'is' if repairs == 1 else 'are'} saved. Upload the file again under "
            f"{decided.identity[0].capitalize()} to continue.",
            icon=":material/hourglass_top:",
        )
