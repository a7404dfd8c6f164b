"""A message that is shown after the page is drawn again."""

import streamlit as st

from cri_ui.components.text import plain_markdown

_SAID = "_said"


def show_after_rerun(text: str) -> None:
    """End this run, and show the message at the top of the next one.

    A message in the run that ends would disappear before anyone can read it.
    """
    st.session_state[_SAID] = text
    st.rerun()


def said() -> None:
    """Draw the message of the last run, once."""
    if text := st.session_state.pop(_SAID, ""):
        st.success(plain_markdown(text), icon=":material/check_circle:")
