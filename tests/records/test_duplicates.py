"""Several merges at once: all or none, as the merge of two does each."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from cri_data.importing.commit.undo import undo
from cri_data.records import (
    ComparedAgency,
    DuplicatePair,
    RecordError,
    duplicate_pairs,
    merge_all,
    merged_as_suggested,
)
from cri_data.store.store import Store
from tests.support.stores import copied, prepared
from tests.support.uploads import AGENCIES, REQUESTS, contents, loaded

ROWS = (
    "TX0010100,Elm Police Department,TX\n17,ELM PD,TX\n"
    "TX0020100,Oak Police Department,TX\n18,OAK PD,TX\nTX0030100,Ash Police,TX\n"
)


@pytest.fixture
def store() -> Iterator[Store]:
    opened = copied(prepared("duplicates", with_duplicates))
    yield opened
    opened.close()


def with_duplicates(store: Store) -> None:
    loaded(store, "agencies", AGENCIES + ROWS)
    rows = "R1,17,2024-01-01,training\nR2,18,2024-01-01,training\n"
    loaded(store, "requests", REQUESTS + rows)


def seen(store: Store) -> dict[str, ComparedAgency]:
    pairs = duplicate_pairs(store)
    return {one.agency_id: one for pair in pairs for one in (pair.one, pair.other)}


def test_each_merge_is_an_upload_and_an_entry_of_its_own(store: Store) -> None:
    before = contents(store)
    done = merge_all(store, [("17", "TX0010100"), ("18", "TX0020100")], "Ann", seen(store))
    assert [(one.gone_id, one.kept_id, one.requests) for one in done] == [
        ("17", "TX0010100", 1),
        ("18", "TX0020100", 1),
    ]
    assert [row[1] for row in contents(store)["requests"]] == ["TX0010100", "TX0020100"]
    with store.cursor() as cursor:
        entries = cursor.execute(
            "select who, what from audit where action = 'merged' order by entry_number"
        ).fetchall()
    assert [(who, json.loads(what)["upload_id"]) for who, what in entries] == [
        ("Ann", one.upload_id) for one in done
    ]
    for one in reversed(done):
        undo(store, one.upload_id, "Ann")
    assert contents(store) == before


def test_two_may_go_into_one(store: Store) -> None:
    merge_all(store, [("17", "TX0030100"), ("18", "TX0030100")], "Ann")
    assert [row[1] for row in contents(store)["requests"]] == ["TX0030100"] * 2


@pytest.mark.long
@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ([("17", "TX0010100"), ("TX0010100", "TX0020100")], "kept in another"),
        ([("TX0010100", "TX0020100"), ("17", "TX0010100")], "kept in another"),
        ([("17", "TX0010100"), ("TX0010100", "17")], "kept in another"),
        ([("17", "TX0010100"), ("17", "TX0020100")], "removed again in another"),
        ([("17", "TX0010100"), ("18", "18")], "merged into itself"),
        ([("17", "TX0010100"), ("18", "TX9")], "There is no agency 'TX9'"),
    ],
)
def test_nothing_is_merged_if_one_cannot_be(
    store: Store, pairs: list[tuple[str, str]], said: str
) -> None:
    before = contents(store)
    with pytest.raises(RecordError, match=said):
        merge_all(store, pairs, "Ann")
    assert contents(store) == before


@pytest.mark.long
@pytest.mark.parametrize(
    ("dataset", "text"),
    [
        ("agencies", AGENCIES + "18,Oak Sheriff,TX\n"),
        ("requests", REQUESTS + "R3,18,2024-01-01,training\n"),
    ],
)
def test_what_changed_meanwhile_is_not_merged(
    store: Store, dataset: str, text: str
) -> None:
    shown = seen(store)
    loaded(store, dataset, text)
    before = contents(store)
    with pytest.raises(RecordError, match="Someone else changed '18' or the requests"):
        merge_all(store, [("17", "TX0010100"), ("18", "TX0020100")], "Ann", shown)
    assert contents(store) == before


ONE = ComparedAgency("A1", "Elm PD", None, "TX", 0, None, 2, "1")


@pytest.mark.parametrize(
    ("one", "other", "kept", "why"),
    [
        ({"agency_id": "TX0010100"}, {"requests": 3}, "one", "its ID is an ORI"),
        ({}, {"agency_id": "TX0010100"}, "other", "its ID is an ORI"),
        ({"agency_id": "ABCDEFGHI"}, {"requests": 1}, "other", "it has requests"),
        ({"requests": 3}, {"requests": 1}, "one", "it has more requests"),
        ({"known_values": 1}, {}, "other", "more is known of it"),
        ({}, {}, "one", ""),
    ],
)
def test_which_one_is_suggested_and_why(
    one: dict, other: dict, kept: str, why: str
) -> None:
    pair = DuplicatePair(
        replace(ONE, **one), replace(ONE, **({"agency_id": "A2"} | other)), "same ID"
    )
    assert pair.suggested == (getattr(pair, kept), why)


def test_of_three_alike_one_pair_is_suggested_and_of_two_oris_none() -> None:
    by_id = {
        i: replace(ONE, agency_id=i) for i in ("A1", "A2", "A3", "TX0010100", "TX0020100")
    }
    ids = [("A1", "A2"), ("A1", "A3"), ("A2", "A3"), ("TX0010100", "TX0020100")]
    pairs = [DuplicatePair(by_id[one], by_id[other], "same ID") for one, other in ids]
    assert merged_as_suggested(pairs) == pairs[:2]
