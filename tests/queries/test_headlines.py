"""What the headlines say, and what they compare it with."""

import pandas as pd
import pytest

from cri_data.model.roles import STAFF
from tests.support.small_store import add, day, empty_store, small_store

HEADLINES = {
    "requests": 1,
    "agencies_with_requests": 2,
    "share_of_requests_from_small_agencies": 3,
    "requests_backlog": 4,
    "median_days_open": 5,
    "engagements": 9,
    "hours": 10,
    "participants": 11,
    "share_of_outcomes_improved": 12,
}
# The period itself, the one before, and the same a year ago.
PERIODS = [
    *("recent_from_on", "until_on", "before_from_on", "before_to_on"),
    *("last_year_from_on", "last_year_to_on"),
]


@pytest.fixture(scope="module")
def store():
    store = small_store()
    yield store
    store.close()


def headlines(store, **chosen) -> pd.DataFrame:
    given = {"suppress_below": 0} | chosen
    answer = store.ask("headlines", STAFF, **given)
    order = dict(zip(answer.headline, answer.headline_order, strict=True))
    assert order == HEADLINES
    return answer.set_index("headline")


def periods(answer: pd.DataFrame) -> list[str | None]:
    """The days that are compared, the same on every row."""
    assert len(answer[PERIODS].drop_duplicates()) == 1
    return [None if pd.isna(on) else f"{on:%Y-%m-%d}" for on in answer[PERIODS].iloc[0]]


def plain(values: pd.Series) -> dict[str, float | None]:
    return {name: None if pd.isna(value) else value for name, value in values.items()}


def test_without_a_period_the_numbers_are_of_all_time_and_compared_with_nothing(store):
    answer = headlines(store)
    assert periods(answer) == [None, "2024-06-30", None, None, None, None]
    assert plain(answer.value) == {
        "requests": 6,
        "agencies_with_requests": 4,
        # R4's agency reports no size: three of five.
        "share_of_requests_from_small_agencies": 0.6,
        "requests_backlog": 4,
        # R6 597, R3 334, R2 136, R5 31 days.
        "median_days_open": (334 + 136) / 2,
        # E1, E2, E5; E4 is planned for later, E3 is canceled.
        "engagements": 3,
        "hours": 15,
        "participants": 12 + 7,
        "share_of_outcomes_improved": 0.75,
    }
    assert answer.of_n["agencies_with_requests"] == 5
    assert answer.of_n["engagements"] == 1
    assert (answer.n["hours"], answer.of_n["hours"]) == (2, 3)
    for period in ("before", "last_year"):
        assert answer[period].isna().all()
        assert answer[f"change_from_{period}"].isna().all()
        assert not answer[f"is_clear_from_{period}"].any()


@pytest.mark.parametrize(
    ("date_from", "date_to", "days"),
    [
        # Whole months against as many, and the same a year ago.
        (
            *("2024-01-01", "2024-02-29"),
            ["2024-01-01", "2024-02-29", "2023-11-01", "2023-12-31"],
        ),
        # A fiscal year has one year before it, leap year or not.
        (
            *("2023-10-01", "2024-09-30"),
            ["2023-10-01", "2024-06-30", "2023-01-01", "2023-09-30"],
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
        # Before the month of the first request, nothing was counted.
        ("2022-11-01", "2023-01-31", ["2022-11-01", "2023-01-31", None, None]),
        ("2023-01-01", "2023-03-31", ["2023-01-01", "2023-03-31", None, None]),
        # No beginning, or one that is still to come: nothing to compare.
        (None, "2024-02-29", [None, "2024-02-29", None, None]),
        ("2024-07-01", "2024-08-01", [None, "2024-06-30", None, None]),
    ],
)
def test_the_period_before(store, date_from, date_to, days):
    chosen = {
        "date_from": date_from and day(date_from),
        "date_to": date_to and day(date_to),
    }
    answer = headlines(store, **chosen)
    assert periods(answer)[:4] == days
    if days[2] is None:
        assert answer.change_from_before.isna().all()
        assert not answer.is_clear_from_before.any()


@pytest.mark.parametrize(
    ("date_from", "date_to", "days"),
    [
        ("2024-01-01", "2024-03-31", ["2023-01-01", "2023-03-31"]),
        # February ends with February, and a fiscal year to date on the same day.
        ("2024-02-01", "2024-02-29", ["2023-02-01", "2023-02-28"]),
        ("2023-10-01", "2024-09-30", [None, None]),
        ("2024-01-15", "2024-06-10", ["2023-01-15", "2023-06-10"]),
        ("2024-07-01", "2024-08-01", [None, None]),
    ],
)
def test_the_same_period_last_year(store, date_from, date_to, days):
    answer = headlines(store, date_from=day(date_from), date_to=day(date_to))
    assert periods(answer)[4:] == days


def test_a_chosen_period_against_the_days_before(store):
    answer = headlines(store, date_from=day("2024-01-01"), date_to=day("2024-03-31"))
    # R1 and R2 are in it; nothing was received from October to December, and R4 in the
    # same months of 2023.
    requests = answer.loc["requests"]
    assert (requests.value, requests.before, requests.last_year) == (2, 0, 1)
    assert (requests.change_from_before, requests.change_from_last_year) == (2, 1)
    # Open on March 31: R1 (closed in May), R2, R3 and R6; on December 31: R3, R6; a year
    # ago R6 alone.
    backlog = answer.loc["requests_backlog"]
    assert (backlog.value, backlog.before, backlog.last_year) == (4, 2, 1)
    # Then: R6 506, R3 243, R1 81, R2 45 days; a year ago R6 140.
    assert answer.value["median_days_open"] == (243 + 81) / 2
    assert answer.last_year["median_days_open"] == 140
    # None of R4's agency's size is known: no share of nothing.
    assert pd.isna(answer.last_year["share_of_requests_from_small_agencies"])


def many_requests(counts: dict[str, int]):
    """A store with so many requests on each day, all of one agency."""
    store = empty_store()
    add(store, "agencies", ("A1", "Alder PD", "municipal", "TX", 8))
    number = 0
    for on, count in counts.items():
        rows = []
        for _ in range(count):
            number += 1
            rows.append((f"R{number}", "A1", day(on), "completed", ["training"]))
        add(store, "requests", *rows)
    return store


@pytest.mark.long
@pytest.mark.parametrize(
    ("this_year", "last_year", "is_clear"),
    # scipy.stats.binomtest(20, 30).pvalue is 0.099, of (22, 30) 0.016, of (6, 6) 0.031.
    [(20, 10, False), (22, 8, True), (8, 22, True), (6, 0, True), (5, 0, False)],
)
def test_a_count_changed_if_chance_would_seldom_do_it(this_year, last_year, is_clear):
    store = many_requests(
        {"2023-01-10": 1, "2023-04-10": last_year, "2024-04-10": this_year}
    )
    answer = headlines(store, date_from=day("2024-04-01"), date_to=day("2024-04-30"))
    requests = answer.loc["requests"]
    assert requests.change_from_last_year == this_year - last_year
    assert requests.is_clear_from_last_year == is_clear
    low, high = requests.change_from_last_year_low, requests.change_from_last_year_high
    if last_year:
        assert low < requests.change_from_last_year < high
        assert (low > 0 or high < 0) == is_clear
    # One agency asked both times, and what is open is no count of chance.
    assert not answer.is_clear_from_last_year["requests_backlog"]
    store.close()


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
    answer = headlines(store, **chosen)
    value = plain(answer.value)
    requests = store.ask("requests_totals", STAFF, **chosen).iloc[0]
    for name in list(HEADLINES)[:3]:
        assert value[name] == plain(requests)[name]
    engagements = store.ask("engagements_totals", STAFF, **chosen)
    planned = answer.of_n["engagements"]
    assert value["engagements"] + planned == engagements.engagements[0]
    totals = store.ask("outcomes_totals", STAFF, suppress_below=0, **chosen)
    outcomes = plain(totals.iloc[0])
    share = "share_of_outcomes_improved"
    assert value[share] == outcomes[share]


def test_a_share_of_too_few_is_not_shown(store):
    shown = headlines(store, suppress_below=4).value
    hidden = headlines(store, suppress_below=5).value
    assert shown["share_of_outcomes_improved"] == 0.75
    assert pd.isna(hidden["share_of_outcomes_improved"])


def test_an_empty_store_has_headlines_of_zero():
    answer = headlines(empty_store())
    assert answer.value["requests"] == 0
    for unknown in ("median_days_open", "hours", "participants"):
        assert pd.isna(answer.value[unknown])


def test_a_request_still_to_come_is_in_the_total_but_not_open_yet():
    store = empty_store()
    add(store, "agencies", ("A1", "Alder PD", "municipal", "TX", 8))
    add(store, "requests", ("R1", "A1", day("2024-07-01"), "received", ["training"]))
    answer = headlines(store)
    assert answer.value["requests"] == 1
    assert answer.value["requests_backlog"] == 0
