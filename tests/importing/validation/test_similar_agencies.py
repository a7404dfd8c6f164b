"""Agencies of a file, or of a store, that are probably one under two IDs."""

from collections.abc import Iterator

import pytest

from cri_data.importing.matching.duplicate_agencies import duplicate_agencies
from cri_data.importing.validation.similar_agencies import SimilarAgencies
from cri_data.store.store import Store
from tests.support.small_store import add
from tests.support.stores import new_store
from tests.support.uploads import counts, loaded, looked_at, problems

HEAD = "agency_id,agency_name,state,city,county\n"
STORED = """\
TX9990100,Elm Police Department,TX,Elm City,Elm
TX9990200,Birch County Sheriff's Office,TX,,Birch
NJ9990100,Ocean Township Police,NJ,,Monmouth
OH9990100,Elm Police Department,OH,Elm,
"""


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    store = new_store()
    loaded(store, "agencies", HEAD + STORED)
    yield store
    store.close()


@pytest.mark.long
@pytest.mark.parametrize(
    ("row", "like"),
    [
        ("1,Elm Police Department,TX,Elm City,Elm", "TX9990100"),
        ("2,ELM POLICE DEPT,TX,,", "TX9990100"),
        ("3,Elm PD,Texas,elm city,ELM COUNTY", "TX9990100"),
        ("4,Birch Co. Sheriff,TX,,Birch", "TX9990200"),
        ("5,BIRCH COUNTY SHERIFF'S OFFICE,TX,Birchville,", "TX9990200"),
        ("6,Ocean Township Police Department,NJ,,Monmouth County", "NJ9990100"),
        # Another city, county, state, or kind of agency is another one.
        ("7,Elm Police Department,TX,Elmville,", None),
        ("8,Ocean Township Police Department,NJ,,Ocean", None),
        ("9,Birch County Sheriff's Office,OH,,", None),
        ("10,Birch County Police Department,TX,,", None),
    ],
)
def test_a_new_agency_with_a_stored_name_and_place_is_told(store, row, like):
    loading = looked_at(store, "agencies", f"{HEAD}{row}\n")
    agency_id = row.split(",")[0]
    told = [(2, "agency_id", agency_id, "similar_agency", "warning")] if like else []
    assert problems(loading) == told
    assert loading.checked.similar == SimilarAgencies(1, len(told))
    assert loading.checked.notes == ((str(SimilarAgencies(1, 1)),) if like else ())
    if like:
        assert f"'{like}'" in loading.checked.problems["message"][0]


def test_the_number_is_told_before_anything_is_stored(store):
    rows = ["1,Elm PD,TX,,", "2,Birch County Sheriff,TX,,", "3,Yew Police,TX,,"]
    loading = looked_at(store, "agencies", HEAD + "\n".join([*rows, ""]))
    assert counts(loading)[:2] == (3, 3)
    assert loading.checked.notes[0].startswith("2 of 3 new agencies look like stored")


@pytest.mark.parametrize(
    "rows",
    [
        # The stored one is in the file, too, so the file tells the two apart.
        ["TX9990100,Elm Police Department,TX,,", "1,Elm Police Department,TX,,"],
        ["TX9990100,Renamed Police Department,TX,,"],
        ["1,,TX,,"],
    ],
)
def test_what_is_no_doubled_agency_is_not_told(store, rows):
    loading = looked_at(store, "agencies", HEAD + "\n".join([*rows, ""]))
    assert loading.checked.similar.alike == 0


def test_a_store_says_which_agencies_are_probably_one():
    store = new_store()
    assert duplicate_agencies(store) == []
    add(
        store,
        "agencies",
        ("17", "Fir Police", None, "TX"),
        ("00017", "Gum Police", None, "TX"),
        ("AZ9990100", "Oak Police Department", None, "AZ"),
        ("az-99901", "Other Police Department", None, "AZ"),
        ("NB9990100", "Plover PD", None, "NE"),
        ("NE99901", "Plover Police Department", None, "NE"),
        ("TX9990300", "Elm Police Department", None, "TX", None, None, "Elm"),
        ("X1", "ELM POLICE DEPT", None, "TX"),
        ("X2", "Elm Police Department", None, "TX", None, None, "Ash"),
    )
    found = [
        (one.agency_id, one.like_agency_id, one.reason) for one in duplicate_agencies(store)
    ]
    assert found == [
        ("00017", "17", "same ID"),
        ("AZ9990100", "az-99901", "same ID"),
        ("NB9990100", "NE99901", "same ID"),
        ("TX9990300", "X1", "same name and place"),
        ("X1", "X2", "same name and place"),
    ]
    store.close()


@pytest.mark.long
def test_of_many_alike_each_is_paired_with_the_first():
    store = new_store()
    rows = "".join(f"A{n:03},Elm PD,TX,Elm\n" for n in range(300))
    loaded(store, "agencies", f"agency_id,agency_name,state,city\n{rows}")
    pairs = [(pair.agency_id, pair.like_agency_id) for pair in duplicate_agencies(store)]
    assert pairs == [("A000", f"A{n:03}") for n in range(1, 300)]
    store.close()
