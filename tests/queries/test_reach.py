"""Who is never heard from: reach, agencies not served, concentration, counted by head."""

import pandas as pd
import pytest

from cri_data.model.roles import STAFF
from tests.support.small_store import add, day, empty_store, small_store

REACH = "share_of_agencies_reached"


@pytest.fixture(scope="module")
def store():
    store = small_store()
    yield store
    store.close()


@pytest.fixture(scope="module")
def uneven():
    """Ten agencies with requests: eight made 1, one 2, one 10; ten others made none."""
    store = empty_store()
    agencies = [
        (f"A{number}", f"Agency {number}", "municipal", "TX", 10 * number)
        for number in range(20)
    ]
    add(store, "agencies", *agencies)
    asked = [number for number in range(10) for _ in range({8: 2, 9: 10}.get(number, 1))]
    add(
        store,
        "requests",
        *(
            (f"R{at}", f"A{number}", day("2024-01-10"), "received", ["training"])
            for at, number in enumerate(asked)
        ),
    )
    yield store
    store.close()


def row_of(store, query: str, **chosen) -> dict:
    (row,) = store.ask(query, STAFF, **chosen).to_dict("records")
    return row


def test_totals(store):
    row = row_of(store, "reach_totals")
    assert (row["agencies"], row["agencies_with_requests"]) == (5, 4)
    assert row[REACH] == 0.8
    # A5 never asked. A2's R6 has engagements, A3's R4 none, A4's R5 a canceled one.
    assert row["agencies_without_request"] == 1
    assert row["agencies_without_engagement"] == 2
    assert row["large_agencies_without_request"] == 0
    # Of four of five: Wilson.
    assert row[f"{REACH}_low"] == pytest.approx(0.3755, abs=1e-4)
    assert row[f"{REACH}_high"] == pytest.approx(0.9638, abs=1e-4)


def test_totals_of_no_agencies_are_zero_and_their_reach_unknown(store):
    row = row_of(store, "reach_totals", states=[])
    assert row["agencies"] == row["agencies_without_request"] == 0
    assert pd.isna(row[REACH])
    assert pd.isna(row[f"{REACH}_low"])


@pytest.mark.parametrize(
    ("grouped_by", "groups", "with_requests"),
    [
        # All are few, so by reach, then by name.
        ("region", ["Midwest", "South", "Territories", "West"], [1, 2, 1, 0]),
        ("state", ["OH", "PR", "TX", "CA"], [1, 1, 2, 0]),
        ("agency_type", ["sheriff", "tribal", "municipal"], [1, 1, 2]),
        # In their own order.
        ("size_band", ["Under 10", "25-49", "100-249", "Not reported"], [1, 1, 1, 1]),
    ],
)
def test_reach_by_group(store, grouped_by, groups, with_requests):
    answer = store.ask("reach_by_group", STAFF, grouped_by=grouped_by)
    assert list(answer.agency_group) == groups
    assert list(answer.agencies_with_requests) == with_requests
    assert answer.agencies.sum() == 5
    assert answer.requests.sum() == 6
    assert answer.is_few_agencies.all()


def test_states_have_names_and_groups_of_few_agencies_stand_last(uneven):
    add(uneven, "agencies", ("X1", "Other", "tribal", "AK", 5))
    add(uneven, "requests", ("X1", "X1", day("2024-01-10"), "received", ["tribal"]))
    answer = uneven.ask("reach_by_group", STAFF, grouped_by="state", topics=["tribal"])
    assert list(answer.group_name) == ["Texas", "Alaska"]
    assert list(answer[REACH]) == [0, 1]
    assert list(answer.is_few_agencies) == [False, True]
    # Of twenty agencies none: up to 16 percent.
    assert answer[f"{REACH}_high"][0] == pytest.approx(0.1611, abs=1e-4)


def test_an_agency_without_a_size_is_neither_small_nor_not_small(store):
    answer = store.ask("reach_by_kind", STAFF).set_index("kind")
    assert answer.agencies.to_dict() == {
        "All agencies": 5,
        # A1, A4, A5; A2; A3.
        "Under 50 sworn officers": 3,
        "50 or more sworn officers": 1,
        "Size not reported": 1,
        "Tribal": 1,
    }
    assert answer.agencies_with_requests.to_dict() == {
        "All agencies": 4,
        "Under 50 sworn officers": 2,
        "50 or more sworn officers": 1,
        "Size not reported": 1,
        "Tribal": 1,
    }
    assert list(answer.share_of_requests) == pytest.approx([1, 3 / 6, 2 / 6, 1 / 6, 1 / 6])
    assert list(answer.share_of_agencies) == pytest.approx([1, 0.6, 0.2, 0.2, 0.2])
    years = 598 / 365.25
    rates = answer.requests_per_1000_agencies_per_year
    assert rates["Under 50 sworn officers"] == pytest.approx(1000 / years)


def unserved(store, **chosen) -> str:
    return " ".join(store.ask("unserved_agencies_list", STAFF, **chosen).agency_id)


@pytest.mark.long
@pytest.mark.parametrize(
    ("chosen", "listed"),
    [
        ({}, "A5"),
        # Largest first, those of unknown size last.
        ({"unserved": "no_engagement"}, "A4 A3"),
        ({"topics": ["tribal"]}, "A2 A5 A3"),
        ({"topics": ["tribal"], "size_bands": ["100-249"]}, "A2"),
        ({"date_from": day("2024-01-01")}, "A2 A5 A3"),
        ({"date_to": day("2023-12-31")}, "A5 A4 A1"),
        ({"agency_types": ["tribal"]}, ""),
        ({"topics": ["compstat"], "unserved": "no_engagement"}, "A2 A3"),
        ({"states": []}, ""),
    ],
)
def test_agencies_not_served(store, chosen, listed):
    """Of a chosen topic, those with no request that names it."""
    assert unserved(store, **chosen) == listed
    which = {
        "no_request": "agencies_without_request",
        "no_engagement": "agencies_without_engagement",
    }[chosen.get("unserved", "no_request")]
    filters = {name: value for name, value in chosen.items() if name != "unserved"}
    assert row_of(store, "reach_totals", **filters)[which] == len(listed.split())
    for grouped_by in ("size_band", "state", "agency_type", "region"):
        counts = store.ask(
            "unserved_agencies_by_group", STAFF, grouped_by=grouped_by, **chosen
        )
        assert counts.agencies_unserved.sum() == len(listed.split())


def test_the_list_is_cut_to_the_limit_and_says_where_an_agency_is(store):
    assert unserved(store, topics=["tribal"], row_limit=2) == "A2 A5"
    row = row_of(store, "unserved_agencies_list", states=["CA"])
    assert row == {
        "agency_id": "A5",
        "agency_name": "Elm PD",
        "city": "Elm",
        "state": "CA",
        "agency_type": "municipal",
        "sworn_officers": 49,
        "size_band": "25-49",
        "requests": 0,
    }


def test_concentration(uneven):
    chosen = {"states": ["TX"]}
    curve = uneven.ask("requests_lorenz_curve", STAFF, **chosen)
    assert curve.to_dict("list") == {
        "requests_by_each_agency": [1, 2, 10],
        "agencies": [8, 1, 1],
        "requests": [8, 2, 10],
        "share_of_agencies_up_to_here": [0.8, 0.9, 1],
        "share_of_requests_up_to_here": [0.4, 0.5, 1],
    }
    row = row_of(uneven, "requests_concentration_totals", **chosen)
    made = [1] * 8 + [2, 10]
    pairs = [abs(one - other) for one in made for other in made]
    assert row.pop("gini_index") == pytest.approx(sum(pairs) / (2 * 10**2 * 2))
    assert row.pop("share_of_requests_from_top_tenth") == pytest.approx(0.5)
    assert row == {
        "agencies_with_requests": 10,
        "requests": 20,
        "most_requests_by_an_agency": 10,
        "agencies_with_one_request": 8,
    }


def test_concentration_of_no_requests_is_not_known(store):
    row = row_of(store, "requests_concentration_totals", states=["CA"])
    assert (row["agencies_with_requests"], row["requests"]) == (0, 0)
    assert pd.isna(row["gini_index"])
    assert pd.isna(row["share_of_requests_from_top_tenth"])
    assert store.ask("requests_lorenz_curve", STAFF, states=["CA"]).empty


def test_where_all_made_equally_many_nothing_is_concentrated(store):
    row = row_of(store, "requests_concentration_totals", topics=["tribal"])
    assert row["agencies_with_requests"] == 2
    assert row["gini_index"] == pytest.approx(0)
    # A tenth of two agencies is a part of one.
    assert row["share_of_requests_from_top_tenth"] == pytest.approx(0.1)
