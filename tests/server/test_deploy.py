"""nginx for real, from docs/deploy/nginx.conf, in front of the real dashboard."""

import http.client
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from cri_data.settings import SETTINGS
from tests.server.test_served import AUTH, PROVIDER, SECRET, UPGRADE
from tests.support.servers import free_ports, started

pytestmark = pytest.mark.server

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "docs" / "deploy" / "nginx.conf"
NAME = "dashboard.example.org"


class Ports(NamedTuple):
    """Where nginx and the dashboard listen."""

    plain: int
    tls: int
    dashboard: int


def nginx() -> str:
    """The system's nginx. Without one the test says so; in CI it fails."""
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        message = "No nginx here: docs/deploy/nginx.conf was not tried."
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


def certificate(folder: Path) -> None:
    command = (
        f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={NAME} "
        f"-addext subjectAltName=DNS:{NAME} -keyout privkey.pem -out fullchain.pem"
    )
    subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)


def configuration(folder: Path, ports: Ports) -> Path:
    """The example with nothing but ports and paths replaced."""
    site = EXAMPLE.read_text()
    site = re.sub(r"listen 80\b", f"listen 127.0.0.1:{ports.plain}", site)
    site = re.sub(r"listen 443\b", f"listen 127.0.0.1:{ports.tls}", site)
    site = site.replace("127.0.0.1:8501", f"127.0.0.1:{ports.dashboard}")
    return framed(folder, site.replace("/etc/ssl/dashboard", str(folder)))


def framed(folder: Path, site: str) -> Path:
    """What nginx needs around a site to run within a folder."""
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    file = folder / "nginx.conf"
    file.write_text(
        f"daemon off;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{\naccess_log {folder}/access.log;\n{paths}{site}}}\n"
    )
    return file


@contextmanager
def behind_nginx(folder: Path, *server: str) -> Iterator[Ports]:
    """Nginx before this module, started with where it is to listen."""
    program = nginx()
    ports = Ports(*free_ports(3))
    certificate(folder)
    port = "--server.port" if "streamlit" in server else "--port"
    serve = [sys.executable, "-m", *server, f"{port}={ports.dashboard}"]
    settings = {
        "CRI_STORE": str(folder / "store" / "cri.duckdb"),
        "CRI_DEMO": "0",
        "CRI_PUBLIC_URL": f"https://{NAME}",
    }
    proxy = [program, "-c", str(configuration(folder, ports)), "-p", str(folder)]
    with (
        started(serve, ports.dashboard, **settings),
        started(proxy, ports.tls, None),
    ):
        yield ports


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ports, Path]]:
    """Ports and certificate's folder of a dashboard that answers through the proxy."""
    folder = tmp_path_factory.mktemp("proxied")
    with behind_nginx(folder, "uvicorn", "tests.support.behind_proxy:app") as ports:
        yield ports, folder


def tls(port: int, folder: Path, name: str = NAME) -> ssl.SSLSocket:
    context = ssl.create_default_context(cafile=str(folder / "fullchain.pem"))
    plain = socket.create_connection(("127.0.0.1", port), 20)
    try:
        return context.wrap_socket(plain, server_hostname=name)
    except ssl.SSLError:
        plain.close()
        raise


def asked(proxied: tuple[Ports, Path], path: str, **headers: str):
    """Status, headers and body of a GET by https."""
    ports, folder = proxied
    connection = http.client.HTTPConnection(NAME)
    connection.sock = tls(ports.tls, folder)
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("GET", path, headers={"Host": NAME} | given)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.headers, body


def upgraded(proxied: tuple[Ports, Path], host: str, origin: str) -> bytes:
    """The first line that a WebSocket's handshake is answered with."""
    with tls(proxied[0].tls, proxied[1]) as connection:
        connection.sendall(UPGRADE.format(host=host, origin=origin).encode())
        return connection.recv(4096).partition(b"\r\n")[0]


def test_https_answers_with_the_headers_once(proxied):
    status, headers, body = asked(proxied, "/")
    assert (status, b"<html" in body) == (200, True)
    for name in ("Strict-Transport-Security", "X-Content-Type-Options"):
        assert len(headers.get_all(name)) == 1
    assert f"wss://{NAME}" in headers["Content-Security-Policy"]
    assert headers["Server"] == "nginx"


def test_tls_is_new_and_its_ciphers_are_strong(proxied):
    ports, folder = proxied
    with tls(ports.tls, folder) as connection:
        assert connection.version() == "TLSv1.3"
    for ciphers in ("AES128-GCM-SHA256", "ECDHE-RSA-AES128-SHA256", "ECDHE-RSA-AES128-SHA"):
        old = ssl.create_default_context(cafile=folder / "fullchain.pem")
        old.maximum_version = ssl.TLSVersion.TLSv1_2
        old.set_ciphers(ciphers)
        with (
            socket.create_connection(("127.0.0.1", ports.tls)) as plain,
            pytest.raises(ssl.SSLError, match="HANDSHAKE_FAILURE"),
        ):
            old.wrap_socket(plain, server_hostname=NAME)
    conf = (ROOT / "docs" / "deploy" / "nginx.conf").read_text()
    assert conf.count("ssl_protocols TLSv1.2 TLSv1.3;") == conf.count("listen 443 ssl")


def test_http_leads_to_https(proxied):
    connection = http.client.HTTPConnection("127.0.0.1", proxied[0].plain)
    connection.request("GET", "/demand?state=TX", headers={"Host": NAME})
    answer = connection.getresponse()
    location = answer.headers["Location"]
    connection.close()
    assert (answer.status, location) == (301, f"https://{NAME}/demand?state=TX")


@pytest.mark.parametrize("path", ["/_stcore/stream", "/_stcore/upload_file/x", "/media/x"])
def test_what_no_person_opens_is_not_led_to_https_in_silence(proxied, path: str):
    connection = http.client.HTTPConnection("127.0.0.1", proxied[0].plain)
    connection.request("GET", path, headers={"Host": NAME})
    assert connection.getresponse().status == 403
    connection.close()


def test_a_websocket_of_ours_passes_and_a_foreign_one_does_not(proxied):
    assert b" 101 " in upgraded(proxied, NAME, f"https://{NAME}")
    assert b" 403 " in upgraded(proxied, NAME, "https://evil.example")
    assert upgraded(proxied, "evil.example", "https://evil.example") == b""


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "/x/_stcore/metrics", "/_stcore/agent/mcp"]
)
def test_counters_and_unused_doors_are_closed(proxied, path: str):
    status, headers, _ = asked(proxied, path)
    assert (status, headers["X-Content-Type-Options"]) == (404, "nosniff")


def test_a_foreign_host_is_refused(proxied):
    with pytest.raises(http.client.RemoteDisconnected):
        asked(proxied, "/", Host="evil.example")
    with pytest.raises(ssl.SSLError):
        tls(proxied[0].tls, proxied[1], "evil.example")


def test_what_a_visitor_says_of_where_he_comes_from_counts_for_nothing(proxied):
    forged = {
        "X_Forwarded_For": "6.6.6.6",
        "X_Real_IP": "6.6.6.6",
        "Forwarded": "for=6.6.6.6",
        "X_Forwarded_Host": "evil.example",
        "X_Forwarded_Proto": "http",
    }
    status, _, body = asked(proxied, "/echo", **forged)
    assert status == 200
    assert json.loads(body)["client"] == "127.0.0.1"
    assert b"6.6.6.6" not in body
    assert b"evil" not in body


def test_without_sign_in_nobody_is_answered_through_a_proxy(tmp_path: Path):
    with behind_nginx(tmp_path, "uvicorn", "app:app") as ports:
        status, headers, body = asked((ports, tmp_path), "/")
    assert status == 403
    assert b"configure sign-in" in body
    assert headers["X-Content-Type-Options"] == "nosniff"


# Nothing but what everybody writes first: nginx then gives its own address as the
# host and no word of for whom it asks.
CARELESS = """
server {{
    listen 127.0.0.1:{tls};
    location / {{
        proxy_pass http://127.0.0.1:{dashboard};
        proxy_http_version 1.1;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection "upgrade";
    }}
}}
"""


@pytest.mark.skipif(os.getuid() != 0, reason="Only root starts nginx as another user.")
def test_a_proxy_that_says_nothing_of_itself_is_no_way_in(tmp_path: Path):
    ports, program = Ports(*free_ports(3)), nginx()
    proxy = [program, "-c", str(framed(tmp_path, CARELESS.format(**ports._asdict())))]
    serve = [sys.executable, "-m", "uvicorn", "app:app", "--port", str(ports.dashboard)]
    settings = {"CRI_STORE": str(tmp_path / "cri.duckdb"), "CRI_DEMO": "0"}
    with (
        started(serve, ports.dashboard, **settings),
        started([*proxy, "-p", str(tmp_path)], ports.tls, None),
    ):
        # As it is on the computer itself, where nothing is in between.
        for port, status in ((ports.dashboard, 200), (ports.tls, 403)):
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            line.request("GET", "/")
            assert line.getresponse().status == status
            line.close()


def test_with_sign_in_the_dashboard_itself_answers_through_the_proxy(tmp_path: Path):
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(
        AUTH.replace("http://localhost", f"https://{NAME}") + SECRET + PROVIDER
    )
    server = ("streamlit", "run", "app.py", f"--secrets.files={secrets}")
    with behind_nginx(tmp_path, *server) as ports:
        proxied = (ports, tmp_path)
        status, _, body = asked(proxied, "/")
        assert (status, b"<html" in body) == (200, True)
        assert b" 101 " in upgraded(proxied, NAME, f"https://{NAME}")


def test_the_example_of_settings_is_one_that_the_unit_can_write_by():
    """Read as a shell and systemd do; everything it writes lies where the unit lets it."""
    deploy = EXAMPLE.parent
    printed = subprocess.run(
        ["/bin/sh", "-c", f"set -a; . {deploy / 'dashboard.env'}; env"],
        env={},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    given = dict(line.split("=", 1) for line in printed.splitlines() if "CRI_" in line)
    assert given.keys() <= {setting.name for setting in SETTINGS}
    assert {"CRI_PUBLIC_URL", "CRI_ADMIN", "CRI_STORE"} <= given.keys()
    unit = (deploy / "dashboard.service").read_text()
    assert "EnvironmentFile=/etc/dashboard.env\n" in unit
    assert "StateDirectory=dashboard\n" in unit
    for name in ("CRI_STORE", "CRI_BACKUP_DIR"):
        assert given[name].startswith("/var/lib/dashboard/")
