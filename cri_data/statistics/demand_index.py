"""The index of demand: 100 = what the same agencies would ask at the nation's rate.

A standardized ratio, observed / expected, with the exact interval of its count (Garwood
1936). A number of fewer than 20 events is not reliable (National Center for Health
Statistics), nor is one whose interval includes 100: such an index is not clear.
"""

import numpy as np
import pandas as pd

from cri_data.statistics.exact import poisson_interval

# As the national rate.
SAME = 100.0

# Fewer requests are few: a rate of them is not reliable, and an index never clear.
FEWEST_EVENTS = 20


def answer(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the index of their requests, its 95% limits, and what is not clear.

    Where nothing is expected, there is no index.
    """
    requests = rows["requests"].to_numpy(np.float64)
    expected = rows["requests_expected"].to_numpy(np.float64)
    for_one = np.divide(SAME, expected, out=np.full(len(rows), np.nan), where=expected > 0)
    low, high = poisson_interval(requests)
    low, high = low * for_one, high * for_one
    return rows.assign(
        demand_index=requests * for_one,
        demand_index_low=low,
        demand_index_high=high,
        is_few_requests=requests < FEWEST_EVENTS,
        is_index_clear=(requests >= FEWEST_EVENTS) & ((low > SAME) | (high < SAME)),
    )
