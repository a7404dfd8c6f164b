"""Looking as another role, and from page to page by the menu, as a visitor does."""

from playwright.sync_api import Page, expect

from cri_data.model.roles import STAFF, Viewer
from cri_ui.navigation import Page as Entry
from tests.browser.choosing import choose
from tests.browser.server import settled


def look_as(page: Page, role: str, partner: str = "") -> None:
    """Choose in "View as"; the partner by its name."""
    account = page.get_by_test_id("stPopover").get_by_role("button", name="View as")
    account.click()
    choose(page, "View as", role.capitalize(), within="stPopoverBody")
    if partner:
        choose(page, "Partner", partner, within="stPopoverBody")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)


def open_page(page: Page, title: str) -> None:
    """Follow the menu's link to the page of that title."""
    menu = page.get_by_role("navigation", name="App pages")
    link = menu.get_by_role("link", name=title, exact=True)
    sections = page.get_by_test_id("stTopNavSection")
    # A window that was narrow a moment ago has no menu yet.
    expect(link.or_(sections).locator("visible=true").first).to_be_visible()
    if link.count():
        link.click()
    else:
        _open_from_a_section(page, title)
    settled(page)


def _open_from_a_section(page: Page, title: str) -> None:
    """Open the sections of the menu until one has the page."""
    sections = page.get_by_test_id("stTopNavSection")
    for section in sections.locator("visible=true").all():
        section.click()
        items = page.get_by_role("menuitem")
        expect(items.first).to_be_visible()
        item = items.filter(has=page.get_by_text(title, exact=True))
        if item.count():
            item.click()
            return
        page.keyboard.press("Escape")
        expect(items).to_have_count(0)
    raise AssertionError(f"The menu has no page {title}.")


def open_as_one_who_may(page: Page, address: str, entry: Entry) -> None:
    """By its address as staff; by the menu where only another role may."""
    if STAFF.may(entry.permission):
        page.goto(f"{address}/{entry.url}")
        settled(page)
        return
    page.goto(f"{address}/about")
    settled(page)
    role = next(
        role for role in ("administrator", "partner") if Viewer(role).may(entry.permission)
    )
    look_as(page, role)
    open_page(page, entry.title)
    expect(page.get_by_role("heading", name=entry.title, level=1)).to_be_visible()
