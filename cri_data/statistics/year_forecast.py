"""A forecast of how many requests a fiscal year will have: exponential smoothing by month.

Holt and Winters' method with additive seasons (Hyndman and Athanasopoulos, Forecasting, 3rd
ed., chapter 8), fitted by statsmodels; the intervals are of simulated paths, so they are of
the year's sum. In the latest years the method is tried from the same month on, and shown
only if it does better there than repeating the year before.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from statsmodels.tsa.holtwinters import ExponentialSmoothing, HoltWintersResults

Numbers = NDArray[np.float64]

_MONTHS = 12
# Whole months without which nothing is forecast: two to learn from, one to try.
_FEWEST = 3 * _MONTHS
# So many fiscal years are shown, and so many of the latest are tried.
_SHOWN, _TRIED = 4, 3
_PATHS = 1000
_QUANTILES = {"low_95": 0.025, "low_80": 0.1, "high_80": 0.9, "high_95": 0.975}

TOO_SHORT = f"A forecast needs {_FEWEST} whole months of data."
TOO_FEW = "A forecast needs at least one request a month on average."
NO_BETTER = "In past years, the forecast was no better than repeating the year before."


@dataclass(frozen=True)
class Trial:
    """Mean absolute errors in past years.

    Of a month as forecast, of one repeated from the year before, and of the year's total
    as a share of it.
    """

    error: float
    error_of_repeating: float
    share_of_total: float


def answer(rows: pd.DataFrame) -> pd.DataFrame:
    """The latest fiscal years by month, with forecast months at their end.

    Adds `requests_so_far` (from October on), `is_forecast`, the limits of the year so far
    (`low_80` …), `forecast_error` (mean absolute error of past years' totals, as a share),
    and `no_forecast`: why there is none.
    """
    shown = rows.assign(
        requests=rows["requests"].astype("Int64"),
        requests_so_far=rows.groupby("fiscal_year")["requests"].cumsum().astype(float),
        is_forecast=False,
        forecast_error=np.nan,
        no_forecast=None,
        **dict.fromkeys(_QUANTILES, np.nan),
    )
    if rows.empty:
        return shown
    ahead, reason = _months_ahead(rows)
    if ahead is None:
        shown["no_forecast"] = reason
    else:
        shown = pd.concat([shown, ahead], ignore_index=True)
    first = shown["fiscal_year"].max() - _SHOWN + 1
    return shown[shown["fiscal_year"] >= first].reset_index(drop=True)


def _months_ahead(rows: pd.DataFrame) -> tuple[pd.DataFrame | None, str]:
    is_whole = (rows["share_of_month"] >= 1).to_numpy()
    values = rows["requests"].to_numpy(np.float64)[is_whole]
    if len(values) < _FEWEST:
        return None, TOO_SHORT
    if values[-_FEWEST:].mean() < 1:
        return None, TOO_FEW
    after = pd.Timestamp(rows["month_on"][is_whole].iloc[-1]) + pd.offsets.MonthBegin(1)
    ahead = (9 - after.month) % _MONTHS + 1
    tried = trial(values, ahead)
    if tried.error >= tried.error_of_repeating:
        return None, NO_BETTER
    return _forecast(rows, values, after, ahead, tried), ""


def _forecast(
    rows: pd.DataFrame, values: Numbers, after: pd.Timestamp, ahead: int, tried: Trial
) -> pd.DataFrame:
    months = pd.date_range(after, periods=ahead, freq="MS")
    year = months[0].year + (months[0].month >= 10)
    whole_months = paths(values, ahead)
    # Of a month that is not over, what was received is known.
    partial = rows[rows["share_of_month"] < 1]
    if len(partial):
        received, over = partial["requests"].iloc[0], partial["share_of_month"].iloc[0]
        whole_months[0] = received + whole_months[0] * (1 - over)
    is_known = (rows["fiscal_year"] == year) & (rows["share_of_month"] >= 1)
    sums = rows["requests"][is_known].sum() + whole_months.cumsum(axis=0)
    limits = {
        name: np.quantile(sums, at, axis=1).round(1) for name, at in _QUANTILES.items()
    }
    return pd.DataFrame(
        {
            "month_on": months.astype(rows["month_on"].dtype),
            "fiscal_year": year,
            "requests": pd.array([pd.NA] * ahead, dtype="Int64"),
            "share_of_month": 0.0,
            "requests_so_far": sums.mean(axis=1).round(1),
            "is_forecast": True,
            "forecast_error": tried.share_of_total,
            "no_forecast": None,
            **limits,
        }
    )


def fitted(values: Numbers, seasons: int | None = _MONTHS) -> HoltWintersResults:
    """Exponential smoothing without a trend, with additive seasons or none."""
    model = ExponentialSmoothing(
        values,
        seasonal="add" if seasons else None,
        seasonal_periods=seasons,
        initialization_method="heuristic" if seasons else "estimated",
    )
    return model.fit()


def paths(values: Numbers, ahead: int) -> Numbers:
    """Simulated months ahead (rows) of many paths (columns), never below zero.

    The same values give the same paths.
    """
    simulated = fitted(values).simulate(
        ahead, repetitions=_PATHS, error="add", rng=np.random.default_rng(0)
    )
    return np.maximum(np.asarray(simulated, dtype=np.float64).reshape(ahead, -1), 0)


def trial(values: Numbers, ahead: int) -> Trial:
    """How far forecasts of `ahead` months were off, from the same month of past years."""
    errors, of_repeating, of_totals = [], [], []
    for years in range(1, _TRIED + 1):
        known = len(values) - years * _MONTHS
        if known < 2 * _MONTHS:
            break
        real = values[known : known + ahead]
        forecast = np.asarray(fitted(values[:known]).forecast(ahead))
        repeated = values[known - _MONTHS : known - _MONTHS + ahead]
        errors.append(np.abs(forecast - real).mean())
        of_repeating.append(np.abs(repeated - real).mean())
        begun = values[known + ahead - _MONTHS : known + ahead].sum()
        of_totals.append(abs(forecast.sum() - real.sum()) / begun if begun else np.nan)
    return Trial(*(float(np.mean(one)) for one in (errors, of_repeating, of_totals)))
