"""A file through the page: looked at, committed, seen on a dashboard, taken back."""

import csv
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.choosing import search
from tests.browser.drawn import box_of_list
from tests.browser.roles import open_page
from tests.browser.server import served, settled
from tests.support.stores import demonstration_file

AGENCIES = """ORI,Agency Name,Agency Type,State,City,ZIP
TX0010100,Elm Police Department,City,Texas,Elm,75201
OH0020200,Oak County Sheriff's Office,County,OH,Oak,43004
XX0030300,Nowhere Police Department,City,XX,,
"""

REQUESTS = """Request,ORI,Date received,Topics,Summary
R-1,TX0010100,1/31/2024,training,"<script>document.title='x'</script>"
R-2,OH0020200,2024-03-05,officer-wellness;training,"=HYPERLINK(""http://x"")"
R-3,TX0010100,not a day,training,No day
R-4,ZZ9999999,2024-03-05,training,No such agency
"""


@pytest.fixture(scope="module")
def empty(
    start_server: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> str:
    return start_server(tmp_path_factory.mktemp("empty") / "cri.duckdb", CRI_DEMO="0")


def drop(page: Page, dataset: str, path: Path) -> None:
    open_page(page, "Upload")
    search(page, page.get_by_role("combobox", name="What does the file contain?"), dataset)
    expect(page.get_by_role("option").first).to_contain_text(dataset)
    page.keyboard.press("Enter")
    settled(page)
    page.locator('input[type="file"]').set_input_files(path)


def see_counts(page: Page, *counts: str) -> None:
    expect(page.get_by_test_id("stMetricValue")).to_have_text(counts, timeout=30_000)
    settled(page)


def test_an_upload_changes_a_number_on_the_dashboard_and_undo_changes_it_back(
    empty: str, visit: Callable[..., Page], tmp_path: Path
) -> None:
    (tmp_path / "agencies.csv").write_text(AGENCIES, encoding="utf-8")
    (tmp_path / "requests.csv").write_text(REQUESTS, encoding="utf-8")
    page = visit()
    page.goto(f"{empty}/demand")
    settled(page)
    expect(page.get_by_text("No data yet.")).to_be_visible()

    drop(page, "Agencies", tmp_path / "agencies.csv")
    see_counts(page, "3", "2", "0", "0", "1")
    wrong = page.get_by_role("region", name=re.compile("^Problems by kind"))
    said = wrong.get_by_text("Not a valid state.")
    expect(said).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 900})
    settled(page)
    # Words beside each other, not a letter a line.
    assert said.bounding_box()["width"] > 150
    page.set_viewport_size({"width": 1400, "height": 900})
    settled(page)
    page.get_by_role("button", name="Commit 2 rows").click()
    expect(page.get_by_text("U-000001 is committed")).to_be_visible(timeout=30_000)

    drop(page, "Requests", tmp_path / "requests.csv")
    see_counts(page, "4", "2", "0", "0", "2")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download 2 rejected rows").click()
    rejected = list(csv.DictReader(taken.value.path().read_text("utf-8-sig").splitlines()))
    assert [(row["Request"], row["row"]) for row in rejected] == [
        ("R-3", "4"),
        ("R-4", "5"),
    ]
    page.get_by_role("button", name="Commit 2 rows").click()
    expect(page.get_by_text("U-000002 is committed")).to_be_visible(timeout=30_000)

    open_page(page, "Demand")
    # It is on the page, and again in the text that is only read out.
    expect(page.get_by_text("2 requests from 2 agencies").first).to_be_visible()
    expect(page).to_have_title("Demand · Collaborative Reform dashboard")

    open_page(page, "Upload")
    page.locator('input[type="file"]').set_input_files(tmp_path / "requests.csv")
    settled(page)
    # Two rows are in, and two are not: that is no "Nothing to do".
    expect(page.get_by_text("2 rows are already stored")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Nothing to do")).to_have_count(0)

    open_page(page, "Upload history")
    grid = box_of_list(page, page.get_by_test_id("stDataFrame").first)
    page.mouse.click(grid["x"] + 20, grid["y"] + 52)
    settled(page)
    page.get_by_role("button", name="Undo this upload").click()
    page.get_by_role("button", name="Undo U-000002").click()
    settled(page)
    open_page(page, "Demand")
    expect(page.get_by_text("No data yet.")).to_be_visible()


UNCLEAR = """ORI,Agency Name,Agency Type,State
TX0010100,Elm Police Department,Sherif,Texass
TX0010200,Oak Police Department,City,TX
"""


def choose_meaning(page: Page, text: str, meaning: str) -> None:
    box = page.get_by_role("combobox", name=re.compile(text))
    search(page, box, meaning)
    # The list follows what is typed a moment later.
    expect(page.get_by_role("option").first).to_have_text(meaning)
    page.keyboard.press("Enter")
    expect(box).to_have_value(meaning)
    settled(page)


def test_after_an_undo_what_was_chosen_is_shown_and_committed_again(
    start_server: Callable[..., str],
    visit: Callable[..., Page],
    tmp_path: Path,
) -> None:
    """A browser may report a list that was away as empty."""
    (tmp_path / "first.csv").write_text(UNCLEAR, encoding="utf-8")
    (tmp_path / "next.csv").write_text(UNCLEAR.replace("TX001", "TX002"), encoding="utf-8")
    page = visit()
    page.goto(start_server(tmp_path / "cri.duckdb", CRI_DEMO="0") + "/upload")
    settled(page)
    page.locator('input[type="file"]').set_input_files(tmp_path / "first.csv")
    see_counts(page, "2", "1", "0", "0", "1")
    choose_meaning(page, "state: Texass", "Texas")
    choose_meaning(page, "agency_type: Sherif", "Sheriff's office")
    # A heading that is not clear for a while takes nothing from what was chosen.
    page.get_by_text("Match columns").click()
    # While it opens, what stands in it moves, and a list in it closes again.
    expect(page.get_by_role("combobox", name="Agency Name")).to_be_visible()
    settled(page)
    choose_meaning(page, "^Agency Name$", "ignore")
    expect(page.get_by_text("needs the column agency_name")).to_be_visible()
    choose_meaning(page, "^Agency Name$", "agency_name")
    for upload in ("U-000001", "U-000002"):
        see_counts(page, "2", "2", "0", "0", "0")
        page.get_by_role("button", name="Commit 2 rows").click()
        expect(page.get_by_text(f"{upload} is committed: 2 new")).to_be_visible()
        page.get_by_role("button", name="Undo this upload").click()
        expect(page.get_by_text(f"{upload} was undone")).to_be_visible()
        settled(page)
        for text, meaning in (("Texass", "Texas"), ("Sherif", "Sheriff's office")):
            box = page.get_by_role("combobox", name=re.compile(text))
            expect(box).to_have_value(meaning)
    # The next file with these headings begins with the same choices.
    page.locator('input[type="file"]').set_input_files(tmp_path / "next.csv")
    see_counts(page, "2", "2", "0", "0", "0")
    expect(page.get_by_role("combobox", name=re.compile("Texass"))).to_have_value("Texas")
    page.get_by_role("button", name="Commit 2 rows").click()
    expect(page.get_by_text("U-000003 is committed: 2 new")).to_be_visible()


def test_a_file_that_is_none_gets_one_clear_sentence(
    empty: str, visit: Callable[..., Page], tmp_path: Path
) -> None:
    (tmp_path / "report.csv").write_bytes(b"%PDF-1.7 and so on")
    page = visit()
    page.goto(f"{empty}/upload")
    settled(page)
    page.locator('input[type="file"]').set_input_files(tmp_path / "report.csv")
    expect(page.get_by_text("report.csv is a PDF document")).to_be_visible(timeout=30_000)


def test_a_demonstration_offers_an_empty_store_instead(
    visit: Callable[..., Page], tmp_path: Path
) -> None:
    store = Path(shutil.copy(demonstration_file(400), tmp_path / "cri.duckdb"))
    page = visit()
    with served(store) as address:
        page.goto(f"{address}/upload")
        settled(page)
        page.get_by_role("button", name="Start an empty store").click()
        page.get_by_role("button", name="Delete them and start empty").click()
        settled(page)

        kind = page.get_by_text("What does the file contain?")
        expect(kind).to_be_visible(timeout=30_000)
        expect(page.get_by_text("Demonstration data.")).to_have_count(0)
        expect(page.get_by_text("the store is empty")).to_be_visible()
        expect(page.get_by_text("Next: load agencies.")).to_be_visible()
        # No menu that stood open before is open now, over the place for the file.
        expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
