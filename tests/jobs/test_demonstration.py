"""A demonstration is filled, filled anew and thrown away, and touches no real row."""

import threading
import time
from collections.abc import Callable

import pandas as pd
import pytest

from cri_data.accounts import users
from cri_data.checks.store import findings
from cri_data.jobs import demonstration
from cri_data.model.datasets import DATASETS
from cri_data.store.store import Store, StoreError
from tests.support.stores import demonstration_store, new_store

AS_OF = pd.Timestamp("2026-09-30")


def rows_of(store: Store, sql: str) -> pd.DataFrame:
    with store.cursor() as cursor:
        return cursor.execute(sql).df()


def contents(store: Store) -> list[tuple]:
    """Each dataset's row count and a hash of all rows, whatever their order."""
    with store.cursor() as cursor:
        return [
            cursor.execute(
                f"select count(*), bit_xor(hash(rows)) from {name} as rows"
            ).fetchone()
            for name in DATASETS
        ]


def filled(requests: int, seed: int = 1) -> Store:
    store = new_store()
    demonstration.fill(store, requests, seed)
    return store


@pytest.fixture(scope="module")
def store():
    store = demonstration_store(3000)
    yield store
    store.close()


# How many, and the same each time


@pytest.mark.long
@pytest.mark.parametrize("count", [0, 1, 250])
def test_requests_are_as_many_as_asked_for(count: int):
    store = demonstration_store(count)
    assert rows_of(store, "from requests").shape[0] == count
    assert rows_of(store, "from agencies").shape[0] > 17_000
    assert store.info().is_demonstration
    assert pd.Timestamp(store.info().as_of_on) == AS_OF
    store.close()


def test_negative_count_is_refused():
    store = new_store()
    with pytest.raises(ValueError, match="-1"):
        demonstration.fill(store, -1)
    assert not store.holds_rows()
    store.close()


@pytest.mark.long
def test_same_seed_gives_the_same_rows_and_another_seed_others():
    once, again, other = demonstration_store(250), filled(250), filled(250, seed=2)
    assert contents(once) == contents(again)
    assert contents(once)[0] != contents(other)[0]
    for store in (once, again, other):
        store.close()


@pytest.mark.long
def test_a_demonstration_is_filled_anew():
    store = demonstration_store(250)
    with store.writing() as cursor:
        cursor.execute("insert into topics (topic_id, topic_name) values ('x', 'X')")
        cursor.execute("insert into uploads (upload_id) values ('U-1')")
        cursor.execute("insert into changes (upload_id) values ('U-1')")
    version = store.info().data_version
    demonstration.fill(store, 30)
    fresh = filled(30)
    assert contents(store) == contents(fresh)
    for name in ("uploads", "changes"):
        assert len(rows_of(store, f"select 1 from {name}")) == 0
    assert store.info().data_version == version + 1
    store.close()
    fresh.close()


def test_nothing_temporary_is_left(store: Store):
    left = rows_of(
        store,
        "select table_name from duckdb_tables() where temporary union all "
        "select function_name from duckdb_functions() "
        "where function_name like 'demo\\_%' escape '\\'",
    )
    assert left.empty


# A store with real rows


def test_real_rows_are_never_touched():
    store = new_store()
    with store.writing() as cursor:
        cursor.execute(
            "insert into agencies (agency_id, agency_name, state) "
            "values ('OH0010100', 'Adams Police Department', 'OH')"
        )
    before, version = contents(store), store.info().data_version
    with pytest.raises(StoreError, match="CRI_STORE"):
        demonstration.fill(store, 10)
    assert contents(store) == before
    assert store.info().data_version == version
    assert not store.info().is_demonstration
    store.close()


# Apart from a real store: as a whole, one at a time, and said

# What outlives a demonstration, or is laid anew whenever a store is opened.
KEPT = {
    *("audit", "audit_seals", "people", "people_accounts"),
    *("sign_ins", "sign_ins_ended", "store_info", "topics", "metrics"),
    *("name_words", "size_bands", "states", "zip_places"),
}


def with_a_row_in_every_table(store: Store) -> list[str]:
    """Put a row without values into each table that is to be emptied; their names."""
    names = sorted({name for (name,) in store.rows("backup/tables")} - KEPT)
    with store.writing() as cursor:
        cursor.execute("update store_info set is_demonstration = true")
        for name in names:
            cursor.execute(f"insert into {name} default values")
    return names


def test_nothing_of_a_demonstration_outlives_it():
    store = new_store()
    names = with_a_row_in_every_table(store)
    assert "name_aliases" in names
    demonstration.start_empty(store, "a test")
    with store.cursor() as cursor:
        assert {name: cursor.table(name).shape[0] for name in names} == dict.fromkeys(
            names, 0
        )
    store.close()


def actions(store: Store) -> list[tuple[str, str]]:
    return [(who, action) for _, _, who, action, *_ in store.rows("audit/all_entries")]


@pytest.mark.long
def test_filling_a_store_is_in_the_trail():
    store = new_store()
    demonstration.fill(store, 10, who="a test")
    assert actions(store) == [("a test", "filled")]
    ((*_, what, _, _),) = store.rows("audit/all_entries")
    assert what == '{"requests": 10, "seed": 1}'
    store.close()


@pytest.mark.long
def test_a_store_that_began_as_a_demonstration_holds_together():
    store = filled(300)
    assert ("the dashboard", "published") in actions(store)
    demonstration.start_empty(store, "a test")
    assert findings(store) == []
    store.close()


def begun(*jobs: Callable[[], object]) -> list[threading.Thread]:
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    # Long enough to look at what is there, and to wait for a turn.
    time.sleep(0.2)
    return threads


@pytest.mark.long
def test_of_two_who_start_empty_at_once_one_does():
    store = filled(0)
    refused = []

    def press() -> None:
        try:
            demonstration.start_empty(store, "a test")
        except StoreError as error:
            refused.append(str(error))

    with store.writing():
        threads = begun(press, press)
    for thread in threads:
        thread.join()
    assert [action for _, action in actions(store)].count("started_empty") == 1
    assert len(refused) == 1
    assert "has no demonstration data" in refused[0]
    store.close()


@pytest.mark.long
def test_nobody_waits_to_be_let_in_while_starting_empty_waits_for_an_upload():
    store = filled(0)
    users.add(store, "bo@x.org", "staff", None, "a test")
    let_in = []
    with store.writing():
        waits = begun(lambda: demonstration.start_empty(store, "a test"))
        clicks = begun(
            lambda: let_in.append(users.is_account_of(store, "bo@x.org", "account"))
        )
        clicks[0].join(timeout=10)
        assert let_in == [True]
    for thread in (*waits, *clicks):
        thread.join()
    assert not store.info().is_demonstration
    store.close()


@pytest.mark.long
def test_nobody_is_given_a_partner_that_goes_at_the_same_moment():
    store = filled(0)
    (partner_id,) = rows_of(store, "select min(partner_id) from partners").iloc[0]
    refused = []

    def add() -> None:
        try:
            users.add(store, "cy@x.org", "partner", partner_id, "a test")
        except users.PeopleError as error:
            refused.append(str(error))

    with store.users_lock:
        threads = begun(add)
        with store.writing() as cursor:
            cursor.execute("delete from partners")
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert users.listed(store) == []
    store.close()
