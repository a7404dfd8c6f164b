"""Rates of states: drawn together by empirical Bayes, and the limits of a funnel plot."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cri_data.statistics import state_rates

EVENTS = np.array([0, 4, 30, 12, 90, 300], dtype=float)
EXPOSURES = np.array([9, 25, 90, 240, 800, 2100], dtype=float)


def rows_of(events, agencies, years: float = 1.0) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "requests": np.asarray(events, dtype=int),
            "requests_expected": np.asarray(agencies, dtype=float) / 8,
            "agencies": np.asarray(agencies, dtype=int),
            "years": years,
        }
    )


def test_rates_are_drawn_together_as_marshall_says():
    average = EVENTS.sum() / EXPOSURES.sum()
    expected = []
    spread = sum(
        n * (y / n - average) ** 2 for y, n in zip(EVENTS, EXPOSURES, strict=True)
    ) / sum(EXPOSURES)
    between = spread - average / (sum(EXPOSURES) / 6)
    for y, n in zip(EVENTS, EXPOSURES, strict=True):
        weight = between / (between + average / n)
        expected.append(weight * y / n + (1 - weight) * average)
    shrunk = state_rates.shrunk_rates(EVENTS, EXPOSURES)
    assert list(shrunk) == pytest.approx(expected)
    raw = EVENTS / EXPOSURES
    assert ((shrunk - average) * (raw - average) >= 0).all()
    assert (abs(shrunk - average) <= abs(raw - average)).all()
    # The fewer agencies, the nearer to the average.
    weights = (shrunk - average) / (raw - average)
    assert list(weights) == sorted(weights)


def test_rates_that_differ_by_chance_alone_become_one():
    shrunk = state_rates.shrunk_rates(np.array([10.0, 11, 9]), np.array([100.0, 100, 100]))
    assert list(shrunk) == pytest.approx([0.1] * 3)
    assert list(state_rates.shrunk_rates(np.zeros(2), np.ones(2))) == [0, 0]
    assert len(state_rates.shrunk_rates(np.array([]), np.array([]))) == 0


@pytest.mark.parametrize("tail", [0.001, 0.025, 0.975, 0.999])
def test_funnel_limits_are_the_interpolated_quantiles_of_scipy(tail: float):
    average = 0.13
    limits = state_rates.funnel_limit(tail, average, EXPOSURES)
    for limit, exposure in zip(limits, EXPOSURES, strict=True):
        poisson = stats.poisson(average * exposure)
        count = poisson.ppf(tail)
        part = (poisson.cdf(count) - tail) / (poisson.cdf(count) - poisson.cdf(count - 1))
        assert limit == pytest.approx(max(count - part, 0) / exposure)


def test_a_states_place_is_by_its_limits():
    answer = state_rates.answer(rows_of(EVENTS, EXPOSURES))
    assert list(answer.funnel) == [
        "within 95% limits",
        "within 95% limits",
        "above 99.8% limit",
        "below 99.8% limit",
        *["within 95% limits"] * 2,
    ]
    assert set(answer.average_per_1000_agencies_per_year.round(6)) == {
        round(1000 * EVENTS.sum() / EXPOSURES.sum(), 6)
    }


def test_rates_are_per_year():
    once, twice = (state_rates.answer(rows_of(EVENTS, EXPOSURES, y)) for y in (1, 2))
    for column in ("average_per_1000_agencies_per_year", "limit_95_high"):
        assert twice[column][5] < once[column][5]
    # Two years of a state are as many agency-years as twice the agencies in one.
    double = state_rates.answer(rows_of(EVENTS, 2 * EXPOSURES))
    column = "shrunk_requests_per_1000_agencies_per_year"
    assert list(double[column]) == pytest.approx(list(twice[column]))


def test_without_a_period_there_is_no_rate():
    answer = state_rates.answer(rows_of([0], [20], np.nan))
    for column in ("shrunk_requests_per_1000_agencies_per_year", "limit_95_high"):
        assert answer[column].isna().all()
    assert state_rates.answer(rows_of([], [])).empty


def test_about_one_state_in_twenty_is_outside_the_95_percent_limits_by_chance():
    average, exposures = 0.2, np.linspace(20, 900, 40)
    low, high = (state_rates.funnel_limit(t, average, exposures) for t in (0.025, 0.975))
    outside = [
        stats.poisson.cdf(np.ceil(below * n) - 1, average * n)
        + stats.poisson.sf(np.floor(above * n), average * n)
        for below, above, n in zip(low, high, exposures, strict=True)
    ]
    assert 0.03 < np.mean(outside) < 0.06
