"""The engagement map as a browser draws it: pixels, clicks, the keyboard, the address."""

import io
import re
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.drawn import middle_of_map
from tests.browser.server import settled
from tests.browser.test_walk import one_engagement_left


@pytest.fixture
def opened(demonstration: str, visit: Callable[..., Page]) -> Callable[..., Page]:
    """The map at an address, when it stands."""

    def at(query: str = "", **how: object) -> Page:
        page = visit(**how)
        page.goto(f"{demonstration}/engagement_map?{query}")
        settled(page)
        return page

    return at


def picture(page: Page) -> Image.Image:
    """The map's pixels, once they are the same twice in a row."""
    chart = page.get_by_test_id("stDeckGlJsonChart")
    chart.scroll_into_view_if_needed()
    page.mouse.move(2, 2)
    before = b""
    for _ in range(40):
        page.wait_for_timeout(700)
        now = chart.screenshot()
        # Land and labels are drawn some moments after the water.
        if now == before and len(colors(now)) > 40:
            break
        before = now
    return Image.open(io.BytesIO(now)).convert("RGB")


def colors(png: bytes) -> set[tuple[int, ...]]:
    image = Image.open(io.BytesIO(png)).convert("RGB")
    return {color for _, color in image.getcolors(maxcolors=1_000_000)}


def differ(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that differ clearly."""
    pixels = [np.asarray(image, int) for image in (one, other.resize(one.size))]
    return float((np.abs(pixels[0] - pixels[1]).max(axis=2) > 30).mean())


def test_pixels_change_with_layer_filter_year_and_theme(
    opened: Callable[..., Page],
) -> None:
    whole = picture(opened())
    for query, how in (
        ("layer=reach", {}),
        ("status=active", {}),
        ("map_step=FY2019", {}),
        ("place=OH", {}),
        ("", {"color_scheme": "dark"}),
    ):
        assert differ(whole, picture(opened(query, **how))) > 0.01, (query, how)


@pytest.mark.parametrize("width", [1400, 800, 390])
def test_the_map_fits_its_frame(width: int, opened: Callable[..., Page]) -> None:
    # A layer without circles, which may lie over a coast.
    pixels = np.asarray(picture(opened("layer=network", width=width)), int)
    # Above the insets, and below the rounded corners.
    shore = pixels[16 : int(len(pixels) * 0.65)]
    is_land = shore.min(axis=2) > 246
    across = np.flatnonzero(is_land.sum(axis=0) > 4) / pixels.shape[1]
    # Neither coast is cut off, and the country is not lost in its frame.
    assert 0.005 < across[0] < 0.06
    assert 0.94 < across[-1] < 0.995


def test_click_and_list_agree(opened: Callable[..., Page]) -> None:
    state, status, agency = one_engagement_left()
    page = opened(f"state={state}&status={status}&find={agency}")
    middle = middle_of_map(page)
    named = page.locator(".deck-tooltip").inner_text().splitlines()[0]
    page.mouse.click(*middle)
    settled(page)
    card = page.get_by_role("article", name="The chosen engagement")
    expect(card.get_by_role("heading", name=named)).to_be_visible()
    # In view beside the map, without scrolling.
    top = page.get_by_test_id("stDeckGlJsonChart").bounding_box()["y"]
    assert abs(card.bounding_box()["y"] - top) < 200
    page.get_by_role("button", name="Fullscreen: Map").click()
    for part in (card, page.locator(".st-key-map_legend")):
        expect(part).to_be_in_viewport(ratio=1)
        part.click(trial=True)
    page.get_by_role("button", name="Close fullscreen: Map").click()
    page.get_by_role("button", name="Show all").click()
    settled(page)
    expect(card).to_have_count(0)


def test_the_keyboard_alone_goes_to_a_state_and_filters_by_the_legend(
    opened: Callable[..., Page],
) -> None:
    page = opened()
    page.get_by_role("combobox", name="Go to").focus()
    page.keyboard.type("Ohio")
    page.keyboard.press("Enter")
    settled(page)
    assert "place=Ohio" in page.url
    here = page.get_by_text(re.compile(r"^[\d,]+ engagements here"))
    of_all = here.inner_text()
    page.locator(".st-key-map_legend").get_by_role("button", name="Critical").focus()
    page.keyboard.press("Enter")
    settled(page)
    assert "show_topic=Critical" in page.url
    expect(here).not_to_have_text(of_all)
    few = here.inner_text()
    # The address restores it all.
    again = opened(page.url.split("?")[1])
    expect(again.get_by_text(few)).to_be_visible()
    assert differ(picture(page), picture(again)) < 0.01


def test_it_plays(opened: Callable[..., Page]) -> None:
    page = opened()
    page.get_by_role("button", name="Play").click()
    expect(page.locator("ol.steps .on")).to_be_visible()
    first = page.locator("ol.steps .on").get_attribute("title")
    expect(page.locator("ol.steps .on")).not_to_have_attribute("title", first)
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()
