"""Topics, partners and metrics that a file names instead of giving their ids."""

from collections.abc import Iterator

import pyarrow as pa
import pytest

from cri_data.importing.matching.match import remember
from cri_data.importing.service import likely_recipe
from cri_data.store.store import Store
from tests.support.stores import copied, prepared
from tests.support.uploads import (
    AGENCIES,
    REQUESTS,
    contents,
    loaded,
    looked_at,
    problems,
    stored,
)

PARTNERS = "partner_id,partner_name,acronym\n"
ENGAGEMENTS = "engagement_id,request_id,lead_partner_id,supporting_partner_ids\n"


def fill(store: Store) -> None:
    loaded(store, "agencies", AGENCIES + "A1,Elm PD,TX\n")
    loaded(
        store,
        "partners",
        PARTNERS
        + "P1,Police Executives,PE\nP2,Chiefs of Police,CP\n"
        + "P3,Sheriffs United,SU\nP4,Sheriffs United,SU\nCP,Rural Chiefs,RC\n",
    )
    loaded(store, "requests", REQUESTS + "R1,A1,2024-01-01,training\n")


@pytest.fixture
def store() -> Iterator[Store]:
    store = copied(prepared("partners and acronyms", fill))
    yield store
    store.close()


@pytest.mark.long
@pytest.mark.parametrize(
    ("written", "topic_ids"),
    [
        ("Active shooter response", ["active-shooter"]),
        ("TRAINING", ["training"]),
        ("training; Mass casualty  response", ["training", "mass-casualty"]),
        ("Tribal law enforcement;tribal", ["tribal"]),
    ],
)
def test_a_topic_may_be_named(store: Store, written: str, topic_ids: list[str]):
    loading = loaded(store, "requests", f"{REQUESTS}R2,A1,2024-01-02,{written}\n")
    assert problems(loading) == []
    assert stored(store, "requests", "R2")["topic_ids"] == topic_ids


@pytest.mark.long
@pytest.mark.parametrize(
    ("lead", "supporting", "stored_as"),
    [
        ("Police Executives", "", ("P1", None)),
        ("pe", "chiefs of police; P3", ("P1", ["P2", "P3"])),
        # The acronym of one is the id of another: the id it is.
        ("CP", "P1", ("CP", ["P1"])),
    ],
)
def test_a_partner_may_be_named(store: Store, lead, supporting, stored_as):
    loading = loaded(store, "engagements", f"{ENGAGEMENTS}E1,R1,{lead},{supporting}\n")
    assert problems(loading) == []
    row = stored(store, "engagements", "E1")
    assert (row["lead_partner_id"], row["supporting_partner_ids"]) == stored_as


def test_a_name_of_two_is_a_problem(store: Store):
    loading = loaded(store, "engagements", f"{ENGAGEMENTS}E1,R1,Sheriffs United,\n")
    assert problems(loading) == [
        (2, "lead_partner_id", "Sheriffs United", "unknown_reference", "error")
    ]
    assert contents(store)["engagements"] == []


def test_a_name_that_was_confirmed_is_known(store: Store):
    confirmed = pa.table({"name": ["The sheriffs"], "record_id": ["P4"]})
    with store.writing() as cursor:
        remember(cursor, "partners", confirmed, "a test")
    loading = loaded(store, "engagements", f"{ENGAGEMENTS}E1,R1,the Sheriffs,P3\n")
    assert problems(loading) == []
    assert stored(store, "engagements", "E1")["lead_partner_id"] == "P4"


def test_a_row_may_refer_to_a_known_one_that_the_file_writes_otherwise(store: Store):
    text = "topic_id,topic_name,maps_to\nTraining,Other training,\nold,Old,Training\n"
    said = ("Training", "same_record", "warning")
    assert problems(loaded(store, "topics", text)) == [
        (2, "topic_id", *said),
        (3, "maps_to", *said),
    ]
    assert stored(store, "topics", "old")["maps_to"] == "training"
    assert stored(store, "topics", "training")["topic_name"] == "Other training"


@pytest.mark.long
@pytest.mark.parametrize(
    ("cell", "topics"),
    [
        ("training, officer-wellness", ["training", "officer-wellness"]),
        ("training\nofficer-wellness", ["training", "officer-wellness"]),
        ("compstat,crime-reduction,", ["compstat", "crime-reduction"]),
        ("Gun violence prevention, Gang prevention", ["gun-violence", "gang-prevention"]),
        ("training | tribal", ["training", "tribal"]),
        ("tribal/training", ["tribal", "training"]),
        ("training and compstat", ["training", "compstat"]),
        ("De-escalation and crisis training, tribal", ["training", "tribal"]),
        ("training, tribal; compstat", ["training", "tribal", "compstat"]),
        ("training, Training", ["training"]),
    ],
)
def test_a_list_with_other_separators_is_every_known_item(store, cell, topics):
    head = "request_id,agency_id,received_on,topic_ids\n"
    looked = looked_at(store, "requests", f'{head}Z1,A1,2024-01-02,"{cell}"\n')
    assert problems(looked) == []
    assert looked.checked.new.topic_ids[0].split(";") == topics


@pytest.mark.long
@pytest.mark.parametrize(
    "cell",
    [
        "training, magic",
        "magic, officer-wellness",
        "training, officer-welness",
        "training\nmagic",
        "training and equipment",
        "training, tribal; magic",
    ],
)
def test_a_list_with_an_unknown_item_is_a_problem_without_a_suggestion(store, cell):
    head = "request_id,agency_id,received_on,topic_ids\n"
    looked = looked_at(store, "requests", f'{head}Z1,A1,2024-01-02,"{cell}"\n')
    assert {problem[3] for problem in problems(looked)} == {"unknown_reference"}
    assert not looked.checked.problems.message.str.contains("Did you mean").any()
    assert likely_recipe(store, looked).values == {}


def test_partners_of_a_list_may_be_named_with_commas(store):
    text = (
        "engagement_id,request_id,lead_partner_id,supporting_partner_ids\n"
        'Z1,R1,P1,"P2, P1"\n'
    )
    looked = looked_at(store, "engagements", text)
    assert problems(looked) == []
    assert looked.checked.new.supporting_partner_ids[0] == "P2;P1"


def test_a_name_with_a_comma_is_one_partner(store):
    head = "partner_id,partner_name\n"
    loaded(store, "partners", f'{head}PX,"Chiefs, Sheriffs and Marshals"\n')
    text = (
        "engagement_id,request_id,lead_partner_id,supporting_partner_ids\n"
        'Z1,R1,P1,"P2, Chiefs, Sheriffs and Marshals"\n'
    )
    looked = looked_at(store, "engagements", text)
    assert problems(looked) == []
    assert looked.checked.new.supporting_partner_ids[0] == "P2;PX"
