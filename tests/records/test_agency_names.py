"""Agencies that a typed name may mean: with typing errors, states, and old IDs."""

import pytest

from cri_data.records import agency_ids_like, merge_agencies
from cri_data.records.agency_names import name_and_state
from tests.support.stores import copied, prepared
from tests.support.uploads import loaded

AGENCIES = """agency_id,agency_name,state,city
IL0920500,Morton Police Department,IL,Morton
TX0400200,Morton Police Department,TX,Morton
TX0400300,Oak County Sheriff's Office,TX,Oak
"""


@pytest.fixture(scope="module")
def store():
    store = copied(
        prepared("agency_names", lambda store: loaded(store, "agencies", AGENCIES))
    )
    yield store
    store.close()


@pytest.mark.long
@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Morton Polce Department", ["IL0920500", "TX0400200"]),
        # The state decides, and the rest may still be meant.
        ("Mortn Police, IL", ["IL0920500", "TX0400200"]),
        ("morton polce texas", ["TX0400200", "IL0920500"]),
        ("Oak Cty Sherriffs Dept TX", ["TX0400300"]),
        ("tx04003", ["TX0400300"]),
        ("Zzyzx Airport Police", []),
        ("", []),
        ("IL", []),
        ("'; drop table agencies; --", []),
        ("x" * 10_000, []),
    ],
)
def test_a_misspelled_name_is_understood(store, text, ids):
    assert agency_ids_like(store, text) == ids


def test_the_old_id_of_a_merged_agency_leads_to_the_kept_one():
    store = copied(
        prepared("agency_names", lambda store: loaded(store, "agencies", AGENCIES))
    )
    merge_agencies(store, "TX0400200", "IL0920500", "Ann")
    assert agency_ids_like(store, "TX0400200") == ["IL0920500"]
    store.close()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Morton, IL", ("Morton", "IL")),
        ("Morton Police district of columbia", ("Morton Police", "DC")),
        ("Washington", ("Washington", "")),
        ("Fort Washington", ("Fort", "WA")),
        ("West Virginia", ("West Virginia", "")),
        ("Oak, West Virginia", ("Oak", "WV")),
        ("Oak Police", ("Oak Police", "")),
        ("", ("", "")),
    ],
)
def test_a_state_at_the_end_is_told_apart(text, parts):
    assert name_and_state(text) == parts
