"""Looking as another role, and from page to page by the menu, as a visitor does."""

from playwright.sync_api import Page

from tests.browser.choosing import choose
from tests.browser.server import settled


def look_as(page: Page, role: str, partner: str = "") -> None:
    """Choose in "View as"; the partner by its name."""
    view_as = page.get_by_test_id("stSidebar").locator("summary", has_text="View as")
    view_as.click()
    settled(page)
    choose(page, "Role", role.capitalize())
    if partner:
        choose(page, "Partner", partner)
    view_as.click()


def open_page(page: Page, title: str) -> None:
    """Follow the menu's link to the page of that title."""
    menu = page.get_by_test_id("stSidebarNav")
    menu.get_by_role("link", name=title, exact=True).click()
    settled(page)
