"""The choices about the file on the Upload page, kept during the session."""

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
# The current file, with Streamlit's ID for it.
_SOURCE = "_upload_source"
# Values derived from the last result, by name.
_WORKED_OUT = "_upload_worked_out"


@dataclass
class Decided:
    """The choices so far about one file for one dataset."""

    identity: tuple[str, str, str]
    # None after the file was removed from the page.
    source: SourceFile | None
    file: FileRead
    proposal: Proposal
    recipe: Recipe
    is_clear_at_first: bool = True
    # Whether it was committed, so no fixes are pending.
    is_stored: bool = False

    @property
    def key(self) -> str:
        """The start of the keys of this file's widgets."""
        dataset_name, sha256, options = self.identity
        return f"{dataset_name}_{sha256[:12]}_{zlib.crc32(options.encode()):x}"

    @property
    def present_source(self) -> SourceFile:
        """The file to read. Raises ValueError if it was removed from the page."""
        if self.source is None:
            raise ValueError("The file was removed from the page.")
        return self.source


def source_of(file: UploadedFile) -> SourceFile:
    """The uploaded file to read, as one object while it is on the page.

    Its bytes stay with Streamlit and are not copied into the session.
    """
    known = st.session_state.get(_SOURCE)
    if known is None or known[0] != file.file_id:
        known = (file.file_id, SourceFile(file.name, file.getvalue))
        st.session_state[_SOURCE] = known
    return known[1]


def worked_out(result: ImportResult, name: str, work_out: Callable[[], Any]) -> Any:
    """The value of `work_out`, called only once per result of a preview."""
    known_result, answers = st.session_state.get(_WORKED_OUT, (None, {}))
    if known_result is not result:
        answers = {}
        st.session_state[_WORKED_OUT] = (result, answers)
    if name not in answers:
        answers[name] = work_out()
    return answers[name]


def _release_rows(decided: Decided) -> None:
    """Keep the choices about a removed file, but none of its rows."""
    for name in (_SOURCE, _WORKED_OUT):
        st.session_state.pop(name, None)
    decided.source = None
    decided.file = replace(decided.file, rows=decided.file.rows.schema.empty_table())


def decided_last() -> Decided | None:
    """The choices about the last file of this session, even if it was removed."""
    return st.session_state.get(_DECIDED)


def keep(decided: Decided) -> None:
    """Keep these choices, in place of those about another file."""
    st.session_state[_DECIDED] = decided


def mark_stored(is_stored: bool) -> None:
    """Note whether the last file is committed or its commit was undone."""
    decided = decided_last()
    if decided:
        decided.is_stored = is_stored


def draw_pending_fixes() -> None:
    """Draw, after the file was removed, that its fixes are kept.

    The file is also gone after a visit to another page.
    """
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
