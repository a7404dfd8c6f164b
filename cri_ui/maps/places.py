"""Map points for engagements grouped by place."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from cri_data.store.rows import table_records
from cri_ui.components.text import count_of, whole
from cri_ui.maps.points import RADIUS, inert, plain, rgb


def place_points(places: pd.DataFrame, colors: Iterable[str]) -> list[dict[str, Any]]:
    """One point per place, largest first; `colors` are hex, one per row."""
    points = pd.DataFrame(
        {
            "place": places["place"],
            "longitude": places["longitude"],
            "latitude": places["latitude"],
            "color": [rgb(color) for color in colors],
            "radius": _radius(places["hours"]),
            "tooltip": [_tooltip(row) for row in places.itertuples()],
        }
    )
    points = points.sort_values("radius", ascending=False, kind="stable")
    return table_records(points)


def _radius(hours: pd.Series) -> pd.Series:
    """Radii so that a point's area, beyond the smallest, shows its hours."""
    known = pd.to_numeric(hours, errors="coerce").astype(float).clip(lower=0).fillna(0)
    most = known.max() or 1
    least, largest = RADIUS
    return (least + (largest - least) * (known / most).pow(0.5)).round(1)


def _tooltip(place: Any) -> str:
    lines = [count_of(int(place.engagements), "engagement")]
    if pd.notna(place.hours):
        lines[0] += f", {whole(place.hours)} hours"
    if place.engagements_cancelled:
        lines.append(f"plus {place.engagements_cancelled:,} canceled")
    lines.append(f"Most frequent topic: {plain(place.topic_name)}")
    return inert("\n".join(lines))
