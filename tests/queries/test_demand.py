"""Requested and delivered, fiscal years, and this year and last, counted by head."""

import pandas as pd
import pytest

from cri_data.model.roles import STAFF
from tests.support.small_store import add, day, small_store

PARTS = [
    "requests_completed",
    "requests_in_delivery",
    "requests_accepted",
    "requests_undecided",
    "requests_declined",
    "requests_withdrawn",
    "requests_without_status",
]


@pytest.fixture(scope="module")
def store():
    """The small store, with a request without a status, and a first one of October 2022."""
    store = small_store()
    add(
        store,
        "requests",
        ("R7", "A5", day("2023-06-30"), None, ["training", "mass-casualty"]),
        ("R8", "A5", day("2023-07-01"), "withdrawn", ["training"]),
        ("R9", "A3", day("2022-10-05"), "declined", ["gang-prevention"]),
    )
    yield store
    store.close()


def parts_of(row: pd.Series) -> list[int]:
    return [int(row[part]) for part in PARTS]


def test_each_request_is_in_one_part(store):
    answer = store.ask("requests_and_delivery_by_group", STAFF).set_index("agency_group")
    # Completed, in delivery, accepted, undecided, declined, withdrawn, no status.
    expected = {
        "South": [1, 1, 1, 1, 0, 0, 0],
        "Midwest": [0, 0, 0, 0, 2, 0, 0],
        "West": [0, 0, 0, 0, 0, 1, 1],
        "Territories": [0, 0, 1, 0, 0, 0, 0],
    }
    assert {group: parts_of(row) for group, row in answer.iterrows()} == expected
    assert list(answer.index) == list(expected)
    assert list(answer.requests) == [4, 2, 2, 1]
    assert list(answer.requests_with_engagement) == [2, 0, 0, 0]
    south = answer.loc["South"]
    assert south.share_of_requests_with_engagement == 0.5
    assert south.share_of_requests_with_engagement_low == pytest.approx(0.15, abs=1e-3)


def test_by_topic_a_request_is_in_a_part_of_each_of_its_topics(store):
    answer = store.ask("requests_and_delivery_by_group", STAFF, grouped_by="topic")
    rows = answer.set_index("agency_group")
    assert len(rows) == 14
    assert rows.group_name["tribal"] == "Tribal law enforcement"
    assert parts_of(rows.loc["training"]) == [1, 1, 0, 1, 1, 1, 1]
    assert parts_of(rows.loc["mass-casualty"]) == [0, 0, 0, 0, 0, 0, 1]
    nobody = rows.loc["active-shooter"]
    assert parts_of(nobody) == [0] * 7
    assert pd.isna(nobody.share_of_requests_with_engagement)
    one = store.ask(
        "requests_and_delivery_by_group", STAFF, grouped_by="topic", topics=["tribal"]
    )
    assert list(one.agency_group) == ["tribal"]


def test_groups_with_agencies_that_did_not_ask_have_zeros(store):
    answer = store.ask(
        "requests_and_delivery_by_group", STAFF, grouped_by="size_band", topics=["tribal"]
    )
    assert list(answer.agency_group) == ["Under 10", "25-49", "100-249", "Not reported"]
    assert list(answer.requests) == [1, 1, 0, 0]


def test_fiscal_years_have_no_gaps_and_the_last_is_to_date(store):
    answer = store.ask("requests_by_fiscal_year_and_topic", STAFF, topics=["training"])
    assert list(answer.fiscal_year_name) == ["FY2023", "FY2024 to date"]
    assert list(answer.requests) == [4, 2]
    without = store.ask(
        "requests_by_fiscal_year_and_topic",
        STAFF,
        topics=["gun-violence", "mass-casualty"],
        states=["OH"],
    )
    assert without.to_dict("list") == {
        "fiscal_year": [2023, 2023, 2024, 2024],
        "topic_id": ["gun-violence", "mass-casualty"] * 2,
        "fiscal_year_name": ["FY2023"] * 2 + ["FY2024 to date"] * 2,
        "topic_name": ["Gun violence prevention", "Mass casualty response"] * 2,
        "requests": [1, 0, 0, 0],
    }
    assert store.ask("requests_by_fiscal_year_and_topic", STAFF, states=[]).empty


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        ("2022-10-01", "2023-09-30", ["FY2023"]),
        ("2022-10-02", "2023-09-30", ["FY2023 (part)"]),
        ("2022-10-01", "2024-03-31", ["FY2023", "FY2024 (part)"]),
        ("2022-10-01", "2024-09-30", ["FY2023", "FY2024 to date"]),
    ],
)
def test_a_fiscal_year_of_which_a_part_is_chosen_says_so(store, first, last, names):
    answer = store.ask(
        "requests_by_fiscal_year_and_topic",
        STAFF,
        date_from=day(first),
        date_to=day(last),
        topics=["training"],
    )
    assert list(answer.fiscal_year_name) == names


def compared(store, **chosen) -> dict:
    answer = store.ask("requests_by_topic_this_year_and_last", STAFF, **chosen)
    return {
        row.topic_id: (row.requests, row.requests_last_year)
        for row in answer.itertuples()
        if row.requests or row.requests_last_year
    }


def test_this_year_is_compared_with_the_same_days_of_last_year(store):
    answer = store.ask("requests_by_topic_this_year_and_last", STAFF)
    first = answer.iloc[0]
    days = [f"{first[name]:%Y-%m-%d}" for name in answer.columns if name.endswith("_on")]
    assert days == ["2023-10-01", "2024-06-30", "2022-10-01", "2023-06-30"]
    # A leap day more.
    assert (first.days_of_year, first.days_of_last_year) == (274, 273)
    # R8 of July 1, 2023, and R3 of August are in neither.
    assert compared(store) == {
        "training": (2, 3),
        "tribal": (2, 0),
        "mass-casualty": (0, 1),
        "gun-violence": (0, 1),
        "compstat": (0, 1),
        "gang-prevention": (0, 1),
    }
    # What grew most stands first.
    assert first.topic_id == "tribal"
    assert len(answer) == 14
    assert set(answer.direction) == {"not clear"}


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        # The first day of a period does not change what is compared.
        (
            {"date_from": day("2024-05-01"), "topics": ["tribal", "training"]},
            {"training": (2, 3), "tribal": (2, 0)},
        ),
        ({"states": ["CA"]}, {"training": (0, 1), "mass-casualty": (0, 1)}),
        # Up to the last day of a period, if it is over.
        ({"date_to": day("2024-01-31"), "topics": ["training"]}, {"training": (1, 1)}),
    ],
)
def test_what_is_chosen_is_compared(store, chosen, expected):
    assert compared(store, **chosen) == expected


def test_nothing_is_compared_with_a_year_before_the_first_request(store):
    answer = store.ask(
        "requests_by_topic_this_year_and_last", STAFF, date_to=day("2023-09-30")
    )
    assert answer.requests.sum() == 9
    for column in ("requests_last_year", "requests_change", "share_of_change", "p_value"):
        assert answer[column].isna().all()
    assert set(answer.direction) == {"not clear"}
