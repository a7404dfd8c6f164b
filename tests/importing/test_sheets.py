"""Rows of several sheets: each is named with its sheet and its number there."""

import json
from collections.abc import Iterator

import pytest

from cri_data.cli.output import loading_json, loading_text
from cri_data.importing.mapping.headings import HeadingsError
from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.mapping.suggestions import propose_recipe
from cri_data.importing.service import ImportResult
from cri_data.reading import ReadOptions
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


NO_STATE = ["agency_id", "agency_name"]
IN_STATES = {
    "Texas": [NO_STATE, ["A1", "Elm"], ["A2", "Oak"]],
    "OH": [NO_STATE, ["A3", ""]],
}


def test_the_names_of_sheets_are_offered_as_a_missing_column_and_never_taken(store):
    with pytest.raises(HeadingsError) as refused:
        looked_at(store, "agencies", workbook_of(IN_STATES))
    assert "match '(sheet name)' with state." in str(refused.value)
    other = {"Texas": IN_STATES["Texas"], "Notes 2024": IN_STATES["OH"]}
    with pytest.raises(HeadingsError) as refused:
        looked_at(store, "agencies", workbook_of(other))
    assert "sheet name)' with" not in str(refused.value)


def test_the_names_of_sheets_can_be_a_column(store):
    loading = looked_at(
        store, "agencies", workbook_of(IN_STATES), **{"(sheet name)": "state"}
    )
    assert list(loading.checked.new.state) == ["TX", "TX"]
    # A rejected row keeps the name of its sheet.
    assert loading.rejects.decode("utf-8-sig").splitlines()[:2] == [
        "agency_id,agency_name,(sheet name),row,problems",
        "A3,,OH,2 of 'OH',agency_name: agency_name is required. Enter a value.",
    ]


def test_a_column_that_a_file_may_lack_is_offered_with_a_note(store):
    head = [*HEAD, "city"]
    sheets = {
        "Municipal police": [head, ["A1", "Elm", "TX", "Elm"]],
        "Sheriff": [head, ["A2", "Oak", "TX", "Oak"]],
    }
    looked = looked_at(store, "agencies", workbook_of(sheets))
    assert looked.prepared.matching.left_out == ()
    (note,) = looked.prepared.matching.notes
    assert note.endswith("match '(sheet name)' with agency_type.")


def test_the_page_proposes_the_names_of_sheets_for_the_column_that_they_fit(store):
    source = SourceFile.from_bytes("a.xlsx", workbook_of(IN_STATES))
    proposed = propose_recipe(store, "agencies", source.read("agencies", ReadOptions()))
    of_sheets = proposed.headings[-1]
    assert (of_sheets.name, of_sheets.samples) == ("(sheet name)", ("Texas", "OH"))
    assert of_sheets.column == "state"
    assert of_sheets.why == "its values look like state: check it"


BLOCKS = (
    "Texas,,\nagency_id,agency_name,city\nA1,Elm,Elm\n,,\n"
    "Ohio,,\nagency_id,agency_name,city\nA2,Oak,Oak\nA3,,Fir\nA4,Gum\n"
)


def test_the_titles_of_blocks_can_be_a_column_and_are_never_taken(store):
    with pytest.raises(HeadingsError) as refused:
        looked_at(store, "agencies", BLOCKS)
    assert str(refused.value).endswith("match '(block title)' with state.")
    source = SourceFile.from_bytes("a.csv", BLOCKS.encode())
    proposed = propose_recipe(store, "agencies", source.read("agencies", ReadOptions()))
    of_blocks = proposed.headings[-1]
    assert (of_blocks.name, of_blocks.column) == ("(block title)", "state")
    assert of_blocks.samples == ("Texas", "Ohio")
    loading = looked_at(store, "agencies", BLOCKS, **{"(block title)": "state"})
    assert list(loading.checked.new.state) == ["TX", "OH"]
    # Rejected rows keep their title, also a broken one.
    assert [line.split(",")[:5] for line in loading.rejects.decode().splitlines()[1:]] == [
        ["A3", "", "Fir", "Ohio", "8"],
        ["A4", "Gum", "", "Ohio", "9"],
    ]


def test_one_sheet_has_no_names(store):
    loading = looked(store, FY23=[["A1", "", "TX"]])
    (problem,) = json.loads(loading_json(loading))["problems"]
    assert (problem["row"], "sheet" in problem) == (2, False)
    assert "(first: row 2)" in loading_text(loading, dry_run=True)


@pytest.mark.parametrize(
    ("count", "first", "others"),
    [
        (1, "1 row of agencies: ", "Its 1 row is not"),
        (2, "2 rows of ", "Its 2 rows are not"),
    ],
)
def test_a_number_has_its_noun(store, count, first, others):
    head = [*HEAD, "agency_type"]
    rows = [[f"A{n}", f"Elm{n}", "TX", "x"] for n in range(count)]
    more = [[f"B{n}", f"Oak{n}", "TX", "x", "Oak"] for n in range(count)]
    book = workbook_of({"a": [head, *rows], "b": [[*head, "city"], *more]})
    chosen = looked_at(store, "agencies", book)
    text = loading_text(chosen, dry_run=True)
    assert chosen.prepared.file.row_count == count
    assert text.startswith(first)
    assert text.count(others) == 2
    assert f"warning, {first.split(' of ')[0]} (first: row 2), agency_type = 'x'" in text
    assert "1 rows" not in text
