"""A file with faults from drop to undo: with the mouse, and with the keyboard alone."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.choosing import search
from tests.browser.server import served, settled

FILE = """Agncy ID,Agencey Name,Place,Kind
TX0010100,Elm Police Department,"Elm, TX",City
OH0020200,Oak County Sheriff,"Oak, Ohio",Sherif
MN0030300,,"Pine, MN",City
"""


class Mouse:
    """What a person does with a mouse, and a keyboard only to type."""

    def __init__(self, page: Page) -> None:
        self.page = page
        # The browser hands dialogs over from some moment after it is asked to. Asked
        # only when the key is pressed, it may open the dialog itself, and nobody
        # hears of it: so it is asked long before.
        page.on("filechooser", lambda _: None)
        uploader = page.get_by_test_id("stFileUploader")
        self.browse = uploader.get_by_test_id("stBaseButton-secondary")

    def reach(self, what: Locator) -> None:
        what.click()

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def choose_file(self, path: Path) -> None:
        with self.page.expect_file_chooser() as asked:
            self.browse.click()
        asked.value.set_files(path)

    def name_the_agency(self, name: str) -> None:
        """In the inputs of the one rejected row."""
        row = self.page.get_by_text("One row at a time")
        self.open(row.locator("xpath=ancestor::summary"))
        self.reach(self.page.get_by_role("textbox", name="Agencey Name"))
        self.page.keyboard.type(name)
        self.press("Apply")

    def open(self, expander: Locator) -> None:
        expander.click()


class Keyboard(Mouse):
    """The same without a mouse: whatever is reached is reached by Tab."""

    def reach(self, what: Locator) -> None:
        for _ in range(150):
            if what.evaluate("e => e === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"Tab never reaches {what}")

    def press(self, name: str) -> None:
        self.reach(self.page.get_by_role("button", name=name, exact=True))
        self.page.keyboard.press("Enter")

    def choose_file(self, path: Path) -> None:
        self.reach(self.browse)
        with self.page.expect_file_chooser() as asked:
            self.page.keyboard.press("Enter")
        asked.value.set_files(path)

    def open(self, expander: Locator) -> None:
        self.reach(expander)
        self.page.keyboard.press("Enter")


def choose(hands: Mouse, heading: str | re.Pattern, value: str) -> None:
    box = hands.page.get_by_role("combobox", name=heading)
    hands.reach(box)
    search(hands.page, box, value)
    expect(hands.page.get_by_role("option").first).to_contain_text(value)
    hands.page.keyboard.press("Enter")
    settled(hands.page)


def see_counts(page: Page, *counts: str) -> None:
    expect(page.get_by_test_id("stMetricValue")).to_have_text(counts, timeout=30_000)
    settled(page)


@pytest.mark.parametrize("way", [Mouse, Keyboard])
def test_a_file_is_dropped_mapped_repaired_previewed_committed_and_undone(
    way: type[Mouse], visit: Callable[..., Page], tmp_path: Path
) -> None:
    file = tmp_path / "theirs.csv"
    file.write_text(FILE, encoding="utf-8")
    with served(tmp_path / "cri.duckdb", CRI_DEMO="0") as address:
        page = visit()
        page.goto(f"{address}/upload")
        walk(way(page), file)


def walk(hands: Mouse, file: Path) -> None:
    page = hands.page
    settled(page)

    hands.choose_file(file)
    expect(page.get_by_text("needs the column state")).to_be_visible(timeout=30_000)
    settled(page)
    choose(hands, "Place", "city and state")
    see_counts(page, "3", "2", "0", "0", "1")
    choose(hands, "Kind", "agency_type")
    expect(page.get_by_text("Did you mean 'sheriff'?").first).to_be_visible()
    choose(hands, re.compile("agency_type: Sherif"), "Sheriff's office")

    hands.name_the_agency("Pine Police Department")
    see_counts(page, "3", "3", "0", "0", "0")

    hands.press("Effect on headline numbers")
    expect(page.get_by_text("After this upload")).to_be_visible(timeout=30_000)
    hands.press("Commit 3 rows")
    expect(page.get_by_text("U-000001 is committed")).to_be_visible(timeout=30_000)
    settled(page)
    hands.press("Undo this upload")
    settled(page)
    see_counts(page, "3", "3", "0", "0", "0")
