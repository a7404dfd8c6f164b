"""Map points for single engagements.

Names of agencies come from uploads. They reach the browser as plain text: see `_tooltips`
and `inert`.
"""

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from cri_data.model.code_lists import ENGAGEMENT_STATUSES
from cri_data.store.rows import table_records
from cri_ui.components.text import INVISIBLE, day, plain, whole

RADIUS = (5, 22)
# A step between engagements at one place: about 3 km, apart from zoom 8 on.
SPREAD_DEGREES = 0.03
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
MERCATOR_LIMIT = 85.0


def placed(engagements: pd.DataFrame) -> pd.DataFrame:
    """Engagements with coordinates that a map can show."""
    latitude = pd.to_numeric(engagements["latitude"], errors="coerce").astype(float)
    longitude = pd.to_numeric(engagements["longitude"], errors="coerce").astype(float)
    shown = (latitude.abs() <= MERCATOR_LIMIT) & (longitude.abs() <= 180)
    located = engagements.assign(latitude=latitude, longitude=longitude)
    return located[shown.fillna(value=False)]


def engagement_points(shown: pd.DataFrame, colors: Iterable[str]) -> list[dict[str, Any]]:
    """One point per engagement, largest first; `colors` are hex, one per row."""
    place = [shown["latitude"].round(4), shown["longitude"].round(4)]
    before = shown.groupby(place).cumcount()
    together = shown.groupby(place)["engagement_id"].transform("size")
    longitude, latitude = _spread(shown["longitude"], shown["latitude"], before)
    points = pd.DataFrame(
        {
            "engagement_id": [inert(str(i)) for i in shown["engagement_id"]],
            "longitude": longitude.round(4),
            "latitude": latitude.round(4),
            "color": [rgb(color) for color in colors],
            "radius": _radius(shown["hours"]),
            "tooltip": _tooltips(shown, together),
        }
    )
    points = points.sort_values("radius", ascending=False, kind="stable")
    return table_records(points)


def _spread(
    longitude: pd.Series, latitude: pd.Series, before: pd.Series
) -> tuple[pd.Series, pd.Series]:
    """Coordinates on a spiral around each place, so that points don't overlap."""
    away = SPREAD_DEGREES * np.sqrt(before)
    shorter = np.cos(np.radians(latitude))
    return (
        longitude + away * np.cos(before * GOLDEN_ANGLE) / shorter,
        latitude + away * np.sin(before * GOLDEN_ANGLE),
    )


def _radius(hours: pd.Series) -> pd.Series:
    """The square root of the hours, so that a point's area shows its hours."""
    known = pd.to_numeric(hours, errors="coerce").astype(float).clip(lower=0)
    return known.pow(0.5).clip(*RADIUS).fillna(RADIUS[0]).round(1)


def rgb(color: str) -> list[int]:
    """The color as deck.gl takes it, slightly transparent."""
    return [*bytes.fromhex(color.removeprefix("#")), 215]


def _tooltips(shown: pd.DataFrame, together: pd.Series) -> list[str]:
    """Text of the tooltip, per row.

    One column and one placeholder: text that looks like a placeholder is then
    never filled in, and the text template writes no HTML.
    """
    columns = (
        shown["agency_name"],
        shown["city"],
        shown["state"],
        shown["topic_name"],
        shown["status"],
        shown["hours"],
        shown["started_on"],
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
    hours: Any,
    started_on: Any,
    partner: Any,
    together: int,
) -> str:
    where = ", ".join(filter(None, (plain(city), plain(state))))
    facts = [
        ENGAGEMENT_STATUSES.labels.get(str(status), plain(status)),
        f"{whole(hours)} hour{'' if hours == 1 else 's'}" if pd.notna(hours) else "",
        f"started {day(started_on)}" if pd.notna(started_on) else "",
    ]
    lines = [
        plain(agency),
        where,
        plain(topic),
        " · ".join(filter(None, facts)),
        f"Led by {plain(partner)}" if pd.notna(partner) else "",
        f"One of {together} engagements at this place" if together > 1 else "",
    ]
    return inert("\n".join(filter(None, lines)))


def inert(text: str) -> str:
    """Text that deck.gl doesn't run: it evaluates data that begins with @@."""
    return INVISIBLE + text if text.startswith("@@") else text
