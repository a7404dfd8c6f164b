"""How headline numbers changed, with a 95% interval, and whether by more than chance.

Counts are compared by the exact interval of the ratio of two Poisson rates, shares by
Newcombe's interval. A stock (what is open) and a sum (hours) depend on few large cases, so
no test fits them: their change is shown, and never called clear.
"""

import numpy as np
import pandas as pd

from cri_data.statistics.exact import is_ratio_clear, ratio_interval
from cri_data.statistics.shares import difference_interval

# The two periods that a number is compared with.
_PERIODS = ("before", "last_year")
# What the comparison is made of, and not shown.
_INNER = ("part", "whole", *(f"{one}_{of}" for of in _PERIODS for one in ("part", "whole")))


def answer(rows: pd.DataFrame) -> pd.DataFrame:
    """The headlines with the change from both periods, its limits, and if it is clear."""
    shown = rows.drop(columns=list(_INNER))
    days = _days(rows["recent_from_on"], rows["until_on"])
    for period in _PERIODS:
        exposure = days / _days(rows[f"{period}_from_on"], rows[f"{period}_to_on"])
        low, high = _limits(rows, period, exposure)
        shown[f"change_from_{period}"] = rows["value"] - rows[period]
        shown[f"change_from_{period}_low"] = low
        shown[f"change_from_{period}_high"] = high
        # A count that was 0 has no ratio, but a test.
        is_count_clear = is_ratio_clear(rows["part"], rows[f"part_{period}"], exposure)
        shown[f"is_clear_from_{period}"] = np.where(
            rows["kind"] == "count", is_count_clear, (low > 0) | (high < 0)
        )
    return shown


def _limits(
    rows: pd.DataFrame, period: str, exposure: pd.Series
) -> tuple[pd.Series, pd.Series]:
    """The limits of the change from a period: unknown where no test fits."""
    value, other = rows["value"], rows[period]
    ratio_low, ratio_high = ratio_interval(value, other, exposure)
    # Without an event before, the ratio has no upper limit.
    count_low = np.where(other > 0, other * ratio_low - other, np.nan)
    count_high = np.where(other > 0, other * ratio_high - other, np.nan)
    share_low, share_high = difference_interval(
        rows["part"], rows["whole"], rows[f"part_{period}"], rows[f"whole_{period}"]
    )
    is_known = value.notna() & other.notna()
    is_count, is_share = rows["kind"] == "count", rows["kind"] == "share"

    def chosen(of_count: np.ndarray, of_share: np.ndarray) -> pd.Series:
        limits = np.select([is_count, is_share], [of_count, of_share], np.nan)
        return pd.Series(limits, rows.index).where(is_known)

    return chosen(count_low, share_low), chosen(count_high, share_high)


def _days(from_on: pd.Series, to_on: pd.Series) -> pd.Series:
    return (pd.to_datetime(to_on) - pd.to_datetime(from_on)).dt.days + 1
