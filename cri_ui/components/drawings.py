"""Elements that are drawn once for all who see the same, and sent again after that."""

from collections.abc import Callable, Hashable

import pandas as pd
import streamlit as st

from cri_ui.server import streamlit_internals
from cri_ui.server.streamlit_internals import Drawing
from cri_ui.session import services


def draw_once(draw: Callable[[], object], *given: Hashable, of: pd.DataFrame) -> None:
    """Draw what `draw` draws of the answer `of`, which must not hold a widget.

    Everything that the elements depend on is `of`, as `session.fetch` gave it, and
    `given`; the theme and the kind of device are looked at here.
    """
    key = (*given, id(of), is_dark(), is_phone(), streamlit_internals.fragment())
    drawing, _ = services.current().drawings.of(key, lambda: _made(draw, of))
    streamlit_internals.put(drawing)


def _made(draw: Callable[[], object], of: pd.DataFrame) -> tuple[Drawing, pd.DataFrame]:
    # With the answer itself: as long as it is kept, no other has its id.
    return streamlit_internals.drawing_of(draw), of


def is_dark() -> bool:
    """Whether the reader's theme is dark: maps bring their own colors."""
    return st.context.theme.type == "dark"


def is_phone() -> bool:
    """Whether the reader's browser says that it is a phone's."""
    return "Mobi" in st.context.headers.get("User-Agent", "")
