"""Every page fits each width and keeps the rules of accessibility, in light and dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from cri_data.model.roles import Viewer
from cri_ui.navigation import PAGES
from cri_ui.navigation import Page as Entry
from tests.browser.axe import broken_rules
from tests.browser.roles import look_as, open_as_one_who_may, open_page
from tests.browser.server import settled

WIDE, TABLET, PHONE = 1400, 800, 390


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.url)
def test_a_page_fits_every_width_and_keeps_the_rules_of_accessibility(
    entry: Entry, demonstration: str, visit: Callable[..., Page]
) -> None:
    """As it opens, and with everything opened. A page is opened once, for both."""
    page = visit(color_scheme="light")
    open_as_one_who_may(page, demonstration, entry)
    assert broken_rules(page) == {}
    for width in (TABLET, PHONE):
        as_wide_as(page, width)
        main = page.get_by_test_id("stMain").element_handle()
        # A map is drawn anew some frames after its room has changed.
        page.wait_for_function("main => main.scrollWidth <= main.clientWidth", arg=main)

    as_wide_as(page, WIDE)
    in_the_other_theme(page, "dark")
    assert broken_rules(page) == {}

    open_all(page)
    assert broken_rules(page) == {}
    as_wide_as(page, PHONE)
    assert broken_rules(page) == {}
    in_the_other_theme(page, "light")
    assert broken_rules(page) == {}
    as_wide_as(page, WIDE)
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


def test_what_a_partner_sees_keeps_the_rules_of_accessibility(
    demonstration: str, visit: Callable[..., Page]
) -> None:
    # Leadership's pages are those of staff; a partner's hold other rows.
    page = visit()
    page.goto(f"{demonstration}/about")
    settled(page)
    look_as(page, "partner")
    for entry in PAGES:
        if Viewer("partner").may(entry.permission):
            open_page(page, entry.title)
            expect(page.get_by_test_id("stException")).to_have_count(0)
            assert broken_rules(page) == {}, entry.url


def as_wide_as(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    settled(page)


_BACKGROUND = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"


def in_the_other_theme(page: Page, theme: str) -> None:
    """Change what the reader's system asks for, and wait until the page follows."""
    before = page.evaluate(_BACKGROUND)
    page.emulate_media(color_scheme=theme)
    page.wait_for_function(f"before => {_BACKGROUND} !== before", arg=before)
    settled(page)


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
