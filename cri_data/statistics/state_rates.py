"""Rates of states: the index of demand, rates drawn together, and limits of a funnel plot.

A state with few agencies has a high or low rate by chance. Drawn together (shrunk) are the
rates by empirical Bayes, global estimate, method of moments (Marshall 1991). The limits are
those within which a state of so many agencies stays if its agencies ask at the rate of all
(Spiegelhalter 2005, Poisson, interpolated).
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from cri_data.statistics import demand_index

Array = NDArray[np.float64]

PER_AGENCIES = 1000.0

# The tails of the funnel's limits: 95% and 99.8%, by column.
LIMITS = {
    "limit_95_low": 0.025,
    "limit_95_high": 0.975,
    "limit_998_low": 0.001,
    "limit_998_high": 0.999,
}

WITHIN, ABOVE, BELOW = "within 95% limits", "above {}% limit", "below {}% limit"


def answer(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with their index, their shrunk rate, and the limits of the funnel.

    Rates and limits are per 1,000 agencies per year. Without a period they are unknown.
    """
    requests = rows["requests"].to_numpy(np.float64)
    agency_years = (rows["agencies"] * rows["years"]).to_numpy(np.float64)
    rates = requests / agency_years
    average = requests.sum() / agency_years.sum() if len(rows) else np.nan
    limits = {
        column: PER_AGENCIES * funnel_limit(tail, average, agency_years)
        for column, tail in LIMITS.items()
    }
    return demand_index.answer(rows).assign(
        shrunk_requests_per_1000_agencies_per_year=PER_AGENCIES
        * shrunk_rates(requests, agency_years),
        average_per_1000_agencies_per_year=PER_AGENCIES * average,
        **limits,
        funnel=positions(PER_AGENCIES * rates, limits),
    )


def shrunk_rates(events: Array, exposures: Array) -> Array:
    """Each rate drawn toward that of all, the more the smaller its exposure (Marshall)."""
    if not len(events):
        return events
    average = events.sum() / exposures.sum()
    rates = events / exposures
    spread = (exposures * (rates - average) ** 2).sum() / exposures.sum()
    between = max(spread - average / exposures.mean(), 0.0)
    if not average:
        return rates
    weights = between / (between + average / exposures)
    return average + weights * (rates - average)


def funnel_limit(tail: float, average: float, exposures: Array) -> Array:
    """The rate below which a share of `tail` falls at the average rate."""
    expected = average * exposures
    count = np.ceil(special.pdtrik(tail, expected))
    count = np.where(special.pdtr(count - 1, expected) >= tail, count - 1, count)
    count = np.maximum(count, 0)
    at = special.pdtr(count, expected)
    below = np.where(count > 0, special.pdtr(count - 1, expected), 0.0)
    return np.maximum(count - (at - tail) / (at - below), 0) / exposures


def positions(rates: Array, limits: dict[str, Array]) -> list[str]:
    """Where each rate stands: within the limits, or above or below one of them."""
    return list(
        np.select(
            [
                rates > limits["limit_998_high"],
                rates < limits["limit_998_low"],
                rates > limits["limit_95_high"],
                rates < limits["limit_95_low"],
            ],
            [
                ABOVE.format("99.8"),
                BELOW.format("99.8"),
                ABOVE.format("95"),
                BELOW.format("95"),
            ],
            WITHIN,
        )
    )
