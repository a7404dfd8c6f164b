"""What needs attention: each kind, its records, and what filters leave of them."""

import pandas as pd
import pytest

from cri_data.model.roles import STAFF
from tests.support.small_store import add, day, empty_store, small_store

KINDS = [
    "undecided_over_30_days",
    "accepted_without_partner",
    "assigned_not_started_over_60_days",
    "engagements_past_planned_end",
    "engagements_quiet_over_60_days",
    "followups_overdue",
]


@pytest.fixture(scope="module")
def store():
    store = small_store()
    yield store
    store.close()


def test_attention_names_the_request_behind_an_engagement(store):
    answer = store.ask("attention_list", STAFF, attention=KINDS[5])
    assert list(answer.request_id) == ["R6"]


def test_attention_has_every_kind(store):
    answer = store.ask("attention_totals", STAFF)
    assert list(answer.attention) == KINDS
    assert list(answer.attention_order) == [1, 2, 3, 4, 5, 6]
    assert list(answer["items"]) == [1, 2, 0, 1, 1, 1]
    days = [None if pd.isna(value) else value for value in answer.oldest_days]
    # R2 received, R3 decided, E2 planned to end, E2 last seen, E5 ended.
    assert days == [136, 304, None, 395, 212, 273]


@pytest.mark.parametrize(
    ("attention", "records"),
    [
        (KINDS[0], ["R2"]),
        (KINDS[1], ["R3", "R5"]),
        (KINDS[2], []),
        (KINDS[3], ["E2"]),
        (KINDS[4], ["E2"]),
        (KINDS[5], ["O5"]),
        ("no-such-reason", []),
        (None, []),
    ],
)
def test_attention_list_is_what_the_totals_count(store, attention, records):
    answer = store.ask("attention_list", STAFF, attention=attention)
    assert list(answer.record_id) == records


def test_attention_list_names_the_agency_and_is_longest_first(store):
    answer = store.ask("attention_list", STAFF, attention=KINDS[1])
    assert answer.to_dict("records") == [
        {
            "record_id": "R3",
            "attention": KINDS[1],
            "request_id": "R3",
            "agency_name": "Birch Sheriff",
            "state": "TX",
            "days": 304,
            "status": "accepted",
        },
        {
            "record_id": "R5",
            "attention": KINDS[1],
            "request_id": "R5",
            "agency_name": "Dune Tribal PD",
            "state": "PR",
            "days": 26,
            "status": "assigned",
        },
    ]
    longest = store.ask("attention_list", STAFF, attention=KINDS[1], row_limit=1)
    assert list(longest.record_id) == ["R3"]


@pytest.mark.parametrize(
    ("chosen", "items"),
    [
        ({"states": ["TX"]}, [1, 1, 0, 1, 1, 1]),
        ({"states": ["PR"]}, [0, 1, 0, 0, 0, 0]),
        ({"states": []}, [0, 0, 0, 0, 0, 0]),
        ({"topics": ["training"]}, [1, 0, 0, 0, 0, 1]),
        ({"topics": ["compstat"]}, [0, 1, 0, 1, 1, 0]),
        ({"size_bands": ["100-249"]}, [0, 1, 0, 1, 1, 1]),
        # "Now" is not a period: dates filter nothing here.
        ({"date_from": day("2030-01-01")}, [1, 2, 0, 1, 1, 1]),
    ],
)
def test_attention_keeps_the_filters_but_the_dates(store, chosen, items):
    assert list(store.ask("attention_totals", STAFF, **chosen)["items"]) == items


def test_attention_begins_the_day_after_the_limit():
    store = empty_store()
    add(store, "agencies", ("A1", "Alder PD", "municipal", "TX", 8))
    add(
        store,
        "requests",
        # 30 and 31 days before June 30; and one whose status is blank.
        ("R1", "A1", day("2024-05-31"), "received", ["training"]),
        ("R2", "A1", day("2024-05-30"), "under_review", ["training"]),
        ("R3", "A1", day("2024-05-29"), None, ["training"]),
        # 60 and 61 days before; one whose day of assignment is blank.
        *(
            (name, "A1", received, "assigned", ["training"], None, assigned)
            for name, received, assigned in (
                ("R4", day("2024-01-01"), day("2024-05-01")),
                ("R5", day("2024-01-01"), day("2024-04-30")),
                ("R6", day("2024-01-01"), None),
            )
        ),
    )
    add(store, "engagements", *((f"E{n}", f"R{n}", "P1") for n in (4, 5, 6)))
    totals = store.ask("attention_totals", STAFF).set_index("attention")
    assert totals["items"][KINDS[0]] == 2
    assert totals["items"][KINDS[1]] == 0
    assert totals["items"][KINDS[2]] == 2
    assert totals.oldest_days[KINDS[2]] == 181
