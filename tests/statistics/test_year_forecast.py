"""The forecast of a fiscal year: statsmodels' own, tried on years that are over."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.tsa.holtwinters import ExponentialSmoothing

from cri_data.statistics import year_forecast
from cri_data.statistics.year_forecast import NO_BETTER, TOO_FEW, TOO_SHORT, fitted, trial

SEASONS = np.array([50, 40, 20, 45, 40, 48, 46, 47, 35, 30, 34, 50])


def history(counts: list[int], share_of_last: float = 1.0) -> pd.DataFrame:
    """Months from October 2018 on, as the query gives them."""
    months = pd.date_range("2018-10-01", periods=len(counts), freq="MS")
    shares = [*[1.0] * len(counts), share_of_last]
    return pd.DataFrame(
        {
            "month_on": months,
            "fiscal_year": months.year + (months.month >= 10),
            "requests": counts,
            "share_of_month": shares[1:],
        }
    )


def seasonal(months: int) -> list[int]:
    noise = np.random.default_rng(7).normal(0, 5, months)
    return [max(0, round(one)) for one in np.resize(SEASONS, months) + noise]


def test_a_published_series_is_smoothed_as_published():
    # Hyndman and Athanasopoulos: oil production of Saudi Arabia, 1996 to 2007.
    oil = [446.6565, 454.4733, 455.663, 423.6322, 456.2713, 440.5881]
    oil += [425.3325, 485.1494, 506.0482, 526.792, 514.2689, 494.211]
    params = fitted(np.array(oil), None).params
    assert params["smoothing_level"] == pytest.approx(0.892, abs=2e-3)
    assert params["initial_level"] == pytest.approx(447.478, abs=0.1)


def test_the_rest_of_the_year_is_forecast_with_its_limits():
    counts = seasonal(12 * 6 + 5)
    answer = year_forecast.answer(history(counts))
    ahead = answer[answer.is_forecast]
    assert list(ahead.month_on.dt.month) == [3, 4, 5, 6, 7, 8, 9]
    assert (ahead.fiscal_year == 2025).all()
    # As statsmodels forecasts it, added to what is known.
    model = ExponentialSmoothing(
        *(np.array(counts, float), None),
        seasonal="add",
        seasonal_periods=12,
        initialization_method="heuristic",
    )
    expected = sum(counts[-5:]) + model.fit().forecast(7).sum()
    end = ahead.iloc[-1]
    assert end.requests_so_far == pytest.approx(expected, rel=0.01)
    assert end.low_95 < end.low_80 < end.requests_so_far < end.high_80 < end.high_95
    assert 0 < end.forecast_error < 0.2
    # Four fiscal years are shown, each added up from October on.
    known = answer[~answer.is_forecast]
    assert sorted(set(known.fiscal_year)) == [2022, 2023, 2024, 2025]
    assert known.groupby("fiscal_year").requests_so_far.last()[2024] == sum(counts[60:72])


def test_the_same_history_has_the_same_forecast():
    answers = [year_forecast.answer(history(seasonal(60 + 4))) for _ in range(2)]
    pd.testing.assert_frame_equal(*answers)


def test_of_a_month_that_is_not_over_the_rest_is_forecast():
    counts = seasonal(60 + 4)
    whole = year_forecast.answer(history(counts)).query("is_forecast").iloc[-1]
    # Half of the next month is over, and has 100 requests already.
    begun = year_forecast.answer(history([*counts, 100], 0.5)).query("is_forecast")
    assert len(begun) == 8
    assert begun.month_on.iloc[0] == pd.Timestamp("2024-02-01")
    assert begun.requests_so_far.iloc[-1] > whole.requests_so_far + 50
    assert begun.low_95.iloc[0] >= sum(counts[-4:]) + 100


def test_after_a_whole_fiscal_year_the_next_one_is_forecast():
    ahead = year_forecast.answer(history(seasonal(72))).query("is_forecast")
    assert len(ahead) == 12
    assert (ahead.fiscal_year == 2025).all()


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        (seasonal(35), TOO_SHORT),
        ([1] + [0] * 59, TOO_FEW),
        # Each year as the last: to repeat it is perfect.
        ([*SEASONS] * 6, NO_BETTER),
    ],
)
def test_no_forecast_without_a_reason_to_believe_it(counts, reason):
    answer = year_forecast.answer(history(list(counts)))
    assert not answer.is_forecast.any()
    assert (answer.no_forecast == reason).all()


def test_a_trial_is_of_years_that_the_method_did_not_see():
    values = np.array(seasonal(72), float)
    tried = trial(values, 7)
    ends = (60, 48, 36)
    real = [values[end : end + 7] for end in ends]
    repeated = [values[end - 12 : end - 5] for end in ends]
    assert tried.error_of_repeating == pytest.approx(
        np.abs(np.subtract(real, repeated)).mean()
    )
    forecasts = [fitted(values[:end]).forecast(7) for end in ends]
    assert tried.error == pytest.approx(np.abs(np.subtract(real, forecasts)).mean())
    # A year's total: five months that were known, and the seven.
    totals = [values[end - 5 : end + 7].sum() for end in ends]
    off = np.abs(np.subtract(real, forecasts).sum(axis=1)) / totals
    assert tried.share_of_total == pytest.approx(off.mean())


def test_an_empty_store_has_no_months():
    answer = year_forecast.answer(history([]))
    assert answer.empty
    assert "requests_so_far" in answer
