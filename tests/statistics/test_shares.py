"""Score intervals of shares: published values, and those of statsmodels."""

import numpy as np
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from cri_data.statistics.shares import difference_interval, wilson_interval


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    # Newcombe 1998 has 81 of 263; the others are worked out with Wilson's formula.
    [(8, 10, 0.4902, 0.9433), (0, 5, 0, 0.4345), (81, 263, 0.2553, 0.3662)],
)
def test_published_limits(part, whole, low, high):
    assert wilson_interval(part, whole) == pytest.approx((low, high), abs=5e-5)
    assert wilson_interval(part, whole) == pytest.approx(
        proportion_confint(part, whole, method="wilson"), abs=1e-9
    )


@pytest.mark.parametrize(
    "counts", [(56, 70, 48, 80), (9, 10, 3, 10), (5, 56, 0, 29), (0, 10, 0, 20)]
)
def test_a_difference_is_that_of_newcombe(counts):
    expected = confint_proportions_2indep(*counts, method="newcomb")
    assert difference_interval(*counts) == pytest.approx(expected, abs=1e-9)


def test_the_published_difference():
    # Newcombe 1998, example (a), method 10: 56/70 less 48/80.
    low, high = difference_interval(56, 70, 48, 80)
    assert (low, high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_shares_of_nothing_are_not_known():
    assert np.isnan(wilson_interval(0, 0)).all()
    assert np.isnan(wilson_interval(np.nan, 4)).all()
    assert np.isnan(difference_interval(1, 2, 0, 0)).all()
