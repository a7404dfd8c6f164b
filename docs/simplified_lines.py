"""Lines with fewer points, for the shapes that docs/make_*.py makes."""

import math
from collections.abc import Callable

Point = tuple[float, float]
Line = list[Point]


def distance_to_segment(point: Point, start: Point, end: Point) -> float:
    """How far a point is from a segment, in the units of both."""
    x, y = point[0] - start[0], point[1] - start[1]
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else max(0.0, min(1.0, (x * dx + y * dy) / length))
    return math.hypot(x - along * dx, y - along * dy)


def simplified(
    line: Line,
    tolerance: float,
    distance: Callable[[Point, Point, Point], float] = distance_to_segment,
) -> Line:
    """The line without the points within the tolerance (Douglas-Peucker).

    `distance` says how far a point is from a segment.
    """
    keep, todo = {0, len(line) - 1}, [(0, len(line) - 1)]
    while todo:
        first, last = todo.pop()
        farthest, most = 0, tolerance
        for i in range(first + 1, last):
            away = distance(line[i], line[first], line[last])
            if away > most:
                farthest, most = i, away
        if farthest:
            keep.add(farthest)
            todo += [(first, farthest), (farthest, last)]
    return [line[i] for i in sorted(keep)]
