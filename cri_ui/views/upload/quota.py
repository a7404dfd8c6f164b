"""Limits on the files that a person may preview and commit per hour."""

import streamlit as st

from cri_data import settings
from cri_ui.components.text import count_of
from cri_ui.session import denials, services, session

# The last counted file. Corrections to it are not counted again.
_COUNTED = "_upload_counted"


def count_preview(file_id: str) -> None:
    """Count a preview of a file, once per file. Ends the page over the limit."""
    if st.session_state.get(_COUNTED) == file_id:
        return
    if not _is_allowed("preview"):
        st.stop()
    st.session_state[_COUNTED] = file_id


def may_commit() -> bool:
    """Count a commit. Over the limit, draws when the next one is possible."""
    return _is_allowed("commit")


def _is_allowed(what: str) -> bool:
    most = settings.UPLOADS_PER_HOUR.whole_number()
    wait = services.current().uploads.seconds_to_wait(f"{what} {session.who()}", most)
    if wait:
        denials.record_denial(session.store(), session.who(), limit=f"uploads to {what}")
        st.error(
            f"You have reached the limit of {count_of(most, 'file')} per hour. "
            f"Try again in {count_of(-(-wait // 60), 'minute')}.",
            icon=":material/hourglass_top:",
        )
    return not wait
