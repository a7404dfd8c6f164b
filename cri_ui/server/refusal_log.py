"""Refused requests in the server log."""

import logging

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cri_ui.server.public_address import client_of
from cri_ui.session.rate_limit import Allowance

# Unknown host or missing token; not signed in; too large; too many.
_STATUSES = (400, 403, 413, 429)
# WebSocket codes: protocol error (malformed message), policy violation (foreign page).
_CODES = (1002, 1008)

_LOG = logging.getLogger(__name__)


class LogRefusals:
    """Logs refused requests, once an hour per address and kind.

    Never logs the path or a header, which may contain secrets.
    """

    def __init__(self, app: ASGIApp, allowance: Allowance):
        self._app = app
        self._allowance = allowance

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and log the answer if it is a refusal."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return

        async def send_and_look(message: Message) -> None:
            if message.get("status") in _STATUSES or message.get("code") in _CODES:
                self._log(scope, message.get("status") or message["code"])
            await send(message)

        await self._app(scope, receive, send_and_look)

    def _log(self, scope: Scope, code: int) -> None:
        address = client_of(scope)
        if not self._allowance.seconds_to_wait(f"{address} {code}", 1):
            _LOG.warning("%s refused with %d: %s", scope["type"], code, address)
