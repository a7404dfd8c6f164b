"""How long a reader waits for the picture, in a real Chromium.

Three waits: from opening a page, in a browser that has nothing of it yet, to the last
change inside the page's main part; from the key that chooses a filter to that change;
and from the key on a name of a chart, which filters the page to it. Each filter is
chosen twice: the first answer comes from the store, the second is kept. The bare page is
measured in the same way, in the same run; its charts have nothing to click.
"""

import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.bench import servers
from tests.browser.chromium import ARGUMENTS, chromium

# What a reader chooses, found by its accessible label, and the values in turn.
FILTER = "Regions"
VALUES = ("Northeast", "Midwest", "South", "West")

# Pages that are opened only. Agency has no filters.
WITHOUT_FILTERS = ("agency",)

# What a reader clicks: names of the page's first chart with links.
LINKS = '[data-testid="stMain"] [role="figure"] a.filters'
_CLICKS = 4

# Seconds without a change after which a picture counts as finished, and until it
# counts as never finished.
_QUIET, _PATIENCE = 1.5, 60.0
_POLL = 0.2

_CHANGES = (Path(__file__).resolve().parent / "changes.js").read_text(encoding="utf-8")
_STATE = """() => [
    window.benchSeen.key, window.benchSeen.last, window.benchSeen.changes,
    performance.now(),
    // The script has ended, and nothing still waits for the code that draws it.
    Boolean(document.querySelector('[data-test-script-state="notRunning"]'))
        && !document.querySelector('[data-testid="stMain"] [data-testid="stSkeleton"]'),
]"""

# How often the page is opened anew; the median counts.
_OPENINGS = 3


class NoPicture(Exception):
    """The page never came to rest, or has no such filter."""


def measure_dashboard(store: Path, pages: Sequence[str]) -> dict[str, dict]:
    """Per page the medians of both waits, in milliseconds."""
    measured = {}
    with servers.dashboard(store) as server:
        for page in pages:
            print(f"  {page} …", flush=True)
            label = "" if page in WITHOUT_FILTERS else FILTER
            measured[page] = measure(f"{server.address}/{page}", label)
    return measured


def measure_bare_page() -> dict:
    """The same of the bare page."""
    print("  bare page …", flush=True)
    with servers.bare_page() as server:
        return measure(server.address)


def measure(
    address: str, label: str = FILTER, values: Sequence[str] = VALUES
) -> dict[str, float]:
    """Medians in milliseconds: cold opening, a filter chosen first and once more, a click.

    A page without filters is opened only, and one without links of charts is not clicked.
    Raises NoPicture where the page has no such filter or does not come to rest.
    """
    path = chromium()
    if path is None:
        raise NoPicture("There is no Chromium here, and none could be installed.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        # The server's first run of a page imports what the page draws with.
        _open(browser, address, label)[0].context.close()
        openings = []
        for _ in range(_OPENINGS):
            page, opened = _open(browser, address, label)
            openings.append(opened)
            if len(openings) < _OPENINGS:
                page.context.close()
        measured = {"open_ms": round(statistics.median(openings))}
        if label:
            measured |= _filtered(page, label, values)
        if label and page.locator(LINKS).count():
            clicks = [_click(page, place) for place in range(_CLICKS)]
            measured["click_ms"] = round(statistics.median(clicks))
        browser.close()
    return measured


def _filtered(page: Page, label: str, values: Sequence[str]) -> dict[str, float]:
    first = [_choose(page, label, value) for value in values]
    again = [_choose(page, label, value) for value in values]
    return {
        "filter_ms": round(statistics.median(first)),
        "filter_again_ms": round(statistics.median(again)),
        "filter_max_ms": round(max(first)),
    }


def _click(page: Page, place: int) -> float:
    """Press Enter on a name of a chart; milliseconds to the last change. Go back after."""
    links = page.locator(LINKS)
    links.nth(place % links.count()).focus()
    page.keyboard.press("Enter")
    waited = _last_change(page)
    # The same name filters back.
    page.locator(LINKS).first.focus()
    page.keyboard.press("Enter")
    time.sleep(_POLL)
    _last_change(page)
    return waited


def _open(browser: Browser, address: str, label: str) -> tuple[Page, float]:
    """A new visitor's page at rest, and the milliseconds until its last change."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.add_init_script(_CHANGES)
    page.goto(address, wait_until="commit")
    try:
        # Before the server is reached, an empty page seems to be at rest.
        first = _box(page, label) if label else page.get_by_role("heading", level=1)
        first.wait_for(timeout=_PATIENCE * 1000)
    except PlaywrightTimeout:
        raise NoPicture(f"There is no filter {label!r} on {address}.") from None
    return page, _last_change(page)


def _box(page: Page, label: str) -> Locator:
    return page.get_by_role("combobox", name=label, exact=True)


def _choose(page: Page, label: str, value: str) -> float:
    """Choose one value; milliseconds from Enter to the last change. Unset it after."""
    box = _box(page, label)
    box.focus()
    page.keyboard.type(value, delay=20)
    page.get_by_role("option", name=value, exact=True).wait_for()
    # Others may match too, and an entry that takes all of them may stand first.
    for _ in range(len(page.get_by_role("option").all()) + 1):
        if _offered(page, label) == value:
            break
        page.keyboard.press("ArrowDown")
    else:
        raise NoPicture(f"{value!r} cannot be reached in {label!r} with the keyboard.")
    page.keyboard.press("Enter")
    waited = _last_change(page)
    box.focus()
    page.keyboard.press("Backspace")
    time.sleep(_POLL)
    _last_change(page)
    return waited


def _offered(page: Page, label: str) -> str | None:
    """The option that Enter would take now."""
    return _box(page, label).evaluate(
        "box => document.getElementById(box.getAttribute('aria-activedescendant'))"
        "?.textContent"
    )


def _last_change(page: Page) -> float:
    """Wait until the picture stands; milliseconds from the key, or the opening, to it."""
    give_up = time.monotonic() + _PATIENCE
    while time.monotonic() < give_up:
        time.sleep(_POLL)
        key, last, changes, now, is_idle = page.evaluate(_STATE)
        if changes and is_idle and now - last > _QUIET * 1000:
            return last - key
    raise NoPicture(f"{page.url} did not come to rest in {_PATIENCE:.0f} s.")
