"""Make static/states.geojson and static/state-labels.json from us-atlas.

    python docs/make_map_shapes.py path/to/states-10m.json

The input is `states-10m.json` of the npm package us-atlas 3.0.1 (TopoJSON).
Borders are simplified as the arcs that neighbours share, so that no gap opens
between two states. Needs nothing but Python.
"""

import json
import math
import sys
from itertools import pairwise
from pathlib import Path

Point = tuple[float, float]
Ring = list[Point]

STATIC = Path(__file__).resolve().parent.parent / "static"
TOLERANCE_DEGREES = 0.02
SMALLEST_ISLAND_SQUARE_DEGREES = 0.002
DECIMALS = 3
LABEL_GRID = 48

# FIPS state codes, which us-atlas uses as ids, to the codes of the post office.
# fmt: off
USPS_OF_FIPS = {
    "01": "AL", "02": "AK", "04": "AZ", "05": "AR", "06": "CA", "08": "CO",
    "09": "CT", "10": "DE", "11": "DC", "12": "FL", "13": "GA", "15": "HI",
    "16": "ID", "17": "IL", "18": "IN", "19": "IA", "20": "KS", "21": "KY",
    "22": "LA", "23": "ME", "24": "MD", "25": "MA", "26": "MI", "27": "MN",
    "28": "MS", "29": "MO", "30": "MT", "31": "NE", "32": "NV", "33": "NH",
    "34": "NJ", "35": "NM", "36": "NY", "37": "NC", "38": "ND", "39": "OH",
    "40": "OK", "41": "OR", "42": "PA", "44": "RI", "45": "SC", "46": "SD",
    "47": "TN", "48": "TX", "49": "UT", "50": "VT", "51": "VA", "53": "WA",
    "54": "WV", "55": "WI", "56": "WY", "60": "AS", "66": "GU", "69": "MP",
    "72": "PR", "78": "VI",
}
# fmt: on


def decoded_arcs(topology: dict) -> list[Ring]:
    """Every arc as longitudes and latitudes: TopoJSON stores steps on a grid."""
    (scale_x, scale_y) = topology["transform"]["scale"]
    (move_x, move_y) = topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for step_x, step_y in steps:
            x += step_x
            y += step_y
            arc.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(arc)
    return arcs


def distance_to_segment(point: Point, start: Point, end: Point) -> float:
    """Degrees from a point to a segment, a degree of longitude shortened."""
    shorter = math.cos(math.radians(point[1]))
    x, y = (point[0] - start[0]) * shorter, point[1] - start[1]
    dx, dy = (end[0] - start[0]) * shorter, end[1] - start[1]
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else max(0.0, min(1.0, (x * dx + y * dy) / length))
    return math.hypot(x - along * dx, y - along * dy)


def simplified(arc: Ring, tolerance: float) -> Ring:
    """Arc without the points that lie within the tolerance (Douglas-Peucker)."""
    keep = {0, len(arc) - 1}
    todo = [(0, len(arc) - 1)]
    while todo:
        first, last = todo.pop()
        farthest, distance = 0, tolerance
        for i in range(first + 1, last):
            away = distance_to_segment(arc[i], arc[first], arc[last])
            if away > distance:
                farthest, distance = i, away
        if farthest:
            keep.add(farthest)
            todo += [(first, farthest), (farthest, last)]
    return [arc[i] for i in sorted(keep)]


def signed_area(ring: Ring) -> float:
    """Square degrees, positive where the ring runs counter-clockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def joined(numbers: list[int], arcs: list[Ring]) -> Ring:
    """One closed ring; a negative number is an arc that runs backwards."""
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc
    return ring


def rounded(ring: Ring) -> Ring:
    """Coordinates on the output grid, without the doubles that this makes."""
    grid = [(round(x, DECIMALS), round(y, DECIMALS)) for x, y in ring]
    return grid[:1] + [point for before, point in pairwise(grid) if point != before]


def polygons(geometry: dict, arcs: list[Ring]) -> list[list[Ring]]:
    """Polygons, largest first, without islands too small to see.

    Outer rings run counter-clockwise and holes clockwise, as GeoJSON asks.
    """
    groups = geometry["arcs"]
    if geometry["type"] == "Polygon":
        groups = [groups]
    found = []
    for group in groups:
        rings = [rounded(joined(numbers, arcs)) for numbers in group]
        rings = [ring for ring in rings if len(ring) >= 4]
        if rings:
            found.append([turned(ring, i == 0) for i, ring in enumerate(rings)])
    found.sort(key=lambda polygon: -abs(signed_area(polygon[0])))
    return found[:1] + [
        polygon
        for polygon in found[1:]
        if abs(signed_area(polygon[0])) >= SMALLEST_ISLAND_SQUARE_DEGREES
    ]


def turned(ring: Ring, is_outer: bool) -> Ring:
    """Ring in the direction that its place in the polygon asks for."""
    return ring if (signed_area(ring) > 0) == is_outer else ring[::-1]


def is_inside(point: Point, ring: Ring) -> bool:
    """Whether a line from the point to the east crosses the ring an odd number."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def label_of(state: str, ring: Ring) -> dict:
    """Where a state's letters stand: the grid point deepest inside its main land.

    `room` is the distance in metres from there to the border.
    """
    west, east = min(p[0] for p in ring), max(p[0] for p in ring)
    south, north = min(p[1] for p in ring), max(p[1] for p in ring)
    best, room = ring[0], 0.0
    for i in range(1, LABEL_GRID):
        for j in range(1, LABEL_GRID):
            point = (
                west + (east - west) * i / LABEL_GRID,
                south + (north - south) * j / LABEL_GRID,
            )
            if not is_inside(point, ring):
                continue
            away = min(distance_to_segment(point, a, b) for a, b in pairwise(ring))
            if away > room:
                best, room = point, away
    return {
        "state": state,
        "position": [round(best[0], 2), round(best[1], 2)],
        "room": round(room * 111_320 / 1000) * 1000,
    }


def feature(state: str, name: str, shapes: list[list[Ring]]) -> dict:
    """One state in GeoJSON."""
    return {
        "type": "Feature",
        "properties": {"state": state, "name": name},
        "geometry": {"type": "MultiPolygon", "coordinates": shapes},
    }


def write(path: Path, content: object) -> None:
    """JSON without spaces, and how large it came out."""
    path.write_text(json.dumps(content, separators=(",", ":")) + "\n", "utf-8")
    sys.stdout.write(f"{path.name}: {path.stat().st_size / 1000:.0f} kB\n")


def main(source: Path) -> None:
    """Read the TopoJSON and write both files into static/."""
    topology = json.loads(source.read_text("utf-8"))
    arcs = [simplified(arc, TOLERANCE_DEGREES) for arc in decoded_arcs(topology)]
    geometries = sorted(topology["objects"]["states"]["geometries"], key=_fips)
    features, labels = [], []
    for geometry in geometries:
        state = USPS_OF_FIPS[geometry["id"]]
        shapes = polygons(geometry, arcs)
        features.append(feature(state, geometry["properties"]["name"], shapes))
        labels.append(label_of(state, shapes[0][0]))
    write(STATIC / "states.geojson", {"type": "FeatureCollection", "features": features})
    write(STATIC / "state-labels.json", labels)


def _fips(geometry: dict) -> str:
    return geometry["id"]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
