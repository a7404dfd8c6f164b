"""From a choice until its numbers stand: what is seen, what is read out, and what comes."""

import math
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from tests.browser.choosing import search
from tests.browser.server import settled

# With what the server says first, that it has begun and that it runs.
_BEGUN = 2


class Server:
    """What the server sends to a page, which can be held back."""

    def __init__(self, page: Page) -> None:
        self._passing: float = math.inf
        self._held: list[tuple[WebSocketRoute, str | bytes]] = []
        page.route_web_socket(re.compile("/_stcore/stream"), self._connect)

    def _connect(self, browser: WebSocketRoute) -> None:
        def send(message: str | bytes) -> None:
            if self._passing > 0:
                self._passing -= 1
                browser.send(message)
            else:
                self._held.append((browser, message))

        browser.connect_to_server().on_message(send)

    def hold(self, after: int) -> None:
        """Hold back what comes after so many messages."""
        self._passing = after

    def release(self) -> None:
        """Send what was held back, and hold back no more."""
        self._passing = math.inf
        for browser, message in self._held:
            browser.send(message)
        self._held.clear()


def test_old_numbers_are_dimmed_under_a_sign_until_the_new_ones_stand(
    demonstration: str, visit: Callable[..., Page]
) -> None:
    page = visit()
    server = Server(page)
    page.goto(f"{demonstration}/overview")
    settled(page)
    tile = page.locator(".tiles > li").first
    before = tile.inner_text()
    assert (opacity(tile), sign(page)) == (1, "none")

    search(page, page.get_by_role("combobox", name="Regions"), "South")
    expect(page.get_by_role("option").first).to_have_text("South")
    server.hold(after=_BEGUN)
    page.keyboard.press("Enter")
    expect(page.locator("[data-test-script-state=running]")).to_be_visible()
    assert opacity(tile) < 0.5
    assert "Updating…" in sign(page)
    assert tile.inner_text() == before

    server.release()
    settled(page)
    expect(tile).not_to_have_text(before, use_inner_text=True)
    assert (opacity(tile), sign(page)) == (1, "none")


def opacity(part: Locator) -> float:
    """How much is seen of a part of the page: 0 to 1."""
    whole = "part => part.closest('[data-testid=stElementContainer]')"
    return float(part.evaluate(f"part => getComputedStyle(({whole})(part)).opacity"))


def sign(page: Page) -> str:
    """The sign above the page, or "none"."""
    above = "main => getComputedStyle(main, '::before').content"
    return page.get_by_test_id("stMain").evaluate(above)


@pytest.mark.parametrize(
    ("url", "total"),
    [
        ("overview", r"^[\d,]+ requests received"),
        ("demand", r"^[\d,]+ requests from"),
        ("outcomes", r"^[\d,]+ outcomes:"),
        ("engagement_map", r"^[\d,]+ engagements for"),
    ],
)
def test_the_new_total_is_read_out(
    url: str,
    total: str,
    demonstration: str,
    visit: Callable[..., Page],
) -> None:
    page = visit()
    page.goto(f"{demonstration}/{url}?region=South")
    settled(page)
    # Only a text that changes in a status that stands is sure to be read out.
    status = page.get_by_role("status")
    expect(status).to_have_text(re.compile(total))
    before = status.inner_text()
    same = status.element_handle()

    page.get_by_role("button", name="Clear all", exact=True).last.click()
    settled(page)
    expect(status).to_have_text(re.compile(total))
    assert same.inner_text() == status.inner_text() != before


def test_charts_too_show_what_a_changed_filter_leaves(
    demonstration: str, visit: Callable[..., Page]
) -> None:
    page = visit()
    page.goto(f"{demonstration}/overview?region=South")
    settled(page)
    by_region = page.get_by_role("figure", name=re.compile("Census region"))
    expect(by_region).to_contain_text("South")
    expect(by_region).not_to_contain_text("Midwest")

    page.get_by_role("button", name="Clear all", exact=True).last.click()
    expect(by_region).to_contain_text("Midwest")


# The ratio of WCAG 2 between what a hover text is written in and on.
_CONTRAST = """box => {
    const lightness = color => {
        const [r, g, b] = color.match(/[\\d.]+/g).slice(0, 3).map(Number).map(part => {
            const share = part / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const fill = name => getComputedStyle(box.querySelector(name)).fill;
    const [low, high] = [fill('path'), fill('text')].map(lightness).sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("url", "figure", "mark"),
    [
        ("demand?states_as=funnel", "Funnel plot", ".scatterlayer .point"),
        ("timeliness?show=Month+by+month", "Chart: requests received", ".nsewdrag"),
    ],
)
def test_hover_text_of_a_chart_can_be_read(
    url: str,
    figure: str,
    mark: str,
    theme: str,
    demonstration: str,
    visit: Callable[..., Page],
) -> None:
    page = visit(color_scheme=theme)
    page.goto(f"{demonstration}/{url}")
    settled(page)
    drawn = page.get_by_role("figure", name=re.compile(figure))
    drawn.locator(mark).first.hover(force=True)
    text = drawn.locator(".hoverlayer .hovertext")
    expect(text.first).to_be_visible()
    assert text.first.evaluate(_CONTRAST) >= 4.5
