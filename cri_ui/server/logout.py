"""Signing out by address ends the sign-in too, as the button does."""

import json
import time
from contextlib import suppress

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from cri_data.accounts.oidc_claims import Ended, Refused, identity_of
from cri_data.store.store import StoreError
from cri_ui.server.login_redirect import base_path
from cri_ui.server.streamlit_internals import user_cookie
from cri_ui.session.services import Services


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
    with suppress(ValueError, Ended, Refused, StoreError):
        claims = json.loads(user_cookie(request) or b"{}")
        services.sign_ins().end(services.store(), identity_of(claims), time.time())
