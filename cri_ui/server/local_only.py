"""Whether a connection may reach the server at all."""

import ipaddress

import streamlit as st
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from cri_ui.server import peer_uid
from cri_ui.session import auth_config

# Whatever else begins with x-forwarded, too.
_FORWARDING = ("forwarded", "via", "x-real-ip")

_HOW_TO_SIGN_IN = (
    "This dashboard has no sign-in configured, so it answers only on the computer "
    "it runs on, and only the person who started it, at http://localhost:8501. To "
    "open it to others, configure sign-in first: see .streamlit/secrets.toml.example "
    "and 'Configuration' in README.md.\n"
)

_NOT_IN_FULL = (
    "Sign-in is not configured in full, so the dashboard does not open. Set right in "
    ".streamlit/secrets.toml, then start it again:\n"
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
    """Without sign-in, answers only this computer, and never through a proxy.

    Checks the address that the connection came in on, so that it holds however the server
    was started, and the address that Streamlit was configured with. With sign-in,
    everyone is answered; with incomplete sign-in, no one.
    """

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the connection on, or answer how to configure sign-in."""
        refusal = _refusal(scope) if scope["type"] in ("http", "websocket") else None
        if refusal is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await refusal(scope, receive, send)


def _refusal(scope: Scope) -> PlainTextResponse | None:
    configured = auth_config.configured()
    if configured is None:
        is_local = _is_local(scope) and _is_told_to_stay_local()
        return None if is_local else PlainTextResponse(_HOW_TO_SIGN_IN, 403)
    if configured.problems:
        lines = "".join(f"- {problem}\n" for problem in configured.problems)
        return PlainTextResponse(_NOT_IN_FULL + lines, 503)
    return None


def _is_told_to_stay_local() -> bool:
    # A connection from here to a server that listens everywhere looks local.
    # Absent, the address means everywhere.
    return is_loopback(st.get_option("server.address") or "")


def _is_local(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    if any(name in _FORWARDING or name.startswith("x-forwarded") for name in headers):
        return False
    server = scope.get("server")
    if not (is_loopback(headers.get("host", "")) and is_loopback((server or ("",))[0])):
        return False
    return not peer_uid.is_of_another_user(scope.get("client"), server)
