"""Files of requests that name their agencies: whose each row is."""

import pytest

from cri_data.importing.mapping.headings import HeadingsError
from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.recipe import Recipe
from cri_data.importing.service import load
from cri_data.records import merge_agencies
from tests.support.stores import new_store
from tests.support.uploads import contents, counts, loaded, looked_at, problems, quietly

KNOWN = """agency_id,agency_name,state,city,agency_type
TX0010100,Elm Police Department,TX,Elm,municipal
TX0020000,Oak County Sheriff's Office,TX,Oak,sheriff
OH0010100,Elm Police Department,OH,Elm,municipal
"""
HEAD = "request_id,received_on,topic_ids,Station Name,State\n"


@pytest.fixture
def store(tmp_path):
    store = new_store(tmp_path / "cri.duckdb")
    assert counts(loaded(store, "agencies", KNOWN))[1] == 3
    yield store
    store.close()


@pytest.mark.long
def test_rows_find_their_agency_by_name_and_state(store):
    text = HEAD + (
        "R1,2024-01-01,training,ELM PD,TX\n"
        "R2,2024-01-01,training,OAK CTY SHERIFF'S OFFICE,Texas\n"
        "R3,2024-01-01,training,Elm Police Dept.,OH\n"
    )
    done = loaded(store, "requests", text)
    assert problems(done) == []
    assert done.prepared.matching.left_out == ()
    assert {row[0]: row[1] for row in contents(store)["requests"]} == {
        "R1": "TX0010100",
        "R2": "TX0020000",
        "R3": "OH0010100",
    }


def test_a_name_that_fits_none_for_certain_is_a_problem_that_names_the_best(store):
    text = HEAD + "R1,2024-01-01,training,Elm Public Safety,TX\nR2,,training,Ash PD,TX\n"
    looked = looked_at(store, "requests", text)
    assert [problem[:2] + problem[3:] for problem in problems(looked)] == [
        (2, "agency_id", "agency_not_certain", "error"),
        (3, "agency_id", "agency_not_certain", "error"),
        (3, "received_on", "required_missing", "error"),
    ]
    first, second, _ = looked.checked.problems.message
    assert "Elm Police Department (TX0010100" in first
    assert "No similar agency name found in TX" in second


@pytest.mark.long
@pytest.mark.parametrize("typed", [{"State": "TX"}, {"Station Name": "Elm PD"}])
def test_what_is_typed_anew_beside_a_name_counts(store, typed: dict[str, str]):
    right = {"Station Name": "Elm PD", "State": "TX"}
    wrong = right | {name: "Elm Mill" if name != "State" else "OK" for name in typed}
    row = f"R1,2024-01-01,training,{wrong['Station Name']},{wrong['State']}\n"
    recipe = Recipe(repairs={2: typed})
    assert problems(looked_at(store, "requests", HEAD + row)) != []
    done = load(
        store,
        "requests",
        SourceFile.from_bytes("r.csv", (HEAD + row).encode()),
        recipe,
        "Ann",
        quietly,
    )
    assert problems(done) == []
    assert contents(store)["requests"][0][1] == "TX0010100"


@pytest.mark.long
@pytest.mark.parametrize(
    ("heading", "agency", "rules"),
    [
        ("agency_id", "TX0010100", []),
        ("agency_id", "Elm PD", []),
        ("Agency", "Elm PD", []),
        ("ORI", "TX9999999", ["unknown_reference"]),
        ("ORI", "", ["required_missing"]),
    ],
)
def test_an_id_is_taken_first_and_an_ori_is_no_name(store, heading, agency, rules):
    text = f"request_id,received_on,topic_ids,{heading},State\n"
    looked = looked_at(store, "requests", f"{text}R1,2024-01-01,training,{agency},TX\n")
    assert [problem[3] for problem in problems(looked)] == rules


def test_without_a_state_a_name_alone_is_no_agency(store):
    with pytest.raises(HeadingsError, match="needs the column agency_id"):
        looked_at(
            store, "requests", "request_id,received_on,topic_ids,LEA\n1,2024-01-01,x,E\n"
        )


@pytest.mark.long
def test_a_merge_does_not_take_the_kept_agency_its_name(store):
    merge_agencies(store, "TX0010100", "TX0020000", "Ann")
    done = loaded(store, "requests", HEAD + "R1,2024-01-01,training,OAK CTY SO,TX\n")
    assert problems(done) == []
    assert contents(store)["requests"][0][1] == "TX0020000"


def test_a_name_without_a_state_is_said_to_be_a_name_and_no_missing_agency(store):
    head = "request_id,received_on,topic_ids,Agency\n"
    rows = "R1,2024-01-01,training,Elm Police Dept\nR2,2024-01-01,training,TX9990100\n"
    looked = looked_at(store, "requests", head + rows)
    name, ori = looked.checked.problems.message
    assert name == (
        "There is no agency 'Elm Police Dept'. This looks like a name, "
        "not an ID. Add a state column so that it can be matched by name. Did you mean Elm "
        "Police Department (Elm, OH; OH0010100) or Elm Police Department (Elm, TX; "
        "TX0010100)?"
    )
    assert ori.endswith("Correct it, or load it first under agencies.")
