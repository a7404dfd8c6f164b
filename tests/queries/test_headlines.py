"""What the headlines say, and what they compare it with."""

import pandas as pd
import pytest

from cri_data.model.roles import STAFF
from tests.support.small_store import add, day, empty_store, small_store

HEADLINES = (
    "requests",
    "agencies_with_requests",
    "share_of_requests_from_small_agencies",
    "requests_backlog",
    "median_days_to_decided",
    "median_days_to_delivery_started",
    "engagements",
    "share_of_outcomes_improved",
)
WINDOWS = ["recent_from_on", "recent_to_on", "before_from_on", "before_to_on"]


@pytest.fixture(scope="module")
def store():
    store = small_store()
    yield store
    store.close()


def headlines(store, **chosen) -> pd.DataFrame:
    given = {"suppress_below": 0} | chosen
    answer = store.ask("headlines", STAFF, **given)
    assert tuple(answer.headline) == HEADLINES
    assert list(answer.headline_order) == [1, 2, 3, 4, 5, 6, 7, 8]
    return answer.set_index("headline")


def windows(answer: pd.DataFrame) -> list[str | None]:
    """The four days that are compared, the same on every row."""
    assert len(answer[WINDOWS].drop_duplicates()) == 1
    return [None if pd.isna(on) else f"{on:%Y-%m-%d}" for on in answer[WINDOWS].iloc[0]]


def plain(values: pd.Series) -> dict[str, float | None]:
    return {name: None if pd.isna(value) else value for name, value in values.items()}


def test_without_a_period_the_last_12_months_against_the_12_before(store):
    answer = headlines(store)
    assert windows(answer) == ["2023-07-01", "2024-06-30", "2022-07-01", "2023-06-30"]
    assert plain(answer.value) == {
        "requests": 6,
        "agencies_with_requests": 4,
        "share_of_requests_from_small_agencies": 0.5,
        "requests_backlog": 4,
        "median_days_to_decided": 10,
        "median_days_to_delivery_started": 35.5,
        "engagements": 4,
        "share_of_outcomes_improved": 0.75,
    }
    # Recent: R1 R2 R3 R5, E1 E5, O1 to O5. Before: R4 R6, E2, O6.
    assert plain(answer.value_change) == {
        "requests": 4 - 2,
        "agencies_with_requests": 3 - 2,
        "share_of_requests_from_small_agencies": 0.75 - 0,
        "requests_backlog": 4 - 1,
        "median_days_to_decided": 10 - 15,
        "median_days_to_delivery_started": 41 - 30,
        "engagements": 2 - 1,
        # Nothing was measured twice before.
        "share_of_outcomes_improved": None,
    }
    assert plain(answer.share_of_change) == pytest.approx(
        {
            "requests": 2 / 2,
            "agencies_with_requests": 1 / 2,
            # None of the requests before was a small agency's: no share of zero.
            "share_of_requests_from_small_agencies": None,
            "requests_backlog": 3,
            "median_days_to_decided": -5 / 15,
            "median_days_to_delivery_started": 11 / 30,
            "engagements": 1,
            "share_of_outcomes_improved": None,
        }
    )


@pytest.mark.parametrize(
    ("date_from", "date_to", "days"),
    [
        # Whole months against as many; so is a fiscal year with a leap day in it.
        (
            *("2024-01-01", "2024-02-29"),
            ["2024-01-01", "2024-02-29", "2023-11-01", "2023-12-31"],
        ),
        (
            *("2022-10-01", "2023-09-30"),
            ["2022-10-01", "2023-09-30", "2021-10-01", "2022-09-30"],
        ),
        (
            *("2019-10-01", "2020-09-30"),
            ["2019-10-01", "2020-09-30", "2018-10-01", "2019-09-30"],
        ),
        # Else as many days right before.
        (
            *("2024-01-01", "2024-02-28"),
            ["2024-01-01", "2024-02-28", "2023-11-03", "2023-12-31"],
        ),
        # A missing end is the as-of day, and so is one that is still to come.
        ("2024-06-01", None, ["2024-06-01", "2024-06-30", "2024-05-01", "2024-05-31"]),
        (
            *("2024-06-01", "2025-01-31"),
            ["2024-06-01", "2024-06-30", "2024-05-01", "2024-05-31"],
        ),
        ("2024-06-30", None, ["2024-06-30", "2024-06-30", "2024-06-29", "2024-06-29"]),
        # No beginning, or one that is still to come: nothing to compare.
        (None, "2024-02-29", [None] * 4),
        ("2024-07-01", "2024-08-01", [None] * 4),
    ],
)
def test_what_is_compared(store, date_from, date_to, days):
    chosen = {
        "date_from": date_from and day(date_from),
        "date_to": date_to and day(date_to),
    }
    answer = headlines(store, **chosen)
    assert windows(answer) == days
    if days[0] is None:
        assert answer.value_change.isna().all()
        assert answer.share_of_change.isna().all()


def test_a_chosen_period_against_the_days_before(store):
    answer = headlines(store, date_from=day("2024-01-01"), date_to=day("2024-03-31"))
    # R1 and R2 are in it; nothing was received from October to December.
    assert (answer.value["requests"], answer.value_change["requests"]) == (2, 2)
    # Open on March 31: R1 (closed in May), R2, R3 and R6; on December 31: R3, R6.
    assert answer.value["requests_backlog"] == 4
    assert answer.value_change["requests_backlog"] == 2


@pytest.mark.parametrize(
    ("on", "backlog"),
    [
        ("2022-11-10", 0),
        ("2022-11-11", 1),
        # R4 is declined without a day: closed all along.
        ("2023-03-05", 1),
        ("2024-05-09", 4),
        # R1 was closed that day.
        ("2024-05-10", 3),
        ("2024-05-30", 4),
        # The end of the period is still to come: as of today.
        ("2030-01-01", 4),
    ],
)
def test_backlog_of_a_day(store, on, backlog):
    answer = headlines(store, date_to=day(on))
    assert answer.value["requests_backlog"] == backlog


def test_what_is_open_is_one_number_whatever_its_dates_say():
    """A day of closing that its status denies, or that is still to come."""
    store = empty_store()
    add(store, "agencies", ("A1", "Alder PD", "municipal", "TX"))
    rows = [
        # id, status, closed on; whether open as of 2024-06-30, and on 2024-06-29.
        ("R1", "assigned", "2024-02-01", True, True),
        ("R2", "completed", "2030-02-01", False, True),
        ("R3", "completed", "2024-06-30", False, True),
        ("R4", "completed", "2024-06-29", False, False),
        ("R5", None, "2024-02-01", False, False),
        ("R6", None, None, True, True),
        ("R7", "completed", None, False, False),
    ]
    received = day("2024-01-02")
    for name, status, closed, *_ in rows:
        closed_on = closed and day(closed)
        given = (name, "A1", received, status, ["training"], None, None, None, closed_on)
        add(store, "requests", given)

    open_now, open_before = (sum(row[at] for row in rows) for at in (3, 4))
    assert headlines(store).value["requests_backlog"] == open_now
    before = headlines(store, date_to=day("2024-06-29"))
    assert before.value["requests_backlog"] == open_before
    for query in ("requests_totals", "requests_by_topic"):
        assert set(store.ask(query, STAFF).requests_open.dropna()) - {0} == {open_now}
    listed = store.ask("requests_list", STAFF)
    assert listed.days_open.notna().sum() == open_now
    assert store.ask("requests_by_state", STAFF).requests_open.sum() == open_now
    store.close()


def test_backlog_keeps_the_other_filters(store):
    answer = headlines(store, states=["TX"], date_from=day("2024-02-01"))
    assert answer.value["requests_backlog"] == 3
    assert answer.value["requests"] == 1


@pytest.mark.long
@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"date_from": day("2024-01-01")},
        {"date_to": day("2023-12-31")},
        {"topics": ["training"]},
        {"topics": ["compstat", "tribal"], "date_from": day("2023-01-01")},
        {"states": ["TX"]},
        {"regions": []},
        {"agency_types": ["sheriff"], "size_bands": ["100-249"]},
    ],
)
def test_a_headline_is_the_number_that_the_totals_say(store, chosen):
    value = plain(headlines(store, **chosen).value)
    requests = store.ask("requests_totals", STAFF, **chosen).iloc[0]
    for name in (*HEADLINES[:3], *HEADLINES[4:6]):
        assert value[name] == plain(requests)[name]
    engagements = store.ask("engagements_totals", STAFF, **chosen)
    assert value["engagements"] == engagements.engagements[0]
    totals = store.ask("outcomes_totals", STAFF, suppress_below=0, **chosen)
    outcomes = plain(totals.iloc[0])
    share = "share_of_outcomes_improved"
    assert value[share] == outcomes[share]


def test_a_share_of_too_few_is_not_shown(store):
    shown = headlines(store, suppress_below=4).value
    hidden = headlines(store, suppress_below=5).value
    assert shown["share_of_outcomes_improved"] == 0.75
    assert pd.isna(hidden["share_of_outcomes_improved"])


def test_february_29_has_12_months_before_it():
    store = empty_store()
    answer = headlines(store, as_of=day("2024-02-29"))
    assert windows(answer) == ["2023-03-01", "2024-02-29", "2022-03-01", "2023-02-28"]


def test_an_empty_store_has_headlines_of_zero():
    answer = headlines(empty_store())
    assert answer.value["requests"] == 0
    assert pd.isna(answer.value["median_days_to_decided"])


def test_a_request_still_to_come_is_in_the_total_but_not_recent():
    store = empty_store()
    add(store, "agencies", ("A1", "Alder PD", "municipal", "TX", 8))
    add(store, "requests", ("R1", "A1", day("2024-07-01"), "received", ["training"]))
    answer = headlines(store)
    assert answer.value["requests"] == 1
    assert answer.value_change["requests"] == 0
    assert answer.value["requests_backlog"] == 0
