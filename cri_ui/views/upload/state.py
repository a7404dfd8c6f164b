"""What is decided about the file on the Upload page, kept while the session lasts."""

import zlib
from dataclasses import dataclass

import streamlit as st

from cri_data.importing.mapping.suggestions import Proposal
from cri_data.importing.recipe import Recipe
from cri_data.reading import FileRead
from cri_ui.components.text import count_of, plain_markdown

_DECIDED = "_upload_decided"


@dataclass
class Decided:
    """What is decided so far about one file for one dataset."""

    identity: tuple[str, str, str]
    file: FileRead
    proposal: Proposal
    recipe: Recipe
    is_clear_at_first: bool = True
    # Whether it was committed, so that nothing of it waits.
    is_stored: bool = False

    @property
    def key(self) -> str:
        """What the keys of this file's widgets begin with."""
        dataset_name, sha256, told = self.identity
        return f"{dataset_name}_{sha256[:12]}_{zlib.crc32(told.encode()):x}"


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
    if decided is None or decided.is_stored:
        return
    repairs = decided.recipe.beyond(decided.proposal.recipe).repairs_made
    if repairs:
        st.info(
            f"{plain_markdown(decided.file.name)} with your {count_of(repairs, 'repair')} "
            f"waits: drop it again under {decided.identity[0].capitalize()} to go on.",
            icon=":material/hourglass_top:",
        )
