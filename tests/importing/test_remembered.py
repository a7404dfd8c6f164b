"""What was chosen for an earlier file: told, and refused where this file contradicts it."""

import pytest

from cri_data.importing.mapping.saved_recipes import saved_recipe
from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.recipe import Recipe
from cri_data.importing.service import ImportResult, load
from cri_data.store.store import Store
from tests.support.small_store import small_store
from tests.support.uploads import counts, problems, quietly, stored

DATES = "request_id,agency_id,received_on,topic_ids\n"
STATES = "agency_id,agency_name,state,city\n"
LEADS = "engagement_id,request_id,started_on\n"


@pytest.fixture
def store():
    store = small_store()
    yield store
    store.close()


def load_as(store: Store, dataset: str, text: str, recipe: Recipe) -> ImportResult:
    source = SourceFile.from_bytes("a.csv", text.encode())
    return load(store, dataset, source, recipe, "Jo", quietly)


def as_before(store: Store, dataset: str, text: str) -> ImportResult:
    before = saved_recipe(store, dataset, tuple(text.splitlines()[0].split(",")))
    assert before is not None
    return load_as(store, dataset, text, before.recipe)


@pytest.mark.long
@pytest.mark.parametrize(
    ("chosen", "rows", "expected", "said"),
    [
        ("dmy", "3/2/2024 3/22/2024", "2024-03-02 2024-03-22", "(Jo, "),
        ("dmy", "3/2/2024 3/22/2024", "2024-03-02 2024-03-22", "was not used"),
        ("mdy", "3/2/2024 22/3/2024", "2024-02-03 2024-03-22", "was not used"),
        ("dmy", "3/2/24 3/22/24", "2024-03-02 2024-03-22", "was not used"),
        ("dmy", "3/2/2024 4/2/2024", "2024-02-03 2024-02-04", "is read day first"),
    ],
)
def test_dates_of_the_file_are_stronger_than_a_remembered_order(
    store, chosen, rows, expected, said
):
    first = f"{DATES}Z0,A1,1/2/2024,training\n"
    load_as(store, "requests", first, Recipe(date_orders={"received_on": chosen}))
    text = DATES + "".join(
        f"Z{n},A1,{day},training\n" for n, day in enumerate(rows.split(), start=1)
    )
    done = as_before(store, "requests", text)
    assert problems(done) == []
    kept = [str(stored(store, "requests", f"Z{n}")["received_on"]) for n in (1, 2)]
    assert " ".join(kept) == expected
    (note,) = done.checked.notes
    assert said in note


def test_an_order_that_a_file_refutes_is_not_remembered_again(store):
    first = f"{DATES}Z0,A1,1/2/2024,training\n"
    load_as(store, "requests", first, Recipe(date_orders={"received_on": "dmy"}))
    as_before(store, "requests", f"{DATES}Z1,A1,3/22/2024,training\n")
    assert saved_recipe(store, "requests", tuple(DATES.strip().split(","))) is None


def test_a_remembered_value_is_told(store):
    recipe = Recipe(constants={"lead_partner_id": "P2"})
    load_as(store, "engagements", f"{LEADS}Z0,R1,2024-02-01\n", recipe)
    done = as_before(store, "engagements", f"{LEADS}Z1,R1,2024-02-01\nZ2,R1,2024-02-01\n")
    assert problems(done) == []
    (note,) = done.checked.notes
    assert note.startswith("lead_partner_id is 'P2' in 2 rows, as chosen for the last")


@pytest.mark.long
def test_a_remembered_value_does_not_change_stored_ones(store):
    recipe = Recipe(constants={"lead_partner_id": "P2"})
    load_as(store, "engagements", f"{LEADS}Z0,R1,2024-02-01\n", recipe)
    assert stored(store, "engagements", "E1")["lead_partner_id"] == "P1"
    done = as_before(store, "engagements", f"{LEADS}E1,R1,2024-02-01\nZ1,R1,2024-02-01\n")
    assert problems(done) == [(2, "lead_partner_id", "", "required_missing", "error")]
    assert stored(store, "engagements", "E1")["lead_partner_id"] == "P1"
    assert stored(store, "engagements", "Z1")["lead_partner_id"] == "P2"
    assert "not used in 1 row, whose stored record has another" in done.checked.notes[0]
    # What a person chooses for this very file is followed.
    again = load_as(store, "engagements", f"{LEADS}E1,R1,2024-02-01\n", recipe)
    assert counts(again)[2] == 1


@pytest.mark.long
@pytest.mark.parametrize(
    ("rows", "states", "said"),
    [
        ("Z1,Ash PD,OH,Ash\nZ2,Elm PD,,Elm\n", {"Z1": "OH", "Z2": None}, "'OH'"),
        ("Z1,Ash PD,TX,Ash\nZ2,Elm PD,,Elm\n", {"Z1": "TX", "Z2": "TX"}, "in 1 row,"),
        ("Z1,Ash PD,,Ash\nZ2,Elm PD,,Elm\n", {"Z1": "TX", "Z2": "TX"}, "in 2 rows"),
    ],
)
def test_a_remembered_value_fills_no_blanks_beside_others(store, rows, states, said):
    first = STATES + "Z0,Oak PD,,Oak\n"
    load_as(store, "agencies", first, Recipe(constants={"state": "TX"}))
    done = as_before(store, "agencies", STATES + rows)
    assert said in done.checked.notes[0]
    rejected = [row for row, _, _, rule, _ in problems(done) if rule == "required_missing"]
    assert len(rejected) == list(states.values()).count(None)
    for agency_id, state in states.items():
        if state:
            assert stored(store, "agencies", agency_id)["state"] == state


def test_remembered_meanings_are_told(store):
    head = "agency_id,agency_name,state\n"
    meanings = Recipe(values={"state": {"Lone Star": "TX", "Buckeye": "OH"}})
    load_as(store, "agencies", f"{head}Z0,Oak PD,Lone Star\n", meanings)
    done = as_before(store, "agencies", f"{head}Z1,Elm PD,Lone Star\nZ2,Ash PD,Lone Star\n")
    assert [note.partition(", as chosen")[0] for note in done.checked.notes] == [
        "state: 'Lone Star' is read as 'TX' in 2 rows"
    ]
