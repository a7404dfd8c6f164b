"""Rows of several sheets: each is named with its sheet and its number there."""

import json
from collections.abc import Iterator

import pytest

from cri_data.cli.output import loading_json, loading_text
from cri_data.importing.service import ImportResult
from cri_data.store.store import Store
from tests.support.stores import new_store
from tests.support.uploads import counts, looked_at
from tests.support.workbooks import workbook_of

HEAD = ["agency_id", "agency_name", "state"]


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    store = new_store()
    yield store
    store.close()


def looked(store: Store, **sheets: list[list[str]]) -> ImportResult:
    rows = {name: [HEAD, *rows] for name, rows in sheets.items()}
    return looked_at(store, "agencies", workbook_of(rows))


def told(loading: ImportResult) -> list[tuple]:
    found = json.loads(loading_json(loading))["problems"]
    return [(one["sheet"], one["row"], one["rule"]) for one in found]


def test_a_problem_names_its_sheet_and_the_row_in_it(store):
    loading = looked(
        store,
        FY23=[["A1", "Elm", "TX"], ["A2", "", "TX"]],
        FY24=[["A3", "Oak", "TX"], ["A4", "Fir", "TX"], ["A5", "Gum", "Mars"]],
    )
    assert counts(loading)[:2] == (5, 3)
    assert told(loading) == [
        ("FY23", 3, "required_missing"),
        ("FY24", 4, "unknown_code"),
    ]
    text = loading_text(loading, dry_run=True)
    assert "(first: row 4 of 'FY24')" in text
    assert b"4 of 'FY24'" in loading.rejects


def test_the_same_id_on_two_sheets_is_told_with_both_places(store):
    loading = looked(
        store,
        FY23=[["A1", "Elm", "TX"], ["A2", "Oak", "TX"]],
        FY24=[["A1", "Ash", "TX"], ["A2", "Oak", "TX"]],
    )
    messages = loading.checked.problems.set_index("rule")["message"]
    assert messages["key_repeated"].iloc[0].startswith("Rows 2 of 'FY23', 2 of 'FY24' have")
    assert messages["row_repeated"] == "Duplicate of row 3 of 'FY23'. No action needed."
    assert told(loading) == [
        ("FY23", 2, "key_repeated"),
        ("FY24", 2, "key_repeated"),
        ("FY24", 3, "row_repeated"),
    ]


def test_one_sheet_has_no_names(store):
    loading = looked(store, FY23=[["A1", "", "TX"]])
    (problem,) = json.loads(loading_json(loading))["problems"]
    assert (problem["row"], "sheet" in problem) == (2, False)
    assert "(first: row 2)" in loading_text(loading, dry_run=True)
