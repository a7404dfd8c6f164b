"""Signing in at a real OpenID provider, with a real server and a real browser."""

import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, expect

from cri_data.accounts import users
from cri_data.model.roles import ROLES, Viewer
from cri_ui.navigation import PAGES
from cri_ui.views.sign_in import LOOK_AGAIN_SECONDS
from tests.browser.choosing import search
from tests.browser.roles import open_page
from tests.browser.server import settled
from tests.support.servers import free_ports, started
from tests.support.stores import demonstration_store
from tests.views.test_pages import HEADINGS, MAY_SEE

ADMIN = "administrator@office.gov"
STRANGER = "stranger@elsewhere.org"
UNVERIFIED = "unverified@office.gov"
# The provider's own pages ask for a style sheet elsewhere; ours never do.
OF_THE_PROVIDER = ("https://cdn.jsdelivr.net/",)
CLIENT_SECRET = "client-secret-that-nobody-may-read"  # noqa: S105
COOKIE_SECRET = "cookie-secret-that-nobody-may-read-either"  # noqa: S105


def email_of(role: str) -> str:
    return f"{role}@office.gov"


def secrets_file(folder: Path, address: str, provider: str) -> Path:
    path = folder / "secrets.toml"
    metadata = f"{provider}/.well-known/openid-configuration"
    section = (
        f'client_id = "dashboard"\nclient_secret = "{CLIENT_SECRET}"\n'
        f'server_metadata_url = "{metadata}"\n'
    )
    path.write_text(
        f'[auth]\nredirect_uri = "{address}/oauth2callback"\n'
        f'cookie_secret = "{COOKIE_SECRET}"\n\n'
        f"[auth.office]\n{section}\n[auth.association]\n{section}"
    )
    return path


@dataclass(frozen=True)
class Served:
    """The dashboard with sign-in, and the provider that it trusts."""

    address: str
    provider: str
    log: Path


@pytest.fixture(scope="session")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("sign_in")
    store = demonstration_store(400, folder / "cri.duckdb")
    partner_id = store.ask("partners_options", Viewer("staff")).partner_id[0]
    users.add(store, ADMIN, "administrator", None, "test")
    for role in ROLES:
        of = partner_id if role == "partner" else None
        users.add(store, email_of(role), role, of, "test")
    for name in ("leaving@office.gov", UNVERIFIED):
        users.add(store, name, "staff", None, "test")
    store.close()
    port, provider_port = free_ports(2)
    log = folder / "dashboard.log"
    served = Served(f"http://localhost:{port}", f"http://localhost:{provider_port}", log)
    known = [email_of(role) for role in ROLES] + ["leaving@office.gov", STRANGER]
    claims = [{"sub": name, "email": name, "email_verified": True} for name in known]
    claims.append({"sub": UNVERIFIED, "email": UNVERIFIED, "email_verified": False})
    provider = [sys.executable, "-m", "oidc_provider_mock", "-p", str(provider_port)]
    for claim in claims:
        provider += ["--user-claims", json.dumps(claim)]
    secrets = secrets_file(folder, served.address, served.provider)
    dashboard = [
        *(sys.executable, "-m", "streamlit", "run", "app.py"),
        *(f"--server.port={port}", f"--secrets.files={secrets}"),
        "--logger.level=debug",
    ]
    store_path = str(folder / "cri.duckdb")
    with (
        started(provider, provider_port, "/"),
        started(dashboard, port, log_path=log, CRI_STORE=store_path),
    ):
        yield served


@pytest.fixture
def signed_in(signed: Served, visit: Callable[..., Page]) -> Callable[..., Page]:
    """A new visitor who signs in as somebody, on the way to a page."""

    def opened(email: str, path: str = "/") -> Page:
        page = visit(expected=OF_THE_PROVIDER)
        page.goto(signed.address + path)
        sign_in(page, email)
        return page

    return opened


def sign_in(page: Page, email: str) -> None:
    page.get_by_role("button", name="Sign in with Office").click()
    page.get_by_role("button", name=email, exact=True).first.click()
    page.wait_for_url(re.compile(r"http://localhost:\d+/(?!oauth2)"))
    settled(page)


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", level=1, name=name, exact=True)).to_be_visible(
        timeout=20_000
    )


def test_before_signing_in_there_is_one_page_and_nothing_else(signed, visit):
    page = visit()
    for path in ("/", *(f"/{entry.url}" for entry in PAGES), "/nothing"):
        page.goto(signed.address + path)
        settled(page)
        heading(page, "Collaborative Reform dashboard")
        expect(page).to_have_title("Sign in · Collaborative Reform dashboard")
        expect(page.get_by_role("button", name=re.compile("^Sign in with"))).to_have_count(
            2
        )
        expect(page.get_by_test_id("stSidebar")).to_have_count(0)
        expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_comes_in_and_opens_what_it_may(signed, signed_in, role: str):
    page = signed_in(email_of(role))
    page.get_by_role("button", name=email_of(role)).click()
    expect(page.get_by_role("button", name="Sign out", exact=True)).to_be_visible()
    expect(page.get_by_role("combobox", name="View as")).to_have_count(
        int(role in ("staff", "administrator"))
    )
    for entry in PAGES:
        # Each a cold start: a new connection that has the cookie alone. What stands
        # first is enough.
        page.goto(f"{signed.address}/{entry.url}", wait_until="commit")
        if role in MAY_SEE[entry.url]:
            heading(page, HEADINGS[entry.url])
        else:
            heading(page, "You don't have access to this page")
            expect(page).to_have_title(
                f"No access to {entry.title} · Collaborative Reform dashboard"
            )
            expect(page.get_by_role("heading")).to_have_count(1)


def test_after_signing_in_one_comes_to_the_page_asked_for(signed, signed_in):
    page = signed_in(email_of("leadership"), "/demand?region=South")
    heading(page, "Demand for assistance")
    assert page.url.startswith(f"{signed.address}/demand")
    assert "region=South" in page.url


def test_who_is_denied_at_the_provider_is_told_and_may_try_again(signed, visit):
    page = visit(expected=OF_THE_PROVIDER)
    page.goto(f"{signed.address}/demand?region=South")
    page.get_by_role("button", name="Sign in with Office").click()
    page.get_by_role("button", name="Deny").click()
    expect(page.get_by_text("Sign-in failed")).to_be_visible(timeout=20_000)
    sign_in(page, email_of("leadership"))
    heading(page, "Demand for assistance")
    assert "region=South" in page.url


@pytest.mark.parametrize(
    ("email", "says"), [(STRANGER, "does not have access"), (UNVERIFIED, "is verified")]
)
def test_who_is_not_let_in_sees_whom_to_ask_and_no_more(signed_in, email, says):
    page = signed_in(email, "/overview")
    heading(page, "You don't have access yet")
    expect(page.get_by_text(says)).to_be_visible()
    expect(page.get_by_text("Ask the program office")).to_be_visible()
    expect(page.get_by_test_id("stSidebar")).to_have_count(0)


def test_a_role_taken_away_holds_from_the_next_click(signed_in):
    leaving = signed_in("leaving@office.gov", "/engagement_map")
    heading(leaving, "Engagement map")
    files: list[object] = []
    leaving.on("download", lambda file: files.append(file))
    take = leaving.get_by_role("button", name=re.compile("^Download CSV"))
    with leaving.expect_download():
        take.click()
    assert len(files) == 1
    admin = signed_in(ADMIN, "/people")
    heading(admin, "People and access")
    search(
        admin,
        admin.get_by_role("combobox", name="Person", exact=True),
        "leaving@office.gov",
    )
    admin.get_by_role("option", name="leaving@office.gov").click()
    settled(admin)
    admin.get_by_text("Yes, remove access from their next click.").click()
    expect(admin.get_by_role("button", name="Remove")).to_be_enabled()
    admin.get_by_role("button", name="Remove").click()
    expect(admin.get_by_text("leaving@office.gov no longer has access")).to_be_visible()
    # The file is made when the button is pressed, and that runs no script.
    with pytest.raises(Error, match="Timeout"), leaving.expect_download(timeout=2_000):
        take.click()
    assert len(files) == 1
    open_page(leaving, "Demand")
    heading(leaving, "You don't have access yet")
    expect(leaving.locator(".tiles > li")).to_have_count(0)


def test_signed_out_ends_every_tab_and_back_shows_nothing(signed, signed_in):
    page = signed_in(email_of("staff"), "/overview")
    heading(page, "Overview")
    cookies = page.context.cookies()
    other = page.context.new_page()
    other.goto(f"{signed.address}/demand")
    heading(other, "Demand for assistance")

    page.get_by_role("button", name=email_of("staff")).click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    # The provider ends its own sign-in, too.
    heading(page, "End Session")
    page.goto(signed.address)
    heading(page, "Collaborative Reform dashboard")
    page.go_back()
    heading(page, "End Session")
    page.go_back()
    expect(page.get_by_role("button", name="Sign in with Office")).to_be_visible()
    expect(page.locator(".tiles > li")).to_have_count(0)

    # Without a click: what it showed is gone.
    expect(other.get_by_role("button", name="Sign in with Office")).to_be_visible(
        timeout=(LOOK_AGAIN_SECONDS + 15) * 1000
    )
    expect(other.locator(".tiles > li")).to_have_count(0)
    # A copy of the cookie is worth nothing either.
    page.context.add_cookies(cookies)
    page.goto(f"{signed.address}/overview")
    heading(page, "Collaborative Reform dashboard")
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    # And who signs in again is in again.
    sign_in(page, email_of("staff"))
    heading(page, "Overview")


def test_signed_out_by_the_address_alone_is_out_too(signed, signed_in):
    page = signed_in(email_of("leadership"), "/overview")
    heading(page, "Overview")
    cookies = page.context.cookies()
    page.goto(f"{signed.address}/auth/logout")
    page.context.add_cookies(cookies)
    page.goto(f"{signed.address}/overview")
    heading(page, "Collaborative Reform dashboard")
    expect(page.get_by_text("You are signed out.")).to_be_visible()


def test_nothing_of_it_stands_in_the_log(signed, signed_in):
    """At its most talkative, after everything above: no secret, no token, no error."""
    heading(signed_in(email_of("leadership"), "/overview"), "Overview")
    log = signed.log.read_text()
    assert "Beginning script thread" in log
    for secret in (CLIENT_SECRET, COOKIE_SECRET, "id_token", "access_token", "eyJ"):
        assert secret not in log
    assert email_of("leadership") not in log
    assert not re.search(r"[?&]code=", log)
    assert "Traceback" not in log, log[log.index("Traceback") :][:3_000]
