"""Who is answered at all."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.responses import PlainTextResponse

from cri_ui.server.local_only import LocalOnly, is_loopback


def run(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run it in a thread of its own: the browser's tests leave a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, coroutine).result()


def answer(
    app, path: str = "/", server: str = "127.0.0.1", query: str = "", **headers: str
):
    """Status and headers of an HTTP request, driven without a server."""
    sent: list[dict] = []
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "server": (server, 8501),
        "headers": [
            (name.replace("_", "-").encode(), value.encode())
            for name, value in ({"host": "localhost:8501"} | headers).items()
        ],
    }

    async def send(message: dict) -> None:
        sent.append(message)

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    run(app(scope, receive, send))
    return sent[0]["status"], {
        name.decode(): value.decode() for name, value in sent[0]["headers"]
    }


PAGE = PlainTextResponse("a page")


@pytest.mark.parametrize(
    ("server", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("127.0.0.1", {"host": "127.0.0.1:8501"}, 200),
        ("::1", {"host": "[::1]:8501"}, 200),
        ("127.0.0.1", {"host": "dashboard.example"}, 403),
        ("127.0.0.1", {"host": "localhost.example"}, 403),
        ("127.0.0.1", {"host": ""}, 403),
        ("10.0.0.5", {}, 403),
        ("0.0.0.0", {}, 403),  # noqa: S104
        ("127.0.0.1", {"x_forwarded_for": "127.0.0.1"}, 403),
        ("127.0.0.1", {"forwarded": "for=127.0.0.1"}, 403),
        ("127.0.0.1", {"x_forwarded_proto": "http"}, 403),
        ("127.0.0.1", {"via": "1.1 proxy"}, 403),
    ],
)
def test_only_this_computer_is_answered_and_never_through_a_proxy(server, headers, status):
    assert answer(LocalOnly(PAGE), server=server, **headers)[0] == status


def test_a_websocket_from_elsewhere_is_closed():
    sent: list[dict] = []

    async def send(message: dict) -> None:
        sent.append(message)

    scope = {
        "type": "websocket",
        "server": ("127.0.0.1", 8501),
        "headers": [(b"host", b"dashboard.example")],
    }
    run(LocalOnly(PAGE)(scope, None, send))
    assert sent == [{"type": "websocket.close", "code": 1008}]


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("LOCALHOST:80", True),
        ("127.9.9.9", True),
        ("[::1]", True),
        ("::1", True),
        ("127.0.0.1.example", False),
        ("", False),
        ("192.168.0.1:8501", False),
    ],
)
def test_what_is_this_computer(host: str, expected: bool):
    assert is_loopback(host) is expected
