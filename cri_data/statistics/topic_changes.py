"""Rising and falling topics: this year to date against the same days of last year.

An exact test of the ratio of two counts (Przyborowski and Wilenski 1940) for each topic,
with the days of both as exposures, adjusted for the number of topics (Benjamini and
Hochberg 1995).
"""

import numpy as np
import pandas as pd

from cri_data.statistics.exact import ratio_interval, ratio_p_value
from cri_data.statistics.multiple_tests import adjusted

# An adjusted p-value under it is a clear change.
CLEAR = 0.05

RISING, FALLING, NOT_CLEAR = "rising", "falling", "not clear"


def answer(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the limits of their change, their p-values, and which way they go.

    `change_low` and `change_high` are those of the share of change: 0.5 is half as many
    again. Where last year is not known, or both years have none, there is no test.
    """
    this_year = rows["requests"].to_numpy(np.float64)
    last_year = rows["requests_last_year"].to_numpy(np.float64)
    exposure = (rows["days_of_year"] / rows["days_of_last_year"]).to_numpy(np.float64)
    low, high = ratio_interval(this_year, last_year, exposure)
    p_value = ratio_p_value(this_year, last_year, exposure)
    p_adjusted = adjusted(p_value)
    is_more = this_year > last_year * exposure
    return rows.assign(
        share_of_change_low=low - 1,
        # Without a request last year there is no upper limit.
        share_of_change_high=np.where(np.isinf(high), np.nan, high - 1),
        p_value=p_value,
        p_value_adjusted=p_adjusted,
        direction=np.where(
            p_adjusted < CLEAR, np.where(is_more, RISING, FALLING), NOT_CLEAR
        ),
    )
