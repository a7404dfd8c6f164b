"""The search for an agency: by words of its name and place, else by likeness."""

from dataclasses import dataclass

import pandas as pd

from cri_data.model.roles import Viewer
from cri_data.records import MOST_FOUND, agency_ids_like
from cri_ui.session import session


@dataclass(frozen=True)
class Found:
    """The agencies that a text finds, and whether their names are only like it."""

    agencies: pd.DataFrame
    is_alike: bool = False

    @property
    def is_cut(self) -> bool:
        """Whether there may be more."""
        return len(self.agencies) == MOST_FOUND


def found_agencies(viewer: Viewer, text: str) -> Found:
    """The agencies in which each word of the text occurs. If none has, those like it."""
    question = "agencies_found_list"
    found = session.fetch(question, viewer, text=text, row_limit=MOST_FOUND)
    if not found.empty:
        return Found(found)
    store = session.store()
    # Names are compared once for each text, because that takes a second.
    ids = session.made_of(found, "agency_ids_like", lambda: agency_ids_like(store, text))
    return Found(session.fetch(question, viewer, agency_ids=ids), is_alike=True)
