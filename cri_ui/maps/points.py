"""What is drawn of engagements: single marks, and circles for those put together.

Names of agencies come from uploads. They reach the browser as plain text: see `inert`.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from cri_data.model.code_lists import ENGAGEMENT_STATUSES
from cri_data.store.rows import table_rows
from cri_ui.components.text import INVISIBLE, count_of, day, plain, whole
from cri_ui.maps.insets import MOVED, moved
from cri_ui.maps.palette import OTHER, Group

# A step between engagements at one place: about 2 km, apart from zoom 9 on.
SPREAD_DEGREES = 0.02
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
MERCATOR_LIMIT = 85.0

# Radii of circles in pixels: of one engagement, and of the most at one place.
_LEAST, _LARGEST = 8.5, 23.0
# How far a circle may be from the middle of its place: parts of the place's width.
_AWAY = 0.16
# How much of the rest it is drawn in.
_DRAWN_IN = 0.75


def placed(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with coordinates that a map can show, as numbers."""
    latitude = pd.to_numeric(rows["latitude"], errors="coerce").astype(float)
    longitude = pd.to_numeric(rows["longitude"], errors="coerce").astype(float)
    shown = (latitude.abs() <= MERCATOR_LIMIT) & (longitude.abs() <= 180)
    located = rows.assign(latitude=latitude, longitude=longitude)
    return located[shown.fillna(value=False)]


def drawn_at(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Where the rows are drawn: longitudes and latitudes, moved into the insets."""
    across, up = rows["longitude"].tolist(), rows["latitude"].tolist()
    for at, state in enumerate(rows["state"]):
        if state in MOVED:
            across[at], up[at] = moved(state, across[at], up[at])
    index = rows.index
    return pd.Series(across, index, dtype=float), pd.Series(up, index, dtype=float)


def marks(engagements: pd.DataFrame, groups: Sequence[Group]) -> list[dict[str, Any]]:
    """One mark per engagement: ID, place, group, and tooltip, newest over older ones."""
    shown = placed(engagements).sort_values("engagement_id")
    place = [shown["latitude"].round(4), shown["longitude"].round(4)]
    before = shown.groupby(place).cumcount()
    together = shown.groupby(place)["engagement_id"].transform("size")
    longitude, latitude = _spread(*drawn_at(shown), before)
    numbers = group_numbers(shown["map_group"], groups)
    return [
        {"i": inert(str(one)), "x": x, "y": y, "g": str(number), "t": tooltip}
        for one, x, y, number, tooltip in zip(
            shown["engagement_id"],
            longitude.round(4).tolist(),
            latitude.round(4).tolist(),
            numbers,
            _tooltips(shown, together),
            strict=True,
        )
    ]


def circles(
    places: pd.DataFrame, groups: Sequence[Group], degrees: float, largest: float = _LARGEST
) -> list[dict[str, Any]]:
    """One circle per place: ID, place, number, radius, color, and tooltip, largest first.

    `degrees` is the width of a place. Circles stay near its middle, apart from others.
    """
    shown = placed(places)
    longitude, latitude = _near_middle(shown["place"], *drawn_at(shown), degrees)
    number = shown["engagements"].where(shown["engagements"] > 0, shown["points"])
    most = max(int(number.max()), 1) if len(number) else 1
    radius = _LEAST + (largest - _LEAST) * (number / most).pow(0.5)
    found = zip(
        shown["place"],
        longitude.round(3).tolist(),
        latitude.round(3).tolist(),
        number.tolist(),
        radius.round(1).tolist(),
        group_numbers(shown["map_group"], groups),
        table_rows(shown),
        strict=True,
    )
    return [
        {
            "p": str(place),
            "x": x,
            "y": y,
            "n": short(count),
            "r": size,
            "c": rgb(groups[group].color),
            "t": _place_tooltip(row, groups[group].name),
        }
        for place, x, y, count, size, group, row in found
    ]


def _near_middle(
    place: pd.Series, longitude: pd.Series, latitude: pd.Series, degrees: float
) -> tuple[pd.Series, pd.Series]:
    cells = place.astype(str).str.extract(r"^(-?\d+) (-?\d+)$").astype(float)
    found = []
    for number, spot, step in ((1, longitude, degrees), (0, latitude, 0.8 * degrees)):
        middle = (cells[number] + 0.5) * step
        near = middle + (spot - middle).clip(-_AWAY * step, _AWAY * step)
        # An inset is no cell.
        found.append((spot + _DRAWN_IN * (near - spot)).fillna(spot))
    return found[0], found[1]


def short(number: float) -> str:
    """A count as it fits into a circle: 950, 1.2k, 12k."""
    if number < 1000:
        return f"{number:.0f}"
    return f"{number / 1000:.1f}k" if number < 9950 else f"{number / 1000:,.0f}k"


def group_numbers(codes: pd.Series, groups: Sequence[Group]) -> list[int]:
    """The number of each row's group; that of the rest, if it is in none."""
    known = {group.code: number for number, group in enumerate(groups)}
    rest = known.get(OTHER, len(groups) - 1)
    return [known.get(code, rest) for code in codes]


def rgb(color: str, alpha: int | None = None) -> list[int]:
    """A hex color as deck.gl takes it."""
    parts = [*bytes.fromhex(color.removeprefix("#"))]
    return parts if alpha is None else [*parts, alpha]


def inert(text: str) -> str:
    """Text that deck.gl doesn't run: it evaluates data that begins with @@."""
    return INVISIBLE + text if text.startswith("@@") else text


def _spread(
    longitude: pd.Series, latitude: pd.Series, before: pd.Series
) -> tuple[pd.Series, pd.Series]:
    """Coordinates on a spiral around each place, so that marks don't overlap."""
    away = SPREAD_DEGREES * np.sqrt(before)
    shorter = np.cos(np.radians(latitude))
    return (
        longitude + away * np.cos(before * GOLDEN_ANGLE) / shorter,
        latitude + away * np.sin(before * GOLDEN_ANGLE),
    )


def _place_tooltip(place: Any, group: str) -> str:
    lines = [count_of(int(place.engagements), "engagement")]
    if pd.notna(place.hours):
        lines[0] += f", {whole(place.hours)} hours"
    if place.engagements_cancelled:
        lines.append(f"plus {place.engagements_cancelled:,} canceled")
    lines.append(f"Most: {plain(group)} ({int(place.engagements_of_map_group):,})")
    return inert("\n".join(lines))


def _tooltips(shown: pd.DataFrame, together: pd.Series) -> list[str]:
    columns = (
        shown["agency_name"],
        shown["city"],
        shown["state"],
        shown["topic_name"],
        shown["status"],
        shown["period_on"],
        shown["lead_partner_name"],
        together,
    )
    return [_tooltip(*row) for row in zip(*columns, strict=True)]


def _tooltip(
    agency: Any,
    city: Any,
    state: Any,
    topic: Any,
    status: Any,
    period_on: Any,
    partner: Any,
    together: int,
) -> str:
    where = ", ".join(filter(None, (plain(city), plain(state))))
    what = [
        ENGAGEMENT_STATUSES.labels.get(str(status), plain(status)),
        day(period_on) if pd.notna(period_on) else "",
    ]
    lines = [
        f"{plain(agency)}",
        where,
        plain(topic),
        " · ".join(filter(None, what)),
        f"Led by {plain(partner)}" if pd.notna(partner) else "",
        f"One of {together} engagements here" if together > 1 else "",
    ]
    return inert("\n".join(filter(None, lines)))
