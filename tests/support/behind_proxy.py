"""The dashboard without LocalOnly, to see what a proxy and the other doors do.

It stands in for a dashboard with sign-in. /echo says what reached it.
"""

from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from app import app
from cri_ui.server.local_only import LocalOnly
from cri_ui.server.public_address import client_of


class Echo:
    """Answers /echo with the headers and the client; passes on all else."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Say what came, or pass on."""
        if scope["type"] != "http" or scope["path"] != "/echo":
            await self._app(scope, receive, send)
            return
        came = {name.decode(): value.decode() for name, value in scope["headers"]}
        answer = JSONResponse({"client": client_of(scope), "headers": came})
        await answer(scope, receive, send)


app._user_middleware = [
    *(door for door in app._user_middleware if door.cls is not LocalOnly),
    Middleware(Echo),
]
