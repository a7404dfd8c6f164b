"""Assignment under capacities: against every possibility, and against the LP's bound."""

from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cri_data.matching import assignment
from cri_data.matching.assignment import (
    NOBODY,
    Assignment,
    Problem,
    best,
    greedy,
    linear_bound,
    named,
    problem_of,
)


def problem(fit: list, hours: list, room: list) -> Problem:
    requests = tuple(f"R{number}" for number in range(len(fit)))
    partners = tuple(f"P{number}" for number in range(len(room)))
    table = np.array(fit, float).reshape(len(requests), len(partners))
    return Problem(requests, partners, table, np.array(hours, float), np.array(room, float))


def is_allowed(of: Problem, found: Assignment) -> bool:
    """Whether each request has a partner that may take it, and none takes too much."""
    served = [(at, one) for at, one in enumerate(found.partner_of) if one != NOBODY]
    load = np.zeros(len(of.partner_ids))
    for at, partner in served:
        load[partner] += of.hours[at]
    total = sum(of.fit[at, partner] for at, partner in served)
    return (
        not np.isnan(total)
        and bool((load <= of.room + 1e-6).all())
        and found.total_fit == pytest.approx(total)
        and found.left_out == len(of.request_ids) - len(served)
        and np.allclose(found.load, load)
    )


def by_brute_force(of: Problem) -> float:
    """The largest total fit, of all ways to give each request a partner or none."""
    found = 0.0
    for choice in product(range(-1, len(of.partner_ids)), repeat=len(of.request_ids)):
        load, total = [0.0] * len(of.partner_ids), 0.0
        for at, partner in enumerate(choice):
            if partner >= 0:
                load[partner] += of.hours[at]
                total += of.fit[at, partner]
        if not np.isnan(total) and all(
            used <= room + 1e-9 for used, room in zip(load, of.room, strict=True)
        ):
            found = max(found, total)
    return found


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    requests, partners = draw(st.integers(0, 4)), draw(st.integers(0, 3))
    fits = st.one_of(st.just(np.nan), st.integers(0, 100))
    hours = st.sampled_from([0, 1, 2, 5, 8.5])
    room = st.sampled_from([0, 1, 4, 10, 100, np.inf])
    return (
        problem(
            [draw(fits) for _ in range(requests * partners)]
            if partners
            else [[] for _ in range(requests)],
            [draw(hours) for _ in range(requests)],
            [draw(room) for _ in range(partners)],
        )
        if not (requests and partners)
        else problem(
            [[draw(fits) for _ in range(partners)] for _ in range(requests)],
            [draw(hours) for _ in range(requests)],
            [draw(room) for _ in range(partners)],
        )
    )


@settings(max_examples=60, deadline=None, derandomize=True)
@given(of=problems())
def test_it_is_the_best_of_all_possibilities(of: Problem) -> None:
    found, simple = best(of), greedy(of)
    assert is_allowed(of, found)
    assert is_allowed(of, simple)
    assert found.total_fit == pytest.approx(by_brute_force(of))
    assert simple.total_fit <= found.total_fit + 1e-9
    assert found.total_fit <= linear_bound(of) + 1e-6


def test_greedy_gives_up_what_the_best_one_does_not() -> None:
    # The first takes the partner that the second needs.
    of = problem([[90, 80], [85, np.nan]], [10, 10], [10, 10])
    assert named(of, greedy(of)) == [("R0", "P0"), ("R1", None)]
    assert named(of, best(of)) == [("R0", "P1"), ("R1", "P0")]
    assert (greedy(of).left_out, best(of).left_out) == (1, 0)
    assert (greedy(of).total_fit, best(of).total_fit) == (90, 165)


def test_without_capacity_nobody_is_assigned() -> None:
    of = problem([[90, 80], [85, 70]], [10, 10], [0, 5])
    for found in (greedy(of), best(of)):
        assert (found.total_fit, found.left_out) == (0, 2)
        assert list(found.load) == [0, 0]
    assert linear_bound(of) == 0


def test_nobody_may_take_anything() -> None:
    of = problem([[np.nan], [np.nan]], [1, 1], [100])
    assert best(of).left_out == greedy(of).left_out == 2


def test_an_unknown_capacity_has_no_limit() -> None:
    of = problem([[50], [60], [70]], [1e6, 1e6, 1e6], [np.inf])
    assert best(of).left_out == greedy(of).left_out == 0


def test_ties_go_to_the_first_and_the_same_problem_has_the_same_answer() -> None:
    of = problem([[50, 50]] * 4, [1] * 4, [2, 2])
    assert list(greedy(of).partner_of) == [0, 0, 1, 1]
    assert list(best(of).partner_of) == list(best(of).partner_of)


@pytest.mark.long
def test_a_large_one_is_near_what_is_possible() -> None:
    chance = np.random.default_rng(7)
    requests, partners = 2_000, 60
    topics = chance.integers(0, 14, requests)
    expertise = chance.random((partners, 14)) < 0.4
    fit = chance.uniform(20, 95, (requests, partners))
    fit[~expertise[:, topics].T] = np.nan
    hours = (np.round(chance.uniform(5, 45, 14) * 2) / 2)[topics]
    room = chance.uniform(0.2, 1.8, partners)
    room *= 0.9 * hours.sum() / room.sum()
    of = replace(problem([[0]], [0], [0]), request_ids=tuple(map(str, range(requests))))
    of = replace(
        of, partner_ids=tuple(map(str, range(partners))), fit=fit, hours=hours, room=room
    )
    found, bound = best(of), linear_bound(of)
    assert is_allowed(of, found)
    assert 0.98 * bound < found.total_fit <= bound + 1e-6
    assert found.total_fit > greedy(of).total_fit


def test_the_large_way_is_the_small_way_where_nothing_is_scarce(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance = np.random.default_rng(3)
    of = problem(
        chance.uniform(0, 100, (12, 3)).tolist(),
        chance.uniform(1, 9, 12).tolist(),
        [90] * 3,
    )
    exact = best(of).total_fit
    monkeypatch.setattr(assignment, "MOST_EXACT", 0)
    assert best(of).total_fit == pytest.approx(exact)


def test_the_problem_of_scored_pairs() -> None:
    rows = [
        ("R2", "PB", 70.0, False, 20.0, 100.0, 30.0),
        ("R2", "PA", 60.0, True, 20.0, None, 5.0),
        ("R1", "PA", 50.0, False, None, None, 5.0),
        ("R1", "PB", 40.0, False, None, 100.0, 30.0),
    ]
    names = ["request_id", "partner_id", "fit", "is_outside", "hours_usual"]
    of = problem_of(
        pd.DataFrame(rows, columns=[*names, "hours_of_capacity", "hours_booked"])
    )
    assert of.request_ids == ("R2", "R1")
    assert of.partner_ids == ("PA", "PB")
    np.testing.assert_array_equal(of.fit, [[np.nan, 70], [50, 40]])
    assert list(of.hours) == [20, 0]
    assert list(of.room) == [np.inf, 70]
