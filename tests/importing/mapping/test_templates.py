"""The files to fill in: what they hold, and that our own check takes them."""

import csv
import io

import openpyxl
import pytest

from cri_data.cli.main import main
from cri_data.importing.mapping.templates import (
    EXAMPLES,
    GUIDE_HEADS,
    guide_rows,
    how_to_write,
    template_csv,
    template_xlsx,
)
from cri_data.model.datasets import DATASETS, Dataset
from tests.support.stores import new_store
from tests.support.uploads import contents, counts, loaded, problems


@pytest.fixture
def store(tmp_path):
    store = new_store(tmp_path / "cri.duckdb")
    yield store
    store.close()


# What makes the examples rows of somebody's own, whose ids fit each other.
OWN = {"EXAMPLE": "R", "EXMP": "P1", "TX0000000": "TX0010100", "example-": "own-"}


def of_ones_own(dataset: Dataset) -> bytes:
    text = template_csv(dataset).decode()
    for old, new in OWN.items():
        text = text.replace(old, new)
    return text.encode()


@pytest.mark.long
def test_our_own_check_accepts_every_example_without_a_warning(store):
    for dataset in DATASETS.values():
        done = loaded(store, dataset.name, of_ones_own(dataset))
        assert problems(done) == []
        assert counts(done) == (1, 1, 0, 0, 0, 0)


@pytest.mark.long
@pytest.mark.parametrize("make", [template_csv, template_xlsx])
@pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda dataset: dataset.name)
def test_an_example_that_is_left_in_is_no_row(store, dataset: Dataset, make):
    done = loaded(store, dataset.name, make(dataset))
    key = EXAMPLES[dataset.name][dataset.key]
    assert problems(done) == [(2, "", key, "example_row", "warning")]
    assert counts(done) == (0, 0, 0, 0, 0, 1)
    assert key not in [row[0] for row in contents(store)[dataset.name]]


AGENCY = "TX0000000,Example Police Department,municipal,TX,75201,48,2025-12-31\n"
HEAD = "agency_id,agency_name,agency_type,state,zip,sworn_officers,sworn_as_of_on\n"


@pytest.mark.long
@pytest.mark.parametrize(
    ("old", "new", "is_example"),
    [
        # As a spreadsheet writes it back, with columns that were not needed gone.
        ("2025-12-31", "12/31/2025", True),
        ("TX,75201", " TX ,75201.0", True),
        ("TX0000000", "TX0010100", False),
        ("Example Police", "Elm Police", False),
        ("municipal", "sheriff", False),
        ("municipal", "", False),
    ],
)
def test_only_the_example_itself_is_left_out(store, old: str, new: str, is_example: bool):
    text = HEAD + AGENCY.replace(old, new) + "TX0020100,Oak PD,,TX,,,\n"
    done = loaded(store, "agencies", text)
    assert [problem[3] for problem in problems(done)] == ["example_row"] * is_example
    assert len(contents(store)["agencies"]) == 2 - is_example


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda dataset: dataset.name)
def test_a_template_has_every_column_and_one_example(dataset: Dataset):
    text = template_csv(dataset).decode("utf-8-sig")
    head, example = list(csv.reader(io.StringIO(text)))
    assert head == [column.name for column in dataset.columns]
    assert dict(zip(head, example, strict=True)) == EXAMPLES[dataset.name]


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda dataset: dataset.name)
def test_a_workbook_has_the_same_rows_and_a_guide(dataset: Dataset):
    book = openpyxl.load_workbook(io.BytesIO(template_xlsx(dataset)))
    assert book.sheetnames == [dataset.name, "Guide"]
    filled = [
        row
        for row in book[dataset.name].iter_rows(values_only=True)
        if any(cell is not None for cell in row)
    ]
    text = template_csv(dataset).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [[cell or "" for cell in row] for row in filled] == rows
    guide = list(book["Guide"].iter_rows(values_only=True))
    assert guide[0] == GUIDE_HEADS
    assert len(guide) == len(dataset.columns) + 1


@pytest.mark.parametrize(
    ("dataset", "column", "how"),
    [
        ("requests", "received_on", "A date, such as 2025-01-31."),
        (
            "requests",
            "agency_id",
            "An ID, without semicolons. Must be in the agencies dataset.",
        ),
        ("agencies", "state", "A USPS code, such as TX."),
        ("agencies", "latitude", "A number from -90 to 90."),
        ("metrics", "better", "One of: higher, lower."),
    ],
)
def test_the_guide_says_how_to_write_a_cell(dataset: str, column: str, how: str):
    assert how_to_write(DATASETS[dataset].column(column)).startswith(how)
    described = {row[0]: row[3] for row in guide_rows(DATASETS[dataset])}
    assert described[column].startswith(how)


@pytest.mark.parametrize(("ending", "make"), [("csv", template_csv), ("xlsx", None)])
def test_the_command_line_writes_them_without_a_store(
    ending: str, make, tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("CRI_STORE", str(tmp_path / "none" / "cri.duckdb"))
    file = tmp_path / f"mine.{ending}"
    assert main(["template", "requests", str(file)]) == 0
    assert "headings of requests" in capsys.readouterr().out
    if make:
        assert file.read_bytes() == make(DATASETS["requests"])
    else:
        assert openpyxl.load_workbook(file).sheetnames == ["requests", "Guide"]
    assert not (tmp_path / "none").exists()
