"""Errors and formulas without a result: never blank, never a value, always told."""

from collections.abc import Iterator

import pytest

from cri_data.importing.commit.commit import check
from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.recipe import Recipe
from cri_data.store.store import Store
from tests.support.stores import new_store
from tests.support.uploads import counts, loaded, looked_at, problems
from tests.support.workbooks import workbook_of

HEAD = "agency_id,agency_name,agency_type,state,county,city,zip,sworn_officers\n"
STORED = "A1,Elm Police,municipal,TX,Wren,Elm,75201,7\n"
COLUMNS = HEAD.strip().split(",")
ERRORS = ["#N/A", "#REF!", "#DIV/0!", "#NAME?", "#VALUE!", "#NUM!", "#SPILL!", "#####"]
ERRORS += ["Err:502", "#ERROR!", "#n/a", " #N/A "]


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    store = new_store()
    loaded(store, "agencies", HEAD + STORED)
    yield store
    store.close()


def with_cell(column: str, cell: str) -> str:
    cells = STORED.strip().split(",")
    cells[COLUMNS.index(column)] = cell
    return HEAD + ",".join(cells) + "\n"


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("column", ["agency_type", "county", "zip", "sworn_officers"])
def test_an_error_in_an_optional_column_is_a_warning(store, column, error):
    loading = looked_at(store, "agencies", with_cell(column, error))
    assert problems(loading) == [(2, column, error.strip(), "lost_cell", "warning")]
    # The stored value stays.
    assert counts(loading)[:5] == (1, 0, 0, 1, 0)


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("column", ["agency_id", "agency_name", "state"])
def test_an_error_in_a_required_column_rejects_the_row(store, column, error):
    loading = looked_at(store, "agencies", with_cell(column, error))
    found = (2, column, error.strip(), "lost_cell", "error")
    assert found in problems(loading)
    assert {problem[3] for problem in problems(loading)} <= {
        "lost_cell",
        "required_missing",
    }
    assert counts(loading)[4] == 1


@pytest.mark.parametrize("column", ["county", "zip", "agency_type", "sworn_officers"])
def test_an_error_erases_nothing(store, column):
    content = with_cell(column, "#N/A").encode()
    source = SourceFile.from_bytes("a.csv", content)
    prepared = source.mapped("agencies", Recipe(blanks_erase=True))
    assert check(store, prepared).counts.unchanged == 1


@pytest.mark.parametrize(
    "formula", ["=1+2", "=SUM(H2:H9)", '=VLOOKUP("x",A:B,2,0)', "=F2*8"]
)
@pytest.mark.parametrize("column", ["county", "sworn_officers", "agency_name"])
def test_a_formula_without_a_result_is_told(store, column, formula):
    cells: list = STORED.strip().split(",")
    cells[COLUMNS.index(column)] = formula
    loading = looked_at(store, "agencies", workbook_of({"Data": [COLUMNS, cells]}))
    is_error = column == "agency_name"
    severity = "error" if is_error else "warning"
    text = "(formula without a result)"
    assert (2, column, text, "lost_cell", severity) in problems(loading)
    assert counts(loading)[3:5] == ((0, 1) if is_error else (1, 0))


@pytest.mark.parametrize(
    "text",
    ["#1 Elm", "# N/A", "Errand", "=> see below", "#NAME", "##", "N/A Ranch", "Err: 502 x"],
)
def test_text_that_only_looks_a_little_like_an_error_is_text(store, text):
    loading = looked_at(store, "agencies", with_cell("city", text))
    assert problems(loading) == []
    assert loading.checked.differences["after"].to_list() == [text]


@pytest.mark.parametrize("column", ["agency_id", "topic_ids", "received_on", "closed_on"])
def test_an_error_among_references_and_dates_is_told(store, column):
    names = ["request_id", "agency_id", "received_on", "topic_ids", "closed_on"]
    cells = ["R1", "A1", "2024-01-02", "training", "2024-02-02"]
    cells[names.index(column)] = "#REF!"
    text = ",".join(names) + "\n" + ",".join(cells) + "\n"
    loading = looked_at(store, "requests", text)
    told = "warning" if column == "closed_on" else "error"
    assert (2, column, "#REF!", "lost_cell", told) in problems(loading)
    assert counts(loading)[4] == (told == "error")
