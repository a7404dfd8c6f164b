"""The pictures of README.md and docs/, taken of the dashboard as it is.

`python docs/make_pictures.py` starts the dashboard on stores of its own: the
demonstration, and an empty store into which it loads two small files. Needs
what the browser tests need.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, FilePayload, Page, sync_playwright

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from tests.browser.chromium import ARGUMENTS, chromium  # noqa: E402
from tests.browser.roles import look_as, open_page  # noqa: E402
from tests.browser.server import served, settled  # noqa: E402

WIDE, TABLET, PHONE = 1400, 800, 390
_PHONE = (
    "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/140 Mobile Safari/537.36"
)
_TALLEST = 4_000

# (picture, address, width, dark)
DEMONSTRATION = (
    ("overview", "overview", WIDE, False),
    ("demand", "demand", WIDE, False),
    ("reach", "reach", WIDE, False),
    ("timeliness", "timeliness", WIDE, False),
    ("agency", "agency?agency=WV0200000", WIDE, False),
    ("outcomes", "outcomes", WIDE, False),
    ("partners", "partners", WIDE, False),
    ("engagement_map", "engagement_map", WIDE, False),
    ("matching", "matching", WIDE, False),
    ("published_demand", "published_demand", WIDE, False),
    ("about", "about", WIDE, False),
    ("demand_dark", "demand", WIDE, True),
    ("engagement_map_dark", "engagement_map", WIDE, True),
    ("overview_tablet", "overview", TABLET, False),
    ("overview_phone", "overview", PHONE, False),
    ("engagement_map_phone", "engagement_map", PHONE, True),
)

# Whose work the picture of Our work shows.
PARTNER = "Society of American Police Commanders"

# (picture, title of the page)
ADMINISTRATION = (
    ("people", "People and access"),
    ("trail", "Audit log"),
    ("backups", "Backups"),
)

AGENCIES = """ORI,Agency Name,Agency Type,State,City,Sworn
TX0010100,Elm Police Department,City,Texas,Elm,"1,200"
OH0020200,Oak County Sheriff's Office,County,OH,Oak,48
MN0030300,Pine Police Department,City,MN,Pine,9
XX0040400,Nowhere Police Department,City,XX,,
"""
REQUESTS = """Request,ORI,Date received,Status,Topics
R-1,TX0010100,1/31/2026,accepted,training
R-2,OH0020200,2026-03-05,received,officer-wellness;training
R-3,MN0030300,not a day,received,training
R-4,TX0010100,2026-03-05,pending,compstat
R-5,ZZ9999999,2026-03-05,received,training
"""


def visitor(browser: Browser, width: int, dark: bool) -> Page:
    """A page of a browser so wide, light or dark; narrow, it says it is a phone."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if dark else "light",
        user_agent=_PHONE if width == PHONE else None,
    )
    return context.new_page()


def take(page: Page, picture: str) -> None:
    """Take the whole page, as high as it is."""
    page.wait_for_timeout(1_500)
    width = page.evaluate("window.innerWidth")
    main = page.locator('[data-testid="stMain"]')
    height = main.evaluate("main => main.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(height, _TALLEST)})
    page.wait_for_timeout(1_500)
    page.screenshot(path=HERE / f"{picture}.png")
    page.set_viewport_size({"width": width, "height": 900})


def upload(page: Page, dataset: str, text: str) -> None:
    """Choose a dataset and drop a file."""
    page.get_by_role("combobox", name="What does the file contain?").click()
    page.keyboard.type(dataset)
    page.get_by_role("option", name=dataset).wait_for()
    page.keyboard.press("Enter")
    settled(page)
    file: FilePayload = {
        "name": f"{dataset.lower()}.csv",
        "mimeType": "text/csv",
        "buffer": text.encode(),
    }
    page.locator('input[type="file"]').set_input_files(file)
    page.get_by_role("button", name="Commit").wait_for()
    settled(page)


def commit(page: Page) -> None:
    """Press the button that commits."""
    page.get_by_role("button", name="Commit").click()
    page.get_by_text("is committed").wait_for()
    settled(page)


def of_demonstration(browser: Browser, folder: Path) -> None:
    """The pages on the demonstration."""
    with served(folder / "demonstration.duckdb") as address:
        for picture, url, width, dark in DEMONSTRATION:
            page = visitor(browser, width, dark)
            page.goto(f"{address}/{url}")
            take(settled(page), picture)
            page.context.close()
        page = visitor(browser, WIDE, False)
        page.goto(f"{address}/outcomes")
        look_as(settled(page), "partner", PARTNER)
        open_page(page, "Our work")
        take(settled(page), "our_work")
        page.context.close()


def of_upload(browser: Browser, folder: Path) -> None:
    """Two files on their way into an empty store, and the history of it."""
    with served(folder / "empty.duckdb", CRI_DEMO="0") as address:
        page = visitor(browser, WIDE, False)
        page.goto(f"{address}/upload")
        upload(settled(page), "Agencies", AGENCIES)
        commit(page)
        upload(page, "Requests", REQUESTS)
        take(page, "upload")
        commit(page)
        open_page(page, "Upload history")
        # The first column of a grid chooses the row.
        grid = page.get_by_test_id("stDataFrame").first
        grid.click(position={"x": 20, "y": 52})
        settled(page)
        page.mouse.move(0, 0)
        take(page, "upload_history")
        page.goto(f"{address}/records")
        find_record(settled(page), "Agencies", "oak")
        take(page, "records")
        of_administration(page)


def find_record(page: Page, dataset: str, text: str) -> None:
    """Look a record up."""
    page.get_by_role("combobox").first.click()
    page.keyboard.type(dataset)
    page.keyboard.press("Enter")
    settled(page)
    page.get_by_role("textbox").first.fill(text)
    page.keyboard.press("Enter")
    settled(page)


def of_administration(page: Page) -> None:
    """The pages of administrators, after something was uploaded."""
    look_as(page, "administrator")
    for picture, title in ADMINISTRATION:
        open_page(page, title)
        page.get_by_role("heading", name=title, level=1).wait_for()
        take(settled(page), picture)


def main() -> None:
    """Take every picture."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        of_demonstration(browser, Path(folder))
        of_upload(browser, Path(folder))
        browser.close()


if __name__ == "__main__":
    main()
