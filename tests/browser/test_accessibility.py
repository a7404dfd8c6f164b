"""Every page fits each width and keeps the rules of accessibility, in light and dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cri_data.model.roles import Viewer
from cri_ui.navigation import PAGES
from cri_ui.navigation import Page as Entry
from tests.browser.axe import broken_rules
from tests.browser.roles import look_as, open_as_one_who_may, open_page
from tests.browser.server import settled


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.url)
def test_a_page_fits_every_width_and_keeps_the_rules_of_accessibility(
    entry: Entry, demonstration: str, visit: Callable[..., Page]
) -> None:
    page = visit()
    open_as_one_who_may(page, demonstration, entry)
    assert broken_rules(page) == {}

    for width in (800, 390):
        page.set_viewport_size({"width": width, "height": 900})
        settled(page)
        main = page.locator("[data-testid=stMain]")
        # A map is drawn anew some frames after its room has changed.
        page.wait_for_function(
            "main => main.scrollWidth <= main.clientWidth", arg=main.element_handle()
        )

    page.set_viewport_size({"width": 1400, "height": 900})
    page.emulate_media(color_scheme="dark")
    open_as_one_who_may(page, demonstration, entry)
    assert broken_rules(page) == {}


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
