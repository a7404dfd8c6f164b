"""Clicks on links of charts: they filter the page that is open, without loading it anew."""

from pathlib import Path
from urllib.parse import parse_qs

import streamlit as st

from cri_data.model.roles import Viewer
from cri_ui.components import filter_bar
from cri_ui.navigation import FilterSet, Page
from cri_ui.server import streamlit_internals

_SCRIPT = Path(__file__).resolve().parents[2] / "static" / "chart_links.js"

# A link of a page with all its filters set has a few hundred parts.
_LONGEST, _MOST_PARTS = 20_000, 1_000


def take_click(viewer: Viewer, page: Page | None) -> None:
    """Listen to the links of the page's charts, and set its filters as the clicked one has.

    To be called before the filters are drawn.
    """
    if page is None or page.filters is FilterSet.NONE:
        return
    with st.container(key="chart_clicks"):
        clicked = streamlit_internals.clicked(_SCRIPT)
    if clicked:
        filter_bar.follow(viewer, filters_of(clicked))


def filters_of(link: object) -> dict[str, list[str]]:
    """The parts of an address such as "?topic=a&topic=b", by name.

    A browser can send anything: what is no address of a page has no parts.
    """
    if not isinstance(link, str) or not link.startswith("?") or len(link) > _LONGEST:
        return {}
    try:
        return parse_qs(link[1:], max_num_fields=_MOST_PARTS)
    except ValueError:
        return {}
