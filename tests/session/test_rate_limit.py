"""How much one person and one connection may send."""

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp

from cri_ui.server.upload_limits import UploadLimits
from cri_ui.session.rate_limit import Allowance
from cri_ui.session.upload_sessions import Senders
from tests.server.test_local_only import run

SESSION = "session"
PATH = f"/_stcore/upload_file/{SESSION}/file"
MEGABYTE = 1024 * 1024


class Reader:
    """An app that reads a body and remembers how much reached it."""

    def __init__(self):
        self.read = 0

    async def __call__(self, scope, receive, send):
        async for chunk in Request(scope, receive).stream():
            self.read += len(chunk)
        await PlainTextResponse("stored")(scope, receive, send)


def put(door: UploadLimits, chunks: list[bytes], peer: str = "10.0.0.1", **headers: str):
    """Status of an upload in chunks, and how many of them were asked for."""
    sent: list[dict] = []
    waiting = list(chunks)

    async def send(message: dict) -> None:
        sent.append(message)

    async def receive() -> dict:
        body = waiting.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(waiting)}

    scope = {
        "type": "http",
        "method": "PUT",
        "path": PATH,
        "client": (peer, 1),
        "headers": [
            (name.replace("_", "-").encode(), value.encode())
            for name, value in headers.items()
        ],
    }
    try:
        run(door(scope, receive, send))
    except Exception as error:
        if type(error).__name__ != "ClientDisconnect":
            raise
    starts = [m["status"] for m in sent if m["type"] == "http.response.start"]
    assert len(starts) == 1
    return starts[0], len(chunks) - len(waiting)


def limits(app: ASGIApp, is_let_in: bool = True) -> UploadLimits:
    """The door, before one session that may send or may no more."""
    senders = Senders()
    senders.let(SESSION, lambda: is_let_in)
    return UploadLimits(app, Allowance(), senders)


@pytest.fixture(autouse=True)
def one_megabyte(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CRI_MAX_UPLOAD_MB", "1")
    monkeypatch.setenv("CRI_UPLOADS_PER_HOUR", "1")


def test_a_body_is_cut_off_where_it_grows_too_large():
    reader = Reader()
    chunks = [b"x" * MEGABYTE] * 50
    assert put(limits(reader), chunks) == (413, 3)
    assert reader.read == 2 * MEGABYTE


def test_a_content_length_that_lies_changes_nothing():
    chunks = [b"x" * MEGABYTE] * 50
    door = limits(Reader())
    assert put(door, chunks, content_length="10") == (413, 3)


def test_a_content_length_that_is_honest_is_refused_before_the_body():
    chunks = [b"x" * MEGABYTE] * 50
    door = limits(Reader())
    assert put(door, chunks, content_length=str(50 * MEGABYTE)) == (413, 0)


def test_a_body_within_the_limit_arrives_whole():
    reader = Reader()
    assert put(limits(reader), [b"x" * 10, b"y" * 10]) == (200, 2)
    assert reader.read == 20


def test_one_address_may_send_so_many_and_another_goes_on():
    door = limits(Reader())
    assert [put(door, [b"x"])[0] for _ in range(11)] == [200] * 10 + [429]
    assert put(door, [b"x"], peer="10.0.0.2")[0] == 200
    assert put(door, [b"x"], x_forwarded_for="10.0.0.3")[0] == 429


def test_an_allowance_moves_with_the_hour():
    now = [0.0]
    allowance = Allowance(lambda: now[0])
    assert [allowance.seconds_to_wait("ann", 2) for _ in range(3)] == [0, 0, 3600]
    assert allowance.seconds_to_wait("bo", 2) == 0
    now[0] = 3599.5
    assert allowance.seconds_to_wait("ann", 2) == 1
    now[0] = 3600
    assert allowance.seconds_to_wait("ann", 2) == 0


@pytest.mark.parametrize("now", [0.0, 0.1, 12345.6789, 1e9 / 3])
def test_nothing_is_allowed_where_the_limit_is_none(now: float):
    assert Allowance(lambda: now).seconds_to_wait("ann", 0) == 3600


def test_names_are_forgotten_after_their_hour():
    now = [0.0]
    allowance = Allowance(lambda: now[0])
    for n in range(10_000):
        allowance.seconds_to_wait(str(n), 1)
    now[0] = 4000
    allowance.seconds_to_wait("last", 1)
    assert len(allowance._times) == 1


def test_who_may_send_no_more_is_refused_unread_and_not_counted():
    reader = Reader()
    door = limits(reader, is_let_in=False)
    for _ in range(20):
        assert put(door, [b"x" * 10]) == (403, 0)
    door._senders.let(SESSION, lambda: True)
    assert put(door, [b"x" * 10]) == (200, 1)
    assert reader.read == 10


def test_a_session_that_was_never_let_in_may_send_nothing():
    senders = Senders()
    assert not senders.may("")
    assert not senders.may(SESSION)


def test_the_first_of_too_many_sessions_is_forgotten():
    senders = Senders()
    for number in range(1_001):
        senders.let(str(number), lambda: True)
    assert not senders.may("0")
    assert senders.may("1")
