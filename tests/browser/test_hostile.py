"""Names that mean something to a browser: on every page they are text and no more."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, expect

from cri_data.model.roles import Viewer
from cri_data.store.connection import open_store
from cri_ui.navigation import PAGES
from tests.browser.choosing import choose, search
from tests.browser.drawn import alone, box_of_list, middle_of_map
from tests.browser.hostile import (
    FILE_NAME,
    TEXTS,
    email_of,
    make_hostile_store,
    upload_file,
)
from tests.browser.roles import look_as, open_page
from tests.browser.server import settled
from tests.browser.test_upload import see_counts

# What a page shows and is made of: its text, where it leads, what it loads.
_SEEN = """() => {
    const all = selector => [...document.querySelectorAll(selector)];
    return {
        hit: window.hit,
        title: /^[ -~·]*$/.test(document.title) ? '' : document.title,
        text: [document.body, ...all('svg text')]
            .map(e => e.innerText ?? e.textContent).join(' \\n '),
        // The map's own maker has one, which is not shown.
        links: all('a:not(.mapboxgl-ctrl-logo)').map(a => a.href)
            .filter(href => !href.startsWith(location.origin)),
        pictures: all('img').map(img => img.src).filter(src =>
            !src.startsWith(location.origin) && !src.startsWith('data:')),
        // In the page's own words: a name makes none of these.
        made: all('[data-testid=stMain] :is(script, iframe, .katex, s, blockquote)')
            .map(e => e.outerHTML.slice(0, 200)),
        exceptions: all('[data-testid=stException]').map(e => e.innerText),
    }
}"""
_FITS = "main => main.scrollWidth <= main.clientWidth"


@pytest.fixture(scope="module")
def store_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "cri.duckdb"
    make_hostile_store(path)
    return path


@pytest.fixture(scope="module")
def lone(store_path: Path) -> tuple[str, str, str]:
    """A state and a status that leave one engagement, and its agency."""
    store = open_store(store_path)
    engagements = store.ask("engagements_list", Viewer("staff"))
    store.close()
    return alone(engagements)


@pytest.fixture(scope="module")
def hostile(
    lone: tuple[str, str, str], store_path: Path, start_server: Callable[..., str]
) -> str:
    del lone  # Before the server holds the store.
    return start_server(store_path)


@pytest.fixture
def visitor(hostile: str, visit: Callable[..., Page]) -> Callable[..., Page]:
    """One who looks as a role; an error of a script of ours fails the test, too."""
    errors: list[str] = []

    def opened(role: str, partner: str = "") -> Page:
        page = visit()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{hostile}/about")
        settled(page)
        look_as(page, role, partner)
        return page

    yield opened
    # The map would compile a decoder that it never needs; the policy says no.
    assert [error for error in errors if "WebAssembly" not in error] == []


def more_than_text(page: Page) -> list[str]:
    """What on the page is more than text, or other text than was written."""
    seen = page.evaluate(_SEEN)
    text = seen.pop("text").replace("\u200b", "")
    wrong = [f"{what}: {found}" for what, found in seen.items() if found]
    for word, whole in TEXTS.items():
        before = whole[: whole.index(word)].lstrip("\u202e\u2067")
        # Whatever stands before the word in the store stands before it here.
        wrong += [
            f"{word}: {left[-60:]}"
            for left in text.split(word)[:-1]
            if not left.endswith(before)
        ]
    return wrong


def too_wide(page: Page, width: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": 900})
    settled(page)
    main = page.get_by_test_id("stMain").element_handle()
    try:
        # A map is drawn anew some frames after its room has changed.
        page.wait_for_function(_FITS, arg=main, timeout=5_000)
    except Error:
        return [f"wider than {width}"]
    return []


def pages_of(role: str) -> list[str]:
    return [page.title for page in PAGES if Viewer(role).may(page.permission)]


@pytest.mark.parametrize(
    ("role", "partner"), [("administrator", ""), ("partner", TEXTS["vector"])]
)
def test_on_every_page_a_name_is_text_and_fits(visitor, role: str, partner: str):
    page = visitor(role, partner)
    wrong, told = {}, ""
    for title in pages_of(role):
        page.set_viewport_size({"width": 1400, "height": 900})
        # Its menu is drawn anew where there is room for it again.
        settled(page)
        open_page(page, title)
        for expander in page.get_by_test_id("stMain").get_by_test_id("stExpander").all():
            expander.locator("summary").click()
        settled(page)
        found = [*more_than_text(page), *too_wide(page, 1400), *too_wide(page, 390)]
        told += page.inner_text("body")
        if found:
            wrong[title] = found
    assert wrong == {}
    assert [word for word in TEXTS if word not in told] == []


def test_what_a_mouse_brings_up_is_text(hostile: str, visitor, lone: tuple[str, str]):
    page = visitor("administrator")
    open_page(page, "Outcomes")

    for word in ("crimson", "longword"):
        search(page, page.get_by_role("combobox", name="Topics"), word)
        expect(page.get_by_role("option")).to_have_text([TEXTS[word]])
        assert more_than_text(page) == []
        page.keyboard.press("Enter")
        settled(page)
    page.keyboard.press("Escape")
    chip = f"Remove filter Topic: {TEXTS['crimson']}"
    expect(page.get_by_role("button", name=chip, exact=True)).to_be_visible()
    assert [*more_than_text(page), *too_wide(page, 1400)] == []

    chosen = f"state={lone[0]}&status={lone[1]}&find={lone[2]}"
    page.goto(f"{hostile}/engagement_map?{chosen}")
    settled(page)
    middle = middle_of_map(page)
    expect(page.locator(".deck-tooltip")).to_contain_text("Led by")
    assert more_than_text(page) == []
    page.mouse.click(*middle)
    expect(page.get_by_role("article", name="The chosen engagement")).to_be_visible()
    assert [*more_than_text(page), *too_wide(page, 1400)] == []

    page.goto(f"{hostile}/demand?states_as=funnel")
    settled(page)
    page.locator(".scatterlayer .point").first.hover(force=True)
    label = page.locator(".hoverlayer text").first
    expect(label).to_contain_text(re.compile(r"\d"))
    assert more_than_text(page) == []


def test_a_file_of_such_names_is_told_as_text(visitor):
    page = visitor("administrator")
    open_page(page, "Upload")
    page.locator('input[type="file"]').set_input_files(
        {"name": FILE_NAME, "mimeType": "text/csv", "buffer": upload_file("Y")}
    )
    n = len(TEXTS)
    see_counts(page, f"{3 * n}", f"{n}", "0", "0", f"{2 * n}")
    for expander in page.get_by_test_id("stMain").get_by_test_id("stExpander").all():
        expander.locator("summary").click()
    settled(page)
    assert [*more_than_text(page), *too_wide(page, 1400), *too_wide(page, 390)] == []
    page.set_viewport_size({"width": 1400, "height": 900})
    page.get_by_role("button", name=f"Commit {n} rows").click()
    expect(page.get_by_text("U-000002 is committed")).to_be_visible(timeout=30_000)
    assert more_than_text(page) == []

    open_page(page, "Upload history")
    grid = box_of_list(page, page.get_by_test_id("stDataFrame").first)
    page.mouse.click(grid["x"] + 20, grid["y"] + 52)
    settled(page)
    expect(page.get_by_role("heading", name="Upload U-000002")).to_be_visible()
    page.get_by_role("button", name="Undo this upload").click()
    page.get_by_role("button", name="Undo U-000002").click()
    expect(page.get_by_text("U-000002 was undone.")).to_be_visible(timeout=30_000)
    assert [*more_than_text(page), *too_wide(page, 1400)] == []


def test_such_a_record_and_such_a_person_are_told_as_text(visitor):
    page = visitor("administrator")
    open_page(page, "Records")
    choose(page, "Type of record", "Requests")
    page.get_by_role("textbox", name="Find the record").fill(TEXTS["picture"])
    page.keyboard.press("Enter")
    settled(page)
    assert more_than_text(page) == []
    grid = box_of_list(page, page.get_by_test_id("stDataFrame").first)
    page.mouse.click(grid["x"] + 20, grid["y"] + 52)
    settled(page)
    expect(page.get_by_role("heading", name=f"Correct {TEXTS['picture']}")).to_be_visible()
    page.get_by_role("textbox", name="Source").fill(TEXTS["clickme"])
    page.keyboard.press("Enter")
    settled(page)
    expect(page.get_by_role("button", name="Save")).to_be_visible()
    page.get_by_role("button", name="Withdraw this record").click()
    page.get_by_role("button", name=f"Withdraw {TEXTS['picture']}").click()
    expect(page.get_by_text("Withdrawn as U-")).to_be_visible(timeout=30_000)
    assert [*more_than_text(page), *too_wide(page, 1400)] == []
    page.keyboard.press("Escape")

    open_page(page, "People and access")
    choose(page, "Role", "Leadership", "stMain")
    for email in (TEXTS["vector"], email_of(f"again {TEXTS['clickme']}")):
        page.get_by_role("textbox", name="Email").fill(email)
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_test_id("stAlert").first).to_contain_text(email[:12])
        assert [*more_than_text(page), *too_wide(page, 1400)] == []
