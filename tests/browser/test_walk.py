"""Through every page as a visitor, beginning with a cold deep link."""

import re
from collections.abc import Callable

from playwright.sync_api import FloatRect, Locator, Page, expect

from cri_data.model.roles import STAFF
from cri_ui.navigation import PAGES
from cri_ui.views.headlines import HEADLINES, STAGE_TILES
from tests.browser.axe import broken_rules
from tests.browser.choosing import search
from tests.browser.drawn import alone, box_of_list, middle_of_map
from tests.browser.roles import open_page
from tests.browser.server import settled
from tests.support.stores import demonstration_store

# Without sign-in one is staff; the other pages are walked as administrator.
TILES = ".tiles > li"
OPEN_TO_STAFF = [page for page in PAGES if STAFF.may(page.permission)]


def test_a_cold_deep_link_opens_its_page_with_its_filters(
    demonstration: str, visit: Callable[..., Page]
) -> None:
    page = visit()
    page.goto(f"{demonstration}/demand?state=TX&topic=training")
    settled(page)

    expect(page.get_by_role("heading", name="Demand for assistance")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(chip(page, "Topic: De-escalation and crisis training")).to_be_visible()
    expect(chip(page, "State: Texas")).to_be_visible()


def test_every_page_opens_from_the_menu_without_another_host(
    demonstration: str, visit: Callable[..., Page]
) -> None:
    page = visit()
    page.goto(f"{demonstration}/about")
    settled(page)
    for entry in OPEN_TO_STAFF:
        open_page(page, entry.title)
        expect(page).to_have_title(f"{entry.title} · Collaborative Reform dashboard")
        assert page.url.split("?")[0] == f"{demonstration}/{entry.url}"
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_text("Demonstration data.", exact=True)).to_be_visible()
        expect(page.get_by_test_id("stException")).to_have_count(0)


def test_the_root_leads_to_the_overview(
    demonstration: str, visit: Callable[..., Page]
) -> None:
    page = visit()
    page.goto(f"{demonstration}/?region=South")
    settled(page)

    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    assert page.url.startswith(f"{demonstration}/overview?")
    assert "region=South" in page.url
    expect(chip(page, "Region: South")).to_be_visible()
    # A visit that chose no period sees this fiscal year first, and its address says so.
    expect(chip(page, "Years: FY2026")).to_be_visible()
    assert "from_fy=FY2026" in page.url
    expect(page.locator(TILES)).to_have_count(len(HEADLINES) + len(STAGE_TILES))


def test_a_link_to_all_years_shows_all_years(
    demonstration: str, visit: Callable[..., Page]
) -> None:
    page = visit()
    page.goto(f"{demonstration}/overview")
    settled(page)
    number = page.locator(f"{TILES} strong").first
    of_this_year = number.inner_text()
    chip(page, "Years: FY2026").click()
    settled(page)
    expect(number).not_to_have_text(of_this_year)
    of_all = number.inner_text()
    assert "period=all" in page.url
    page.goto(page.url)
    settled(page)
    expect(number).to_have_text(of_all)
    expect(chip(page, "")).to_have_count(0)


def test_a_tile_leads_behind_its_number_and_tells_what_it_means(
    demonstration: str, visit: Callable[..., Page]
) -> None:
    page = visit()
    page.goto(f"{demonstration}/overview?region=South")
    settled(page)
    tile = page.locator(TILES).first
    requests = tile.locator("strong").inner_text()
    definition = tile.get_by_text("A request counts once, however many topics it names.")
    expect(definition).not_to_be_visible()
    tile.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(definition).to_be_visible()
    page.keyboard.press("Enter")
    expect(definition).not_to_be_visible()
    tile.get_by_role("link", name="Requests received").click()
    settled(page)
    expect(page.get_by_role("heading", name="Demand for assistance")).to_be_visible()
    expect(page.get_by_text(re.compile(f"^{requests} requests from")).first).to_be_visible()
    expect(chip(page, "Years: FY2026")).to_be_visible()


def test_filters_hold_from_page_to_page_and_live_in_the_url(
    demonstration: str, visit: Callable[..., Page]
) -> None:
    page = visit()
    page.goto(f"{demonstration}/overview")
    settled(page)
    number = page.locator(f"{TILES} strong").first
    of_all = number.inner_text()
    search(page, page.get_by_role("combobox", name="Regions"), "Midwest")
    page.get_by_role("option", name="Midwest").click()
    settled(page)
    assert "region=Midwest" in page.url
    page.keyboard.press("Escape")
    # The address is another at once; the number, when the script has run.
    expect(number).not_to_have_text(of_all)
    requests = number.inner_text()

    open_page(page, "Upload")
    open_page(page, "Demand")
    assert "region=Midwest" in page.url
    # It is on the page, and again in the text that is only read out.
    said = re.compile(f"^{requests} requests from")
    expect(page.get_by_text(said).first).to_be_visible()

    stranger = visit()
    stranger.goto(page.url)
    settled(stranger)
    expect(stranger.get_by_text(said).first).to_be_visible()


def test_the_keyboard_alone_changes_a_filter(
    demonstration: str, visit: Callable[..., Page]
) -> None:
    page = visit()
    page.goto(f"{demonstration}/demand")
    settled(page)
    search(page, page.get_by_role("combobox", name="States"), "Ohio")
    # The list follows what is typed a moment later.
    expect(page.get_by_role("option")).to_have_text(["Ohio"])
    page.keyboard.press("Enter")
    settled(page)
    # While its list is open, all beside it is hidden from screen readers.
    page.keyboard.press("Escape")

    expect(chip(page, "State: Ohio")).to_be_visible()
    page.get_by_role("button", name="Clear all", exact=True).last.focus()
    page.keyboard.press("Enter")
    settled(page)
    expect(chip(page, "")).to_have_count(0)
    assert "state=" not in page.url


def test_enter_takes_the_option_that_was_typed_and_escape_takes_nothing(
    demonstration: str, visit: Callable[..., Page]
) -> None:
    page = visit()
    page.goto(f"{demonstration}/demand")
    settled(page)
    # By keyboard: a mouse that rests where a list opens would choose in it.
    page.locator("summary", has_text="More filters").press("Enter")
    expect(page.get_by_role("combobox", name="Divisions")).to_be_visible()
    for label, option, parameter in (
        ("Regions", "West", "region=West"),
        ("Divisions", "Pacific", "division=Pacific"),
        ("States", "Virginia", "state=Virginia"),
        ("Agency size (sworn officers)", "10-24", "size=10-24"),
        ("From year", "FY2024", "from_fy=FY2024"),
    ):
        box = page.get_by_role("combobox", name=label, exact=True)
        search(page, box, option)
        expect(page.get_by_role("option").first).to_have_text(option)
        page.keyboard.press("Enter")
        settled(page)
        # Without what is set already, and whatever is open beside it.
        page.wait_for_url(re.compile(re.escape(parameter)))
        page.keyboard.press("Escape")
    chosen = {"division=Pacific", "region=West", "state=Virginia"}
    chosen |= {"size=10-24", "from_fy=FY2024"}
    assert set(page.url.split("?")[1].split("&")) == chosen

    for label in ("Regions", "Divisions", "States", "From year"):
        box = page.get_by_role("combobox", name=label, exact=True)
        box.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        box.press_sequentially("O")
        # The first takes back what was typed, the second closes the list.
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        settled(page)
    assert set(page.url.split("?")[1].split("&")) == chosen
    expect(page.get_by_role("combobox", name="Divisions")).to_be_visible()


def test_a_chip_is_removed_by_keyboard_and_by_mouse(
    demonstration: str, visit: Callable[..., Page]
) -> None:
    page = visit()
    page.goto(f"{demonstration}/demand?state=TX&state=OH&topic=training")
    settled(page)
    chip(page, "State: Texas").focus()
    page.keyboard.press("Enter")
    expect(chip(page, "State: Texas")).to_have_count(0)
    settled(page)
    assert "state=Ohio" in page.url
    assert "Texas" not in page.url
    chip(page, "Topic: De-escalation and crisis training").click()
    expect(chip(page, "")).to_have_count(1)
    settled(page)
    assert "topic=" not in page.url


def test_all_filters_are_in_view_and_nothing_in_them_is_cut_off(
    demonstration: str, visit: Callable[..., Page]
) -> None:
    page = visit()
    page.goto(f"{demonstration}/engagement_map?from_fy=FY2023")
    settled(page)
    more = page.get_by_text("More filters").bounding_box()
    assert more["y"] + more["height"] < 900
    for label in ("From year", "To year"):
        box = page.get_by_role("combobox", name=label, exact=True)
        assert box.evaluate("box => box.scrollWidth <= box.clientWidth"), label


def test_on_a_phone_menu_and_filters_open_and_close(
    demonstration: str, visit: Callable[..., Page]
) -> None:
    page = visit(width=390)
    page.goto(f"{demonstration}/demand")
    settled(page)
    page.get_by_test_id("stExpandSidebarButton").click()
    expect(page.get_by_role("combobox", name="States")).to_be_in_viewport()
    assert broken_rules(page) == {}
    page.get_by_role("button", name="Collapse sidebar").click()
    expect(page.get_by_role("combobox", name="States")).not_to_be_in_viewport()

    menu = page.get_by_role("button", name="Menu", exact=True)
    menu.focus()
    page.keyboard.press("Enter")
    link = page.get_by_test_id("stPopoverBody").get_by_role("link")
    expect(link).to_have_count(len(OPEN_TO_STAFF))
    assert broken_rules(page) == {}
    link.filter(has_text="About the data").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="About the data", level=1)).to_be_visible()
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    # A page without filters has no sidebar to open.
    expect(page.get_by_test_id("stExpandSidebarButton")).not_to_be_visible()


def chip(page: Page, text: str) -> Locator:
    """The button above the page that removes this filter; without text, all of them."""
    name = re.compile(f"^Remove filter {re.escape(text)}{'$' if text else ''}")
    return page.get_by_role("button", name=name)


def test_what_needs_attention_leads_to_a_request(
    demonstration: str, visit: Callable[..., Page]
) -> None:
    page = visit()
    page.goto(f"{demonstration}/overview")
    settled(page)
    page.get_by_text("Accepted requests without an engagement").click()
    settled(page)
    box = first_rows(page)
    page.mouse.click(box["x"] + 18, box["y"] + 52)
    settled(page)

    expect(page.get_by_role("heading", name=re.compile("^Request R-"))).to_be_visible()
    page.get_by_text("Engagements past their planned end").click()
    settled(page)
    expect(page.get_by_role("heading", name=re.compile("^Request R-"))).to_have_count(0)


def test_the_keyboard_alone_chooses_a_request_until_the_rows_are_others(
    demonstration: str, visit: Callable[..., Page]
) -> None:
    page = visit()
    page.goto(f"{demonstration}/demand?state=TX")
    settled(page)
    box = first_rows(page)
    # Into the table; which row is chosen is the keyboard's.
    page.mouse.click(box["x"] + 300, box["y"] + 52)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    settled(page)
    expect(page.get_by_role("heading", name=re.compile("^Request R-"))).to_be_visible()

    page.get_by_role("button", name="Clear all", exact=True).last.click()
    settled(page)
    expect(page.get_by_role("heading", name=re.compile("^Request R-"))).to_have_count(0)


def first_rows(page: Page) -> FloatRect:
    """Where the first list of rows outside a closed table is drawn, in view."""
    rows = page.get_by_test_id("stDataFrame").locator("visible=true").first
    return box_of_list(page, rows)


def test_a_click_on_the_map_shows_the_engagement(
    demonstration: str, visit: Callable[..., Page]
) -> None:
    page = visit()
    state, status, agency = one_engagement_left()
    chosen = f"state={state}&status={status}&find={agency}"
    page.goto(f"{demonstration}/engagement_map?{chosen}")
    settled(page)
    middle = middle_of_map(page)
    card = page.get_by_role("article", name="The chosen engagement")
    expect(card).to_have_count(0)
    page.mouse.click(*middle)
    settled(page)

    expect(card).to_be_visible()


def one_engagement_left() -> tuple[str, str, str]:
    """A state and a status that leave one engagement, and its agency.

    The same seed gives the same rows as the server's demonstration has.
    """
    store = demonstration_store(3000)
    engagements = store.ask("engagements_list", STAFF)
    store.close()
    return alone(engagements)
