"""What the questions about outcomes answer: shares, intervals, suppression."""

import math

import pandas as pd
import pytest

from cri_data.model.roles import STAFF
from tests.support.small_store import add, day, empty_store, small_store

BEFORE, AFTER = day("2024-01-01"), day("2024-03-01")
# What is worked out of values, and so hidden where these are too few.
FIGURES = [
    *("outcomes", "n", "mean_baseline", "mean_followup", "mean_change"),
    *("ci_low", "ci_high", "share_improved", "share_of_outcomes_followed_up"),
]


@pytest.fixture(scope="module")
def store():
    store = small_store()
    yield store
    store.close()


def store_of(**values_of: list[tuple]) -> object:
    """One engagement, with (baseline, follow-up) pairs of each metric named."""
    store = empty_store()
    add(store, "agencies", ("A1", "Alder PD", "municipal", "TX", 8))
    add(store, "requests", ("R1", "A1", BEFORE, "assigned", ["training"]))
    add(store, "engagements", ("E1", "R1", "P1"))
    rows = [
        (f"O-{name}-{n}", "E1", name.replace("_", "-"), baseline, BEFORE, followup)
        for name, pairs in values_of.items()
        for n, (baseline, followup) in enumerate(pairs)
    ]
    add(store, "outcomes", *((*row, AFTER) for row in rows))
    return store


def by_metric(store, **chosen) -> pd.DataFrame:
    given = {"suppress_below": 0} | chosen
    return store.ask("outcomes_by_metric", STAFF, **given).set_index("metric_id")


def test_totals(store):
    (row,) = store.ask("outcomes_totals", STAFF, suppress_below=0).to_dict("records")
    assert row == {
        "outcomes": 6,
        "outcomes_awaiting_followup": 2,
        "outcomes_without_baseline": 0,
        "n": 4,
        # Morale up twice and down once; fewer complaints are better.
        "share_of_outcomes_improved": 0.75,
        "is_suppressed": False,
    }


def test_totals_of_too_few_hide_the_share(store):
    (row,) = store.ask("outcomes_totals", STAFF, suppress_below=5).to_dict("records")
    assert row["n"] == 4
    assert row["is_suppressed"]
    assert pd.isna(row["share_of_outcomes_improved"])


@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        ({}, "O1 O2 O3 O4 O5 O6"),
        # A period is of the follow-up, of the baseline where there is none.
        ({"date_from": day("2024-01-15")}, "O1 O2 O3 O4"),
        ({"date_to": day("2024-01-14")}, "O5 O6"),
        ({"date_from": day("2023-01-01"), "date_to": day("2024-01-15")}, "O4 O5"),
        ({"topics": ["compstat"]}, "O6"),
        ({"topics": []}, ""),
        ({"regions": ["South"]}, "O1 O2 O3 O4 O5 O6"),
        ({"regions": ["Midwest"]}, ""),
        ({"divisions": []}, ""),
        ({"states": ["TX"], "topics": ["training"]}, "O1 O2 O3 O4 O5"),
        ({"size_bands": ["Under 10"]}, "O1 O2 O3"),
        ({"agency_types": ["sheriff"]}, "O4 O5 O6"),
    ],
)
def test_each_filter(store, chosen, left):
    answer = store.ask("outcomes_list", STAFF, **chosen)
    assert " ".join(sorted(answer.outcome_id)) == left
    assert store.ask("outcomes_totals", STAFF, **chosen).outcomes[0] == len(answer)
    assert by_metric(store, **chosen).outcomes.sum() == len(answer)


def test_list_says_what_improved(store):
    answer = store.ask("outcomes_list", STAFF)
    assert list(answer.outcome_id) == ["O3", "O2", "O1", "O4", "O5", "O6"]
    assert list(answer.is_improved.isna()) == [False] * 4 + [True] * 2
    rows = answer.set_index("outcome_id")
    assert rows.is_improved["O4"]
    assert not rows.is_improved["O3"]
    assert rows.metric_name["O4"] == "Complaints in a year"
    assert len(store.ask("outcomes_list", STAFF, row_limit=2)) == 2


def test_no_change_is_no_improvement():
    store = store_of(complaints=[(3, 3), (3, 2)], officer_morale=[(3, 3), (3, 4)])
    totals = store.ask("outcomes_totals", STAFF, suppress_below=0)
    assert totals.share_of_outcomes_improved[0] == 0.5


def test_by_metric_means_are_of_the_pairs(store):
    row = by_metric(store).loc["complaints"]
    # O4 alone has both values: 10 to 6.
    assert (row.outcomes, row.n) == (3, 1)
    assert (row.mean_baseline, row.mean_followup, row.mean_change) == (10, 6, -4)
    assert row.share_improved == 1
    assert row.share_of_outcomes_followed_up == pytest.approx(1 / 3)
    # One change has no spread.
    assert pd.isna(row.ci_low)
    assert pd.isna(row.ci_high)


def test_interval_of_three_by_hand(store):
    row = by_metric(store).loc["officer-morale"]
    # Changes 1, 0.5 and -1: mean 1/6, variance 13/12; t of 2 degrees 4.3027.
    half = 4.3027 * math.sqrt(13 / 12) / math.sqrt(3)
    assert row.mean_change == pytest.approx(1 / 6)
    assert row.ci_low == pytest.approx(1 / 6 - half)
    assert row.ci_high == pytest.approx(1 / 6 + half)


@pytest.mark.long
@pytest.mark.parametrize(
    ("n", "t"),
    # The 0.975 quantile of Student's t with n - 1 degrees, from printed tables.
    [
        (2, 12.706),
        (3, 4.303),
        (4, 3.182),
        (5, 2.776),
        (6, 2.571),
        (10, 2.262),
        (30, 2.045),
        (121, 1.980),
    ],
)
def test_interval_against_tables(n, t):
    followups = [3 + (place % 7) / 4 for place in range(n)]
    store = store_of(officer_morale=[(3, followup) for followup in followups])
    row = by_metric(store).iloc[0]
    changes = pd.Series(followups) - 3
    half = t * changes.std(ddof=1) / math.sqrt(n)
    assert row.mean_change == pytest.approx(changes.mean())
    assert row.ci_high - row.mean_change == pytest.approx(half, rel=1e-3)
    assert row.mean_change - row.ci_low == pytest.approx(half, rel=1e-3)


def hidden(answer: pd.DataFrame) -> set[str]:
    """The metrics whose figures are hidden, all of them or none."""
    blank = answer[FIGURES].isna()
    assert (blank.all(axis=1) == answer.is_suppressed).all()
    assert not answer[~answer.is_suppressed][["outcomes", "n"]].isna().any(axis=None)
    return set(answer.index[answer.is_suppressed])


def pairs(count: int) -> list[tuple]:
    return [(3, 4)] * count


def test_nothing_is_hidden_without_a_threshold(store):
    assert hidden(by_metric(store)) == set()


def test_fewer_than_the_threshold_are_hidden():
    store = store_of(complaints=pairs(4), days_lost=pairs(4), officer_morale=pairs(5))
    assert hidden(by_metric(store, suppress_below=5)) == {"complaints", "days-lost"}
    # Whoever forgets to say is told no more than the setting allows.
    unsaid = store.ask("outcomes_by_metric", STAFF).set_index("metric_id")
    assert hidden(unsaid) == {"complaints", "days-lost"}
    assert hidden(by_metric(store, suppress_below=4)) == set()


def test_what_would_follow_from_the_total_is_hidden_too():
    store = store_of(complaints=pairs(4), days_lost=pairs(6), officer_morale=pairs(5))
    # The total less the others would be complaints; so the smallest goes too.
    answer = by_metric(store, suppress_below=5)
    assert hidden(answer) == {"complaints", "officer-morale"}


def test_rows_with_nothing_to_hide_hide_no_other():
    waiting = [(3, None)]
    store = store_of(complaints=waiting, officer_morale=pairs(5), days_lost=pairs(6))
    assert hidden(by_metric(store, suppress_below=5)) == {"complaints"}


def test_a_metric_alone_is_hidden_alone():
    store = store_of(complaints=pairs(4))
    assert hidden(by_metric(store, suppress_below=5)) == {"complaints"}
