"""Whether a connection may reach the server at all."""

import ipaddress

import streamlit as st
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from cri_ui.server import peer_uid
from cri_ui.session import auth_config

# Headers that begin with x-forwarded also count.
_FORWARDING = ("forwarded", "via", "x-real-ip")

_HOW_TO_SIGN_IN = (
    "This dashboard has no sign-in configured, so it answers only on the computer "
    "it runs on, and only the person who started it, at http://localhost:8501. To "
    "open it to others, configure sign-in first: see .streamlit/secrets.toml.example "
    "and 'Configuration' in README.md.\n"
)

_NOT_IN_FULL = (
    "Sign-in setup is incomplete, so the dashboard does not open. Fix this in "
    ".streamlit/secrets.toml, then restart the dashboard:\n"
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
        is_local = _is_local(scope) and _listens_locally()
        return None if is_local else PlainTextResponse(_HOW_TO_SIGN_IN, 403)
    if configured.problems:
        lines = "".join(f"- {problem}\n" for problem in configured.problems)
        return PlainTextResponse(_NOT_IN_FULL + lines, 503)
    return None


def _listens_locally() -> bool:
    # A connection from this computer looks local even if the server listens to the
    # network. Without an address, Streamlit listens to the network.
    return is_loopback(st.get_option("server.address") or "")


def _is_local(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    if any(name in _FORWARDING or name.startswith("x-forwarded") for name in headers):
        return False
    server = scope.get("server")
    if not (is_loopback(headers.get("host", "")) and is_loopback((server or ("",))[0])):
        return False
    return not peer_uid.is_of_another_user(scope.get("client"), server)
