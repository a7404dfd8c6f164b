"""What people confirmed is used first next time, and can be forgotten."""

import pyarrow as pa
import pytest

from cri_data.importing.matching.match import (
    UnknownRecord,
    confirmed_names,
    forget,
    match_agencies,
    match_names,
    remember,
)
from cri_data.store.store import Store
from tests.importing.matching.test_match import AGENCIES, named
from tests.support.small_store import add, empty_store

WASHINGTON = ("WASHINGTON TWP PD", "NJ")


@pytest.fixture(scope="module")
def opened():
    store = empty_store()
    add(store, "agencies", *AGENCIES)
    yield store
    store.close()


@pytest.fixture
def store(opened):
    """The same agencies, and nothing remembered of them."""
    with opened.writing() as cursor:
        cursor.execute("delete from name_aliases")
    return opened


def confirm(store: Store, *rows: tuple, who: str = "Ann") -> None:
    """Remember rows of (record_id, name, state, city, agency_type)."""
    confirmed = named(*(row[1:] for row in rows)).append_column(
        "record_id", pa.array([row[0] for row in rows], pa.string())
    )
    with store.writing() as cursor:
        remember(cursor, "agencies", confirmed, who)


def how(store: Store, *row: str | None) -> tuple:
    """(how, record_id) of one name."""
    with store.cursor() as cursor:
        (one,) = match_agencies(cursor, named(row)).to_pylist()
    return one["how"], one["record_id"]


def test_a_confirmed_name_is_certain_from_then_on(store):
    assert how(store, *WASHINGTON) == ("none", None)
    confirm(store, ("NJ0010100", *WASHINGTON))
    assert how(store, *WASHINGTON) == ("alias", "NJ0010100")
    # However it is written, but nowhere else and nothing else.
    assert how(store, "Washington Township Police", "New Jersey")[0] == "alias"
    assert how(store, "WASHINGTON TWP PD", "TX") == ("none", None)
    assert how(store, "WASHINGTON PD", "NJ") == ("none", None)


def test_it_goes_before_a_name_that_fits(store):
    assert how(store, "ALDER PD", "TX") == ("name", "TX0010100")
    confirm(store, ("TX0040000", "ALDER PD", "TX"))
    assert how(store, "ALDER PD", "TX") == ("alias", "TX0040000")
    assert how(store, "TX0010100", "TX") == ("ori", "TX0010100")


def test_of_two_cities_each_has_its_own(store):
    confirm(
        store,
        ("NJ0010100", *WASHINGTON, "Berlin"),
        ("NJ0020100", *WASHINGTON, "Ocean"),
    )
    assert how(store, *WASHINGTON, "BERLIN") == ("alias", "NJ0010100")
    assert how(store, *WASHINGTON, "Ocean") == ("alias", "NJ0020100")
    assert how(store, *WASHINGTON) == ("none", None)


def test_confirmed_again_it_is_replaced(store):
    confirm(store, ("NJ0010100", *WASHINGTON))
    confirm(store, ("NJ0010200", *WASHINGTON), who="Ben")
    assert how(store, *WASHINGTON) == ("alias", "NJ0010200")
    with store.cursor() as cursor:
        (one,) = confirmed_names(cursor, "agencies").to_pylist()
    assert (one["name"], one["state"], one["record_id"], one["remembered_by"]) == (
        *("WASHINGTON TWP PD", "NJ", "NJ0010200", "Ben"),
    )


def test_forgotten_it_is_as_before(store):
    confirm(store, ("NJ0010100", *WASHINGTON), ("TX0010100", "X PD", "TX"))
    with store.writing() as cursor:
        assert forget(cursor, "agencies", named(("Washington Twp Police", "NJ"))) == 1
        assert forget(cursor, "agencies", named(WASHINGTON)) == 0
    assert how(store, *WASHINGTON) == ("none", None)
    assert how(store, "X PD", "TX") == ("alias", "TX0010100")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("TX9999999", *WASHINGTON)], "cannot be saved as 'TX9999999'.*Correct it"),
        ([(None, *WASHINGTON)], "cannot be saved as ''"),
        (
            [("NJ0010100", *WASHINGTON), ("NJ0010200", "Washington Twp Police", "NJ")],
            "more than one record: NJ0010100, NJ0010200. Choose one",
        ),
    ],
)
def test_what_cannot_be_is_refused_whole(store, rows: list[tuple], said: str):
    with pytest.raises(UnknownRecord, match=said):
        confirm(store, ("TX0010100", "X PD", "TX"), *rows)
    assert how(store, "X PD", "TX") == ("none", None)


def test_a_record_that_is_gone_is_not_meant_any_more(store):
    add(store, "agencies", ("NJ9", "Gone Police Department", "municipal", "NJ"))
    confirm(store, ("NJ9", *WASHINGTON))
    with store.writing() as cursor:
        cursor.execute("delete from agencies where agency_id = 'NJ9'")
    assert how(store, *WASHINGTON) == ("none", None)


def test_what_was_merged_means_what_it_was_merged_into(store):
    """TX8 went into TX9 and that into TX0010100; TX6 and TX7 into each other."""
    add(store, "agencies", ("TX8", "Gone Police Department", "municipal", "TX"))
    confirm(store, ("TX8", "OLD GONE PD", "TX"))
    merged = [("TX8", "TX9"), ("TX9", "TX0010100"), ("TX6", "TX7"), ("TX7", "TX6")]
    with store.writing() as cursor:
        cursor.execute("delete from agencies where agency_id = 'TX8'")
        cursor.executemany("insert into merged_agencies values (?, ?, null)", merged)
    assert how(store, "TX8", "TX") == ("ori", "TX0010100")
    assert how(store, "OLD GONE PD", "TX") == ("alias", "TX0010100")
    assert how(store, "TX6", "TX") == ("none", None)


def test_of_each_dataset_its_own(store):
    topic = named(("Alder PD",)).append_column("record_id", pa.array(["training"]))
    with store.writing() as cursor:
        remember(cursor, "topics", topic, "Ann")
    with store.cursor() as cursor:
        (one,) = match_names(cursor, "topics", topic).to_pylist()
        assert (one["how"], one["record_id"]) == ("alias", "training")
        assert confirmed_names(cursor, "agencies").num_rows == 0
    assert how(store, "ALDER PD", "TX") == ("name", "TX0010100")
