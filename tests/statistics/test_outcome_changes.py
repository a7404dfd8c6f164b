"""Typical changes: how often their intervals hold, and the sign test, by simulation."""

import numpy as np
import pytest
from scipy import stats

from cri_data.statistics.outcome_changes import median_interval, sign_test


@pytest.mark.parametrize("counts", [(9, 1), (8, 4), (0, 6), (5, 5), (30, 14)])
def test_the_sign_test_is_that_of_scipy(counts):
    above, below = counts
    values = [1.0] * above + [-2.0] * below + [0.0] * 7
    expected = stats.binomtest(above, above + below).pvalue
    assert sign_test(values) == pytest.approx(expected)


def test_without_a_change_there_is_no_test():
    assert np.isnan(sign_test([0, 0]))
    assert np.isnan(sign_test([]))


def test_fewer_than_six_have_no_interval():
    assert np.isnan(median_interval(np.arange(5.0))).all()
    # Of six, the smallest and the largest hold in 31 of 32 samples: a little inward.
    low, high = median_interval(np.arange(6.0))
    assert 0 <= low < 0.5
    assert low + high == pytest.approx(5)


def test_a_large_sample_has_the_limits_of_the_normal_distribution():
    low, high = median_interval(np.arange(10_001.0))
    half = 1.96 * np.sqrt(10_001) / 2
    assert (low, high) == pytest.approx((5000 - half, 5000 + half), abs=2)


# Of the distributions that the t interval fails: exponential (88 to 93 %) and lognormal
# (82 to 88 %).
KINDS = {
    "normal": (lambda rng, size: rng.normal(size=size), 0.0),
    "exponential": (lambda rng, size: rng.exponential(size=size), np.log(2)),
    "lognormal": (lambda rng, size: rng.lognormal(size=size), 1.0),
    "cauchy": (lambda rng, size: rng.standard_cauchy(size=size), 0.0),
}


@pytest.mark.long
@pytest.mark.parametrize("n", [6, 8, 12, 20, 30])
@pytest.mark.parametrize("kind", KINDS)
def test_95_of_100_intervals_hold(kind, n):
    draw, median = KINDS[kind]
    samples = np.sort(draw(np.random.default_rng(5 + n), (4000, n)), axis=1)
    limits = np.array([median_interval(one) for one in samples])
    held = ((limits[:, 0] <= median) & (median <= limits[:, 1])).mean()
    # Chance alone moves this by 0.7 % (two standard errors).
    assert 0.94 <= held <= 0.97


def test_where_most_do_not_change_the_interval_holds_more_often():
    rng = np.random.default_rng(1)
    samples = np.sort(np.where(rng.random((2000, 20)) < 0.9, 0, 10), axis=1)
    limits = np.array([median_interval(one.astype(float)) for one in samples])
    assert ((limits[:, 0] <= 0) & (limits[:, 1] >= 0)).mean() >= 0.95
