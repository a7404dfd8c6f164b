"""A click on a chart filters the page that is open: it is not loaded anew."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.choosing import choose
from tests.browser.server import settled

# The script that listens has come.
_LISTENS = """() => performance.getEntriesByType('resource')
    .some(file => file.name.endsWith('/chart_links.js') && file.responseEnd)"""

TOPICS = "Bar chart: requests by topic"


def opened(page: Page, address: str) -> Page:
    """A page at rest, marked: what is loaded anew has no mark."""
    page.goto(address)
    settled(page)
    page.wait_for_function(_LISTENS)
    page.evaluate("window.isTheSame = true")
    return page


def is_the_same(page: Page) -> bool:
    return bool(page.evaluate("window.isTheSame"))


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def first_link(page: Page, figure: str) -> Locator:
    links = page.get_by_role("figure", name=re.compile(figure)).get_by_role("link")
    return links.first


def chips(page: Page) -> Locator:
    return page.locator(".st-key-chips [class*=st-key-chip_]")


def test_a_click_filters_in_place_and_another_goes_back(
    demonstration: str, visit: Callable[..., Page]
) -> None:
    page = opened(visit(), f"{demonstration}/demand?region=South")
    link = first_link(page, TOPICS)
    topic = link.inner_text()
    link.click()
    expect(chips(page)).to_have_count(2)
    settled(page)
    assert query(page) == {"region": ["South"], "topic": [topic]}
    first_link(page, TOPICS).click()
    expect(chips(page)).to_have_count(1)
    settled(page)
    assert query(page) == {"region": ["South"]}
    assert is_the_same(page)


def test_view_as_survives_a_click(demonstration: str, visit: Callable[..., Page]) -> None:
    page = opened(visit(), f"{demonstration}/overview")
    page.locator(".st-key-account button").first.click()
    page.get_by_role("combobox", name=re.compile("View as")).click()
    page.get_by_role("option", name="Leadership").click()
    settled(page)
    expect(page.locator(".st-key-looking_as")).to_contain_text("Viewing as leadership")
    page.keyboard.press("Escape")
    first_link(page, TOPICS).click()
    expect(chips(page)).to_have_count(2)
    expect(page.locator(".st-key-looking_as")).to_contain_text("Viewing as leadership")
    assert is_the_same(page)


def test_enter_on_a_link_filters_and_keeps_the_focus(
    demonstration: str, visit: Callable[..., Page]
) -> None:
    page = opened(visit(), f"{demonstration}/demand")
    link = first_link(page, TOPICS)
    topic = link.inner_text()
    link.focus()
    page.keyboard.press("Enter")
    expect(chips(page)).to_have_count(1)
    settled(page)
    focused = page.evaluate("document.activeElement.innerText")
    assert focused == topic
    page.keyboard.press("Enter")
    expect(chips(page)).to_have_count(0)
    assert is_the_same(page)


def test_with_a_key_held_it_is_a_link_like_any_other(
    demonstration: str, visit: Callable[..., Page]
) -> None:
    page = opened(visit(), f"{demonstration}/demand")
    with page.context.expect_page() as other:
        first_link(page, TOPICS).click(modifiers=["Control"])
    settled(other.value)
    expect(chips(other.value)).to_have_count(1)
    expect(chips(page)).to_have_count(0)


def test_a_month_is_the_period_and_taken_back_leaves_the_year(
    demonstration: str, visit: Callable[..., Page]
) -> None:
    page = opened(visit(), f"{demonstration}/overview")
    years = query(page)
    months = page.get_by_role("figure", name=re.compile("Line chart: requests received"))
    months.get_by_role("link", name=re.compile("^Feb ")).last.click()
    expect(chips(page)).to_contain_text(["Dates: Feb 1"])
    settled(page)
    (start,), (end,) = query(page)["from"], query(page)["to"]
    assert (start[5:], start[:7]) == ("02-01", end[:7])
    assert years.items() <= query(page).items()
    months.get_by_role("link", name=re.compile("^Feb ")).last.click()
    expect(chips(page)).to_contain_text(["Years: "])
    settled(page)
    assert query(page) == years
    assert is_the_same(page)


def test_a_bar_of_a_month_is_the_period_too(
    demonstration: str, visit: Callable[..., Page]
) -> None:
    page = opened(visit(), f"{demonstration}/timeliness?show=Month+by+month")
    months = page.get_by_role("figure", name=re.compile("Chart: requests received"))
    months.locator(".nsewdrag").wait_for()
    months.scroll_into_view_if_needed()
    place = months.locator(".nsewdrag").bounding_box()
    middle = (place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    page.mouse.move(*middle)
    expect(months.locator(".hoverlayer .hovertext").first).to_be_visible()
    page.mouse.click(*middle)
    expect(chips(page)).to_contain_text(["Dates: "])
    settled(page)
    assert query(page)["from"][0][:7] == query(page)["to"][0][:7]
    assert is_the_same(page)


@pytest.mark.parametrize("name", ["demand", "reach"])
def test_a_state_of_the_map_filters_to_it(
    name: str, demonstration: str, visit: Callable[..., Page]
) -> None:
    page = opened(visit(), f"{demonstration}/{name}")
    states = page.get_by_role("figure", name=re.compile("^Map of the states"))
    states.scroll_into_view_if_needed()
    # What is cut away of a state's box belongs to its neighbors.
    texas = states.get_by_role("link", name=re.compile("^Texas: "))
    box = texas.bounding_box()
    at = "([x, y]) => document.elementFromPoint(x, y).getAttribute('aria-label')"
    middle = [box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.5]
    assert page.evaluate(at, middle).startswith("Texas: ")
    corner = [box["x"] + box["width"] * 0.05, box["y"] + box["height"] * 0.1]
    assert page.evaluate(at, corner).startswith("New Mexico: ")
    page.mouse.click(*middle)
    expect(chips(page)).to_contain_text(["State: Texas"])
    assert query(page)["state"] == ["Texas"]
    assert is_the_same(page)


@pytest.mark.parametrize(
    "href",
    [
        "?view_as=administrator&state=Atlantis&region=South",
        "?topic=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E&region=South",
    ],
)
def test_a_link_that_somebody_changed_sets_only_what_is_known(
    href: str, demonstration: str, visit: Callable[..., Page]
) -> None:
    page = opened(visit(), f"{demonstration}/demand")
    link = first_link(page, TOPICS)
    link.evaluate("(link, href) => link.setAttribute('href', href)", href)
    link.click()
    expect(chips(page)).to_have_text([re.compile("Region: South")])
    expect(page.get_by_text("that is not known")).to_be_visible()
    assert page.locator(".stApp img[src=x]").count() == 0
    settled(page)
    choose(page, "From year", "FY2024")
    expect(page.get_by_text("that is not known")).to_have_count(0)
