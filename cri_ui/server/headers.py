"""The headers of every answer, the hosts that are answered, and the closed paths."""

import base64
import hashlib
import re
from pathlib import Path

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cri_data import settings
from cri_ui.server import cookies
from cri_ui.server.public_address import PublicAddress, host_name

# Streamlit's page contains one inline script. Its hash allows that script only.
_INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)

# Metrics, script checks, and agent routes, which this dashboard does not use, and files
# of components, except for the one script of our own.
_CLOSED = re.compile(
    r"/_stcore/(metrics|agent|script-health-check)(/|$)|/\.well-known/agent"
    r"|/_stcore/bidi-components/(?!cri\.chart_links/chart_links\.js$)"
)

# Public files, such as pictures, and files with a hash in their names.
_STATIC = ("/static/", "/app/static/")


def _inline_hashes() -> str:
    scripts = _INLINE.findall(_INDEX.read_text(encoding="utf-8"))
    sums = [hashlib.sha256(script.encode()).digest() for script in scripts]
    return " ".join(f"'sha256-{base64.b64encode(one).decode()}'" for one in sums)


_SCRIPTS = _inline_hashes()


def content_security_policy(host: str) -> str:
    """What a page may load: nothing from another host.

    Streamlit's pages and Plotly's figures need inline styles; maps create workers and
    pictures. `host` is listed because older browsers don't accept 'self' for WebSockets.
    """
    sockets = f" ws://{host} wss://{host}" if host else ""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {_SCRIPTS}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            f"connect-src 'self' data: blob:{sockets}",
            "worker-src 'self' blob:",
            f"frame-ancestors {settings.FRAME_ANCESTORS.text()}",
            "base-uri 'none'",
            "form-action 'self'",
            "object-src 'none'",
        )
    )


class KnownHosts:
    """Answers only our host names, and WebSockets only from our own pages."""

    def __init__(self, app: ASGIApp, address: PublicAddress):
        self._app = app
        self._address = address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the connection on, or refuse it without saying what runs here."""
        if scope["type"] == "http" and not self._knows_host(scope):
            await PlainTextResponse("Unknown host\n", 400)(scope, receive, send)
        elif scope["type"] == "websocket" and not (
            self._knows_host(scope) and self._is_own_origin(scope)
        ):
            await send({"type": "websocket.close", "code": 1008})
        else:
            await self._app(scope, receive, send)

    def _knows_host(self, scope: Scope) -> bool:
        written = Headers(scope=scope).getlist("host")
        return len(written) == 1 and bool(
            host_name(written[0]) in self._address.hosts
            and re.fullmatch(r"[\w.\-:\[\]]+", written[0])
        )

    def _is_own_origin(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        # Only browsers send Origin. Other programs have no cookie of ours.
        if origin is None or origin.lower() == self._address.origin:
            return True
        scheme, _, authority = origin.lower().partition("://")
        same = authority == headers["host"].lower()
        # Our public address has exactly one origin, which was compared above.
        host = host_name(headers["host"])
        return same and scheme in ("http", "https") and host != self._address.host


class SecurityHeaders:
    """Security headers: no other hosts, no type sniffing, no frames, no caching."""

    def __init__(self, app: ASGIApp, address: PublicAddress):
        self._app = app
        self._is_tls = address.is_tls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with headers added; closed paths do not exist."""
        if scope["type"] == "websocket" and _CLOSED.search(scope["path"]):
            await send({"type": "websocket.close", "code": 1008})
            return
        if self._is_tls and scope["type"] in ("http", "websocket"):
            scope = cookies.unguarded(scope)
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message), scope)
            await send(message)

        if _CLOSED.search(scope["path"]):
            await PlainTextResponse("Not found", 404)(scope, receive, send_with_headers)
            return
        await self._app(scope, receive, send_with_headers)

    def _add(self, headers: MutableHeaders, scope: Scope) -> None:
        host = Headers(scope=scope).get("host", "")
        headers["Content-Security-Policy"] = content_security_policy(host)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["Permissions-Policy"] = (
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if not scope["path"].startswith(_STATIC):
            # After a sign-out, Back must not show a page from the browser's cache.
            headers["Cache-Control"] = "no-store"
        if self._is_tls:
            headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
            cookies.guard(headers)
