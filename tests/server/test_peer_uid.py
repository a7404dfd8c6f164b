"""Who is at the other end of a connection within this computer."""

import os
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from cri_ui.server.peer_uid import is_of_another_user, owner_of

NOBODY = 65534

ON_LINUX = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="Only Linux tells whose an end is."
)


@contextmanager
def connected(family: int, host: str, to: str | None = None) -> Iterator[tuple]:
    """Both ends of a connection within this process, as the server has them."""
    with socket.socket(family) as listening:
        listening.bind((host, 0))
        listening.listen()
        port = listening.getsockname()[1]
        with socket.create_connection((to or host, port)):
            server, client = listening.accept()
            with server:
                yield client[:2], server.getsockname()[:2]


@ON_LINUX
@pytest.mark.parametrize(
    ("family", "host", "to"),
    [
        (socket.AF_INET, "127.0.0.1", None),
        (socket.AF_INET6, "::1", None),
        # A server for both: the address of an old client in the form of a new one.
        (socket.AF_INET6, "::", "127.0.0.1"),
    ],
)
def test_ones_own_end_is_found(family: int, host: str, to: str | None) -> None:
    with connected(family, host, to) as (client, server):
        assert owner_of(client, server) == os.getuid()
        assert not is_of_another_user(client, server)


def test_an_end_that_is_not_there_is_nobodys() -> None:
    assert owner_of(("127.0.0.1", 1), ("127.0.0.1", 2)) is None
    assert not is_of_another_user(("127.0.0.1", 1), ("127.0.0.1", 2))
    assert not is_of_another_user(None, ("127.0.0.1", 2))


@ON_LINUX
@pytest.mark.skipif(os.getuid() != 0, reason="Only root can be another user.")
def test_the_end_of_another_user_is_known() -> None:
    with as_nobody() as end_as_root, connected(socket.AF_INET, "127.0.0.1") as ends:
        end_as_root()
        assert owner_of(*ends) == NOBODY
        assert is_of_another_user(*ends)


@contextmanager
def as_nobody() -> Iterator[Callable[[], None]]:
    """Another user until what is given is called: that made what was made till then."""
    os.seteuid(NOBODY)
    try:
        yield lambda: os.seteuid(0)
    finally:
        os.seteuid(0)
