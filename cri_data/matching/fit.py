"""How well each partner fits each request: a score per criterion, and a weighted mean."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cri_data.matching.criteria import CRITERIA, usable_weights

Floats = NDArray[np.float64]

# What is not known counts as half: neither for the partner nor against it.
UNKNOWN_SCORE = 0.5

# A fit is from 0 to this.
BEST_FIT = 100.0

# A distance at which a score has halved.
HALF_MILES = 250.0

# So many measurements at the share of all partners are added to a partner's own.
PRIOR_MEASUREMENTS = 10.0

# So many engagements make half of the score for similar agencies.
HALF_ENGAGEMENTS = 5.0

_EXPERTISE = {"primary": 1.0, "other": 0.5, "none": 0.0}


def scored_pairs(pairs: pd.DataFrame, weights: Mapping[str, float]) -> pd.DataFrame:
    """The pairs with their scores and fit, for each request the best first.

    `score_<criterion>` is from 0 to 1, NaN if not known. `fit` is their weighted mean from
    0 to 100, an unknown score counting as half; `fit_low` and `fit_high` are what it could
    be if all unknown scores were 0 or 1. `rank` begins at 1 for each request. `is_outside`
    is true where none of the request's topics is in the partner's expertise: these come
    last, unless expertise has no weight. Among equals, the order is by partner_id, and
    `is_tied` says that another partner has the same fit as a whole number.
    """
    used = usable_weights(weights)
    scores = scores_of(pairs)
    weight = np.array([used[one.name] for one in CRITERIA])
    known = ~np.isnan(scores)
    fits = {
        name: BEST_FIT * (np.where(known, scores, instead) @ weight) / weight.sum()
        for name, instead in (("fit", UNKNOWN_SCORE), ("fit_low", 0.0), ("fit_high", 1.0))
    }
    columns = {f"score_{one.name}": scores[:, at] for at, one in enumerate(CRITERIA)}
    unknowns = (~known & (weight > 0)).sum(axis=1)
    is_outside = (pairs["expertise"] == "none").to_numpy(bool) & (used["expertise"] > 0)
    found = pairs.assign(**columns, **fits, unknowns=unknowns, is_outside=is_outside)
    return _ranked(found)


def scores_of(pairs: pd.DataFrame) -> Floats:
    """The scores, a column for each criterion in their order. NaN is not known."""
    made: dict[str, Floats] = {
        "expertise": _numbers(
            pairs.assign(known=pairs["expertise"].map(_EXPERTISE)), "known"
        ),
        "outcomes": _improved(pairs),
        "near_work": _near(_numbers(pairs, "miles_from_work")),
        "near_base": _near(_numbers(pairs, "miles_from_base")),
        "alike": _alike(pairs),
        "room": _room(pairs),
        "dates": _numbers(pairs, "days_selected") / _numbers(pairs, "days_planned"),
    }
    scores = np.empty((len(pairs), len(CRITERIA)))
    for at, one in enumerate(CRITERIA):
        scores[:, at] = made[one.name]
    return scores


def _numbers(pairs: pd.DataFrame, name: str) -> Floats:
    values = pairs[name].astype("Float64").to_numpy(np.float64, na_value=np.nan)
    return np.asarray(values, dtype=np.float64).reshape(len(pairs))


def _improved(pairs: pd.DataFrame) -> Floats:
    """The share that improved, drawn toward that of all partners; NaN without any."""
    n, improved = _numbers(pairs, "n"), _numbers(pairs, "outcomes_improved")
    of_all = _numbers(pairs, "share_improved_by_all")
    of_all = np.where(np.isnan(of_all), UNKNOWN_SCORE, of_all)
    drawn = (improved + PRIOR_MEASUREMENTS * of_all) / (n + PRIOR_MEASUREMENTS)
    return np.where(n > 0, drawn, np.nan)


def _near(miles: Floats) -> Floats:
    return np.asarray(np.exp2(-miles / HALF_MILES), dtype=np.float64)


def _alike(pairs: pd.DataFrame) -> Floats:
    """The mean over type and size, of those that are known of the agency."""
    both = np.column_stack(
        [_numbers(pairs, name) for name in ("engagements_of_type", "engagements_of_size")]
    )
    shares = both / (both + HALF_ENGAGEMENTS)
    known = ~np.isnan(shares)
    count = known.sum(axis=1)
    total = np.where(known, shares, 0.0).sum(axis=1)
    return np.divide(total, count, out=np.full(len(pairs), np.nan), where=count > 0)


def _room(pairs: pd.DataFrame) -> Floats:
    """The share of capacity that is free. A capacity of 0 has none."""
    capacity = _numbers(pairs, "hours_of_capacity")
    free = np.maximum(capacity - _numbers(pairs, "hours_booked"), 0.0)
    shares = np.divide(free, capacity, out=np.zeros(len(pairs)), where=capacity > 0)
    return np.where(np.isnan(capacity), np.nan, shares)


def whole_fit(fit: pd.Series) -> pd.Series:
    """The fit as a whole number, as it is shown. Halves are rounded up."""
    return np.floor(fit + 0.5).astype("int64")


def _ranked(found: pd.DataFrame) -> pd.DataFrame:
    """In the requests' order, each with its partners from the best on."""
    order = found.assign(
        place=pd.factorize(found["request_id"])[0],
        # What differs by the order of additions alone is no difference.
        worse=-found["fit"].round(9),
        shown=whole_fit(found["fit"].round(9)),
    ).sort_values(["place", "is_outside", "worse", "partner_id"], kind="stable")
    alike = order.groupby(["place", "is_outside", "shown"])["partner_id"].transform("size")
    ranked = order.assign(rank=order.groupby("place").cumcount() + 1, is_tied=alike > 1)
    return ranked.drop(columns=["place", "worse", "shown"]).reset_index(drop=True)
