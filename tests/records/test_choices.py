"""The names that people choose from where a column has codes or IDs of a short list."""

import pytest

from cri_data.model.datasets import AGENCIES, ENGAGEMENTS, REQUESTS
from cri_data.records import choices
from tests.support.stores import new_store
from tests.support.uploads import loaded


@pytest.fixture
def store(tmp_path):
    store = new_store(tmp_path / "cri.duckdb")
    yield store
    store.close()


def test_codes_have_their_labels(store):
    named = choices(store, AGENCIES.column("agency_type"))
    assert named["sheriff"] == "Sheriff's office"
    assert len(named) == 7


def test_records_of_a_short_list_are_in_order_of_their_names(store):
    loaded(
        store,
        "partners",
        "partner_id,partner_name\nP1,Oak\nP2,elm\nP3,Fir\n",
    )
    named = choices(store, ENGAGEMENTS.column("lead_partner_id"))
    assert list(named.items()) == [("P2", "elm"), ("P3", "Fir"), ("P1", "Oak")]


def test_a_name_of_two_records_has_the_id_behind_it(store):
    loaded(store, "partners", "partner_id,partner_name\nP1,Oak\nP2,Oak\nP3,Fir\n")
    named = choices(store, ENGAGEMENTS.column("lead_partner_id"))
    assert named == {"P3": "Fir", "P1": "Oak (P1)", "P2": "Oak (P2)"}


def test_lists_of_topics_have_the_names_of_topics(store):
    named = choices(store, REQUESTS.column("topic_ids"))
    assert named["gang-prevention"] == "Gang prevention"


def test_a_long_list_is_none_to_choose_from(store):
    assert choices(store, REQUESTS.column("agency_id")) == {}
    assert choices(store, REQUESTS.column("received_on")) == {}
