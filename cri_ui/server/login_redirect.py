"""Redirects after a sign-in: to the requested page, or to what went wrong."""

import re
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, quote, unquote, urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cri_ui.navigation import PAGES
from cri_ui.server.streamlit_internals import USER_COOKIE

_COOKIE = "cri_asked_for"

# The query of the sign-in page after a failed sign-in.
FAILED = "sign_in=failed"

# Streamlit's cookie, if it is not empty.
_LET_IN = re.compile(rf'{USER_COOKIE}="?[^";]'.encode())

# Enough seconds to sign in, and enough characters for all filters.
_SECONDS, _LONGEST = 600, 2000


class BackToPage:
    """Returns to the requested page after a sign-in. Streamlit would open the first page.

    The browser keeps the address in the meantime. It is used only if it is one of our
    pages, never one of another host.
    """

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Store the page when the sign-in begins; redirect there when it is done."""
        path = str(scope.get("path", "")).removeprefix(base_path())
        if scope["type"] != "http" or path not in ("/auth/login", "/oauth2callback"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        begins = path == "/auth/login"
        came_from = headers.get("referer", "")
        is_again = came_from.endswith(f"?{FAILED}")
        asked_for = _asked_for(came_from) if begins and not is_again else _kept(headers)

        async def send_back(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                if _has_failed(scope, message):
                    message["status"] = 302
                    answer["location"] = f"{base_path()}/?{FAILED}"
                elif begins:
                    answer.append("set-cookie", _cookie(asked_for))
                elif asked_for:
                    answer["location"] = base_path() + asked_for
                    answer.append("set-cookie", _cookie(""))
            await send(message)

        await self._app(scope, receive, send_back)


def _has_failed(scope: Scope, message: Message) -> bool:
    """Whether the provider could not be reached, or returned without a sign-in.

    Streamlit shows this as a page of two words, and as the sign-in page again. After a
    sign-out, the provider returns too, with nothing to report.
    """
    if message["status"] != 302:
        return True
    said = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    cookies = [value for name, value in message["headers"] if name == b"set-cookie"]
    is_let_in = any(_LET_IN.match(cookie) for cookie in cookies)
    return bool({"code", "error"} & said.keys()) and not is_let_in


def _asked_for(address: str) -> str:
    """The page and filters of an address, such as /demand?region=South, or none."""
    if len(address) > _LONGEST:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        # Anyone can send an invalid address.
        return ""
    path = parts.path.removeprefix(base_path()).strip("/")
    if path not in {page.url for page in PAGES}:
        return ""
    # Built from its parts, so it contains only a path and a query.
    query = quote(parts.query, safe="=&%+-_.~")
    return f"/{path}?{query}" if query else f"/{path}"


def _kept(headers: Headers) -> str:
    cookie: SimpleCookie = SimpleCookie(headers.get("cookie", ""))
    return _asked_for(unquote(cookie[_COOKIE].value)) if _COOKIE in cookie else ""


def _cookie(value: str) -> str:
    age = _SECONDS if value else 0
    return (
        f"{_COOKIE}={quote(value, safe='')}; Max-Age={age}; Path=/; HttpOnly; SameSite=Lax"
    )


def base_path() -> str:
    """The path at the start of all our addresses. Empty if there is none."""
    base = (st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""
