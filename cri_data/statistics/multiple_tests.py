"""Many tests at once: p-values adjusted for how many false alarms there would be."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def adjusted(p_values: ArrayLike) -> Array:
    """The p-values adjusted by Benjamini and Hochberg (1995).

    Of those under 5%, at most 5% are expected to be false alarms. Unknown ones
    (NaN) stay unknown and don't count as tests.
    """
    given = np.asarray(p_values, np.float64)
    answer = np.full(given.shape, np.nan)
    known = np.flatnonzero(~np.isnan(given))
    largest_first = known[np.argsort(-given[known], kind="stable")]
    ranks = np.arange(len(known), 0, -1)
    raised = given[largest_first] * len(known) / ranks
    answer[largest_first] = np.minimum(np.minimum.accumulate(raised), 1)
    return answer
