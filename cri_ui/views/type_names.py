"""Groups of agencies in words."""

import pandas as pd

from cri_data.model.code_lists import AGENCY_TYPES
from cri_ui.components import page
from cri_ui.session import session


def with_type_names(found: pd.DataFrame) -> pd.DataFrame:
    """The answer with the words for agency types; the same table for the same answer."""
    return session.made_of(
        found,
        "names of groups",
        lambda: page.with_labels(found, group_name=AGENCY_TYPES.labels),
    )
