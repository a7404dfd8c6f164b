"""Datasets, columns, definitions, and when the data was updated."""

import streamlit as st

from cri_ui.components import page
from cri_ui.session import session
from cri_ui.views import about

viewer = session.require(session.Permission.VIEW_ABOUT)
st.title("About the data")
page.opening(
    "What data the store has, what each column means, and how numbers are counted.",
    filters=False,
)

about.freshness(session.fetch("datasets_list", viewer))
about.tables(viewer)
about.definitions()
