"""What the engagement map colors by: groups with their names, colors, and shapes.

At most five colors at a time, and gray for the rest. The colors of one choice differ under
the common kinds of color blindness, on light and on dark ground, and each has a shape.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# The grounds that marks are drawn on: static/map-light.json and map-dark.json.
GROUND = {False: "#fcfbf8", True: "#1d2730"}

GREY = {False: "#7d868f", True: "#8b97a3"}
FIVE = {
    False: ("#143f7d", "#a8330f", "#b5960f", "#0d8a6a", "#a63ddb"),
    True: ("#4f83cf", "#d97b45", "#f2dc66", "#a5ebcc", "#f0a6f2"),
}
# From few officers to many: darker on light, and lighter on dark.
RAMP = {
    False: ("#dba52c", "#cf6a1e", "#9c3714", "#611c1a", "#2c0a1a"),
    True: ("#8f2f24", "#c8661e", "#efab3c", "#f9df90", "#fffdf2"),
}

SHAPES = ("circle", "square", "triangle", "diamond", "star")
REST, CANCELLED = "ring", "cross"

OTHER = "other"

COLORED_BY = {
    "topic": "Topic group",
    "partner": "Lead partner",
    "status": "Status",
    "size": "Agency size",
}

_TOPICS = {
    "violence": "Violence and crime",
    "critical": "Critical incidents",
    "coordination": "Coordination and analysis",
    "officers": "Wellness and training",
    "tribal_shared": "Tribal and shared services",
    OTHER: "Other topics",
}
TOPICS_IN_WORDS = (
    "Violence and crime: crime reduction, gun violence, focused deterrence, gang "
    "prevention. Critical incidents: mass casualty, active shooter, mass demonstrations. "
    "Coordination and analysis: stakeholder coordination, information sharing, COMPSTAT. "
    "Wellness and training: officer safety and wellness, de-escalation and crisis "
    "training. Tribal and shared services: the two topics of these names."
)
_SIZES = {
    "under_10": "Under 10 officers",
    "10_24": "10 to 24",
    "25_49": "25 to 49",
    "50_249": "50 to 249",
    "250_or_more": "250 or more",
    OTHER: "Not reported",
}
_STATUSES = {
    "completed": "Completed",
    "active": "Active",
    "planned": "Planned",
    "cancelled": "Canceled",
    OTHER: "Not reported",
}


@dataclass(frozen=True)
class Group:
    """One entry of the legend: its code in queries, name, color (hex), and shape."""

    code: str
    name: str
    color: str
    shape: str


def groups(colored_by: str, partners: Mapping[str, str], is_dark: bool) -> list[Group]:
    """The groups of a choice, in the legend's order. `partners` are those with a color."""
    if colored_by == "partner":
        named = dict(partners) | {OTHER: "Other partners"}
        return _colored(list(named.items()), FIVE[is_dark], is_dark)
    if colored_by == "size":
        return _colored(list(_SIZES.items()), RAMP[is_dark], is_dark)
    if colored_by == "status":
        return _colored(list(_STATUSES.items()), FIVE[is_dark], is_dark)
    return _colored(list(_TOPICS.items()), FIVE[is_dark], is_dark)


def _colored(
    named: Sequence[tuple[str, str]], colors: Sequence[str], is_dark: bool
) -> list[Group]:
    found = []
    for number, (code, name) in enumerate(named):
        if code == "cancelled":
            found.append(Group(code, name, GREY[is_dark], CANCELLED))
        elif code == OTHER or number >= len(colors):
            found.append(Group(code, name, GREY[is_dark], REST))
        else:
            found.append(Group(code, name, colors[number], SHAPES[number]))
    return found
