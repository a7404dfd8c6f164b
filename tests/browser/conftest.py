"""A real server on a free port and a real Chromium with no way out."""

import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)

from tests.browser.chromium import ARGUMENTS, headless_shell
from tests.browser.server import served
from tests.support.stores import demonstration_file

# What belongs to the server under test, and what never leaves the browser.
_OURS = re.compile(r"(https?|wss?)://(localhost|127\.0\.0\.1)[:/]|data:|blob:|about:")

# What is looked for comes at once, or, where the machine is busy, in a while.
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in item.nodeid:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = headless_shell()
    if path is None:
        message = (
            "No Chromium here, and none could be installed: browser tests did not run."
        )
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def start_server() -> Iterator[Callable[..., str]]:
    """Start the app on a store of its own; its address. All end with the session."""
    with ExitStack() as servers:
        yield lambda store, **environment: servers.enter_context(
            served(store, **environment)
        )


@pytest.fixture(scope="session")
def demonstration(
    start_server: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The address of a server on the demonstration."""
    path = tmp_path_factory.mktemp("demonstration") / "cri.duckdb"
    shutil.copy(demonstration_file(), path)
    return start_server(path)


@pytest.fixture(scope="session")
def attempts() -> list[str]:
    """What pages asked another host for, since somebody last emptied the list."""
    return []


@pytest.fixture(scope="session")
def idle_contexts() -> list[BrowserContext]:
    """Visitors' browsers that are free again: they have Streamlit's code already."""
    return []


@pytest.fixture
def visit(
    browser: Browser, idle_contexts: list[BrowserContext], attempts: list[str]
) -> Iterator[Callable[..., Page]]:
    """A new visitor. Whatever asks another host fails the test, unless it is `expected`."""
    used: list[BrowserContext] = []
    all_expected: set[str] = set()

    def new(
        color_scheme: str = "light", width: int = 1400, expected: Iterable[str] = ()
    ) -> Page:
        used.append(idle_contexts.pop() if idle_contexts else _context(browser, attempts))
        all_expected.update(expected)
        page = used[-1].new_page()
        page.emulate_media(color_scheme=color_scheme)
        page.set_viewport_size({"width": width, "height": 900})
        return page

    yield new
    for context in used:
        _forget(context)
        idle_contexts.append(context)
    found = [url for url in attempts if not url.startswith(tuple(all_expected))]
    attempts.clear()
    assert found == []


def _forget(context: BrowserContext) -> None:
    """Close a visitor's pages, and leave nothing of the visitor but fetched files."""
    context.clear_cookies()
    for page in context.pages:
        # For one, whether the filters stood open.
        origin = "/".join(page.url.split("/")[:3])
        session = context.new_cdp_session(page)
        kept = {"origin": origin, "storageTypes": "local_storage,indexeddb"}
        session.send("Storage.clearDataForOrigin", kept)
        page.close()


def _context(browser: Browser, attempts: list[str]) -> BrowserContext:
    """A browser that notes in `attempts` what it asks another host, and is refused."""

    def note_request(request: Request) -> None:
        if not _OURS.match(request.url):
            attempts.append(request.url)

    def note_refusal(message: ConsoleMessage) -> None:
        # The security policy would stop some before they become requests.
        if "Content Security Policy" in message.text:
            attempts.append(message.text)

    context = browser.new_context()
    # Listened to and not routed: what is routed is fetched anew for every page.
    context.on("request", note_request)
    context.on("console", note_refusal)
    return context
