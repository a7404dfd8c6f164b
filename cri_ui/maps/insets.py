"""Where Alaska, Hawaii, and the territories are drawn: beside the contiguous states.

The map moves them, like most maps of the United States, so that all are in one view and
none is cut off. Only what is drawn moves: distances and stored places stay as they are.
"""

import math
from dataclasses import dataclass

# West, south, east, north of all that is drawn: the contiguous states with the insets.
FRAME = (-125.9, 22.6, -66.1, 50.4)


@dataclass(frozen=True)
class Inset:
    """A part of the map that is moved: from a middle to a middle, and larger or smaller.

    `corners` are the west, south, east, and north of what is drawn of it, after the move.
    """

    states: tuple[str, ...]
    middle: tuple[float, float]
    drawn_at: tuple[float, float]
    scale: float
    corners: tuple[float, float, float, float]

    def moved(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a place is drawn, in degrees."""
        east = unrolled(longitude) - self.middle[0]
        north = latitude - self.middle[1]
        shorter = math.cos(math.radians(self.middle[1]))
        longer = math.cos(math.radians(self.drawn_at[1]))
        return (
            self.drawn_at[0] + self.scale * east * shorter / longer,
            self.drawn_at[1] + self.scale * north,
        )


INSETS = (
    Inset(("AK",), (-154.0, 62.2), (-119.4, 27.0), 0.37, (-125.6, 22.9, -113.6, 31.3)),
    Inset(("HI",), (-157.5, 20.6), (-109.6, 25.1), 1.0, (-113.1, 22.9, -106.1, 27.3)),
    Inset(("PR", "VI"), (-65.9, 18.1), (-75.3, 24.6), 1.9, (-78.6, 23.3, -71.9, 25.9)),
    Inset(("AS",), (-170.3, -14.3), (-75.8, 28.3), 2.2, (-78.6, 26.7, -72.9, 29.9)),
    Inset(("GU", "MP"), (-214.8, 14.3), (-69.2, 26.6), 2.2, (-71.3, 23.3, -66.9, 29.9)),
)

_INSET_OF = {state: inset for inset in INSETS for state in inset.states}

# Drawn in an inset, not where it is.
MOVED = frozenset(_INSET_OF)


def unrolled(longitude: float) -> float:
    """Guam lies west of Hawaii, not east of Maine: its longitude as one below zero."""
    return longitude - 360 if longitude > 0 else longitude


def moved(state: object, longitude: float, latitude: float) -> tuple[float, float]:
    """Where a place in this state is drawn, in degrees."""
    inset = _INSET_OF.get(str(state))
    if inset is None:
        return longitude, latitude
    west, south, east, north = inset.corners
    x, y = inset.moved(longitude, latitude)
    # Far islands stay in their frame.
    return min(max(x, west), east), min(max(y, south), north)
