"""Elements that are drawn once for all who see the same, and sent again after that."""

from collections.abc import Callable, Hashable

import pandas as pd
import streamlit as st

from cri_ui.server import streamlit_internals
from cri_ui.session import session


def draw_once(draw: Callable[[], object], *given: Hashable, of: pd.DataFrame) -> None:
    """Draw what `draw` draws of the answer `of`, which must not hold a widget.

    Everything that the elements depend on is `of`, as `session.fetch` gave it, and
    `given`; the theme and the kind of device are looked at here.
    """
    key = (*given, is_dark(), is_phone(), streamlit_internals.fragment())
    drawing = session.made_of(of, key, lambda: streamlit_internals.drawing_of(draw))
    streamlit_internals.put(drawing)


def is_dark() -> bool:
    """Whether the reader's theme is dark: maps bring their own colors."""
    return st.context.theme.type == "dark"


def is_phone() -> bool:
    """Whether the reader's browser says that it is a phone's."""
    return "Mobi" in st.context.headers.get("User-Agent", "")
