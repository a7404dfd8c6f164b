"""Tables, columns, definitions, and how fresh the data is."""

import streamlit as st

from cri_ui import about_page, session, ui

viewer = session.require(session.Permission.VIEW_ABOUT)
st.title("About the data")
ui.opening(
    "What the store holds, what each column means, how numbers are counted.",
    filters=False,
)

about_page.freshness(session.fetch("datasets_list", viewer))
about_page.tables(viewer)
about_page.definitions()
