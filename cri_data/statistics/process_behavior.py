"""The limits of a process behavior (XmR) chart, and the months that are outside chance.

Wheeler (Understanding Variation, 1993): the limits are the mean plus and minus 2.66 times
the mean moving range. The rules for signals are those of the NHS (Making Data Count): a
month outside the limits, seven or more in a row above or below the mean, seven or more in
a row rising or falling, or two of three near the same limit.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

# Of the mean moving range, for limits of single values.
_WIDTH = 2.66

# So many months are needed for limits that mean something.
_FEWEST = 12

_RUN = 7

OUTSIDE = "outside the limits"
SHIFT = "seven or more in a row on one side of the mean"
TREND = "seven or more in a row rising or falling"
NEAR = "two of three near a limit"

Numbers = NDArray[np.float64]


def answer(rows: pd.DataFrame) -> pd.DataFrame:
    """The months with `expected`, `lower_limit`, `upper_limit`, and `signal`.

    A month that is not over counts for nothing and has no signal. With fewer than twelve
    whole months there are no limits.
    """
    is_whole = ~rows["is_partial"].to_numpy(bool)
    values = rows["requests"].to_numpy(np.float64)[is_whole]
    signal = pd.Series(None, rows.index, dtype="object")
    mean = low = high = np.nan
    if len(values) >= _FEWEST:
        mean, low, high = limits(values)
        signal[is_whole] = signals(values, mean, low, high)
    # A count is never below zero.
    return rows.assign(
        expected=mean, lower_limit=np.maximum(low, 0), upper_limit=high, signal=signal
    )


def limits(values: Numbers) -> tuple[float, float, float]:
    """The mean of at least two values, and the lower and upper limit of each."""
    mean = float(values.mean())
    half = _WIDTH * float(np.abs(np.diff(values)).mean())
    return mean, mean - half, mean + half


def signals(values: Numbers, mean: float, low: float, high: float) -> list[str | None]:
    """For each value the first rule that it breaks, or None."""
    side = np.sign(values - mean)
    step = np.sign(np.diff(values))
    near = np.where(np.abs(values - mean) > (high - mean) * 2 / 3, side, 0)
    found: list[str | None] = [None] * len(values)
    for rule, at in (
        # The strongest last: it is the one that is said.
        (NEAR, _two_of_three(near)),
        (TREND, _with_one_before(_in_runs(step, _RUN - 1))),
        (SHIFT, _in_runs(side, _RUN)),
        (OUTSIDE, (values < low) | (values > high)),
    ):
        for place in np.flatnonzero(at):
            found[place] = rule
    return found


def _in_runs(signs: Numbers, least: int) -> NDArray[np.bool_]:
    """Which places are in a run of `least` or more equal signs that are not zero."""
    found = np.zeros(len(signs), bool)
    start = 0
    for place in range(1, len(signs) + 1):
        if place == len(signs) or signs[place] != signs[start]:
            if signs[start] and place - start >= least:
                found[start:place] = True
            start = place
    return found


def _with_one_before(steps: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Of steps between values: the values at both of their ends."""
    return np.concatenate([steps, [False]]) | np.concatenate([[False], steps])


def _two_of_three(near: Numbers) -> NDArray[np.bool_]:
    """Which places are near the same limit as another one within three in a row."""
    found = np.zeros(len(near), bool)
    for sign in (-1, 1):
        is_near = near == sign
        for start in range(len(near) - 2):
            window = slice(start, start + 3)
            if is_near[window].sum() >= 2:
                found[window] |= is_near[window]
    return found
