"""What every answer carries, which hosts are answered, which paths are closed."""

import pytest
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send
from streamlit.web.server.starlette import starlette_auth_routes
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from cri_data.settings import SettingError
from cri_ui.server.headers import KnownHosts, SecurityHeaders
from cri_ui.server.public_address import PublicAddress, client_of, public_address
from tests.server.test_local_only import PAGE, answer, run

OURS = PublicAddress("https", "dashboard.example")


@pytest.mark.parametrize("path", ["/", "/media/x.csv", "/overview", "/_stcore/health"])
def test_every_answer_carries_the_headers(path: str):
    status, headers = answer(SecurityHeaders(PAGE, PublicAddress()), path)
    assert status == 200
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "strict-transport-security" not in headers


def test_the_policy_lets_no_script_of_a_page_run_and_asks_no_other_host():
    headers = answer(SecurityHeaders(PAGE, PublicAddress()))[1]
    policy = dict(
        part.split(" ", 1) for part in headers["content-security-policy"].split("; ")
    )
    assert policy["default-src"] == "'self'"
    for directive in ("frame-ancestors", "base-uri", "object-src"):
        assert policy[directive] == "'none'"
    assert "unsafe" not in policy["script-src"]
    assert policy["script-src"].count("'sha256-") == 1
    assert "http" not in headers["content-security-policy"]
    assert " ws: " not in headers["content-security-policy"]


def test_who_may_frame_is_a_setting(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CRI_FRAME_ANCESTORS", "https://portal.example")
    headers = answer(SecurityHeaders(PAGE, PublicAddress()))[1]
    policy = headers["content-security-policy"]
    assert "frame-ancestors https://portal.example;" in policy


def test_static_files_may_be_kept():
    headers = answer(SecurityHeaders(PAGE, PublicAddress()), "/static/js/a.js")[1]
    assert "cache-control" not in headers


def test_only_behind_tls_is_a_browser_told_to_stay_there():
    headers = answer(SecurityHeaders(PAGE, OURS))[1]
    assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize(
    ("address", "given", "sent"),
    [
        (OURS, "a=1; Path=/", "a=1; Path=/; Secure"),
        (OURS, "a=secure", "a=secure; Secure"),
        (OURS, "a=1; Secure; Path=/", "a=1; Secure; Path=/"),
        (PublicAddress(), "a=1; Path=/", "a=1; Path=/"),
    ],
)
def test_behind_tls_no_cookie_goes_over_plain_http(address, given, sent):
    page = PlainTextResponse("a page", headers={"Set-Cookie": given})
    assert answer(SecurityHeaders(page, address))[1]["set-cookie"] == sent


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("_streamlit_user=x; HttpOnly; Path=/", "__Host-_streamlit_user=x"),
        ("_streamlit_user_1=x; Path=/", "__Host-_streamlit_user_1=x"),
        ("_streamlit_user=x; Path=/board", "__Secure-_streamlit_user=x"),
        ("cri_asked_for=x; Path=/; Domain=example", "__Secure-cri_asked_for=x"),
        ("_streamlit_xsrf=x; Path=/", "_streamlit_xsrf=x"),
    ],
)
def test_behind_tls_a_cookie_that_matters_is_this_hosts_alone(given: str, sent: str):
    page = PlainTextResponse("a page", headers={"Set-Cookie": given})
    cookie = answer(SecurityHeaders(page, OURS))[1]["set-cookie"]
    assert cookie.startswith(f"{sent}; ")
    assert cookie.endswith("; Secure")
    assert answer(SecurityHeaders(page, PublicAddress()))[1]["set-cookie"] == given


def test_no_script_reads_who_is_signed_in_and_no_foreign_form_sends_it(monkeypatch):
    monkeypatch.setattr(starlette_auth_routes, "get_cookie_secret", lambda: "s" * 32)
    page = PlainTextResponse("a page")
    starlette_auth_routes._set_single_cookie(page, USER_COOKIE_NAME, "Ann")
    cookie = answer(SecurityHeaders(page, OURS))[1]["set-cookie"]
    name, _, attributes = cookie.partition("=")
    assert name == "__Host-_streamlit_user"
    for attribute in ("HttpOnly", "SameSite=lax", "Secure", "Path=/"):
        assert f"; {attribute}" in attributes


async def _cookies_seen(scope: Scope, receive: Receive, send: Send) -> None:
    seen = {"Seen": Headers(scope=scope).get("cookie", "")}
    await PlainTextResponse("a page", headers=seen)(scope, receive, send)


@pytest.mark.parametrize(
    ("address", "sent", "seen"),
    [
        (OURS, "__Host-_streamlit_user=x; other=1", "_streamlit_user=x; other=1"),
        (OURS, "__Secure-cri_asked_for=x", "cri_asked_for=x"),
        # Planted by a neighbour under the same domain.
        (OURS, "_streamlit_user=evil; _streamlit_xsrf=1", "_streamlit_xsrf=1"),
        (PublicAddress(), "_streamlit_user=x", "_streamlit_user=x"),
    ],
)
def test_behind_tls_only_a_guarded_cookie_signs_in(address, sent: str, seen: str):
    app = SecurityHeaders(_cookies_seen, address)
    assert answer(app, cookie=sent)[1]["seen"] == seen


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/_stcore/metrics", 404),
        ("/_stcore/metrics/", 404),
        ("/x/_stcore/metrics", 404),
        ("/_stcore/agent/mcp", 404),
        ("/_stcore/agent/interact", 404),
        ("/_stcore/agent/openapi.json", 404),
        ("/_stcore/script-health-check", 404),
        ("/_stcore/bidi-components/cri.chart_links/frame.css", 404),
        ("/_stcore/bidi-components/cri.chart_links/../chart_links.js", 404),
        ("/_stcore/bidi-components/other.one/chart_links.js", 404),
        ("/_stcore/bidi-components/cri.chart_links/chart_links.js", 200),
        ("/_stcore/health", 200),
        ("/_stcore/host-config", 200),
    ],
)
def test_counters_and_unused_doors_are_closed(path: str, status: int):
    assert answer(SecurityHeaders(PAGE, PublicAddress()), path)[0] == status


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("dashboard.example", 200),
        ("DASHBOARD.example:443", 200),
        ("localhost:8501", 200),
        ("[::1]:8501", 200),
        ("evil.example", 400),
        ("dashboard.example.evil.example", 400),
        ("dashboard.example, evil.example", 400),
        ("localhost:1; script-src *", 400),
        ("", 400),
    ],
)
def test_only_known_hosts_are_answered(host: str, status: int):
    assert answer(KnownHosts(PAGE, OURS), host=host)[0] == status


@pytest.mark.parametrize("hosts", [[], ["localhost", "evil.example"]])
def test_a_request_must_have_exactly_one_host(hosts: list[str]):
    sent: list[dict] = []

    async def send(message: dict) -> None:
        sent.append(message)

    headers = [(b"host", host.encode()) for host in hosts]
    run(KnownHosts(PAGE, OURS)({"type": "http", "headers": headers}, None, send))
    assert sent[0]["status"] == 400


@pytest.mark.parametrize(
    ("host", "origin", "is_let_in"),
    [
        ("dashboard.example", b"https://dashboard.example", True),
        ("localhost:8501", b"http://localhost:8501", True),
        ("dashboard.example", None, True),
        ("dashboard.example", b"https://evil.example", False),
        ("dashboard.example", b"http://dashboard.example", False),
        ("dashboard.example", b"null", False),
        ("localhost:8501", b"http://localhost:9999", False),
        ("evil.example", b"https://evil.example", False),
    ],
)
def test_a_websocket_from_a_foreign_page_is_closed(
    host: str, origin: bytes | None, is_let_in: bool
):
    sent: list[dict] = []
    reached: list[str] = []

    async def send(message: dict) -> None:
        sent.append(message)

    async def app(scope: dict, _receive: object, _send: object) -> None:
        reached.append(scope["type"])

    headers = [(b"host", host.encode())] + ([(b"origin", origin)] if origin else [])
    scope = {"type": "websocket", "headers": headers}
    run(KnownHosts(app, OURS)(scope, None, send))
    assert (reached == ["websocket"]) is is_let_in
    assert (sent == [{"type": "websocket.close", "code": 1008}]) is not is_let_in


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("127.0.0.1", "10.0.0.9", "10.0.0.9"),
        ("127.0.0.1", "1.1.1.1, 10.0.0.9", "10.0.0.9"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("10.0.0.7", "1.1.1.1", "10.0.0.7"),
    ],
)
def test_a_forwarded_address_is_believed_from_this_computer_alone(
    peer: str, forwarded: str, client: str
):
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    scope = {"type": "http", "client": (peer, 1), "headers": headers}
    assert client_of(scope) == client


@pytest.mark.parametrize(
    "text",
    [
        "dashboard.example",
        "ftp://dashboard.example",
        "https://",
        "https://a.example/path",
        "https://a.example:port",
        "https://me:secret@a.example",
    ],
)
def test_an_address_that_is_none_is_said(monkeypatch: pytest.MonkeyPatch, text: str):
    monkeypatch.setenv("CRI_PUBLIC_URL", text)
    with pytest.raises(SettingError, match="CRI_PUBLIC_URL must be an address"):
        public_address()


def test_the_address_yields_hosts_and_origin(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CRI_PUBLIC_URL", "https://Dashboard.example:8443/")
    address = public_address()
    assert address.origin == "https://dashboard.example:8443"
    assert "dashboard.example" in address.hosts
    assert address.is_tls


def test_an_error_of_the_page_keeps_its_headers():
    _, headers = answer(SecurityHeaders(PlainTextResponse("no", 500), PublicAddress()))
    assert headers["cache-control"] == "no-store"
