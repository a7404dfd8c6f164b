"""The view of the map that contains a set of points."""

import math

import pandas as pd
import pydeck

TILE_PIXELS = 512
EDGE_PIXELS = 40
CLOSEST_ZOOM = 6.0
# West, south, east, north of the continental United States.
CONTINENT = (-125.0, 24.4, -66.9, 49.4)


def fitted_view(
    longitude: pd.Series, latitude: pd.Series, width: int, height: int
) -> pydeck.ViewState:
    """The closest view that contains all points.

    Never wider than the contiguous United States while a point is in it.
    """
    if _opens_on_continent(longitude, latitude, width, height):
        return _view_of(CONTINENT, width, height)
    return _view_of(_box(longitude, latitude), width, height)


def beyond_first_view(
    longitude: pd.Series, latitude: pd.Series, width: int, height: int
) -> pd.Series:
    """A mask of the points that may be outside the first view of the map."""
    opens_on_continent = _opens_on_continent(longitude, latitude, width, height)
    return ~_on_continent(longitude, latitude) & opens_on_continent


def _opens_on_continent(
    longitude: pd.Series, latitude: pd.Series, width: int, height: int
) -> bool:
    if longitude.empty:
        return True
    fitted = _view_of(_box(longitude, latitude), width, height)
    is_too_wide = fitted.zoom < _view_of(CONTINENT, width, height).zoom
    return bool(is_too_wide and _on_continent(longitude, latitude).any())


def _box(longitude: pd.Series, latitude: pd.Series) -> tuple[float, float, float, float]:
    # Guam lies west of Hawaii, not east of Maine.
    unwrapped = longitude.where(longitude < 0, longitude - 360)
    return (unwrapped.min(), latitude.min(), unwrapped.max(), latitude.max())


def _on_continent(longitude: pd.Series, latitude: pd.Series) -> pd.Series:
    west, south, east, north = CONTINENT
    return longitude.between(west, east) & latitude.between(south, north)


def _view_of(
    box: tuple[float, float, float, float], width: int, height: int
) -> pydeck.ViewState:
    west, south, east, north = box
    low, high = _mercator(south), _mercator(north)
    across = _worlds(width) * 360 / max(east - west, 1e-6)
    upward = _worlds(height) / max(high - low, 1e-9)
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
