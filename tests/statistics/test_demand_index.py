"""The index of demand: observed by expected, with its exact interval, and what is clear."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cri_data.statistics import demand_index


def index_of(requests: list[int], expected: list[float]) -> pd.DataFrame:
    rows = pd.DataFrame({"requests": requests, "requests_expected": expected})
    return demand_index.answer(rows)


def test_published_limits_of_ten_events():
    """National Vital Statistics Reports: 0.47954 and 1.83904 times the observed."""
    (row,) = index_of([10], [10.0]).to_dict("records")
    assert row["demand_index"] == 100
    assert row["demand_index_low"] == pytest.approx(47.954, abs=1e-3)
    assert row["demand_index_high"] == pytest.approx(183.904, abs=1e-3)


def test_limits_are_those_of_scipy():
    requests, expected = [0, 3, 25, 140], [2.5, 8.0, 12.5, 150.0]
    answer = index_of(requests, expected)
    low = stats.chi2.ppf(0.025, 2 * np.array(requests)) / 2 / expected * 100
    high = stats.chi2.ppf(0.975, 2 * np.array(requests) + 2) / 2 / expected * 100
    assert list(answer.demand_index_low) == pytest.approx(list(np.nan_to_num(low)))
    assert list(answer.demand_index_high) == pytest.approx(list(high))


@pytest.mark.parametrize(
    ("requests", "expected", "is_clear"),
    [
        (40, 20.0, True),
        (20, 50.0, True),
        # The interval includes 100.
        (25, 20.0, False),
        # Far from 100, but fewer than 20 requests.
        (19, 2.0, False),
        (0, 60.0, False),
    ],
)
def test_an_index_is_clear_with_enough_requests_away_from_100(requests, expected, is_clear):
    answer = index_of([requests], [expected])
    assert answer.is_index_clear[0] == is_clear
    assert answer.is_few_requests[0] == (requests < 20)


def test_where_nothing_is_expected_there_is_no_index():
    answer = index_of([0], [0.0])
    assert answer.demand_index.isna().all()
    assert answer.demand_index_high.isna().all()
    assert not answer.is_index_clear.any()
    assert index_of([], []).empty
