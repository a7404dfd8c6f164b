"""After a filter is chosen, every number on the page becomes the one that was asked for."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.server import settled


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
