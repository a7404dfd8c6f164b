"""A file with faults from drop to undo: with the mouse, and with the keyboard alone."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.server import settled

FILE = """Agncy ID,Agencey Name,Place,Kind
TX0010100,Elm Police Department,"Elm, TX",City
OH0020200,Oak County Sheriff,"Oak, Ohio",Sherif
MN0030300,,"Pine, MN",City
"""


class Mouse:
    """What a person does with a mouse, and a keyboard only to type."""

    def __init__(self, page: Page) -> None:
        self.page = page
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

    def cell(self, grid: Locator, column: str) -> None:
        """Choose the first row's cell under a heading, from its first one on."""
        grid.scroll_into_view_if_needed()
        self.page.wait_for_timeout(500)
        box = grid.bounding_box()
        self.page.mouse.click(box["x"] + 20, box["y"] + 52)
        self.go_right(grid, column)

    def go_right(self, grid: Locator, column: str) -> None:
        headings = grid.locator('canvas [role="columnheader"]').all_inner_texts()
        for _ in range(headings.index(column)):
            self.page.keyboard.press("ArrowRight")
            self.page.wait_for_timeout(50)


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

    def cell(self, grid: Locator, column: str) -> None:
        self.reach(grid.locator("canvas").first)
        self.page.wait_for_timeout(300)
        self.go_right(grid, column)


def choose(hands: Mouse, heading: str | re.Pattern, value: str) -> None:
    hands.reach(hands.page.get_by_role("combobox", name=heading))
    hands.page.keyboard.type(value)
    expect(hands.page.get_by_role("option").first).to_contain_text(value)
    hands.page.keyboard.press("Enter")
    settled(hands.page)


def see_counts(page: Page, *counts: str) -> None:
    expect(page.get_by_test_id("stMetricValue")).to_have_text(counts, timeout=30_000)
    settled(page)


@pytest.mark.parametrize("way", [Mouse, Keyboard])
def test_a_file_is_dropped_mapped_repaired_previewed_committed_and_undone(
    way: type[Mouse],
    start_server: Callable[..., str],
    visit: Callable[..., Page],
    tmp_path: Path,
) -> None:
    address = start_server(tmp_path / "cri.duckdb", CRI_DEMO="0")
    (tmp_path / "theirs.csv").write_text(FILE, encoding="utf-8")
    page = visit()
    page.goto(f"{address}/upload")
    settled(page)
    hands = way(page)

    hands.choose_file(tmp_path / "theirs.csv")
    expect(page.get_by_text("needs the column state")).to_be_visible(timeout=30_000)
    settled(page)
    choose(hands, "Place", "city and state")
    see_counts(page, "3", "2", "0", "0", "1")
    choose(hands, "Kind", "agency_type")
    expect(page.get_by_text("Did you mean 'sheriff'?").first).to_be_visible()
    choose(hands, re.compile("agency_type: Sherif"), "sheriff")

    editor = page.get_by_test_id("stDataFrame").filter(has_text="Agencey Name").last
    hands.cell(editor, "Agencey Name")
    page.keyboard.press("Enter")
    # The cell's input opens over the grid, and needs a moment to take keys.
    expect(page.locator("textarea.gdg-input")).to_be_focused()
    page.wait_for_timeout(400)
    page.keyboard.type("Pine Police Department")
    page.keyboard.press("Enter")
    see_counts(page, "3", "3", "0", "0", "0")

    hands.press("What the headline numbers become")
    expect(page.get_by_text("After this upload")).to_be_visible(timeout=30_000)
    hands.press("Commit 3 rows")
    expect(page.get_by_text("U-000001 is committed")).to_be_visible(timeout=30_000)
    settled(page)
    hands.press("Undo this upload")
    settled(page)
    see_counts(page, "3", "3", "0", "0", "0")
