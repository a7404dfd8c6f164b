"""How a metric changed at a typical agency, with a 95% interval, and if that is clear.

Neither needs changes to be normal, or measurements of one agency to be independent: each
agency is one change. The interval of the median is that of Hettmansperger and Sheather
(1986), between order statistics. The test is the sign test of the agencies that got better
and worse, adjusted for as many metrics as the answer has. The limits of the share improved
are Wilson's.
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import special

from cri_data.statistics.multiple_tests import adjusted
from cri_data.statistics.shares import wilson_interval

_LEVEL = 0.95

IMPROVED, WORSE, UNCLEAR, TOO_FEW = (
    *("improved", "worse"),
    *("no clear change", "too few agencies"),
)

# With fewer agencies, even all of them changing one way could be chance.
FEWEST = 6


def answer(rows: pd.DataFrame) -> pd.DataFrame:
    """The metrics with the limits of their share, the typical change, and the verdict."""
    low, high = wilson_interval(
        *(rows[name].astype(float) for name in ("outcomes_improved", "n"))
    )
    changes = [_values(given) for given in rows["agency_changes"]]
    limits = [median_interval(values) for values in changes]
    signs = [
        (values if better == "higher" else -values)
        for values, better in zip(changes, rows["better"], strict=True)
    ]
    p_values = adjusted([sign_test(of_one) for of_one in signs])
    return rows.drop(columns="agency_changes").assign(
        share_improved_low=low,
        share_improved_high=high,
        typical_change=[np.median(one) if len(one) else np.nan for one in changes],
        typical_change_low=[pair[0] for pair in limits],
        typical_change_high=[pair[1] for pair in limits],
        verdict=pd.Series(
            [_verdict(of_one, p) for of_one, p in zip(signs, p_values, strict=True)],
            rows.index,
            dtype="object",
        ).where(~rows["is_suppressed"].astype(bool), None),
    )


def _values(given: object) -> NDArray[np.float64]:
    # A hidden or empty cell is NaN or None.
    is_list = isinstance(given, list | np.ndarray)
    return np.sort(np.asarray(given if is_list else [], dtype=np.float64))


def _verdict(signs: NDArray[np.float64], p_value: float) -> str:
    if len(signs) < FEWEST:
        return TOO_FEW
    if not p_value < 1 - _LEVEL:
        return UNCLEAR
    return IMPROVED if (signs > 0).sum() > (signs < 0).sum() else WORSE


def sign_test(values: ArrayLike) -> float:
    """The two-sided p-value of as many values above and below zero; unknown of none."""
    given = np.asarray(values, dtype=np.float64)
    above, below = int((given > 0).sum()), int((given < 0).sum())
    if above + below == 0:
        return np.nan
    tail = float(special.bdtr(min(above, below), above + below, 0.5))
    return min(1.0, 2 * tail)


def median_interval(ordered: NDArray[np.float64]) -> tuple[float, float]:
    """The 95% limits of the median of ordered values; unknown of fewer than six."""
    n = len(ordered)
    if n < FEWEST:
        return np.nan, np.nan
    places = np.arange(1, n // 2 + 1)
    # How often the median lies between the k-th smallest and the k-th largest value.
    held = 1 - 2 * special.bdtr(places - 1, n, 0.5)
    k = int(places[held >= _LEVEL].max())
    if k == n // 2:
        return float(ordered[k - 1]), float(ordered[n - k])
    part = (held[k - 1] - _LEVEL) / (held[k - 1] - held[k])
    inward = (n - k) * part / (k + (n - 2 * k) * part)
    low = (1 - inward) * ordered[k - 1] + inward * ordered[k]
    high = (1 - inward) * ordered[n - k] + inward * ordered[n - k - 1]
    return float(low), float(high)
