"""What speaks for a partner: the criteria, and the weights that they have by default."""

from collections.abc import Mapping
from dataclasses import dataclass

# As large as a weight may be.
LARGEST_WEIGHT = 100


@dataclass(frozen=True)
class Criterion:
    """One thing that speaks for a partner. `meaning` says how it is scored, from 0 to 1."""

    name: str
    label: str
    weight: int
    meaning: str


CRITERIA = (
    Criterion(
        "expertise",
        "Expertise",
        30,
        "1 if the request's primary topic is in the partner's expertise, 0.5 if only "
        "another of its topics is, else 0.",
    ),
    Criterion(
        "outcomes",
        "Outcomes in the topic",
        15,
        "Share of measured outcomes that improved, in the primary topic, for engagements "
        "that the partner led or supported. Ten measurements at the share of all partners "
        "are added, so that a few don't decide.",
    ),
    Criterion(
        "near_work",
        "Near current work",
        10,
        "1 at the place of a planned or active engagement of the partner, and half as much "
        "for each 250 miles (great circle).",
    ),
    Criterion(
        "near_base",
        "Near its base",
        10,
        "1 at the partner's base, and half as much for each 250 miles (great circle).",
    ),
    Criterion(
        "alike",
        "Similar agencies served",
        15,
        "Engagements at agencies of the same type, and of the same size: n / (n + 5) of "
        "each, and their mean.",
    ),
    Criterion(
        "room",
        "Free capacity",
        15,
        "Share of the partner's capacity that is free in the planned period. Hours of its "
        "planned and active engagements are spread evenly over their days.",
    ),
    Criterion(
        "dates",
        "Selected throughout",
        5,
        "Share of the planned days on which the partner is still selected.",
    ),
)

DEFAULT_WEIGHTS = {one.name: float(one.weight) for one in CRITERIA}


def usable_weights(weights: Mapping[str, float]) -> dict[str, float]:
    """Weights of all criteria, between 0 and the largest. All 0: those by default."""
    known = {
        name: min(max(float(weights.get(name, weight)), 0.0), float(LARGEST_WEIGHT))
        for name, weight in DEFAULT_WEIGHTS.items()
    }
    return known if any(known.values()) else dict(DEFAULT_WEIGHTS)
