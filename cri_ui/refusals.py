"""What somebody asked for without the right to it, told to the trail."""

import streamlit as st

from cri_data import audit
from cri_data.store import Store
from cri_ui.limits import Allowance


@st.cache_resource(show_spinner=False)
def _told() -> Allowance:
    return Allowance()


def tell(store: Store, who: str, **what: str) -> None:
    """Tell the trail, of the same person and thing once an hour: none can flood it.

    `what` is one of our own names, never what a visitor wrote.
    """
    if not _told().seconds_to_wait(f"{who} {sorted(what.items())}", 1):
        audit.record(store, who, audit.Action.PAGE_REFUSED, **what)
