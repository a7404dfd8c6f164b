"""What the questions about outcomes answer: shares, intervals, suppression."""

import numpy as np
import pandas as pd
import pytest

from cri_data.model.roles import STAFF
from tests.support.small_store import add, day, empty_store, small_store

BEFORE, AFTER = day("2024-01-01"), day("2024-03-01")
# What is worked out of values, and so hidden where these are too few.
FIGURES = [
    *("outcomes", "n", "agencies", "mean_baseline", "mean_followup", "mean_change"),
    *("outcomes_improved", "outcomes_same", "outcomes_worse", "share_improved"),
    *("share_improved_low", "share_improved_high", "verdict"),
    *("share_of_outcomes_followed_up", "outcomes_with_target"),
]
# Unknown where few agencies, targets, or respondents are known, hidden or not.
UNKNOWN = [
    *("typical_change", "typical_change_low", "typical_change_high"),
    *("share_of_targets_met", "share_of_invited_responded"),
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


NAMES = ["metric_name", "goal", "unit", "better", "level", "is_suppressed"]


def by_metric(store, **chosen) -> pd.DataFrame:
    given = {"suppress_below": 0} | chosen
    return store.ask("outcomes_by_metric", STAFF, **given).set_index("metric_id")


def test_totals(store):
    (row,) = store.ask("outcomes_totals", STAFF, suppress_below=0).to_dict("records")
    assert row == {
        "outcomes": 6,
        "outcomes_awaiting_followup": 2,
        # O5 and O6 are of engagements that ended over 180 days ago, or not yet.
        "outcomes_overdue": 1,
        "outcomes_without_baseline": 0,
        "n": 4,
        # Morale up twice and down once; fewer complaints are better.
        "share_of_outcomes_improved": 0.75,
        "share_of_outcomes_same": 0,
        "share_of_outcomes_worse": 0.25,
        "is_suppressed": False,
    }


def test_totals_of_too_few_hide_the_share(store):
    (row,) = store.ask("outcomes_totals", STAFF, suppress_below=5).to_dict("records")
    assert row["n"] == 4
    assert row["is_suppressed"]
    for part in ("improved", "same", "worse"):
        assert pd.isna(row[f"share_of_outcomes_{part}"])


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
        ({"partners": ["P2"]}, "O1 O2 O3 O6"),
        ({"delivery_modes": ["web_training"]}, ""),
        ({"delivery_modes": ["Not reported"], "partners": ["P1"]}, "O1 O2 O3 O4 O5"),
        ({"request_statuses": ["completed"]}, "O1 O2 O3"),
        ({"sources": ["IACP"]}, ""),
        ({"sources": ["Not reported"]}, "O1 O2 O3 O4 O5 O6"),
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
    assert totals.share_of_outcomes_same[0] == 0.5
    row = by_metric(store).loc["complaints"]
    assert (row.outcomes_improved, row.outcomes_same, row.outcomes_worse) == (1, 1, 0)


def test_by_metric_means_are_of_the_pairs(store):
    row = by_metric(store).loc["complaints"]
    # O4 alone has both values: 10 to 6.
    assert (row.outcomes, row.n) == (3, 1)
    assert (row.mean_baseline, row.mean_followup, row.mean_change) == (10, 6, -4)
    assert row.share_improved == 1
    assert row.share_of_outcomes_followed_up == pytest.approx(1 / 3)
    # One agency has a change, and no interval.
    assert row.typical_change == -4
    assert pd.isna(row.typical_change_low)
    assert row.verdict == "too few agencies"


def test_a_followup_without_a_baseline_is_followed_up():
    store = store_of(complaints=[(None, 3), (3, None), (3, 2)])
    row = by_metric(store).loc["complaints"]
    assert (row.outcomes, row.n) == (3, 1)
    assert row.share_of_outcomes_followed_up == pytest.approx(2 / 3)


def of_agencies(changes: dict[str, list[float]], metric: str = "officer-morale"):
    """A store with so many changes of one metric at each agency."""
    store = empty_store()
    for name, values in changes.items():
        add(store, "agencies", (f"A{name}", name, "municipal", "TX", 8))
        add(store, "requests", (f"R{name}", f"A{name}", BEFORE, "assigned", ["training"]))
        add(store, "engagements", (f"E{name}", f"R{name}", "P1"))
        rows = [
            (f"O{name}{n}", f"E{name}", metric, 3, BEFORE, 3 + change, AFTER)
            for n, change in enumerate(values)
        ]
        add(store, "outcomes", *rows)
    return store


@pytest.mark.long
def test_an_agency_is_one_change_however_often_it_was_measured():
    better = {name: [1, 1.5, 2] for name in "abcde"}
    store = of_agencies(better)
    row = by_metric(store).iloc[0]
    assert (row.n, row.agencies, row.typical_change) == (15, 5, 1.5)
    # Five agencies can all improve by chance; fifteen independent changes could not.
    assert row.verdict == "too few agencies"
    store.close()
    store = of_agencies(better | {"f": [0.5], "g": [-9, 10.5]})
    row = by_metric(store).iloc[0]
    assert (row.agencies, row.typical_change) == (7, 1.5)
    # 1 - 2 / 2**7 of such intervals hold: the smallest and the largest, a little inward.
    assert 0.5 <= row.typical_change_low < 0.75
    assert row.typical_change_high == 1.5
    assert row.verdict == "improved"
    assert (row.outcomes_improved, row.outcomes_worse) == (17, 1)
    store.close()


@pytest.mark.long
@pytest.mark.parametrize(
    ("metric", "change", "verdict"),
    [
        ("officer-morale", 1, "improved"),
        ("officer-morale", -1, "worse"),
        ("complaints", -1, "improved"),
        ("complaints", 1, "worse"),
        ("complaints", 0, "no clear change"),
    ],
)
def test_what_is_better_depends_on_the_metric(metric, change, verdict):
    store = of_agencies({name: [change] for name in "abcdef"}, metric)
    row = by_metric(store).loc[metric]
    assert row.verdict == verdict
    assert row.typical_change == change
    store.close()


@pytest.mark.long
def test_more_metrics_need_stronger_evidence():
    """Six of six improved (p = 0.03) is clear alone, and not beside unclear metrics."""
    store = of_agencies({name: [1] for name in "abcdef"})
    assert by_metric(store).verdict.to_list() == ["improved"]
    rows = [
        (f"X{name}{n}", f"E{name}", metric, 3, BEFORE, 3 + (-1) ** n, AFTER)
        for metric in ("complaints", "days-lost")
        for n, name in enumerate("abcdef")
    ]
    add(store, "outcomes", *rows)
    assert by_metric(store).verdict["officer-morale"] == "no clear change"
    store.close()


def test_targets_and_responses():
    store = empty_store()
    add(store, "agencies", ("A1", "Alder PD", "municipal", "TX", 8))
    add(store, "requests", ("R1", "A1", BEFORE, "assigned", ["training"]))
    add(store, "engagements", ("E1", "R1", "P1"))
    with store.writing() as cursor:
        for name, metric, followup, target, invited, responded in (
            # Higher is better, then lower: met where at least, or at most, the target.
            ("O1", "officer-morale", 4, 4, 100, 50),
            ("O2", "officer-morale", 3.5, 4, 20, 10),
            ("O3", "officer-morale", 4, None, None, 7),
            ("O4", "complaints", 2, 2, 0, 0),
            ("O5", "complaints", 4, 2, None, None),
        ):
            cursor.execute(
                "insert into outcomes by name select $id as outcome_id, 'E1' as"
                " engagement_id, $metric as metric_id, 3 as baseline_value,"
                " $followup as followup_value, $target as target_value,"
                " $invited as respondents_invited, $responded as respondents_responded",
                {
                    **{"id": name, "metric": metric, "followup": followup},
                    **{"target": target, "invited": invited, "responded": responded},
                },
            )
    rows = by_metric(store)
    assert rows.outcomes_with_target.to_dict() == {"officer-morale": 2, "complaints": 2}
    assert rows.share_of_targets_met.to_dict() == {"officer-morale": 0.5, "complaints": 0.5}
    assert rows.share_of_invited_responded["officer-morale"] == 0.5
    assert pd.isna(rows.share_of_invited_responded["complaints"])
    store.close()


def hidden(answer: pd.DataFrame) -> set[str]:
    """The metrics whose figures are hidden, all of them or none."""
    blank = answer[FIGURES].isna()
    assert (blank.all(axis=1) == answer.is_suppressed).all()
    assert answer[answer.is_suppressed][UNKNOWN].isna().all(axis=None)
    assert sorted([*FIGURES, *UNKNOWN, *NAMES]) == sorted(answer)
    assert not answer[~answer.is_suppressed][["outcomes", "n"]].isna().any(axis=None)
    return set(answer.index[answer.is_suppressed])


def pairs(count: int, up: int = 2) -> list[tuple]:
    """So many changes, the first `up` of them upward and the others downward."""
    return [(3, 4 if place < up else 2) for place in range(count)]


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


@pytest.mark.parametrize("up", [0, 4])
def test_hidden_metrics_of_which_none_or_all_improved_take_another_one_along(up):
    """Else the improved of the total less those shown would tell it of each of them."""
    store = store_of(
        officer_morale=pairs(4, up),
        community_trust=pairs(4, up),
        training_rating=pairs(7),
        wellness_use=pairs(9),
    )
    assert hidden(by_metric(store, suppress_below=5)) == {
        *("officer-morale", "community-trust", "training-rating")
    }
    store.close()


@pytest.mark.long
def test_nothing_follows_for_a_hidden_metric_from_the_total_whatever_it_is():
    """Over all hidden ones together, neither none nor all improved, if any are shown."""
    rng = np.random.default_rng(3)
    higher = ["officer-morale", "community-trust", "training-rating", "wellness-use"]
    higher += ["tactics-test", "deescalation-test", "shared-cases"]
    for _ in range(12):
        store = store_of(
            **{
                name.replace("-", "_"): pairs(
                    n := int(rng.integers(1, 9)), rng.integers(0, n + 1)
                )
                for name in higher
            }
        )
        shown = by_metric(store, suppress_below=5)
        whole = by_metric(store)
        gone = whole.loc[shown.index[shown.is_suppressed]]
        if 0 < len(gone) < len(whole):
            assert gone.n.sum() >= 5
            assert 0 < gone.outcomes_improved.sum() < gone.n.sum()
        store.close()


def groups(store, group: str, **chosen) -> pd.DataFrame:
    given = {"suppress_below": 0, "outcome_group": group} | chosen
    return store.ask("outcomes_by_group", STAFF, **given).set_index("group_id")


@pytest.mark.parametrize(
    ("group", "n"),
    [
        # O1 to O3 of E1 (R1, A1), O4 and O5 of E5 and E2 (R6, A2).
        ("topic", {"training": 4, "compstat": 0}),
        ("region", {"South": 4}),
        ("size", {"Under 10": 3, "100-249": 1}),
        ("goal", {"officer_morale": 3, "public_respect": 1}),
    ],
)
def test_groups(store, group, n):
    answer = groups(store, group)
    assert answer.n.to_dict() == n
    totals = store.ask("outcomes_totals", STAFF, suppress_below=0)
    assert answer.n.sum() == totals.n[0]
    assert answer.outcomes_improved.sum() == totals.share_of_outcomes_improved[0] * 4
    parts = answer[["outcomes_improved", "outcomes_same", "outcomes_worse"]]
    assert (parts.sum(axis=1) == answer.n).all()


def test_groups_by_partner_mode_level_and_time_hold_every_outcome(store):
    for group in ("partner", "mode", "level", "time"):
        assert groups(store, group).n.sum() == 4
    assert groups(store, "astrology").empty
    assert store.ask("outcomes_by_group", STAFF).empty


def test_groups_of_too_few_are_hidden(store):
    answer = groups(store, "size", suppress_below=3)
    assert answer.is_suppressed.to_dict() == {"Under 10": True, "100-249": True}
    figures = answer[["n", "outcomes_improved", "share_improved", "share_improved_pooled"]]
    assert figures.isna().all(axis=None)


def test_where_they_began():
    # Lower complaints and higher morale are better: 9 and 1 are the worse halves.
    store = store_of(
        complaints=[(9, 5), (8, 8), (2, 3), (1, 1)],
        officer_morale=[(1, 2), (2, 3), (3, 4), (4, 3), (5, 5)],
    )
    answer = store.ask("outcomes_by_baseline", STAFF, suppress_below=0)
    assert list(answer.began) == ["worse half", "middle", "better half"]
    rows = answer.set_index("began")[["n", "outcomes_improved", "outcomes_worse"]]
    assert rows.loc["worse half"].to_list() == [4, 3, 0]
    assert rows.loc["middle"].to_list() == [1, 1, 0]
    assert rows.loc["better half"].to_list() == [4, 0, 2]
    hidden_rows = store.ask("outcomes_by_baseline", STAFF, suppress_below=5)
    assert hidden_rows.n.isna().all()
    store.close()
