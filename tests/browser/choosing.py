"""Choosing in a select-box with the keyboard."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.server import settled


def search(page: Page, box: Locator, word: str) -> None:
    """Type a word into a select-box, so that its list shows what matches.

    A key pressed while the page is still being drawn can be lost, and then the list
    matches the rest of the word: what is typed is read back and typed again.
    """
    for _ in range(5):
        box.focus()
        page.keyboard.type(word, delay=50)
        if box.input_value() == word:
            return
        for _ in box.input_value():
            page.keyboard.press("Backspace")
    expect(box).to_have_value(word)


def choose(page: Page, label: str | re.Pattern, option: str, within: str = "stApp") -> None:
    """Choose an option of a select-box; `within` is the part of the page it is in."""
    box = page.get_by_test_id(within).get_by_role("combobox", name=label, exact=True)
    search(page, box, option)
    # The list follows what is typed a moment later.
    expect(page.get_by_role("option")).to_have_text([option])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(box).to_have_value(option)
    settled(page)
