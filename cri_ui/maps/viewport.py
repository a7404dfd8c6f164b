"""The views that the map can be sent to."""

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cri_ui.maps.insets import FRAME, moved
from cri_ui.maps.state_outline import outlines

_LABELS = Path(__file__).resolve().parents[2] / "static" / "state-labels.json"

TILE_PIXELS = 512
# What a place is fitted to: nothing tells the server how wide the map is in the browser.
ROOM = (420, 300)
CLOSEST_ZOOM = 8.0
# Of an agency: its surroundings are in view, and engagements stand apart.
NEAR_ZOOM = 7.5


@dataclass(frozen=True)
class Place:
    """A view of the map: its middle in degrees, as drawn, and its zoom.

    A zoom of 0 is as far out as the map goes in the browser: the whole map.
    """

    longitude: float
    latitude: float
    zoom: float


def whole_map() -> Place:
    """All states and territories."""
    west, south, east, north = FRAME
    return Place((west + east) / 2, _latitude((_mercator(south) + _mercator(north)) / 2), 0)


def place_of_state(state: str) -> Place | None:
    """The view of a state or territory, or None if there is none of this code."""
    outline = outlines().get(state)
    if outline is None:
        return None
    spots = [moved(state, *spot) for ring in outline.rings for spot in ring]
    across, up = [x for x, _ in spots], [y for _, y in spots]
    return _fitted(min(across), min(up), max(across), max(up))


def place_near(state: object, longitude: float, latitude: float) -> Place:
    """The view of the surroundings of a place."""
    x, y = moved(state, longitude, latitude)
    return Place(x, y, NEAR_ZOOM)


def place_of_cell(longitude: float, latitude: float, degrees: float) -> Place:
    """The view of a cell of the grid, as drawn."""
    half = degrees * 0.6
    return _fitted(longitude - half, latitude - half, longitude + half, latitude + half)


def _fitted(west: float, south: float, east: float, north: float) -> Place:
    low, high = _mercator(south), _mercator(north)
    across = ROOM[0] / TILE_PIXELS * 360 / max(east - west, 1e-6)
    upward = ROOM[1] / TILE_PIXELS / max(high - low, 1e-9)
    zoom = min(math.log2(across), math.log2(upward), CLOSEST_ZOOM)
    return Place((west + east) / 2, _latitude((low + high) / 2), zoom)


def _mercator(latitude: float) -> float:
    """Height on the map in worlds, 0 at the equator."""
    return math.asinh(math.tan(math.radians(latitude))) / (2 * math.pi)


def _latitude(height: float) -> float:
    return math.degrees(math.atan(math.sinh(2 * math.pi * height)))


@cache
def label_spots() -> dict[str, tuple[float, float]]:
    """Where each state's label stands on the map, by USPS code."""
    labels = json.loads(_LABELS.read_text(encoding="utf-8"))
    return {one["state"]: (one["position"][0], one["position"][1]) for one in labels}
