"""Signing out by address ends the sign-in too, as the button does."""

import json
import time
from contextlib import suppress

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.starlette import starlette_auth_routes as auth

from cri_data.accounts.oidc_claims import Ended, Refused, identity_of
from cri_data.store.store import StoreError
from cri_ui.server.login_redirect import base_path
from cri_ui.session.services import Services

_COOKIE = "_streamlit_user"


class EndOnLogout:
    """Ends the sign-in at /auth/logout, so that a copy of its cookie is worthless.

    The answer doesn't say who was signed in. An unknown sign-in ends nothing.
    """

    def __init__(self, app: ASGIApp, services: Services):
        self._app = app
        self._services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """End the sign-in of the cookie, then pass the request on."""
        path = str(scope.get("path", "")).removeprefix(base_path())
        if scope["type"] == "http" and path == "/auth/logout":
            await run_in_threadpool(_end, Request(scope), self._services)
        await self._app(scope, receive, send)


def _end(request: Request, services: Services) -> None:
    # Streamlit's own way to read it: signed, and in parts where it is long.
    kept = get_cookie_with_chunks(
        lambda name: auth._get_signed_cookie_from_request(request, name), _COOKIE
    )
    with suppress(ValueError, Ended, Refused, StoreError):
        claims = json.loads(kept or b"{}")
        services.sign_ins().end(services.store(), identity_of(claims), time.time())
