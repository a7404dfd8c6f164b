"""A small map of one state with a dot, as a picture that needs no other request."""

import base64
import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_SHAPES = Path(__file__).resolve().parents[2] / "static" / "states.geojson"

# Pixels of the longer side, and around the outline.
_SIZE, _MARGIN = 320, 12
# A place so far outside the outline's corners, in degrees, is a wrong one.
_BEYOND = 0.5

_COLORS = {
    False: ("#e3e9ef", "#6b7885", "#c2571a", "#ffffff"),
    True: ("#2a3743", "#93a1ae", "#f0975c", "#11181f"),
}

Ring = list[tuple[float, float]]


@dataclass(frozen=True)
class Outline:
    """A state's rings as longitudes and latitudes, with their corners."""

    rings: list[Ring]
    west: float
    south: float
    east: float
    north: float

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether a place is within the corners, or near."""
        longitude = _unrolled(longitude)
        return (
            self.south - _BEYOND <= latitude <= self.north + _BEYOND
            and self.west - _BEYOND <= longitude <= self.east + _BEYOND
        )


@cache
def outlines() -> dict[str, Outline]:
    """The outline of each state and territory, by its USPS code."""
    shapes = json.loads(_SHAPES.read_text(encoding="utf-8"))["features"]
    return {shape["properties"]["state"]: _outline(shape["geometry"]) for shape in shapes}


def _outline(geometry: dict) -> Outline:
    parts = geometry["coordinates"]
    polygons = parts if geometry["type"] == "MultiPolygon" else [parts]
    rings = [
        [(_unrolled(longitude), latitude) for longitude, latitude, *_ in ring]
        for polygon in polygons
        for ring in polygon
    ]
    across = [longitude for ring in rings for longitude, _ in ring]
    up = [latitude for ring in rings for _, latitude in ring]
    return Outline(rings, min(across), min(up), max(across), max(up))


def _unrolled(longitude: float) -> float:
    """West of Greenwich throughout: Alaska's last islands lie beyond the date line."""
    return longitude - 360 if longitude > 0 else longitude


def outline_picture(
    state: str, place: tuple[float, float] | None, is_dark: bool
) -> tuple[str, int, int]:
    """The picture as a data URL, with its width and height in pixels.

    `place` is latitude and longitude. Raises KeyError for a state without an outline.
    """
    outline = outlines()[state]
    shorter = math.cos(math.radians((outline.south + outline.north) / 2))
    across, up = (outline.east - outline.west) * shorter, outline.north - outline.south
    scale = (_SIZE - 2 * _MARGIN) / max(across, up)
    width, height = (math.ceil(side * scale) + 2 * _MARGIN for side in (across, up))

    def at(longitude: float, latitude: float) -> str:
        x = (longitude - outline.west) * shorter * scale + _MARGIN
        y = (outline.north - latitude) * scale + _MARGIN
        return f"{x:.1f},{y:.1f}"

    land, border, dot, halo = _COLORS[is_dark]
    path = "".join(f"M{' '.join(at(*point) for point in ring)}Z" for ring in outline.rings)
    marked = ""
    if place:
        x, y = at(_unrolled(place[1]), place[0]).split(",")
        marked = (
            f'<circle cx="{x}" cy="{y}" r="7" fill="{dot}" stroke="{halo}" '
            'stroke-width="2"/>'
        )
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<path d="{path}" fill="{land}" fill-rule="evenodd" stroke="{border}" '
        f'stroke-linejoin="round"/>{marked}</svg>'
    )
    encoded = base64.b64encode(drawn.encode()).decode()
    return f"data:image/svg+xml;base64,{encoded}", width, height
