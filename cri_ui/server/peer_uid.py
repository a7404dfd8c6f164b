"""Which user's program is at the other end of a connection within this computer."""

import ipaddress
import os
import sys
from pathlib import Path

# All connections of this computer. Only Linux has these files.
_TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
_ROOT = 0

End = tuple[str, int]


def is_of_another_user(client: End | None, server: End | None) -> bool:
    """Whether another user of this computer owns the client's end.

    An example is a proxy that forwards requests without a header that says so. Root
    doesn't count as another user. If the system doesn't report owners, returns False.
    """
    if not client or not server:
        return False
    owner = owner_of(client, server)
    return owner is not None and owner not in (_ROOT, os.getuid())


def owner_of(client: End, server: End) -> int | None:
    """The user ID of the client's process. None if the system doesn't report it."""
    ends = f":{client[1]:04X}", f":{server[1]:04X}"
    for table in _TABLES:
        try:
            lines = table.read_text(encoding="ascii").splitlines()[1:]
        except OSError:
            continue
        for line in lines:
            _, local, remote, *_, owner = line.split(maxsplit=8)[:8]
            found = local.endswith(ends[0]) and remote.endswith(ends[1])
            if found and _address(local) == _plain(client[0]):
                return int(owner)
    return None


def _address(end: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """An address as the kernel prints it: four-byte words, each in host byte order."""
    raw = bytes.fromhex(end.partition(":")[0])
    words = [raw[place : place + 4] for place in range(0, len(raw), 4)]
    if sys.byteorder == "little":
        words = [word[::-1] for word in words]
    return _plain(str(ipaddress.ip_address(b"".join(words))))


def _plain(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    address = ipaddress.ip_address(text)
    return getattr(address, "ipv4_mapped", None) or address
