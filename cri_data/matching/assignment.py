"""All waiting requests together: which partner takes which, under the partners' capacities.

A request goes to one partner or to none. A partner takes no more than its free hours. The
best assignment has the largest total fit (a generalized assignment problem, solved by mixed
integer programming); the greedy one lets each request take the best that is left.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import optimize, sparse

Floats = NDArray[np.float64]

# No partner.
NOBODY = -1

# Up to so many pairs, the assignment is exact.
MOST_EXACT = 1_500

# A search ends at this share below the best one that is still possible.
RELATIVE_GAP = 1e-6

# A share of a request as large as this, but for rounding, is all of it.
_WHOLE = 1e-6

# The search ends after so many branches: unlike seconds, they are the same everywhere.
MOST_NODES = 2_000

# What floating-point sums of hours may differ by.
_SLACK = 1e-9


@dataclass(frozen=True)
class Problem:
    """Requests in the order in which the greedy assignment takes them, and partners.

    `fit` has a row for each request and a column for each partner; NaN where the partner
    may not take the request. `hours` are those of each request; `room` the free hours of
    each partner, infinite if its capacity is not known.
    """

    request_ids: tuple[str, ...]
    partner_ids: tuple[str, ...]
    fit: Floats
    hours: Floats
    room: Floats


@dataclass(frozen=True)
class Assignment:
    """For each request, the column of its partner, or NOBODY."""

    partner_of: NDArray[np.int64]
    total_fit: float
    left_out: int
    load: Floats


def problem_of(scored: pd.DataFrame) -> Problem:
    """The problem of scored pairs. Partners outside the topics may not take a request.

    A request whose usual hours are not known counts with none.
    """
    requests = list(dict.fromkeys(scored["request_id"]))
    partners = sorted(set(scored["partner_id"]))
    rows = pd.Categorical(scored["request_id"], categories=requests).codes
    columns = pd.Categorical(scored["partner_id"], categories=partners).codes
    fit = np.full((len(requests), len(partners)), np.nan)
    fit[rows, columns] = np.where(scored["is_outside"], np.nan, scored["fit"])
    hours, room = np.zeros(len(requests)), np.zeros(len(partners))
    hours[rows] = scored["hours_usual"].astype("float64").fillna(0.0)
    free = scored["hours_of_capacity"].astype("float64") - scored["hours_booked"]
    room[columns] = free.clip(lower=0.0).fillna(np.inf)
    return Problem(tuple(requests), tuple(partners), fit, hours, room)


def greedy(problem: Problem) -> Assignment:
    """Each request in turn takes the best partner that still has room. Ties: the first."""
    partner_of = np.full(len(problem.request_ids), NOBODY, np.int64)
    left = problem.room.copy()
    for request, hours in enumerate(problem.hours):
        fits = np.where(left + _SLACK >= hours, problem.fit[request], np.nan)
        if not np.isnan(fits).all():
            partner = int(np.nanargmax(fits))
            partner_of[request] = partner
            left[partner] -= hours
    return _assigned(problem, partner_of)


def best(problem: Problem) -> Assignment:
    """The assignment with the largest total fit: exact if there are few pairs.

    With many, the linear program is solved first. It splits few requests, no more than
    there are partners; all others stay where it puts them, and those few are assigned
    exactly under what room is left. Never worse than the greedy one. The same problem has
    the same answer.
    """
    pairs = _Pairs.of(problem)
    fixed = np.full(len(problem.request_ids), NOBODY, np.int64)
    if pairs.count > MOST_EXACT:
        shares, _ = _linear(pairs)
        is_whole = shares > 1 - _WHOLE
        fixed[pairs.request[is_whole]] = pairs.partner[is_whole]
    rest = _without(problem, fixed)
    pairs = _Pairs.of(rest)
    is_taken = _whole_program(pairs) > 0.5
    partner_of = fixed.copy()
    partner_of[pairs.request[is_taken]] = pairs.partner[is_taken]
    found, fallback = _assigned(problem, partner_of), greedy(problem)
    return found if found.total_fit > fallback.total_fit else fallback


def _without(problem: Problem, fixed: NDArray[np.int64]) -> Problem:
    """The problem that is left once these requests have their partner."""
    taken = fixed != NOBODY
    fit = np.where(taken[:, None], np.nan, problem.fit)
    room = problem.room - _assigned(problem, fixed).load
    return replace(problem, fit=fit, room=np.maximum(room, 0.0))


def _whole_program(pairs: "_Pairs") -> Floats:
    """1 for each pair of the best assignment, 0 for others."""
    if not pairs.count:
        return np.zeros(0)
    answer = optimize.milp(
        -pairs.fit,
        integrality=np.ones(pairs.count),
        bounds=optimize.Bounds(0, 1),
        constraints=optimize.LinearConstraint(pairs.sums, -np.inf, pairs.limits),
        options={"mip_rel_gap": RELATIVE_GAP, "node_limit": MOST_NODES},
    )
    return np.zeros(pairs.count) if answer.x is None else answer.x


def _linear(pairs: "_Pairs") -> tuple[Floats, float]:
    """The shares of each pair that have the largest total fit, and that fit."""
    answer = optimize.linprog(
        -pairs.fit, A_ub=pairs.sums, b_ub=pairs.limits, bounds=(0, 1), method="highs"
    )
    return answer.x, float(-answer.fun)


def linear_bound(problem: Problem) -> float:
    """No assignment has a larger total fit: that of one that may split requests."""
    pairs = _Pairs.of(problem)
    return _linear(pairs)[1] if pairs.count else 0.0


@dataclass(frozen=True)
class _Pairs:
    """Each request with each partner that may take it, as variables of a program.

    `sums` times the variables may be at most `limits`: one partner for each request, and
    the free hours of each partner whose capacity is known.
    """

    request: NDArray[np.int64]
    partner: NDArray[np.int64]
    fit: Floats
    sums: sparse.csr_array
    limits: Floats

    @property
    def count(self) -> int:
        """The number of pairs."""
        return len(self.fit)

    @classmethod
    def of(cls, problem: Problem) -> "_Pairs":
        """The pairs of a problem, in the order of requests and partners."""
        fits_alone = problem.hours[:, None] <= problem.room[None, :] + _SLACK
        request, partner = np.nonzero(~np.isnan(problem.fit) & fits_alone)
        count, limited = len(request), np.isfinite(problem.room)
        at = np.arange(count)
        one_each = sparse.csr_array(
            (np.ones(count), (request, at)), shape=(len(problem.request_ids), count)
        )
        hours = sparse.csr_array(
            (problem.hours[request], (partner, at)),
            shape=(len(problem.partner_ids), count),
        )[np.flatnonzero(limited)]
        limits = np.concatenate([np.ones(len(problem.request_ids)), problem.room[limited]])
        sums = sparse.vstack([one_each, hours], format="csr")
        return cls(request, partner, problem.fit[request, partner], sums, limits)


def _assigned(problem: Problem, partner_of: NDArray[np.int64]) -> Assignment:
    taken = np.flatnonzero(partner_of != NOBODY)
    load = np.zeros(len(problem.partner_ids))
    np.add.at(load, partner_of[taken], problem.hours[taken])
    total = float(problem.fit[taken, partner_of[taken]].sum())
    return Assignment(partner_of, total, len(partner_of) - len(taken), load)


def named(problem: Problem, assignment: Assignment) -> Sequence[tuple[str, str | None]]:
    """Each request's ID with the ID of its partner, or None."""
    return [
        (request_id, None if partner == NOBODY else problem.partner_ids[partner])
        for request_id, partner in zip(
            problem.request_ids, assignment.partner_of, strict=True
        )
    ]
