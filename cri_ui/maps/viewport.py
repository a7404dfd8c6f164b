"""The view that the map opens on."""

import math
from dataclasses import dataclass

import pandas as pd
import pydeck

TILE_PIXELS = 512
EDGE_PIXELS = 40
CLOSEST_ZOOM = 6.0
# West, south, east, north of the continental United States.
CONTINENT = (-125.0, 24.4, -66.9, 49.4)


@dataclass(frozen=True)
class Room:
    """A map's size in pixels, as far as known, and whether it zooms to its points.

    A map that doesn't zoom opens on the contiguous United States while a point is in
    it, so that a filter moves nothing: maps can be compared, and a browser keeps the
    reader's own place, and draws for 300 ms less.
    """

    width: int = 1000
    height: int = 500
    zooms: bool = False


def first_view(longitude: pd.Series, latitude: pd.Series, room: Room) -> pydeck.ViewState:
    """The view that a map of these points opens on, in degrees.

    If it zooms, the closest that contains all points, but never wider than the
    contiguous United States while a point is in it.
    """
    if _opens_on_continent(longitude, latitude, room):
        return _view_of(CONTINENT, room)
    return _view_of(_box(longitude, latitude), room)


def beyond_first_view(longitude: pd.Series, latitude: pd.Series, room: Room) -> pd.Series:
    """A mask of the points that may be outside the first view of the map."""
    opens_on_continent = _opens_on_continent(longitude, latitude, room)
    return ~_on_continent(longitude, latitude) & opens_on_continent


def _opens_on_continent(longitude: pd.Series, latitude: pd.Series, room: Room) -> bool:
    if longitude.empty:
        return True
    if not _on_continent(longitude, latitude).any():
        return False
    if not room.zooms:
        return True
    fitted = _view_of(_box(longitude, latitude), room)
    return bool(fitted.zoom < _view_of(CONTINENT, room).zoom)


def _box(longitude: pd.Series, latitude: pd.Series) -> tuple[float, float, float, float]:
    # Guam lies west of Hawaii, not east of Maine.
    unwrapped = longitude.where(longitude < 0, longitude - 360)
    return (unwrapped.min(), latitude.min(), unwrapped.max(), latitude.max())


def _on_continent(longitude: pd.Series, latitude: pd.Series) -> pd.Series:
    west, south, east, north = CONTINENT
    return longitude.between(west, east) & latitude.between(south, north)


def _view_of(box: tuple[float, float, float, float], room: Room) -> pydeck.ViewState:
    west, south, east, north = box
    low, high = _mercator(south), _mercator(north)
    across = _worlds(room.width) * 360 / max(east - west, 1e-6)
    upward = _worlds(room.height) / max(high - low, 1e-9)
    zoom = min(math.log2(across), math.log2(upward), CLOSEST_ZOOM)
    middle = math.atan(math.sinh(math.pi * (low + high)))
    return pydeck.ViewState(
        longitude=round(((west + east) / 2 + 180) % 360 - 180, 3),
        latitude=round(math.degrees(middle), 3),
        zoom=round(max(zoom, 1.0), 2),
        min_zoom=1,
        max_zoom=13,
    )


def _worlds(pixels: int) -> float:
    """How many worlds, at zoom 0, fit between the margins."""
    return max(pixels - 2 * EDGE_PIXELS, EDGE_PIXELS) / TILE_PIXELS


def _mercator(latitude: float) -> float:
    """Height on the map in worlds, 0 at the equator."""
    return math.asinh(math.tan(math.radians(latitude))) / (2 * math.pi)
