"""Exact intervals: published values, scipy's own tests, and how often they hold."""

import numpy as np
import pytest
from scipy import stats

from cri_data.statistics.exact import (
    binomial_interval,
    is_ratio_clear,
    poisson_interval,
    ratio_interval,
)


@pytest.mark.parametrize(
    ("events", "low", "high"),
    # Garwood's limits, as tables of vital statistics print them.
    [(0, 0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390)],
)
def test_published_limits_of_a_count(events, low, high):
    assert poisson_interval(events) == pytest.approx((low, high), abs=6e-4)


@pytest.mark.parametrize(("part", "whole"), [(0, 1), (0, 5), (3, 10), (8, 10), (7, 7)])
def test_limits_of_a_share_are_those_of_scipy(part, whole):
    exact = stats.binomtest(part, whole).proportion_ci(0.95, "exact")
    assert binomial_interval(part, whole) == pytest.approx((exact.low, exact.high))


@pytest.mark.parametrize("counts", [(60, 40), (10, 25), (0, 6), (7, 0), (1, 1), (30, 14)])
@pytest.mark.parametrize("exposure", [1, 0.5, 3])
def test_two_counts_differ_where_the_binomial_test_says_so(counts, exposure):
    share = exposure / (1 + exposure)
    tails = [
        stats.binomtest(counts[0], sum(counts), share, side).pvalue
        for side in ("less", "greater")
    ]
    assert is_ratio_clear(*counts, exposure) == (min(tails) < 0.025)


def test_what_is_not_known_has_no_limits():
    assert np.isnan(poisson_interval(np.nan)).all()
    assert np.isnan(binomial_interval(0, 0)).all()
    assert np.isnan(binomial_interval(np.nan, 3)).all()
    assert np.isnan(ratio_interval(0, 0)).all()
    assert not is_ratio_clear(0, 0)
    assert ratio_interval(4, 0)[1] == np.inf


def test_columns_are_taken_whole():
    low, high = poisson_interval([0, 10, np.nan])
    assert low[:2] == pytest.approx([0, 4.795], abs=6e-4)
    assert high[:2] == pytest.approx([3.689, 18.390], abs=6e-4)
    assert np.isnan([low[2], high[2]]).all()


@pytest.mark.parametrize("mean", [0.5, 3, 20])
def test_the_interval_holds_at_least_as_often_as_it_says(mean):
    # All counts that happen, each as often as it does: no chance in the test.
    counts = np.arange(200)
    low, high = poisson_interval(counts)
    covered = stats.poisson.pmf(counts, mean)[(low <= mean) & (mean <= high)].sum()
    assert 0.95 <= covered <= 0.995
