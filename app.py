"""The server: Streamlit's app with our own doors, headers and start-up."""

import gc
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from streamlit import config

from cri_ui.addresses import public_address
from cri_ui.doors import LocalOnly
from cri_ui.headers import KnownHosts, SecurityHeaders
from cri_ui.limits import Allowance, UploadLimits
from cri_ui.messages import OnlyVisitors
from cri_ui.returning import BackToPage
from cri_ui.wrong_settings import wrong_settings

HERE = Path(__file__).resolve().parent

# One line each, and no server: half a setting is worse than none.
if wrong := wrong_settings():
    sys.exit("\n".join(wrong))

ADDRESS = public_address()

# The store, its log and files on their way in are their owner's alone.
os.umask(0o077)


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Open the store before the first visitor; close it after the last."""
    # Streamlit checks WebSockets once more, by settings of its own.
    config.set_option("server.allowedHosts", list(ADDRESS.hosts))
    config.set_option("server.corsAllowedOrigins", [ADDRESS.origin] * bool(ADDRESS.host))
    # Imported here: a cached function must not be made before the runtime is.
    from cri_ui import session  # noqa: PLC0415

    session.open_at_start()
    # Streamlit collects all garbage after every run. What stands after the
    # start never becomes any: frozen, it is not looked at again.
    gc.collect()
    gc.freeze()
    upkeep = session.upkeep_at_start()
    yield
    # First: what it is doing needs the store.
    if upkeep:
        upkeep.stop()
    session.close_at_end()


app = st.App(
    HERE / "cri_ui" / "main.py",
    lifespan=lifespan,
    # st.App looks for static/ beside cri_ui/main.py; ours is public and here.
    routes=[Mount("/app/static", StaticFiles(directory=HERE / "static"))],
    middleware=[
        Middleware(SecurityHeaders, address=ADDRESS),
        Middleware(LocalOnly),
        Middleware(KnownHosts, address=ADDRESS),
        Middleware(UploadLimits, allowance=Allowance()),
        Middleware(OnlyVisitors),
        Middleware(BackToPage),
    ],
)
