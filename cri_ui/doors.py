"""Who reaches the server at all."""

import ipaddress

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_FORWARDING = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")

_HOW_TO_SIGN_IN = (
    "This dashboard has no sign-in configured, so it answers only on the computer "
    "it runs on, at http://localhost:8501. To open it to others, configure sign-in "
    "first: see 'Configuration' in README.md.\n"
)


def is_loopback(host: str) -> bool:
    """Whether a host name or address, with or without a port, is this computer."""
    name = host.strip().lower()
    if name.startswith("["):
        name = name[1:].partition("]")[0]
    elif name.count(":") == 1:
        name = name.partition(":")[0]
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


class LocalOnly:
    """Without sign-in, only this computer is answered, and never through a proxy.

    Checked against the address that the connection came in on, not against a
    setting, so that it holds however the server was started.
    """

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the connection in, or say how to configure sign-in."""
        if scope["type"] in ("http", "websocket") and not _is_local(scope):
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
                return
            refusal = PlainTextResponse(_HOW_TO_SIGN_IN, status_code=403)
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _is_local(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    if any(name in headers for name in _FORWARDING):
        return False
    listening = (scope.get("server") or ("", 0))[0]
    return is_loopback(headers.get("host", "")) and is_loopback(listening)
