"""Links to the page of one agency, where the viewer may open it."""

import streamlit as st

from cri_data.model.roles import Permission, Viewer
from cri_ui import navigation
from cri_ui.components.text import plain_markdown

# The parameter of the page's address.
PARAMETER = "agency"


def draw_link(viewer: Viewer, agency_id: str, label: str = "") -> None:
    """Draw a link to the agency's page, or nothing if the viewer may not open it.

    `label` is text from the data, such as the agency's name.
    """
    if not viewer.may(Permission.VIEW_AGENCIES):
        return
    st.page_link(
        navigation.ROOT / navigation.path_of("Agency"),
        label=plain_markdown(label) if label else "Open the agency's page",
        icon=":material/local_police:",
        query_params={PARAMETER: agency_id},
    )
