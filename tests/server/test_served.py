"""Real servers asked to listen in several ways: who is answered, with what."""

import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.servers import streamlit

pytestmark = pytest.mark.server

AUTH = '[auth]\nredirect_uri = "http://localhost/oauth2callback"\n'
PROVIDER = (
    'client_id = "d"\nclient_secret = "s"\nserver_metadata_url = "http://localhost:1"\n'
)
UPGRADE = (
    "GET /_stcore/stream HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\n"
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
SECRET = f'cookie_secret = "{"c" * 40}"\n'


def asked(port: int, path: str = "/", **headers: str) -> tuple[int, str]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


@contextmanager
def served(folder: Path, *arguments: str, **environment: str) -> Iterator[int]:
    """The dashboard on an empty store, and a file for its secrets; its port."""
    own = {"CRI_STORE": str(folder / "cri.duckdb"), "CRI_DEMO": "0"}
    secrets = f"--secrets.files={folder / 'secrets.toml'}"
    with streamlit(secrets, *arguments, **own | environment) as port:
        yield port


def test_told_nothing_it_answers_this_computer_and_no_proxy(tmp_path: Path):
    with served(tmp_path) as port:
        assert asked(port)[0] == 200
        code, text = asked(port, **{"X-Forwarded-For": "127.0.0.1"})
        assert (code, "no sign-in configured" in text) == (403, True)
        assert asked(port, Host="dashboard.example")[0] == 403


@pytest.mark.parametrize("how", ["argument", "variable"])
def test_told_to_listen_elsewhere_it_says_how_to_configure_sign_in(tmp_path: Path, how):
    arguments = ["--server.address=0.0.0.0"] if how == "argument" else []
    environment = {} if arguments else {"STREAMLIT_SERVER_ADDRESS": "0.0.0.0"}  # noqa: S104
    with served(tmp_path, *arguments, **environment) as port:
        for path in ("/", "/overview", "/_stcore/health", "/app/static/icon.png"):
            code, text = asked(port, path)
            assert (code, "no sign-in configured" in text) == (403, True)


def test_with_sign_in_it_may_be_served_elsewhere(tmp_path: Path):
    (tmp_path / "secrets.toml").write_text(AUTH + SECRET + PROVIDER)
    with served(tmp_path, "--server.address=0.0.0.0") as port:
        assert asked(port, **{"X-Forwarded-For": "10.0.0.9"})[0] == 200


def test_with_half_of_a_sign_in_it_does_not_open_and_says_what_is_missing(tmp_path: Path):
    (tmp_path / "secrets.toml").write_text(AUTH + PROVIDER)
    with served(tmp_path) as port:
        code, text = asked(port)
        assert (code, "[auth] has no cookie_secret." in text) == (503, True)
        assert 'client_secret = "s"' not in text


def test_no_other_host_is_asked_for_anything(tmp_path: Path):
    """Neither for the greeting, nor for where a WebSocket comes from."""
    (tmp_path / "secrets.toml").write_text(AUTH + SECRET + PROVIDER)
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        asks = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        proxies = {"http_proxy": asks, "https_proxy": asks, "no_proxy": "127.0.0.1"}
        public = {"CRI_PUBLIC_URL": "https://dashboard.example.org"}
        with served(tmp_path, "--server.address=0.0.0.0", **proxies, **public) as port:
            host = "dashboard.example.org"
            line = socket.create_connection(("127.0.0.1", port), timeout=30)
            line.sendall(UPGRADE.format(host=host, origin=f"https://{host}").encode())
            assert b" 101 " in line.recv(4096).partition(b"\r\n")[0]
            line.close()
        proxy.settimeout(0.5)
        with pytest.raises(TimeoutError):
            proxy.accept()
