"""A page for the tests of the viewers: filters, a large message, a fragment, a failure."""

import streamlit as st

chosen = st.multiselect("Regions", ["North", "South", "broken"])
if "broken" in chosen:
    raise ValueError("This region is broken.")
st.text("large " * 5000)
st.text(f"chosen: {chosen}")


@st.fragment
def part() -> None:
    """A part that runs alone."""
    st.multiselect("Inside", ["one", "two"])


part()
