"""Exact 95% intervals and tests of counts: Poisson, binomial, and the ratio of two counts.

Garwood (1936) for a count, Clopper and Pearson (1934) for a share, and Przyborowski and
Wilenski (1940) for two counts. Arguments are numbers or arrays of one shape; unknown (NaN)
in, unknown out. Only scipy.special is imported, because scipy.stats takes a second to load.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

# A number, or an array of them: NumPy gives the same kind back that it is given.
Numbers = Any

# In each tail of a 95% interval.
TAIL = 0.025


def _number(values: ArrayLike) -> Numbers:
    return np.asarray(values, dtype=np.float64)


def poisson_interval(events: ArrayLike) -> tuple[Numbers, Numbers]:
    """The lower and upper limit of the expected number of events, of a count of them."""
    counted = _number(events)
    with np.errstate(invalid="ignore"):
        low = np.where(counted == 0, 0.0, special.gammaincinv(counted, TAIL))
        high = special.gammaincinv(counted + 1, 1 - TAIL)
    return np.where(np.isnan(counted), np.nan, low), high


def binomial_interval(part: ArrayLike, whole: ArrayLike) -> tuple[Numbers, Numbers]:
    """The lower and upper limit (0 to 1) of a share, unknown where the whole is 0."""
    hits, tries = _number(part), _number(whole)
    with np.errstate(invalid="ignore"):
        low = special.betaincinv(hits, tries - hits + 1, TAIL)
        high = special.betaincinv(hits + 1, tries - hits, 1 - TAIL)
    low = np.where(hits == 0, 0.0, low)
    high = np.where(hits == tries, 1.0, high)
    unknown = np.isnan(hits) | ~(tries > 0)
    return np.where(unknown, np.nan, low), np.where(unknown, np.nan, high)


def ratio_interval(
    count: ArrayLike, other: ArrayLike, exposure: ArrayLike = 1.0
) -> tuple[Numbers, Numbers]:
    """The limits of the ratio of two rates, such as this year's to last year's.

    `exposure` is that of `count` divided by that of `other`, such as the ratio of their
    days. Without an event in both, unknown; without one in `other` alone, the upper limit
    is infinite.
    """
    first, second = _number(count), _number(other)
    low, high = binomial_interval(first, first + second)
    with np.errstate(divide="ignore", invalid="ignore"):
        return low / (1 - low) / exposure, high / (1 - high) / exposure


def is_ratio_clear(
    count: ArrayLike, other: ArrayLike, exposure: ArrayLike = 1.0
) -> Numbers:
    """Whether two rates differ by more than chance: a ratio of 1 is outside its limits."""
    low, high = ratio_interval(count, other, exposure)
    return (low > 1) | (high < 1)


def ratio_p_value(count: ArrayLike, other: ArrayLike, exposure: ArrayLike = 1.0) -> Numbers:
    """The two-sided p-value of two rates being the same: twice the smaller tail.

    It is below 5% where is_ratio_clear() says so. Without an event in both, unknown.
    """
    first, second = _number(count), _number(other)
    expected = _number(exposure) / (1 + _number(exposure))
    with np.errstate(invalid="ignore"):
        at_least = special.betainc(np.maximum(first, 0.5), second + 1, expected)
        at_most = special.betainc(np.maximum(second, 0.5), first + 1, 1 - expected)
    at_least = np.where(first == 0, 1.0, at_least)
    at_most = np.where(second == 0, 1.0, at_most)
    p_value = np.minimum(2 * np.minimum(at_least, at_most), 1)
    return np.where(first + second > 0, p_value, np.nan)
