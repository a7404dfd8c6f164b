"""The server: Streamlit's app with our own doors, headers and start-up."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from cri_ui.doors import LocalOnly, SecurityHeaders
from cri_ui.returning import BackToPage

HERE = Path(__file__).resolve().parent


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Open the store before the first visitor; close it after the last."""
    # Imported here: a cached function must not be made before the runtime is.
    from cri_ui import session  # noqa: PLC0415

    session.open_at_start()
    # Streamlit collects all garbage after every run. What stands after the
    # start never becomes any: frozen, it is not looked at again.
    gc.collect()
    gc.freeze()
    yield
    session.close_at_end()


app = st.App(
    HERE / "cri_ui" / "main.py",
    lifespan=lifespan,
    # st.App looks for static/ beside cri_ui/main.py; ours is public and here.
    routes=[Mount("/app/static", StaticFiles(directory=HERE / "static"))],
    middleware=[
        Middleware(LocalOnly),
        Middleware(SecurityHeaders),
        Middleware(BackToPage),
    ],
)
