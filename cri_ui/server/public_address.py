"""The address that people use, with its hosts and origins."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from cri_data import settings
from cri_data.settings import SettingError, shortened

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True)
class PublicAddress:
    """The parts of CRI_PUBLIC_URL. `host` is empty if it is not set."""

    scheme: str = "http"
    host: str = ""
    port: int | None = None

    @property
    def is_tls(self) -> bool:
        """Whether people reach the dashboard over https."""
        return self.scheme == "https"

    @property
    def hosts(self) -> tuple[str, ...]:
        """The host names that are answered: the public address and this computer."""
        return (*LOOPBACK, self.host) if self.host else LOOPBACK

    @property
    def origin(self) -> str:
        """The address as browsers write it in Origin. Empty if it is not set."""
        port = f":{self.port}" if self.port else ""
        return f"{self.scheme}://{self.host}{port}" if self.host else ""


def public_address() -> PublicAddress:
    """The address in CRI_PUBLIC_URL. Raises SettingError if it is not valid."""
    text = settings.PUBLIC_URL.text()
    if not text:
        return PublicAddress()
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        parts, host, port = urlsplit(""), "", None
    is_address = parts.scheme in ("http", "https") and host and "@" not in text
    if not is_address or parts.path not in ("", "/") or parts.query or parts.fragment:
        # An address with a user name may have a password, and the log must not.
        written = "one with an @ in it" if "@" in text else f"'{shortened(text)}'"
        raise SettingError(
            f"{settings.PUBLIC_URL.name} must be an address without a path, such as "
            f"https://dashboard.example.org; it is {written}."
        )
    named = f"[{host}]" if ":" in host else host
    return PublicAddress(parts.scheme, named, port)


def host_name(host: str) -> str:
    """The name in a Host header, in lower case and without its port."""
    name = host.strip().lower()
    if name.startswith("["):
        return name.partition("]")[0] + "]"
    return name.partition(":")[0].rstrip(".")


def client_of(scope: Scope) -> str:
    """The client's address. A proxy is believed only from this computer."""
    peer = (scope.get("client") or ("", 0))[0]
    forwarded = Headers(scope=scope).get("x-forwarded-for", "")
    if not forwarded or not _is_loopback(peer):
        return peer
    # Our proxy wrote the last address. Anyone can write the ones before it.
    return forwarded.rpartition(",")[2].strip()


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
