"""Which sheet of a workbook is read, by page and by command alike, and how to change it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cri_data.importing.mapping.headings import HeadingsError
from cri_data.importing.mapping.read_dataset import match_dataset, read_for
from cri_data.importing.mapping.templates import template_xlsx
from cri_data.importing.recipe import Recipe
from cri_data.model.datasets import DATASETS
from cri_data.reading import ReadOptions, UnreadableFile, read_headings
from tests.reading.test_workbook import workbook
from tests.support.commands import Commands, make_store
from tests.support.stores import new_store
from tests.support.uploads import counts, looked_at

HEADINGS = ["agency_id", "agency_name", "state"]
DATA = [HEADINGS, ["TX1", "Elm", "TX"], ["TX2", "Oak", "TX"]]

OTHER = [[*HEADINGS, "city"], ["TX1", "Elm", "TX", "Elm"], ["TX3", "Ash", "TX", "Ash"]]

TITLE = [["Intake log"]]
TITLE_OF_THREE = [["Intake log"], ["Made in May"], ["By the office"]]
NUMBERS = [["State", "Requests"], ["TX", 3], ["OH", 4]]

Opened = Callable[..., AppTest]


@pytest.mark.parametrize("first", [TITLE, TITLE_OF_THREE, NUMBERS, [HEADINGS], []])
def test_the_sheet_is_read_whose_headings_fit(first: list[list]) -> None:
    content = workbook(("Cover", first), ("Data", DATA), ("Older", OTHER))
    file = read_for("agencies", "a.xlsx", content, ReadOptions())
    assert (file.dialect.sheet, file.row_count) == ("Data", 2)
    others = "The sheet 'Data' was read. The workbook has others: 'Cover', 'Older'."
    assert file.notes[0] == others
    assert "'Older' fits, too, but has other headings. Its 2 rows" in file.notes[1]
    options = read_for("agencies", "a.xlsx", content, ReadOptions(sheet="Older"))
    assert options.dialect.sheet == "Older"


def test_where_nothing_is_known_the_first_with_rows_is_read() -> None:
    content = workbook(("Cover", TITLE), ("Data", [["x", "y"], [1, 2]]))
    assert read_headings("a.xlsx", content) == ("x", "y")


def test_a_form_without_rows_is_not_taken_for_the_sheet_that_explains_it() -> None:
    guide = [["Column", "Meaning"], ["agency_id", "The ORI"]]
    content = workbook(("agencies", [HEADINGS]), ("Guide", guide))
    with pytest.raises(
        UnreadableFile, match=r"'agencies' of a\.xlsx has no rows"
    ) as raised:
        read_for("agencies", "a.xlsx", content, ReadOptions())
    assert raised.value.sheets == ("agencies", "Guide")
    template = read_for(
        "agencies", "a.xlsx", template_xlsx(DATASETS["agencies"]), ReadOptions()
    )
    assert template.row_count == 1


def test_headings_that_do_not_fit_name_their_sheet_and_the_others() -> None:
    content = workbook(("One", [["x"], [1], [2]]), ("Two", [["y"], [1], [2]]))
    file = read_for("agencies", "a.xlsx", content, ReadOptions())
    with pytest.raises(HeadingsError, match=r"the sheet 'One'; .* others: 'Two'"):
        match_dataset(file, DATASETS["agencies"], Recipe())


def test_a_load_takes_the_same_sheet() -> None:
    content, store = workbook(("Cover", TITLE), ("Data", DATA)), new_store()
    assert counts(looked_at(store, "agencies", content))[:2] == (2, 2)


def test_the_command_says_which_sheet_it_took(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    prepared = make_store(tmp_path / "prepared.duckdb")
    run = Commands(prepared, tmp_path / "cri.duckdb", monkeypatch, capsys)
    file = tmp_path / "a.xlsx"
    file.write_bytes(workbook(("Cover", TITLE), ("Data", DATA)))
    _, out, _ = run("load", "agencies", str(file), "--dry-run")
    assert "2 rows of agencies" in out
    assert "The sheet 'Data' was read. The workbook has others: 'Cover'." in out


@pytest.mark.long
def test_the_page_says_which_sheet_it_took_and_offers_the_others(
    empty_app: Opened,
) -> None:
    page = empty_app("pages/data/upload.py")
    content = workbook(("Cover", TITLE), ("Data", DATA))
    page.file_uploader[0].upload("a.xlsx", content).run()
    assert not page.exception
    said = " ".join(text.value for text in page.markdown)
    assert "The sheet 'Data' was read." in said
    sheet = next(box for box in page.selectbox if box.label == "Sheet")
    # A sheet without rows is an error, and no dead end.
    sheet.set_value("Cover").run()
    assert "has no rows below its headings" in page.error[0].value
    sheet = next(box for box in page.selectbox if box.label == "Sheet")
    assert sheet.options == ["Cover", "Data"]
    sheet.set_value("Data").run()
    assert [metric.value for metric in page.metric][:2] == ["2", "2"]
