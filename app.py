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
from streamlit import config, net_util

from cri_ui import logs
from cri_ui.addresses import public_address
from cri_ui.doors import LocalOnly
from cri_ui.errors import tell_the_reader, watch_the_log
from cri_ui.headers import KnownHosts, SecurityHeaders
from cri_ui.leaving import EndOnLogout
from cri_ui.limits import Allowance, UploadLimits
from cri_ui.messages import OnlyVisitors
from cri_ui.refusals import LogRefusals
from cri_ui.returning import BackToPage
from cri_ui.senders import SENDERS
from cri_ui.wrong_settings import wrong_settings

HERE = Path(__file__).resolve().parent

# One line each, and no server: half a setting is worse than none.
if wrong := wrong_settings():
    sys.exit("\n".join(wrong))

ADDRESS = public_address()

logs.begin()
watch_the_log()

# Streamlit would ask another host for this computer's address, to know where a
# WebSocket may come from. KnownHosts has looked at that already.
net_util.get_external_ip = lambda: None

# The store, its log and files on their way in are their owner's alone.
os.umask(0o077)


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Open the store before the first visitor; close it after the last."""
    logs.reach_all()
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
    upkeep = session.upkeep()
    upkeep.start()
    port = config.get_option("server.port")
    print(f"The dashboard: {ADDRESS.origin or f'http://localhost:{port}'}", flush=True)
    yield
    # First: what it is doing needs the store.
    upkeep.stop()
    session.close_at_end()


app = st.App(
    HERE / "cri_ui" / "main.py",
    lifespan=lifespan,
    on_script_error=tell_the_reader,
    # st.App looks for static/ beside cri_ui/main.py; ours is public and here.
    routes=[Mount("/app/static", StaticFiles(directory=HERE / "static"))],
    middleware=[
        Middleware(LogRefusals, allowance=Allowance()),
        Middleware(SecurityHeaders, address=ADDRESS),
        Middleware(LocalOnly),
        Middleware(KnownHosts, address=ADDRESS),
        Middleware(UploadLimits, allowance=Allowance(), senders=SENDERS),
        Middleware(OnlyVisitors),
        Middleware(BackToPage),
        Middleware(EndOnLogout),
    ],
)
