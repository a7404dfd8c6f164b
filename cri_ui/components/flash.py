"""A message that is shown after the page is drawn again."""

import streamlit as st

from cri_ui.components.text import plain_markdown

_SAID = "_said"


def show_after_rerun(text: str, is_done: bool = True) -> None:
    """End this run, and show the message at the top of the next one.

    A message in the run that ends would disappear before anyone can read it. `is_done` is
    False if the message says that nothing was done.
    """
    st.session_state[_SAID] = (text, is_done)
    st.rerun()


def said() -> None:
    """Draw the message of the last run, once."""
    text, is_done = st.session_state.pop(_SAID, ("", True))
    if text and is_done:
        st.success(plain_markdown(text), icon=":material/check_circle:")
    elif text:
        st.warning(plain_markdown(text), icon=":material/sync_problem:")
