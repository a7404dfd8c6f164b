"""Make the shapes and labels of static/ from us-atlas.

    python docs/make_map_shapes.py path/to/states-10m.json path/to/counties-10m.json

The inputs are files of the npm package us-atlas 3.0.1 (TopoJSON). Borders are simplified
as the arcs that neighbors share, so that no gap opens between two states. `states.geojson`
has the states where they are; the other files are of the engagement map, which draws some
states in insets. Names of cities come from the ZIP codes of the zipcodes package.
"""

import json
import math
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import zipcodes

Point = tuple[float, float]
Ring = list[Point]

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cri_ui.maps.insets import INSETS, moved  # noqa: E402 (found by the line above)
from docs.simplified_lines import distance_to_segment, simplified  # noqa: E402

STATIC = ROOT / "static"
TOLERANCE_DEGREES = 0.02
COUNTY_TOLERANCE_DEGREES = 0.035
# Of a county's border, which is a thin line.
COUNTY_DECIMALS = 2
# Cities with so many ZIP codes are named.
ZIP_CODES_OF_A_CITY = 14
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


def degrees_to_segment(point: Point, start: Point, end: Point) -> float:
    """Degrees from a point to a segment, a degree of longitude shortened."""
    shorter = math.cos(math.radians(point[1]))
    flat = [(longitude * shorter, latitude) for longitude, latitude in (point, start, end)]
    return distance_to_segment(*flat)


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
            away = min(degrees_to_segment(point, a, b) for a, b in pairwise(ring))
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


def in_frame(state: str, shapes: list[list[Ring]]) -> list[list[Ring]]:
    """The polygons where the engagement map draws them; those out of frame are left out."""
    if not any(state in inset.states for inset in INSETS):
        return shapes
    (inset,) = (one for one in INSETS if state in one.states)
    west, south, east, north = inset.corners
    drawn = []
    for polygon in shapes:
        rings = [[inset.moved(x, y) for x, y in ring] for ring in polygon]
        if all(west <= x <= east and south <= y <= north for x, y in rings[0]):
            drawn.append([[(round(x, 3), round(y, 3)) for x, y in ring] for ring in rings])
    return drawn


def frames() -> list[dict]:
    """The lines around the insets."""
    found = []
    for inset in INSETS:
        west, south, east, north = inset.corners
        corners = [(west, south), (east, south), (east, north), (west, north)]
        ring = [*corners, corners[0]]
        line = {"type": "LineString", "coordinates": ring}
        found.append({"type": "Feature", "properties": {"frame": 1}, "geometry": line})
    return found


def inset_label(state: str) -> dict:
    """A label under the top edge of an inset, or beside its neighbor's."""
    (inset,) = (one for one in INSETS if state in one.states)
    west, _, east, north = inset.corners
    step = (east - west) / len(inset.states)
    x = west + step * (inset.states.index(state) + 0.5)
    return {
        "state": state,
        "position": [round(x, 2), round(north - 0.55, 2)],
        "room": 210_000,
    }


def county_lines(topology: dict) -> dict:
    """The borders between counties of one state, as one line per arc."""
    uses: dict[int, list[str]] = {}
    for geometry in topology["objects"]["counties"]["geometries"]:
        for number in _numbers(geometry["arcs"]):
            uses.setdefault(number if number >= 0 else ~number, []).append(geometry["id"])
    arcs = decoded_arcs(topology)
    lines = []
    for number, counties in uses.items():
        if len(counties) < 2 or len({one[:2] for one in counties}) > 1:
            continue
        state = USPS_OF_FIPS[counties[0][:2]]
        arc = simplified(arcs[number], COUNTY_TOLERANCE_DEGREES, degrees_to_segment)
        line = [moved(state, *point) for point in arc]
        line = [(round(x, COUNTY_DECIMALS), round(y, COUNTY_DECIMALS)) for x, y in line]
        lines.append(line[:1] + [b for a, b in pairwise(line) if a != b])
    kept = sorted(line for line in lines if len(line) > 1)
    geometry = {"type": "MultiLineString", "coordinates": kept}
    return {"type": "Feature", "properties": {}, "geometry": geometry}


def _numbers(arcs: list) -> list[int]:
    return [n for one in arcs for n in (_numbers(one) if isinstance(one, list) else [one])]


def cities() -> list[dict]:
    """The names of large cities, and where they stand."""
    places: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for place in zipcodes.list_all():
        if place["lat"] and place["state"] in USPS_OF_FIPS.values() and float(place["lat"]):
            spot = (float(place["long"]), float(place["lat"]))
            places.setdefault((place["state"], place["city"]), []).append(spot)
    large = {
        city: spots for city, spots in places.items() if len(spots) >= ZIP_CODES_OF_A_CITY
    }
    first = set(Counter(state for state, _ in places))
    for state in first - {state for state, _ in large}:
        of_state = {place: spots for place, spots in places.items() if place[0] == state}
        largest = max(of_state, key=lambda one: (len(of_state[one]), one))
        large[largest] = of_state[largest]
    found = []
    for (state, city), spots in sorted(large.items()):
        x, y = (sorted(one)[len(spots) // 2] for one in zip(*spots, strict=True))
        x, y = moved(state, x, y)
        found.append({"city": city, "position": [round(x, 2), round(y, 2)]})
    return found


def main(states: Path, counties: Path) -> None:
    """Read the TopoJSON and write the files into static/."""
    topology = json.loads(states.read_text("utf-8"))
    arcs = [
        simplified(arc, TOLERANCE_DEGREES, degrees_to_segment)
        for arc in decoded_arcs(topology)
    ]
    geometries = sorted(topology["objects"]["states"]["geometries"], key=_fips)
    features, drawn, labels = [], [], []
    for geometry in geometries:
        state, name = USPS_OF_FIPS[geometry["id"]], geometry["properties"]["name"]
        shapes = polygons(geometry, arcs)
        features.append(feature(state, name, shapes))
        drawn.append(feature(state, name, in_frame(state, shapes)))
        is_moved = drawn[-1]["geometry"]["coordinates"] != shapes
        labels.append(inset_label(state) if is_moved else label_of(state, shapes[0][0]))
    write(STATIC / "states.geojson", {"type": "FeatureCollection", "features": features})
    on_map = {"type": "FeatureCollection", "features": [*drawn, *frames()]}
    write(STATIC / "map-states.geojson", on_map)
    write(STATIC / "state-labels.json", labels)
    write(
        STATIC / "map-counties.geojson",
        county_lines(json.loads(counties.read_text("utf-8"))),
    )
    write(STATIC / "map-cities.json", cities())


def _fips(geometry: dict) -> str:
    return geometry["id"]


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
