"""The server: Streamlit's app with access checks, headers, and startup."""

import gc
import os
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from streamlit import config

from cri_data.store.store import load_statistics
from cri_ui.server import log_format, streamlit_internals
from cri_ui.server.errors import show_error, watch_the_log
from cri_ui.server.headers import KnownHosts, SecurityHeaders
from cri_ui.server.local_only import LocalOnly
from cri_ui.server.login_redirect import BackToPage
from cri_ui.server.logout import EndOnLogout
from cri_ui.server.public_address import public_address
from cri_ui.server.refusal_log import LogRefusals
from cri_ui.server.settings_check import wrong_settings
from cri_ui.server.upload_limits import UploadLimits
from cri_ui.server.websocket_filter import OnlyVisitors
from cri_ui.session import services
from cri_ui.session.rate_limit import Allowance
from cri_ui.session.services import Services

HERE = Path(__file__).resolve().parent

# With an invalid setting, print one line each and don't start.
if wrong := wrong_settings():
    sys.exit("\n".join(wrong))

ADDRESS = public_address()
SERVICES = Services()

log_format.begin()
watch_the_log()

streamlit_internals.disable_address_lookup()
streamlit_internals.cache_theme_options()
streamlit_internals.send_in_batches()

# Only the owner can read the store, its log, and uploads in progress.
os.umask(0o077)


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Open the store before the first visitor; close it after the last."""
    log_format.reach_all()
    # Streamlit checks WebSockets again, with its own settings.
    config.set_option("server.allowedHosts", list(ADDRESS.hosts))
    config.set_option("server.corsAllowedOrigins", [ADDRESS.origin] * bool(ADDRESS.host))
    services.provide(SERVICES)
    SERVICES.start()
    await streamlit_internals.visit(("overview", "demand", "outcomes", "engagement_map"))
    # Objects made so far stay in use, so garbage collection can skip them.
    gc.collect()
    gc.freeze()
    SERVICES.upkeep.start()
    # Beside the first visitors: it takes seconds, and few pages need it.
    threading.Thread(target=load_statistics, daemon=True).start()
    port = config.get_option("server.port")
    print(f"The dashboard: {ADDRESS.origin or f'http://localhost:{port}'}", flush=True)
    yield
    services.provide(None)
    SERVICES.stop()


app = st.App(
    HERE / "cri_ui" / "main.py",
    lifespan=lifespan,
    on_script_error=show_error,
    # st.App looks for static/ beside cri_ui/main.py, but ours is here.
    routes=[Mount("/app/static", StaticFiles(directory=HERE / "static"))],
    middleware=[
        Middleware(LogRefusals, allowance=Allowance()),
        Middleware(SecurityHeaders, address=ADDRESS),
        Middleware(LocalOnly),
        Middleware(KnownHosts, address=ADDRESS),
        Middleware(UploadLimits, allowance=Allowance(), senders=SERVICES.senders),
        Middleware(OnlyVisitors),
        Middleware(BackToPage),
        Middleware(EndOnLogout, services=SERVICES),
    ],
)
