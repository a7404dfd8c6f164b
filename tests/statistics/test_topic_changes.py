"""Rising and falling: exact tests of two years, adjusted for how many there are."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from cri_data.statistics import topic_changes
from cri_data.statistics.exact import is_ratio_clear, ratio_p_value
from cri_data.statistics.multiple_tests import adjusted

PAIRS = [(60, 40), (10, 25), (0, 6), (7, 0), (1, 1), (30, 14), (0, 1), (3, 3), (90, 30)]


def changes(this_year: list, last_year: list, days: tuple = (365, 365)) -> pd.DataFrame:
    return topic_changes.answer(
        pd.DataFrame(
            {
                "requests": this_year,
                "requests_last_year": last_year,
                "days_of_year": days[0],
                "days_of_last_year": days[1],
            }
        )
    )


@pytest.mark.parametrize("counts", PAIRS)
@pytest.mark.parametrize("exposure", [1, 366 / 365, 3])
def test_p_values_are_twice_the_smaller_tail_of_the_binomial_test(counts, exposure):
    share = exposure / (1 + exposure)
    tails = [
        stats.binomtest(counts[0], sum(counts), share, side).pvalue
        for side in ("less", "greater")
    ]
    p_value = ratio_p_value(*counts, exposure)
    assert p_value == pytest.approx(min(2 * min(tails), 1))
    assert (p_value < 0.05) == is_ratio_clear(*counts, exposure)


def test_without_events_in_both_years_there_is_no_test():
    assert np.isnan(ratio_p_value(0, 0))
    assert np.isnan(ratio_p_value(5, np.nan))


@pytest.mark.parametrize("seed", range(20))
def test_adjusted_p_values_are_those_of_statsmodels(seed: int):
    chance = np.random.default_rng(seed)
    p_values = chance.random(1 + seed) ** chance.integers(1, 5)
    _, expected, *_ = multipletests(p_values, method="fdr_bh")
    assert adjusted(p_values) == pytest.approx(expected)


def test_unknown_p_values_are_no_tests():
    answer = adjusted([0.02, np.nan, 0.04])
    assert answer[[0, 2]] == pytest.approx([0.04, 0.04])
    assert np.isnan(answer[1])
    assert len(adjusted([])) == 0


def test_benjamini_and_hochberg_1995():
    """Their example: of 15 hypotheses, the first four are rejected at 5%."""
    published = [
        *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
        *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
    ]
    assert (adjusted(published) < 0.05).sum() == 4


def test_a_change_is_clear_only_after_adjusting():
    # Alone, 60 against 40 would not be clear at all, 30 against 14 would be.
    alone = changes([30], [14])
    assert list(alone.direction) == ["rising"]
    among = changes([30, *[10] * 13], [14, *[10] * 13])
    assert list(among.direction) == ["not clear"] * 14
    strong = changes([90, 5, *[10] * 12], [30, 40, *[10] * 12])
    assert list(strong.direction) == ["rising", "falling", *["not clear"] * 12]


def test_limits_of_a_change():
    answer = changes([30, 7, 0], [14, 0, 0])
    low, high = answer.share_of_change_low, answer.share_of_change_high
    exact = stats.binomtest(30, 44).proportion_ci(0.95, "exact")
    assert low[0] == pytest.approx(exact.low / (1 - exact.low) - 1)
    assert high[0] == pytest.approx(exact.high / (1 - exact.high) - 1)
    # None last year: no upper limit. None in both: none at all.
    assert low[1] > -1
    assert np.isnan([high[1], low[2], high[2]]).all()


def test_a_longer_year_is_no_change():
    assert changes([366], [365], (366, 365)).p_value[0] == pytest.approx(1, abs=0.03)
    of_half = changes([100], [50], (300, 150))
    assert of_half.direction[0] == "not clear"


def test_what_last_year_was_is_not_known():
    answer = changes([40, 3], [None, None])
    assert list(answer.direction) == ["not clear"] * 2
    assert answer.p_value_adjusted.isna().all()
    assert changes([], []).empty
