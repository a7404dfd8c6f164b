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
# As people mark a value of the row above.
DITTOS = [
    '"',
    "\N{DITTO MARK}",
    "\N{RIGHT DOUBLE QUOTATION MARK}",
    "ditto",
    "Ditto.",
    "DITTO",
]
DITTOS += ["same as above", "Same as above."]
KEYS = [f"A{number}" for number in range(1, len(ERRORS) + 1)]


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    store = new_store()
    rows = [STORED.replace("A1", agency) for agency in KEYS]
    loaded(store, "agencies", HEAD + "".join(rows))
    yield store
    store.close()


def with_cells(column: str, cells: list[str], quoted: bool = False) -> str:
    """A row of another agency for each cell, as it is stored but for that column."""
    rows = [
        STORED.replace("A1", agency).strip().split(",") for agency in KEYS[: len(cells)]
    ]
    for row, cell in zip(rows, cells, strict=True):
        row[COLUMNS.index(column)] = (
            f'"{cell.replace(chr(34), 2 * chr(34))}"' if quoted else cell
        )
    return HEAD + "".join(",".join(row) + "\n" for row in rows)


@pytest.mark.long
@pytest.mark.parametrize("column", ["agency_type", "county", "zip", "sworn_officers"])
def test_an_error_in_an_optional_column_is_a_warning(store, column):
    loading = looked_at(store, "agencies", with_cells(column, ERRORS))
    assert problems(loading) == [
        (row, column, error.strip(), "lost_cell", "warning")
        for row, error in enumerate(ERRORS, 2)
    ]
    # The stored value stays.
    assert counts(loading)[:5] == (len(ERRORS), 0, 0, len(ERRORS), 0)


@pytest.mark.parametrize("column", ["agency_id", "agency_name", "state"])
def test_an_error_in_a_required_column_rejects_the_row(store, column):
    loading = looked_at(store, "agencies", with_cells(column, ERRORS))
    found = problems(loading)
    lost = [problem for problem in found if problem[3] == "lost_cell"]
    assert lost == [
        (row, column, error.strip(), "lost_cell", "error")
        for row, error in enumerate(ERRORS, 2)
    ]
    assert {problem[3] for problem in found} <= {"lost_cell", "required_missing"}
    assert counts(loading)[4] == len(ERRORS)


def test_an_error_erases_nothing(store):
    columns = ["county", "zip", "agency_type", "sworn_officers"]
    stored = zip(COLUMNS, STORED.strip().split(","), strict=True)
    row = ",".join("#N/A" if name in columns else cell for name, cell in stored)
    source = SourceFile.from_bytes("a.csv", f"{HEAD}{row}\n".encode())
    prepared = source.mapped("agencies", Recipe(blanks_erase=True))
    assert check(store, prepared).counts.unchanged == 1


@pytest.mark.parametrize("column", ["county", "agency_name", "sworn_officers"])
def test_a_mark_for_the_value_above_is_told_and_never_stored(store, column):
    loading = looked_at(store, "agencies", with_cells(column, DITTOS, quoted=True))
    severity = "error" if column == "agency_name" else "warning"
    told = [problem for problem in problems(loading) if problem[3] == "lost_cell"]
    assert told == [
        (row, column, cell, "lost_cell", severity) for row, cell in enumerate(DITTOS, 2)
    ]
    assert len(loading.checked.differences) == 0


FORMULAS = ["=1+2", "=SUM(H2:H9)", '=VLOOKUP("x",A:B,2,0)', "=F2*8"]


@pytest.mark.parametrize("column", ["county", "sworn_officers", "agency_name"])
def test_a_formula_without_a_result_is_told(store, column):
    rows: list[list] = [
        STORED.replace("A1", agency).strip().split(",") for agency in KEYS[: len(FORMULAS)]
    ]
    for row, formula in zip(rows, FORMULAS, strict=True):
        row[COLUMNS.index(column)] = formula
    loading = looked_at(store, "agencies", workbook_of({"Data": [COLUMNS, *rows]}))
    is_error = column == "agency_name"
    severity = "error" if is_error else "warning"
    text = "(formula without a result)"
    lost = [problem for problem in problems(loading) if problem[3] == "lost_cell"]
    assert lost == [
        (row, column, text, "lost_cell", severity) for row in range(2, 2 + len(FORMULAS))
    ]
    of_all = len(FORMULAS)
    assert counts(loading)[3:5] == ((0, of_all) if is_error else (of_all, 0))


def test_text_that_only_looks_a_little_like_an_error_is_text(store):
    texts = ["#1 Elm", "# N/A", "Errand", "=> see below", "#NAME", "##", "N/A Ranch"]
    texts += ["Err: 502 x", "Dittmer", "Ditto Creek", "Same"]
    loading = looked_at(store, "agencies", with_cells("city", texts))
    assert problems(loading) == []
    assert loading.checked.differences["after"].to_list() == texts


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
