"""The limits of a process behavior chart, and its rules, by examples counted by hand."""

import numpy as np
import pandas as pd
import pytest

from cri_data.statistics import process_behavior
from cri_data.statistics.process_behavior import (
    NEAR,
    OUTSIDE,
    SHIFT,
    TREND,
    limits,
    signals,
)


def months(*requests: int, partial: bool = False) -> pd.DataFrame:
    is_partial = [False] * len(requests)
    is_partial[-1] = partial
    return pd.DataFrame({"requests": requests, "is_partial": is_partial})


def test_published_limits():
    # NIST/SEMATECH e-Handbook, 6.3.2.2: flow rates; mean 49.757, mean moving range 1.8778
    # (there with 3/1.128 instead of 2.66).
    rates = np.array([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1])
    mean, low, high = limits(rates)
    assert mean == pytest.approx(50.81)
    moving = np.abs(np.diff(rates)).mean()
    assert moving == pytest.approx(1.8778, abs=1e-4)
    assert (low, high) == pytest.approx((45.8151, 55.8049), abs=1e-3)


@pytest.mark.parametrize(
    ("values", "rule", "places"),
    [
        ([10, 12] * 6 + [40], OUTSIDE, {12}),
        ([8, 12] * 3 + [11, 12, 11, 12, 11, 12, 11], SHIFT, {5, *range(6, 13)}),
        ([10, 10, 3, 5, 7, 9, 11, 13, 15, 9, 11, 10], TREND, set(range(2, 9))),
        ([10, 12] * 8, None, set()),
    ],
)
def test_rules(values, rule, places):
    values = np.array(values, dtype=float)
    mean = {SHIFT: 10, OUTSIDE: 11}.get(rule, values.mean())
    found = signals(values, mean, mean - 12, mean + 12)
    assert {place for place, said in enumerate(found) if said} == places
    assert {said for said in found if said} == ({rule} if rule else set())


def test_two_of_three_near_the_same_limit():
    values = np.array([0, 9, 0, 9, 0, -9, 0, 0, 9, -9], dtype=float)
    found = signals(values, 0, -12, 12)
    assert [place for place, said in enumerate(found) if said == NEAR] == [1, 3]


def test_six_in_a_row_are_no_shift_and_a_value_on_the_mean_ends_a_run():
    values = np.array([-1, 1, 1, 1, 1, 1, 1, 0, 1, -1, -1], dtype=float)
    assert not any(signals(values, 0, -9, 9))


def test_a_month_that_is_not_over_counts_for_nothing():
    steady = [10, 12] * 6
    answer = process_behavior.answer(months(*steady, 0, partial=True))
    assert answer["expected"].iloc[0] == 11
    assert answer["lower_limit"].iloc[0] == pytest.approx(11 - 2.66 * 2)
    assert answer["signal"].isna().all()
    ended = process_behavior.answer(months(*steady, 0))
    assert ended["signal"].iloc[-1] == OUTSIDE


def test_without_a_year_of_whole_months_there_are_no_limits():
    answer = process_behavior.answer(months(*[10] * 11, 90, partial=True))
    assert answer[["expected", "lower_limit", "upper_limit"]].isna().all(axis=None)
    assert answer["signal"].isna().all()


def test_a_limit_of_a_count_is_never_below_zero():
    answer = process_behavior.answer(months(*[0, 20] * 6))
    assert (answer["lower_limit"] == 0).all()
