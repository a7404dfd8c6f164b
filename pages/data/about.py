"""Tables, columns, definitions, and how fresh the data is."""

import streamlit as st

from cri_ui.components import page
from cri_ui.session import session
from cri_ui.views import about

viewer = session.require(session.Permission.VIEW_ABOUT)
st.title("About the data")
page.opening(
    "What the store holds, what each column means, how numbers are counted.",
    filters=False,
)

about.freshness(session.fetch("datasets_list", viewer))
about.tables(viewer)
about.definitions()
