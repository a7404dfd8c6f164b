"""Agencies of requests that are not known: which stored ones are proposed, and taken."""

import pytest

from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.service import likely_recipe, preview
from cri_data.importing.validation.agency_ids import UnknownAgency
from cri_data.importing.validation.agency_repairs import with_agencies
from cri_data.importing.validation.bulk_repairs import class_repairs
from cri_data.records import merge_agencies
from cri_data.store.store import Store
from tests.support.stores import new_store
from tests.support.uploads import loaded, looked_at, problems, quietly

KNOWN = """agency_id,agency_name,state,city,agency_type
WA0010100,Morton Police Department,WA,Morton,municipal
WA0010000,Lewis County Sheriff's Office,WA,Chehalis,sheriff
TX0010100,Elmwood Police Department,TX,Elmwood,municipal
OH0010100,Elmwood Police Department,OH,Elmwood,municipal
TX0020100,Franklin Police Department,TX,Franklin,
TX0030100,Franklin Police Department,TX,Wood,
TX0040001,Harris County Constable Precinct 1,TX,,
TX0040002,Harris County Constable Precinct 2,TX,,
TX0050100,Ash Police Department,TX,Ash,municipal
TX0060100,Country Oaks Police Department,TX,,municipal
"""
HEAD = "request_id,received_on,topic_ids,ORI,Agency Name,State,City\n"
NAMED = "request_id,received_on,topic_ids,Agency,State\n"


@pytest.fixture(scope="module")
def store():
    opened = new_store()
    loaded(opened, "agencies", KNOWN)
    yield opened
    opened.close()


def seen(store: Store, head: str, *rows: str):
    lines = [f"R{place},2024-01-01,training,{row}\n" for place, row in enumerate(rows)]
    return looked_at(store, "requests", head + "".join(lines))


def meant(unknown: UnknownAgency) -> list[str]:
    return [one.agency_id for one in unknown.meant]


# A wrong or blank ID beside a name. With a row of each: the proposals, and the likely one.
BESIDE = [
    ("TX9999999,ELMWOOD PD,TX,", ["TX0010100"], "TX0010100"),
    ("77,Elmwood Police Dept.,Texas,", ["TX0010100"], "TX0010100"),
    ("77,FRANKLIN POLICE,TX,", ["TX0020100", "TX0030100"], None),
    ("77,FRANKLIN POLICE,TX,Wood", ["TX0030100"], "TX0030100"),
    # A letter missing, doubled, or swapped: likely only in the same city.
    (",Elmwod PD,TX,", ["TX0010100"], None),
    (",Elmwod PD,TX,Elmwood", ["TX0010100"], "TX0010100"),
    (",Elmmwood PD,TX,Elmwood", ["TX0010100"], "TX0010100"),
    (",Emlwood PD,TX,Elmwood", ["TX0010100"], "TX0010100"),
    (",Elmwod PD,TX,Dallas", [], None),
    # A word of its kind, of which no other agency of the state comes close.
    ("77,Morton Polce Department,WA,", ["WA0010100"], "WA0010100"),
    (",Lewis Cty Sherif Ofice,WA,", ["WA0010000"], "WA0010000"),
    # Without a state, or without a kind, it is only asked.
    (",Elmwood PD,,", ["OH0010100", "TX0010100"], None),
    (",Elmwood,TX,", ["TX0010100"], None),
    # Another kind, another number, a short word, another word, another state: silent.
    ("77,Lewis County Police,WA,", [], None),
    (",Morton Sheriff,WA,", [], None),
    (",Harris County Constable Pct 3,TX,", [], None),
    (",Asj PD,TX,Ash", [], None),
    (",Elmwood Hills PD,TX,", [], None),
    ("77,Morton PD,TX,", [], None),
    (",POLICE DEPARTMENT,TX,", [], None),
    ("77,,TX,", [], None),
]


@pytest.mark.long
@pytest.mark.parametrize(("row", "proposed", "likely"), BESIDE)
def test_a_name_beside_an_id_that_is_not_known_proposes_its_agency(
    store, row: str, proposed: list[str], likely: str | None
):
    looked = seen(store, HEAD, row)
    (unknown,) = looked.checked.unknown_agencies
    assert meant(unknown) == proposed
    assert (unknown.likely.agency_id if unknown.likely else None) == likely
    (problem,) = looked.checked.problems.itertuples()
    assert problem.severity == "error"
    assert ("Did you mean" in problem.message) == bool(proposed)
    assert all(f"; {agency_id})" in problem.message for agency_id in proposed)
    edits = {2: {"ORI": likely}} if likely else {}
    assert likely_recipe(store, looked).repairs == edits


def test_a_blank_id_beside_a_certain_name_is_filled_and_told(store):
    looked = seen(store, HEAD, ",ELMWOOD PD,TX,", ",Franklin PD,TX,Wood")
    assert [problem[2:] for problem in problems(looked)] == [
        ("ELMWOOD PD", "agency_by_name", "warning"),
        ("Franklin PD", "agency_by_name", "warning"),
    ]
    said = looked.checked.problems.message[0]
    assert "this is Elmwood Police Department (Elmwood, TX; TX0010100)" in said
    assert list(looked.checked.new.agency_id) == ["TX0010100", "TX0030100"]
    assert looked.checked.unknown_agencies == ()


@pytest.mark.long
@pytest.mark.parametrize(
    ("head", "row", "proposed", "likely"),
    [
        (NAMED, "Morton Polce Department,WA", ["WA0010100"], "WA0010100"),
        (NAMED, "Elmwod Police Dept,TX", ["TX0010100"], None),
        # Not COUNTY with a letter too many: a stored name has this word.
        (NAMED, "Country Oaks Polise,TX", ["TX0060100"], "TX0060100"),
        # Without a column of states.
        (NAMED.replace(",State", ""), "Morton Polce Department", ["WA0010100"], None),
        (NAMED.replace(",State", ""), "Elmwod PD", ["OH0010100", "TX0010100"], None),
        (NAMED.replace(",State", ""), "X1", [], None),
        (NAMED.replace(",State", ""), "TX0010109", [], None),
    ],
)
def test_a_name_in_place_of_an_id_with_a_typing_error(
    store, head: str, row: str, proposed: list[str], likely: str | None
):
    looked = seen(store, head, row)
    (unknown,) = looked.checked.unknown_agencies
    assert meant(unknown) == proposed
    assert all(one in looked.checked.problems.message[0] for one in proposed)
    edits = {2: {"Agency": likely}} if likely else {}
    assert likely_recipe(store, looked).repairs == edits


@pytest.mark.parametrize("head", [HEAD, HEAD.replace("Agency Name", "Agency")])
def test_the_columns_beside_may_be_ignored_ones(store, head: str):
    ignored = {"ORI": "agency_id", "Agency": "", "State": "", "City": ""}
    text = head + "R1,2024-01-01,training,77,Elmwood PD,TX,\n"
    given = {name: ignored[name] for name in ignored if name in head.strip().split(",")}
    (unknown,) = looked_at(store, "requests", text, **given).checked.unknown_agencies
    assert meant(unknown) == ["TX0010100"]


def test_rows_of_one_name_are_repaired_together_whatever_their_id(store):
    rows = ("77,Elmwod PD,TX,", "Z9,Elmwod PD,TX,", ",Elmwod PD,TX,", "77,Morton PD,TX,")
    looked = seen(store, HEAD, *rows)
    first, second = looked.checked.unknown_agencies
    assert (first.rows, second.rows) == ((2, 3, 4), (5,))
    recipe = with_agencies(looked.prepared, looked.prepared.recipe, [(first, "TX0010100")])
    after = preview(
        store,
        "requests",
        SourceFile.from_bytes("r.csv", looked.prepared.content or b""),
        recipe,
        quietly,
    )
    assert [problem[0] for problem in problems(after)] == [5]


def test_all_likely_agencies_are_one_repair(store):
    rows = ("77,Elmwood PD,TX,", "77,Elmwood PD,TX,", "88,Morton Polce,WA,", "9,,TX,")
    looked = seen(store, HEAD, *rows)
    with store.cursor() as cursor:
        recipe = looked.prepared.recipe
        (repair,) = class_repairs(cursor, looked.prepared, looked.checked, recipe)
    assert repair.name == "Apply all 2 suggestions (3 cells)"
    assert repair.recipe.repairs == {
        2: {"ORI": "TX0010100"},
        3: {"ORI": "TX0010100"},
        4: {"ORI": "WA0010100"},
    }


def test_a_former_id_beside_another_name_is_known():
    store = new_store()
    loaded(store, "agencies", KNOWN)
    merge_agencies(store, "TX0020100", "TX0030100", "Ann")
    looked = seen(store, HEAD, "TX0020100,Elmwood PD,TX,")
    assert problems(looked) == []
    assert list(looked.checked.new.agency_id) == ["TX0030100"]
    store.close()


def test_before_any_agency_is_stored_there_is_none_to_choose():
    store = new_store()
    looked = seen(store, HEAD, "77,Elmwood PD,TX,", ",,,")
    assert [problem[3] for problem in problems(looked)] == [
        "unknown_reference",
        "required_missing",
    ]
    assert looked.checked.unknown_agencies == ()
    store.close()
