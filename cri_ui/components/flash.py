"""What was just done, said on the page that is drawn anew."""

import streamlit as st

from cri_ui.components.text import plain_markdown

_SAID = "_said"


def say_and_draw_anew(text: str) -> None:
    """End this run, and say it at the top of the next one.

    What is said in the run that ends is gone before anybody can read it.
    """
    st.session_state[_SAID] = text
    st.rerun()


def said() -> None:
    """Draw what the last run had to say, once."""
    if text := st.session_state.pop(_SAID, ""):
        st.success(plain_markdown(text), icon=":material/check_circle:")
