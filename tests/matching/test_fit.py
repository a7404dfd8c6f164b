"""How well a partner fits: rows made by hand, scores worked out on paper."""

import pandas as pd
import pytest

from cri_data.matching.criteria import CRITERIA, DEFAULT_WEIGHTS, usable_weights
from cri_data.matching.fit import HALF_MILES, scored_pairs, whole_fit

# Everything is known, and every score is worked out below.
KNOWN = {
    "request_id": "R1",
    "partner_id": "PA",
    "expertise": "primary",
    "n": 10,
    "outcomes_improved": 8,
    "share_improved_by_all": 0.6,
    "miles_from_work": HALF_MILES,
    "miles_from_base": 0.0,
    "engagements_of_type": 5,
    "engagements_of_size": 0,
    "hours_of_capacity": 200.0,
    "hours_booked": 50.0,
    "days_selected": 45,
    "days_planned": 90,
}
UNKNOWN = {
    "expertise": None,
    "n": None,
    "outcomes_improved": None,
    "share_improved_by_all": None,
    "miles_from_work": None,
    "miles_from_base": None,
    "engagements_of_type": None,
    "engagements_of_size": None,
    "hours_of_capacity": None,
}


def pairs(*rows: dict) -> pd.DataFrame:
    return pd.DataFrame([KNOWN | row for row in rows])


def scored(*rows: dict, **weights: float) -> pd.DataFrame:
    return scored_pairs(pairs(*rows), DEFAULT_WEIGHTS | weights)


def scores(**row: object) -> dict[str, float]:
    found = scored(row).iloc[0]
    return {one.name: found[f"score_{one.name}"] for one in CRITERIA}


def test_weights_by_default_add_up_to_100() -> None:
    assert sum(DEFAULT_WEIGHTS.values()) == 100


def test_each_score_is_as_described() -> None:
    assert scores() == {
        "expertise": 1.0,
        # 8 of 10, and 6 of the 10 that are added: 14 of 20.
        "outcomes": pytest.approx(0.7),
        "near_work": pytest.approx(0.5),
        "near_base": 1.0,
        # 5 / 10 of the same type, none of the same size.
        "alike": pytest.approx(0.25),
        "room": pytest.approx(0.75),
        "dates": pytest.approx(0.5),
    }


def test_the_fit_is_the_weighted_mean() -> None:
    found = scored({}).iloc[0]
    by_hand = 30 * 1 + 15 * 0.7 + 10 * 0.5 + 10 * 1 + 15 * 0.25 + 15 * 0.75 + 5 * 0.5
    assert found.fit == pytest.approx(by_hand)
    assert found.fit_low == found.fit_high == pytest.approx(by_hand)
    assert found.unknowns == 0
    # Twice the weights are the same weights.
    twice = scored({}, **{name: 2 * weight for name, weight in DEFAULT_WEIGHTS.items()})
    assert twice.iloc[0].fit == pytest.approx(by_hand)


@pytest.mark.parametrize(
    ("expertise", "score"), [("primary", 1.0), ("other", 0.5), ("none", 0.0)]
)
def test_expertise(expertise: str, score: float) -> None:
    assert scores(expertise=expertise)["expertise"] == score


def test_what_is_not_known_counts_as_half_and_gives_a_range() -> None:
    found = scored(UNKNOWN).iloc[0]
    # Only the dates are known: 5 of 100 points at a score of 0.5.
    assert found.unknowns == 6
    assert (found.fit_low, found.fit, found.fit_high) == pytest.approx((2.5, 50.0, 97.5))
    # A criterion without weight is not missed.
    assert scored(UNKNOWN, expertise=0).iloc[0].unknowns == 5


def test_one_of_type_and_size_is_enough() -> None:
    assert scores(engagements_of_type=None, engagements_of_size=15)["alike"] == 0.75


@pytest.mark.parametrize(
    ("capacity", "booked", "score"), [(0, 0, 0), (0, 9, 0), (100, 150, 0), (100, 0, 1)]
)
def test_room_is_never_below_nothing(capacity: float, booked: float, score: float) -> None:
    assert scores(hours_of_capacity=capacity, hours_booked=booked)["room"] == score


def test_the_best_comes_first_and_equals_by_id() -> None:
    found = scored(
        {"partner_id": "PC"},
        {"partner_id": "PB"},
        {"partner_id": "PA", "hours_booked": 200.0},
        {"partner_id": "PD", "hours_booked": 0.0},
    )
    assert list(found.partner_id) == ["PD", "PB", "PC", "PA"]
    assert list(found["rank"]) == [1, 2, 3, 4]
    assert list(found.is_tied) == [False, True, True, False]


def test_requests_keep_their_order() -> None:
    found = scored({"request_id": "R9"}, {"request_id": "R1"}, {"request_id": "R9"})
    assert list(found.request_id) == ["R9", "R9", "R1"]
    assert list(found["rank"]) == [1, 2, 1]


def test_who_has_no_expertise_comes_last_unless_it_has_no_weight() -> None:
    # Only expertise and a base far away speak against each.
    rows = ({"partner_id": "PA", "expertise": "none"}, {"partner_id": "PB"})
    far = {"miles_from_base": 5_000.0, "miles_from_work": 5_000.0, "hours_booked": 200.0}
    weights = {"expertise": 1, "near_base": 50}
    first = scored(rows[0], rows[1] | far, **weights)
    assert list(first.partner_id) == ["PB", "PA"]
    assert first.fit.iloc[0] < first.fit.iloc[1]
    assert list(first.is_outside) == [False, True]
    without = scored(rows[0], rows[1] | far, **(weights | {"expertise": 0}))
    assert list(without.partner_id) == ["PA", "PB"]


def test_weights_of_a_link_are_kept_within_bounds() -> None:
    assert usable_weights({"expertise": 1_000, "outcomes": -5})["expertise"] == 100
    assert usable_weights({"expertise": 1_000, "outcomes": -5})["outcomes"] == 0
    nothing = dict.fromkeys(DEFAULT_WEIGHTS, 0)
    assert usable_weights(nothing) == DEFAULT_WEIGHTS
    assert usable_weights({"nonsense": 4}) == DEFAULT_WEIGHTS


def test_no_pairs_have_no_fit() -> None:
    assert scored_pairs(pairs({}).head(0), DEFAULT_WEIGHTS).empty


def test_halves_are_rounded_up() -> None:
    assert list(whole_fit(pd.Series([49.5, 49.4, 0.0, 100.0]))) == [50, 49, 0, 100]
