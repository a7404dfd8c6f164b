"""What the real server refuses and gives away, asked over raw connections."""

import http.client
import re
import secrets
import select
import socket
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from tests.server.test_served import UPGRADE
from tests.support.servers import ROOT, streamlit

pytestmark = pytest.mark.server

SECRET = "a-secret-that-nobody-may-read"  # noqa: S105


class Live(NamedTuple):
    """A running server: where it listens, its store and its log."""

    port: int
    store: Path
    log: Path


@contextmanager
def running(script: str, log: Path, **environment: str) -> Iterator[int]:
    """A server at debug level, with a secret in its environment; its port."""
    own = {"STREAMLIT_SERVER_COOKIE_SECRET": SECRET}
    with streamlit(
        "--logger.level=debug", script=script, log_path=log, **environment | own
    ) as port:
        yield port


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The dashboard on an empty store."""
    folder = tmp_path_factory.mktemp("live")
    store, log = folder / "store" / "cri.duckdb", folder / "log"
    settings = {"CRI_STORE": str(store), "CRI_DEMO": "0", "CRI_MAX_UPLOAD_MB": "1"}
    with running("app.py", log, **settings) as port:
        yield Live(port, store, log)


def asked(port: int, method: str, path: str, body: object = None, **headers: str):
    """Status, headers and body; a body of chunks is sent without its length."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, body, headers, encode_chunked=body is not None)
    answer = connection.getresponse()
    said = answer.status, answer.headers, answer.read()
    connection.close()
    return said


def upgraded(port: int, host: str, origin: str) -> bytes:
    """The first line that a WebSocket's handshake is answered with."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.connect()
    connection.sock.sendall(UPGRADE.format(host=host, origin=origin).encode())
    line = connection.sock.recv(4096).partition(b"\r\n")[0]
    connection.close()
    return line


def test_a_websocket_of_a_foreign_page_is_refused(live: Live):
    ours = f"localhost:{live.port}"
    assert b" 101 " in upgraded(live.port, ours, f"http://{ours}")
    assert b" 403 " in upgraded(live.port, ours, "http://evil.example")
    assert b" 403 " in upgraded(live.port, "evil.example", "http://evil.example")


@contextmanager
def session_of(port: int, page_name: str = "") -> Iterator[tuple[str, ClientConnection]]:
    """A visitor's session as a browser has one, when the page has begun to run."""
    ours = f"localhost:{port}"
    address, origin = f"ws://{ours}/_stcore/stream", f"http://{ours}"
    wish = BackMsg()
    wish.rerun_script.query_string = ""
    wish.rerun_script.page_name = page_name
    with connect(address, origin=origin, subprotocols=["streamlit"]) as page:
        page.send(wish.SerializeToString())
        while True:
            message = ForwardMsg.FromString(page.recv(30))
            if message.HasField("new_session"):
                yield message.new_session.initialize.session_id, page
                return


def test_an_upload_without_a_length_is_cut_off_while_it_comes(live: Live):
    form = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
    sent = 0
    with (
        session_of(live.port, "upload") as (session, page),
        socket.create_connection(("127.0.0.1", live.port), 30) as connection,
    ):
        until_finished(page)
        head = "".join(f"{name}: {value}\r\n" for name, value in cookie(live).items())
        connection.sendall(
            f"PUT /_stcore/upload_file/{session}/one HTTP/1.1\r\nHost: localhost\r\n"
            f"{head}Content-Type: multipart/form-data; boundary=x\r\n"
            "Transfer-Encoding: chunked\r\n\r\n".encode()
        )
        connection.sendall(b"%x\r\n%s\r\n" % (len(form), form))
        while sent < 200 and not select.select([connection], [], [], 0.1)[0]:
            connection.sendall(b"100000\r\n" + b"x" * 1024 * 1024 + b"\r\n")
            sent += 1
        said = connection.recv(4096)
    assert said.startswith(b"HTTP/1.1 413 ")
    assert 2 <= sent < 20


def test_an_upload_that_says_it_is_too_large_is_refused_unread(live: Live):
    with session_of(live.port, "upload") as (session, page):
        until_finished(page)
        status, headers, _ = asked(
            live.port,
            "PUT",
            f"/_stcore/upload_file/{session}/no-file",
            **{"Content-Length": str(900 * 1024 * 1024)},
        )
    assert (status, headers["Cache-Control"]) == (413, "no-store")


def test_only_who_has_the_upload_page_before_them_may_send_a_file(live: Live):
    """A session is had by whoever opens a WebSocket, and Streamlit takes its files."""
    form = (
        b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
        b"a\r\n--x--\r\n"
    )
    said = cookie(live) | {"Content-Type": "multipart/form-data; boundary=x"}
    for page_name, status in (("overview", 403), ("upload", 204)):
        with session_of(live.port, page_name) as (session, page):
            until_finished(page)
            path = f"/_stcore/upload_file/{session}/one"
            assert asked(live.port, "PUT", path, form, **said)[0] == status
    assert asked(live.port, "PUT", "/_stcore/upload_file/x/one", form, **said)[0] == 403


def cookie(live: Live) -> dict[str, str]:
    """What Streamlit wants of a form that is not from elsewhere."""
    given = asked(live.port, "GET", "/_stcore/health")[1]["Set-Cookie"]
    name, _, value = given.partition(";")[0].partition("=")
    return {"Cookie": f"{name}={value}", "X-Xsrftoken": value}


def until_finished(page: ClientConnection) -> None:
    """Wait until the page is drawn."""
    while ForwardMsg.FromString(page.recv(30)).WhichOneof("type") != "script_finished":
        pass


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/mcp",
        "/_stcore/script-health-check",
    ],
)
def test_closed_paths_do_not_exist(live: Live, path: str):
    assert asked(live.port, "GET", path)[0] == 404


def test_what_streamlit_tells_a_page_of_its_host_names_no_secret(live: Live):
    status, _, body = asked(live.port, "GET", "/_stcore/host-config")
    assert status == 200
    assert SECRET.encode() not in body


@pytest.mark.parametrize(
    "path",
    [
        *("/static/../app.py", "/app/static/../../app.py", "/app/static/%2e%2e/app.py"),
        *("/.git/config", "/app/static/../.git/config", "/.streamlit/config.toml"),
    ],
)
def test_static_files_end_at_their_folder(live: Live, path: str):
    body = asked(live.port, "GET", path)[2]
    for inside in (b"LocalOnly", b"[core]", b"gitdir:", b"maxUploadSize"):
        assert inside not in body


@pytest.mark.parametrize("path", ["/app/static/", "/app/static/fonts/", "/static/"])
def test_no_folder_is_listed(live: Live, path: str):
    status, _, body = asked(live.port, "GET", path)
    assert status == 404 or (status == 301 and not body)


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "DEBUG", "CONNECT"])
def test_a_request_is_not_echoed(live: Live, method: str):
    status, _, body = asked(live.port, method, "/", **{"X-Marker": SECRET})
    assert status in (400, 404, 405)
    assert SECRET.encode() not in body


@pytest.mark.parametrize(
    "path",
    ["/", "/overview", "/_stcore/health", "/_stcore/host-config", "/nothing", "/media/x"],
)
def test_every_answer_says_what_it_is_and_is_for_no_other_page(live: Live, path: str):
    _, headers, body = asked(live.port, "GET", path, Origin="http://evil.example")
    assert body
    kind = headers["Content-Type"]
    assert "charset=utf-8" in kind if kind.startswith("text/") else kind
    assert "Access-Control-Allow-Origin" not in headers
    for cookie in headers.get_all("Set-Cookie", ()):
        assert "samesite=lax" in cookie.lower()


def test_an_upload_without_its_token_is_refused(live: Live):
    with session_of(live.port) as (session, _):
        path = f"/_stcore/upload_file/{session}/one"
        for method in ("PUT", "DELETE"):
            assert asked(live.port, method, path, b"")[0] == 403


def test_the_log_names_no_secret_and_a_line_is_one_event(live: Live):
    marker = secrets.token_hex(8)
    asked(live.port, "GET", f"/overview?token={marker}%0aERROR%20forged")
    time.sleep(0.5)
    log = live.log.read_text(errors="replace")
    assert log
    assert SECRET not in log
    assert marker not in log


def test_store_log_and_folder_are_their_owners_alone(live: Live):
    folder = live.store.parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    files = list(folder.iterdir())
    assert live.store in files
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_an_error_in_a_page_is_for_the_log_and_not_for_the_reader(tmp_path: Path):
    script, app, log = tmp_path / "failing.py", tmp_path / "app.py", tmp_path / "log"
    script.write_text("raise ValueError('inside-the-program')\n")
    app.write_text(f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
import streamlit as st
from cri_ui.server.errors import show_error, watch_the_log
watch_the_log()
app = st.App({str(script)!r}, on_script_error=show_error)
""")
    said = b""
    with running(str(app), log) as port, session_of(port) as (_, page):
        while True:
            came = page.recv(30)
            said += came
            message = ForwardMsg.FromString(came)
            assert not message.delta.new_element.HasField("exception")
            if message.WhichOneof("type") == "script_finished":
                break
    assert b"inside-the-program" not in said
    shown = re.search(rb"the program office: (Reference \w{8})", said)
    assert shown, said
    # Whoever looks after the server finds by it what happened.
    assert f"ValueError: inside-the-program\n{shown[1].decode()}" in log.read_text()
