"""95% score intervals: Wilson (1927) for a share, Newcombe (1998) for a difference."""

import numpy as np
from numpy.typing import ArrayLike

from cri_data.statistics.exact import Numbers

# The 0.975 quantile of the normal distribution.
_Z = 1.959963984540054


def wilson_interval(part: ArrayLike, whole: ArrayLike) -> tuple[Numbers, Numbers]:
    """The lower and upper limit (0 to 1) of a share, unknown where the whole is 0."""
    hits, tries = (np.asarray(one, dtype=np.float64) for one in (part, whole))
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = (hits + _Z**2 / 2) / (tries + _Z**2)
        half = _Z / (tries + _Z**2)
        half = half * np.sqrt(hits * (tries - hits) / tries + _Z**2 / 4)
    unknown = np.isnan(hits) | ~(tries > 0)
    low, high = np.maximum(middle - half, 0), np.minimum(middle + half, 1)
    return np.where(unknown, np.nan, low), np.where(unknown, np.nan, high)


def difference_interval(
    part: ArrayLike, whole: ArrayLike, other_part: ArrayLike, other_whole: ArrayLike
) -> tuple[Numbers, Numbers]:
    """The limits of the first share less the other (-1 to 1): Newcombe's method 10."""
    with np.errstate(divide="ignore", invalid="ignore"):
        first = np.asarray(part, dtype=np.float64) / np.asarray(whole, dtype=np.float64)
        other = np.asarray(other_part, dtype=np.float64) / np.asarray(
            other_whole, dtype=np.float64
        )
    low, high = wilson_interval(part, whole)
    other_low, other_high = wilson_interval(other_part, other_whole)
    apart = first - other
    return (
        apart - np.sqrt((first - low) ** 2 + (other_high - other) ** 2),
        apart + np.sqrt((high - first) ** 2 + (other - other_low) ** 2),
    )
