"""Cookies behind TLS: sent only over TLS, and set only by this host."""

from starlette.datastructures import MutableHeaders
from starlette.types import Scope

from cri_ui.server.streamlit_internals import USER_COOKIE

# The signed-in user, the sign-in in progress, and the requested page. Streamlit's
# cross-site token is not here, because its own script reads it by name.
_GUARDED = (USER_COOKIE, "_streamlit_session", "cri_asked_for")

# Browsers accept a cookie with either prefix only over TLS. With __Host- they accept
# it only from this host, so another host of the domain can't set it.
_HOST, _SECURE = "__Host-", "__Secure-"


def guard(headers: MutableHeaders) -> None:
    """Give every cookie of an answer Secure, and the important ones a __Host- name."""
    headers.raw[:] = [
        (name, _guarded(value.decode("latin-1")).encode("latin-1"))
        if name == b"set-cookie"
        else (name, value)
        for name, value in headers.raw
    ]


def _guarded(cookie: str) -> str:
    attributes = [part.strip().lower() for part in cookie.split(";")[1:]]
    if "secure" not in attributes:
        cookie += "; Secure"
    if not cookie.startswith(_GUARDED):
        return cookie
    is_of_host = "path=/" in attributes and not any(
        part.startswith("domain") for part in attributes
    )
    return (_HOST if is_of_host else _SECURE) + cookie


def unguarded(scope: Scope) -> Scope:
    """The request with its cookies renamed to the names that the program uses.

    An important cookie without the __Host- name was set by someone else and is dropped.
    """
    headers = [
        (name, _known(value.decode("latin-1")).encode("latin-1"))
        if name == b"cookie"
        else (name, value)
        for name, value in scope["headers"]
    ]
    return {**scope, "headers": headers}


def _known(cookies: str) -> str:
    kept = []
    for cookie in cookies.split(";"):
        plain = cookie.strip()
        named = plain.removeprefix(_HOST).removeprefix(_SECURE)
        if not named.startswith(_GUARDED):
            kept.append(plain)
        elif named != plain:
            kept.append(named)
    return "; ".join(kept)
