"""What the questions about engagements and attention answer, counted by head."""

import numpy as np
import pandas as pd
import pytest

from cri_data import demo
from cri_data.access import STAFF
from cri_data.store import open_store
from tests.small_store import add, day, empty_store, small_store

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


def test_totals_leave_out_what_is_cancelled(store):
    (row,) = store.ask("engagements_totals", STAFF).to_dict("records")
    assert row == {
        "engagements": 4,
        "engagements_cancelled": 1,
        "engagements_active": 1,
        "engagements_with_hours": 2,
        "hours": 15,
        # 12 in Town hall, 3 and 4 online.
        "participants": 19,
        "agencies_served": 2,
        # E2 and E5 are for A2, E3 for A4, of which no place is known.
        "engagements_without_place": 3,
    }


@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        ({}, "E1 E2 E3 E4 E5"),
        # A period is of the first day, planned where there is none.
        ({"date_from": day("2024-02-20")}, "E1 E3 E4"),
        ({"date_to": day("2024-02-19")}, "E2 E5"),
        ({"date_from": day("2024-07-15"), "date_to": day("2024-07-15")}, "E4"),
        # E1 names no topic: it is of its request's primary one.
        ({"topics": ["training"]}, "E1 E4 E5"),
        ({"topics": []}, ""),
        ({"regions": ["Territories"]}, "E3"),
        ({"divisions": ["West South Central"]}, "E1 E2 E4 E5"),
        ({"states": ["TX"], "topics": ["compstat"]}, "E2"),
        ({"states": []}, ""),
        ({"size_bands": ["Under 10"]}, "E1 E4"),
        ({"agency_types": ["tribal"]}, "E3"),
        # A partner's engagements are those that it leads and those it supports.
        ({"partners": ["P2"]}, "E1 E2 E4"),
        ({"partners": ["P1"]}, "E1 E3 E5"),
        ({"partners": []}, ""),
        ({"statuses": ["completed", "planned"]}, "E1 E4 E5"),
        ({"statuses": []}, ""),
        ({"partners": ["P2"], "statuses": ["active"]}, "E2"),
    ],
)
def test_each_filter(store, chosen, left):
    answer = store.ask("engagements_list", STAFF, **chosen)
    assert " ".join(sorted(answer.engagement_id)) == left
    (totals,) = store.ask("engagements_totals", STAFF, **chosen).to_dict("records")
    assert totals["engagements"] + totals["engagements_cancelled"] == len(answer)


def test_what_nobody_tells_is_not_zero(store):
    """E4 is planned: neither its hours nor who came are known."""
    (row,) = store.ask("engagements_totals", STAFF, date_from=day("2024-07-01")).to_dict(
        "records"
    )
    assert row["engagements"] == 1
    assert row["engagements_with_hours"] == 0
    assert pd.isna(row["hours"])
    assert pd.isna(row["participants"])


def test_list_is_newest_first_with_names(store):
    answer = store.ask("engagements_list", STAFF)
    assert list(answer.engagement_id) == ["E4", "E3", "E1", "E5", "E2"]
    rows = answer.set_index("engagement_id")
    assert rows.topic_id["E1"] == "training"
    assert rows.topic_name["E1"] == "De-escalation and crisis training"
    assert rows.lead_partner_name["E1"] == "Partner One"
    assert rows.supporting_partners["E1"] == "Partner Two"
    assert pd.isna(rows.supporting_partners["E3"])
    assert rows.period_on["E3"] == pd.Timestamp("2024-06-20")
    newest = store.ask("engagements_list", STAFF, row_limit=1)
    assert list(newest.engagement_id) == ["E4"]


def test_places_are_the_sites_then_the_agencys_then_the_zip_codes():
    store = empty_store()
    add(
        store,
        "agencies",
        ("A1", "Alder PD", "municipal", "TX", 8, "78701", "Austin", 31.0, -97.0),
        # Half a place is none: both coordinates come from the ZIP code.
        ("A2", "Birch PD", "municipal", "TX", 8, "78701", "Austin", 31.0, None),
        ("A3", "Cedar PD", "municipal", "TX", 8, "00000", "Nowhere"),
    )
    received = day("2024-01-01")
    rest = (received, "assigned", ["training"])
    agencies = ("A1", "A1", "A2", "A3")
    numbered = list(enumerate(agencies, 1))
    add(store, "requests", *((f"R{n}", agency, *rest) for n, agency in numbered))
    unplaced = [(f"E{n}", f"R{n}", "P1") for n, _ in numbered[1:]]
    blank = [None] * 11
    add(store, "engagements", ("E1", "R1", "P1", *blank, 30.0, -97.5), *unplaced)
    rows = store.ask("engagements_list", STAFF).set_index("engagement_id")
    assert (rows.latitude["E1"], rows.longitude["E1"]) == (30.0, -97.5)
    assert (rows.latitude["E2"], rows.longitude["E2"]) == (31.0, -97.0)
    assert rows.latitude["E3"] == pytest.approx(30.27, abs=0.05)
    assert rows.longitude["E3"] == pytest.approx(-97.74, abs=0.05)
    assert pd.isna(rows.latitude["E4"])
    totals = store.ask("engagements_totals", STAFF)
    assert totals.engagements_without_place[0] == 1


def test_detail_shows_the_request_that_it_answers(store):
    answer = store.ask("engagement_detail", STAFF, engagement_id="E1")
    (row,) = answer.to_dict("records")
    assert row["request_received_on"] == pd.Timestamp("2024-01-10")
    assert row["request_status"] == "completed"
    assert row["request_summary"] == "Help with training"
    assert store.ask("engagement_detail", STAFF, engagement_id="E99").empty


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
            "agency_name": "Birch Sheriff",
            "state": "TX",
            "days": 304,
            "what": "accepted",
        },
        {
            "record_id": "R5",
            "attention": KINDS[1],
            "agency_name": "Dune Tribal PD",
            "state": "PR",
            "days": 26,
            "what": "assigned",
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


def test_places_hold_every_placed_engagement_once():
    store = open_store(None)
    demo.fill(store, requests=600)
    rows = store.ask("engagements_list", STAFF).dropna(subset=["latitude"])
    places = store.ask("engagements_by_place", STAFF).set_index("place")

    half_degrees = (rows[["latitude", "longitude"]] * 2).apply(np.floor).astype(int)
    rows["place"] = half_degrees.astype(str).agg(" ".join, axis=1)
    rows["is_cancelled"] = rows["status"] == "cancelled"
    rows["is_counted"] = ~rows["is_cancelled"]
    rows["hours"] = rows["hours"].where(rows["is_counted"])
    by_place = rows.groupby("place")
    assert 0 < rows["is_cancelled"].sum() < rows["is_counted"].sum()
    assert len(places) == by_place.ngroups > 100
    expected = by_place.agg(
        engagements=("is_counted", "sum"),
        engagements_cancelled=("is_cancelled", "sum"),
        latitude=("latitude", "mean"),
        longitude=("longitude", "mean"),
    )
    for name in expected:
        both = places[name].sort_index(), expected[name].sort_index()
        assert np.allclose(*both, atol=0.001)
    hours = by_place["hours"].sum(min_count=1).sort_index()
    assert np.allclose(places["hours"].sort_index(), hours, equal_nan=True)
    most = by_place["topic_id"].agg(lambda ids: ids.value_counts().max())
    of_topic = rows.merge(places[["topic_id"]].reset_index(), on=["place", "topic_id"])
    assert of_topic.groupby("place").size().to_dict() == most.to_dict()
