"""Sign-in as configured in .streamlit/secrets.toml, and what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

_SHARED = ("redirect_uri", "cookie_secret")
_METADATA = "server_metadata_url"
_OF_PROVIDER = ("client_id", "client_secret", _METADATA)

# Streamlit signs the identity with this secret. It should be as long as the hash.
_SHORTEST_SECRET = 32

# Streamlit's name for a provider that is configured in [auth] itself.
UNNAMED = "default"


@dataclass(frozen=True)
class SignIn:
    """The providers to sign in with. If there is a problem, the app doesn't open."""

    providers: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def configured() -> SignIn | None:
    """How people sign in. None if sign-in is not configured.

    Read each time, as Streamlit's own sign-in does.
    """
    try:
        secrets = st.secrets.to_dict()
    except StreamlitSecretNotFoundError:
        found = [path for path in st.get_option("secrets.files") if Path(path).exists()]
        if not found:
            return None
        return SignIn(problems=(f"{Path(found[0]).name} cannot be read as TOML.",))
    if "auth" not in secrets:
        return None
    return _checked(secrets["auth"])


def is_meant_for_us(claims: Mapping[str, object]) -> bool:
    """Whether the provider issued this identity for the dashboard.

    Authlib compares `aud` only if there are several.
    """
    auth = st.secrets.to_dict().get("auth", {})
    provider = str(claims.get("provider", UNNAMED))
    section = auth if provider == UNNAMED else auth.get(provider, {})
    meant = claims.get("aud")
    client_id = section.get("client_id")
    return bool(client_id) and client_id in (meant if isinstance(meant, list) else [meant])


def _checked(auth: object) -> SignIn:
    if not isinstance(auth, dict):
        return SignIn(problems=("[auth] must be a section.",))
    named = {
        name: section
        for name, section in auth.items()
        if isinstance(section, dict) and name != "client_kwargs"
    }
    unnamed = {} if named else {UNNAMED: auth}
    problems = [f"[auth] has no {line}." for line in _SHARED if not _given(auth, line)]
    problems += _wrong_lines(auth)
    for name, section in (named | unnamed).items():
        where = "[auth]" if name == UNNAMED else f"[auth.{name}]"
        problems += [
            f"{where} has no {line}." for line in _OF_PROVIDER if not _given(section, line)
        ]
        if _given(section, _METADATA) and not _is_encrypted(str(section[_METADATA])):
            problems.append(f"{where} {_METADATA} must begin with https://.")
        if "_" in name:
            problems.append(f"{where}: a provider's name must not contain an underscore.")
    return SignIn(tuple(named or unnamed), tuple(problems))


def _wrong_lines(auth: dict[str, object]) -> list[str]:
    wrong = []
    if _given(auth, "redirect_uri") and not str(auth["redirect_uri"]).endswith(
        "/oauth2callback"
    ):
        wrong.append("[auth] redirect_uri must end with /oauth2callback.")
    if _given(auth, "cookie_secret") and len(str(auth["cookie_secret"])) < _SHORTEST_SECRET:
        wrong.append(
            f"[auth] cookie_secret must have at least {_SHORTEST_SECRET} characters."
        )
    return wrong


def _is_encrypted(address: str) -> bool:
    """Whether the connection can't be intercepted: over TLS, or within this computer."""
    parts = urlsplit(address.strip())
    return parts.scheme == "https" or parts.hostname in ("localhost", "127.0.0.1", "::1")


def _given(section: dict[str, object], line: str) -> bool:
    return isinstance(section.get(line), str) and bool(str(section[line]).strip())
