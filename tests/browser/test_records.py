"""Single records through the page: opened, left, and opened again."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from cri_data.store.store import Store
from tests.browser.choosing import choose
from tests.browser.server import settled
from tests.support.stores import new_store
from tests.support.uploads import AGENCIES, REQUESTS, loaded


def stored(path: Path) -> Path:
    store: Store = new_store(path)
    loaded(store, "agencies", f"{AGENCIES}A1,Elm Police,TX\nA2,Oak Police,TX\n")
    loaded(
        store,
        "requests",
        f"{REQUESTS.strip()},status\nR1,A1,2024-01-31,training,received\n",
    )
    store.close()
    return path


def find(page: Page, text: str) -> None:
    box = page.get_by_role("textbox", name=re.compile("^Find the record"))
    box.fill(text)
    box.press("Enter")
    settled(page)


def test_a_record_that_is_opened_again_shows_what_is_stored(
    start_server: Callable[..., str], visit: Callable[..., Page], tmp_path: Path
) -> None:
    """A browser may report a list that was away as empty, which would delete a value."""
    page = visit()
    address = start_server(stored(tmp_path / "cri.duckdb"), CRI_DEMO="0")
    page.goto(f"{address}/records")
    settled(page)
    choose(page, "Type of record", "Requests")
    status = page.get_by_role("combobox", name="Status")
    for text in ("elm", "nobody", "elm"):
        find(page, text)
        expect(status).to_have_count(0 if text == "nobody" else 1)
    expect(status).to_have_value("Received")
    # What is chosen beside it is all that changes.
    page.get_by_role("textbox", name="Closed reason").fill("Done")
    page.get_by_role("textbox", name="Closed reason").press("Enter")
    settled(page)
    expect(status).to_have_value("Received")
    changes = page.get_by_role("region", name=re.compile("^Changes by column"))
    expect(changes.get_by_role("row")).to_have_count(2)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved as U-000003")).to_be_visible()
