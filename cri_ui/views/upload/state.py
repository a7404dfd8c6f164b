"""The upload on the page: one file, the choices about it, their review, and the result.

All that the page draws and all that it commits come from here. Widgets only show it and
change it: a browser can report a widget that was away as empty, so a widget that comes
back is a new one, which begins with what is kept here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from cri_data.importing.mapping.read_dataset import shape_of_dataset
from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.mapping.suggestions import Proposal
from cri_data.importing.recipe import Recipe
from cri_data.importing.service import ImportResult
from cri_data.importing.shaping.shape import Shape
from cri_data.importing.shaping.wave_headings import Metrics
from cri_data.model.datasets import DATASETS
from cri_data.reading import FileRead
from cri_ui.components.text import count_of, plain_markdown

_DECIDED = "_upload_decided"
# The current file, with Streamlit's ID for it.
_SOURCE = "_upload_source"
# Values derived from the last result, by name.
_WORKED_OUT = "_upload_worked_out"
# How often the widgets of the page began anew, which is part of their keys.
_DRAWN = "_upload_drawn"


class Identity(NamedTuple):
    """The file that is uploaded, for which dataset, and how it is read."""

    dataset: str
    sha256: str
    read_options: str


class Reviewed(NamedTuple):
    """All that a review depends on: the file, the choices, and the stored data."""

    identity: Identity
    recipe: str
    data_version: int


@dataclass
class Decided:
    """One file for one dataset: the choices so far, their review, and the result."""

    identity: Identity
    # None after the file was removed from the page.
    source: SourceFile | None
    file: FileRead
    proposal: Proposal
    recipe: Recipe
    # The metrics that headings of a file of outcomes may name.
    metrics: Metrics = field(default_factory=dict)
    is_clear_at_first: bool = True
    # The last review, and what it was a review of.
    review: tuple[Reviewed, ImportResult] | None = None
    # The review that the person asked to commit, until that is done or refused.
    asked: Reviewed | None = None
    # The result of the last commit, until it is undone or the file is sent again.
    done: ImportResult | None = None
    # The choices that are stored.
    stored: Recipe | None = None
    # How often the page ended before the fixes were drawn.
    stops: int = 0

    @property
    def key(self) -> str:
        """The start of the keys of this file's widgets."""
        return f"{self.identity.dataset}_{self.identity.sha256[:12]}_{drawn()}"

    @property
    def shape(self) -> Shape | None:
        """How several columns or rows make one outcome."""
        return self.shape_of(self.recipe)

    def shape_of(self, recipe: Recipe) -> Shape | None:
        """The shape of the file with other choices."""
        dataset = DATASETS[self.identity.dataset]
        return shape_of_dataset(self.file, dataset, recipe, self.metrics)

    @property
    def fix_key(self) -> str:
        """The start of the keys of the widgets that fix problems."""
        return f"{self.key}_{self.stops}"

    def stop(self) -> None:
        """Note that the page ends before its fixes: theirs are new widgets next time."""
        self.stops += 1
        self.asked = None

    @property
    def present_source(self) -> SourceFile:
        """The file to read. Raises ValueError if it was removed from the page."""
        if self.source is None:
            raise ValueError("The file was removed from the page.")
        return self.source

    def change(self, recipe: Recipe) -> None:
        """Take these choices, and let the widgets show them."""
        self.recipe = recipe
        draw_anew()

    def finish(self, done: ImportResult) -> None:
        """Note that the choices are committed."""
        self.done, self.stored = done, self.recipe
        self.review = self.asked = None
        draw_anew()

    def reopen(self) -> None:
        """Note that the commit was undone. The choices stay."""
        self.done = self.stored = None
        draw_anew()

    @property
    def fixes_pending(self) -> int:
        """The number of fixes that are not stored."""
        if self.recipe == self.stored:
            return 0
        return self.recipe.beyond(self.proposal.recipe).repairs_made


def drawn() -> int:
    """How often the widgets of the page began anew."""
    return st.session_state.get(_DRAWN, 0)


def draw_anew() -> None:
    """Let all widgets of the page begin anew, with what is kept here."""
    st.session_state[_DRAWN] = drawn() + 1


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
    decided.source = decided.review = decided.asked = decided.done = None
    decided.file = replace(decided.file, rows=decided.file.rows.schema.empty_table())


def decided_last() -> Decided | None:
    """The choices about the last file of this session, even if it was removed."""
    return st.session_state.get(_DECIDED)


def keep(decided: Decided) -> None:
    """Keep these choices, in place of those about another file."""
    st.session_state[_DECIDED] = decided
    draw_anew()


def take_again(decided: Decided, source: SourceFile, read: FileRead) -> None:
    """Go on with the choices about a file that was sent again."""
    decided.source, decided.file = source, read
    decided.review = decided.done = None
    draw_anew()


def draw_pending_fixes() -> None:
    """Draw, after the file was removed, that its fixes are kept.

    The file is also gone after a visit to another page.
    """
    decided = decided_last()
    if decided is None:
        return
    _release_rows(decided)
    fixes = decided.fixes_pending
    if fixes:
        name = plain_markdown(decided.file.name)
        st.info(
            f"Your {count_of(fixes, 'fix', 'fixes')} to {name} "
            f"{'is' if fixes == 1 else 'are'} saved. Upload the file again under "
            f"{decided.identity.dataset.capitalize()} to continue.",
            icon=":material/hourglass_top:",
        )
