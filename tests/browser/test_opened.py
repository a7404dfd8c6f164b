"""With everything opened, too, a page keeps the rules of accessibility."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from cri_ui.navigation import PAGES
from cri_ui.navigation import Page as Entry
from tests.browser.axe import broken_rules
from tests.browser.roles import open_as_one_who_may
from tests.browser.server import settled

WIDE, PHONE = {"width": 1400, "height": 900}, {"width": 390, "height": 900}


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.url)
def test_opened_in_light_and_dark_a_page_keeps_the_rules_at_every_width(
    entry: Entry, demonstration: str, visit: Callable[..., Page]
) -> None:
    page = visit(color_scheme="light")
    open_as_one_who_may(page, demonstration, entry)
    open_all(page)
    assert broken_rules(page) == {}
    page.set_viewport_size(PHONE)
    settled(page)
    assert broken_rules(page) == {}

    light = background(page)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"light => {_BACKGROUND} !== light", arg=light)
    settled(page)
    assert broken_rules(page) == {}
    page.set_viewport_size(WIDE)
    settled(page)
    assert broken_rules(page) == {}
    assert closed(page).count() == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_opens_over_a_page_keeps_the_rules(
    theme: str, demonstration: str, visit: Callable[..., Page]
) -> None:
    page = visit(color_scheme=theme)
    page.goto(f"{demonstration}/upload")
    settled(page)
    for name in ("View as", "Start an empty store"):
        button = page.get_by_test_id("stPopover").get_by_role("button", name=name)
        button.click()
        expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
        settled(page)
        assert broken_rules(page) == {}, name
        page.keyboard.press("Escape")
        expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    sections = page.get_by_test_id("stTopNavSection").locator("visible=true").all()
    assert sections
    for section in sections:
        section.click()
        expect(page.get_by_role("menuitem").first).to_be_visible()
        assert broken_rules(page) == {}
        page.keyboard.press("Escape")
        expect(page.get_by_role("menuitem")).to_have_count(0)


_BACKGROUND = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"


def background(page: Page) -> str:
    return page.evaluate(_BACKGROUND)


def closed(page: Page) -> Locator:
    """What folds and is closed, in the page and among the filters."""
    return page.locator("details:not([open]) > summary").locator("visible=true")


def open_all(page: Page) -> None:
    """Open all that folds, and what is in it too."""
    for _ in range(40):
        if closed(page).count() == 0:
            return
        closed(page).first.click()
        settled(page)
    expect(closed(page)).to_have_count(0)
