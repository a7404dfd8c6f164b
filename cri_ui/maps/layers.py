"""The layers of the map: engagements, states by a number, and lines between places."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from cri_ui.maps import marks, points
from cri_ui.maps.deck import Layer, Tier, layer
from cri_ui.maps.palette import GROUND, Group
from cri_ui.maps.points import rgb

# Layers that can be clicked, and what they hold.
MARKS, CIRCLES, NEAR_CIRCLES = "engagements", "places", "near-places"
STATES = "states-by-number"

_INK = {False: "#1b2631", True: "#eef2f6"}
_ACCENT = {False: "#d0006f", True: "#ff8ac6"}
_FONT = "Source Sans, sans-serif"

_SEQUENTIAL = {
    False: ("#e3ecf5", "#b9d2ea", "#86b2dc", "#4f8cc6", "#2767a6", "#114378"),
    True: ("#233546", "#2b4d6d", "#356a96", "#4b8bc0", "#79b1de", "#b5d8f5"),
}


def engagement_marks(
    engagements: pd.DataFrame, groups: Sequence[Group], is_dark: bool
) -> list[Layer]:
    """Single engagements, in view when the map is near."""
    return [
        layer(
            "IconLayer",
            MARKS,
            Tier.NEAR,
            data=points.marks(engagements, groups),
            iconAtlas=marks.atlas(groups, is_dark),
            iconMapping=marks.mapping(groups),
            getPosition="@@=[x, y]",
            getIcon="@@=g",
            getSize=17,
            alphaCutoff=0.05,
            pickable=True,
            autoHighlight=True,
        )
    ]


def place_circles(
    places: pd.DataFrame,
    groups: Sequence[Group],
    is_dark: bool,
    degrees: float,
    largest: float,
    tier: Tier = Tier.FAR_OUT,
) -> list[Layer]:
    """Engagements put together: circles with their number, ringed by the largest group."""
    name = CIRCLES if tier is Tier.FAR_OUT else NEAR_CIRCLES
    return numbered_circles(
        points.circles(places, groups, degrees, largest), name, is_dark, tier, largest
    )


def numbered_circles(
    circles: list[dict[str, Any]],
    name: str,
    is_dark: bool,
    tier: Tier = Tier.ALWAYS,
    largest: float = 23,
) -> list[Layer]:
    """Circles of points.circles, or like them, with their numbers."""
    return [
        layer(
            "ScatterplotLayer",
            name,
            tier,
            data=circles,
            getPosition="@@=[x, y]",
            getFillColor=rgb(GROUND[is_dark], 235),
            getLineColor="@@=c",
            getRadius="@@=r",
            radiusUnits="pixels",
            stroked=True,
            getLineWidth=3 if largest > 15 else 2,
            lineWidthUnits="pixels",
            pickable=True,
            autoHighlight=True,
            highlightColor=[*rgb(_ACCENT[is_dark]), 60],
        ),
        layer(
            "TextLayer",
            f"{name}-numbers",
            tier,
            data=[{"x": one["x"], "y": one["y"], "n": one["n"]} for one in circles],
            getPosition="@@=[x, y]",
            getText="@@=n",
            getSize=13 if largest > 15 else 11,
            getColor=rgb(_INK[is_dark]),
            fontFamily=_FONT,
            fontWeight=600,
        ),
    ]


def chosen_ring(spots: Sequence[tuple[float, float]], is_dark: bool) -> list[Layer]:
    """A ring around what was chosen, at any zoom."""
    if not spots:
        return []
    return [
        layer(
            "ScatterplotLayer",
            "chosen",
            Tier.ALWAYS,
            data=[{"x": x, "y": y} for x, y in spots],
            getPosition="@@=[x, y]",
            filled=False,
            stroked=True,
            getLineColor=rgb(_ACCENT[is_dark]),
            getLineWidth=3,
            lineWidthUnits="pixels",
            getRadius=15,
            radiusUnits="pixels",
        )
    ]


def states_by_number(
    numbers: pd.Series, is_dark: bool, bounds: Sequence[float]
) -> list[Layer]:
    """States colored by a number, from light to strong; `numbers` has states as its index.

    `bounds` are the five that divide the six colors.
    """
    known = numbers.dropna()
    shades = [rgb(color) for color in _SEQUENTIAL[is_dark]]
    colors = [shades[sum(value >= bound for bound in bounds)] for value in known]
    return [
        layer(
            "GeoJsonLayer",
            STATES,
            Tier.ALWAYS,
            data="/app/static/map-states.geojson",
            getFillColor={
                "@@function": "colorCategories",
                "attr": "state",
                "domain": [*known.index, "-"],
                "colors": [*colors, [0, 0, 0, 0]],
                "othersColor": [0, 0, 0, 0],
                "nullColor": [0, 0, 0, 0],
            },
            getLineColor=rgb(GROUND[is_dark]),
            getLineWidth=1,
            lineWidthUnits="pixels",
            stroked=True,
            filled=True,
        )
    ]


def shades(is_dark: bool) -> tuple[str, ...]:
    """The six colors of `states_by_number`."""
    return _SEQUENTIAL[is_dark]


def lines(rows: list[dict[str, Any]], name: str, is_dark: bool, color: str) -> list[Layer]:
    """Lines from (x, y) to (u, v), w pixels wide."""
    return [
        layer(
            "LineLayer",
            name,
            Tier.ALWAYS,
            data=rows,
            getSourcePosition="@@=[x, y]",
            getTargetPosition="@@=[u, v]",
            getColor=[*rgb(color), 130 if is_dark else 110],
            getWidth="@@=w",
            widthUnits="pixels",
        )
    ]


def dots(rows: list[dict[str, Any]], name: str, is_dark: bool, color: str) -> list[Layer]:
    """Dots at (x, y) of radius r pixels, with tooltips."""
    return [
        layer(
            "ScatterplotLayer",
            name,
            Tier.ALWAYS,
            data=rows,
            getPosition="@@=[x, y]",
            getFillColor=[*rgb(color), 225],
            getRadius="@@=r",
            radiusUnits="pixels",
            stroked=True,
            getLineColor=rgb(GROUND[is_dark]),
            getLineWidth=1,
            lineWidthUnits="pixels",
            pickable=True,
            autoHighlight=True,
        )
    ]


def dot_names(rows: list[dict[str, Any]], is_dark: bool) -> list[Layer]:
    """The names n of dots, above them."""
    return [
        layer(
            "TextLayer",
            "dot-names",
            Tier.ALWAYS,
            data=rows,
            getPosition="@@=[x, y]",
            getText="@@=n",
            getSize=12,
            getPixelOffset=[0, -16],
            getColor=rgb(_INK[is_dark]),
            background=True,
            getBackgroundColor=[*rgb(GROUND[is_dark]), 215],
            backgroundPadding=[3, 1],
            fontFamily=_FONT,
            fontWeight=600,
        )
    ]


def state_texts(rows: list[dict[str, Any]], is_dark: bool) -> list[Layer]:
    """A text in each state, which can be hovered over."""
    return [
        layer(
            "TextLayer",
            "state-numbers",
            Tier.ALWAYS,
            data=rows,
            getPosition="@@=[x, y]",
            getText="@@=n",
            getSize=12,
            getPixelOffset=[0, 12],
            getColor=rgb(_INK[is_dark]),
            background=True,
            getBackgroundColor=[*rgb(GROUND[is_dark]), 190],
            backgroundPadding=[3, 0],
            fontFamily=_FONT,
            fontWeight=600,
            pickable=True,
        )
    ]


def strong(is_dark: bool) -> list[int]:
    """The color of circles that stand for no group."""
    return rgb(_SEQUENTIAL[is_dark][4])
