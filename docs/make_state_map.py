"""Make static/state-map.css, the shapes of the state map, from static/states.geojson.

    python docs/make_state_map.py [--check]

Each state is a clip path: a polygon in parts of the state's own box, which is placed in
parts of the map. The projection is Albers' for the 48 states, with Alaska (at a third of
the scale) and Hawaii under them. Territories have no place on it. Needs nothing but Python.
"""

import json
import math
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

Point = tuple[float, float]
Ring = list[Point]

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from docs.simplified_lines import simplified  # noqa: E402 (found by the line above)

STATIC = ROOT / "static"
SOURCE, RESULT = STATIC / "states.geojson", STATIC / "state-map.css"

# The map is so many units wide and high; what is nearer than TOLERANCE to a line, and
# islands under SMALLEST square units, are left out.
WIDTH, HEIGHT = 975.0, 610.0
SCALE = 1300.0
TOLERANCE, SMALLEST = 0.45, 4.0
TERRITORIES = {"AS", "GU", "MP", "PR", "VI"}

# By state, else as the 48 states: scale, two parallels, middle, and where that stands.
VIEWS = {
    "AK": (0.35 * SCALE, (55.0, 65.0), (-154.0, 58.5), (88.4, 566.3)),
    "HI": (SCALE, (8.0, 18.0), (-157.0, 19.9), (221.0, 580.6)),
    "": (SCALE, (29.5, 45.5), (-96.6, 38.7), (WIDTH / 2, HEIGHT / 2)),
}


def albers(
    scale: float, parallels: tuple[float, float], middle: Point, place: Point
) -> Callable[[Point], Point]:
    """Albers' equal-area conic projection onto the map."""
    low, high = map(math.radians, parallels)
    n = (math.sin(low) + math.sin(high)) / 2
    c = math.cos(low) ** 2 + 2 * n * math.sin(low)

    def radius(latitude: float) -> float:
        return math.sqrt(c - 2 * n * math.sin(math.radians(latitude))) / n

    def project(point: Point) -> Point:
        longitude, latitude = point
        # The last of the Aleutians are beyond the date line.
        turn = n * math.radians((longitude - middle[0] + 180) % 360 - 180)
        x = radius(latitude) * math.sin(turn)
        y = radius(middle[1]) - radius(latitude) * math.cos(turn)
        return place[0] + scale * x, place[1] - scale * y

    return project


def area(ring: Ring) -> float:
    """Square units of a closed ring."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2


def rings_of(state: str, geometry: dict) -> list[Ring]:
    """The closed rings of a state, without islands too small to see or off the map."""
    project = albers(*VIEWS.get(state, VIEWS[""]))
    rings = [
        [project(point) for point in ring]
        for polygon in geometry["coordinates"]
        for ring in polygon
    ]
    largest = max(map(area, rings))
    shown = [
        ring for ring in rings if area(ring) >= min(SMALLEST, largest) and min(ring)[0] >= 0
    ]
    return [simplified(ring, TOLERANCE) for ring in shown]


def rule(state: str, rings: list[Ring]) -> str:
    """The CSS of a state: where its box is, and which parts of it are land."""
    across = [x for ring in rings for x, _ in ring]
    down = [y for ring in rings for _, y in ring]
    left, top = min(across), min(down)
    width, height = max(across) - left, max(down) - top
    first = rings[0][0]
    # Rings are one line: out to each of them from the first point, and back.
    line = [*rings[0], *(point for ring in rings[1:] for point in (*ring, first))]
    corners = ",".join(
        f"{_percent((x - left) / width)} {_percent((y - top) / height)}" for x, y in line
    )
    return (
        f".state-map .{state}{{left:{_percent(left / WIDTH, 2)};"
        f"top:{_percent(top / HEIGHT, 2)};width:{_percent(width / WIDTH, 2)};"
        f"height:{_percent(height / HEIGHT, 2)};clip-path:polygon(evenodd,{corners})}}"
    )


def _percent(part: float, digits: int = 1) -> str:
    return f"{round(part * 100, digits):g}%"


def css() -> str:
    """The rules of all states."""
    features = json.loads(SOURCE.read_text("utf-8"))["features"]
    rules = [
        rule(state, rings_of(state, one["geometry"]))
        for one in features
        if (state := one["properties"]["state"]) not in TERRITORIES
    ]
    head = "/* Made by docs/make_state_map.py from states.geojson. */"
    return "\n".join([head, *rules]) + "\n"


def main(arguments: list[str]) -> None:
    """Write the file, or say that it is not up to date."""
    made = css()
    if "--check" not in arguments:
        RESULT.write_text(made, "utf-8")
    elif RESULT.read_text("utf-8") != made:
        sys.exit("static/state-map.css is not up to date: run docs/make_state_map.py")


if __name__ == "__main__":
    main(sys.argv[1:])
