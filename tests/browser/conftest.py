"""A real server on a free port and a real Chromium with no way out."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Route,
    expect,
    sync_playwright,
)

from tests.browser.chromium import ARGUMENTS, chromium
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
    path = chromium()
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


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """A new visitor. Whatever asks another host is refused, and fails the test."""
    contexts: list[BrowserContext] = []
    attempts: list[str] = []

    def new(**settings: object) -> Page:
        context = browser.new_context(
            **({"viewport": {"width": 1400, "height": 900}} | settings)
        )
        contexts.append(context)

        def refuse(route: Route) -> None:
            attempts.append(route.request.url)
            route.abort()

        context.route(lambda url: not _OURS.match(url), refuse)
        page = context.new_page()
        # The security policy would stop some before they become requests.
        page.on(
            "console",
            lambda message: (
                attempts.append(message.text)
                if "Content Security Policy" in message.text
                else None
            ),
        )
        return page

    yield new
    for context in contexts:
        context.close()
    assert attempts == []
