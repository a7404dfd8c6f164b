"""The map as a deck.gl deck that works offline and needs no server to zoom.

The shapes under the marks are files of static/ that the app serves itself. The map fits its
frame, whatever its width, and what is drawn far out gives way to what is drawn near as it
zooms: see `_view` and `Tier`.
"""

import json
from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cached_property
from typing import Any

import pydeck

from cri_ui.maps.insets import FRAME
from cri_ui.maps.viewport import Place, whole_map

Layer = dict[str, Any]


class Tier(Enum):
    """When a layer is seen: its height in meters over the map, seen from straight above.

    The camera shows what is not too near and not too far (`_NEAR`, `_FAR`, in heights of
    the frame). Zooming in brings it nearer to all that is high. So what is far out passes
    the camera just when what is near comes into view.
    """

    FAR_OUT = 1_250_000
    ALWAYS = 15_000
    NEAR = 1_250_000 / 700


# Distances from a camera that is 1.5 frames above the ground; 1.4 / 0.002 is 700.
_NEAR, _FAR = 0.1, 1.498
_CLOSEST_ZOOM = 10.5
# How far the map can be moved, north and south. West and east it fills its frame.
_SOUTHMOST, _NORTHMOST = 5.0, 64.0

# Zooms out to the frame of `_view`, which depends on its width in the browser.
_FLAT = {"depthCompare": "always", "depthWriteEnabled": False}
_FONT = "Source Sans, sans-serif"


class OfflineDeck(pydeck.Deck):
    """A deck whose JSON is made once, without blanks: a deck doesn't change."""

    def __init__(self, layers: Sequence[Layer], place: Place, is_dark: bool):
        super().__init__(
            map_provider="maplibre",
            map_style=f"/app/static/map-{'dark' if is_dark else 'light'}.json",
            # One placeholder: text that looks like another is then never filled in.
            tooltip={"text": "{t}", "style": _tooltip_style(is_dark)},
        )
        self._drawn, self._place = list(layers), place

    def to_json(self) -> str:
        """The deck as the browser reads it."""
        return self._json

    @cached_property
    def _json(self) -> str:
        place = self._place
        spec = {
            "initialViewState": {
                "longitude": round(place.longitude, 3),
                "latitude": round(place.latitude, 3),
                "zoom": round(place.zoom, 2),
                "maxZoom": _CLOSEST_ZOOM,
                "maxPitch": 0,
                "pitch": 0,
            },
            "views": [_view()],
            "mapProvider": "maplibre",
            "mapStyle": self.map_style,
            "layers": self._drawn,
        }
        return json.dumps(spec, separators=(",", ":"))


def deck(layers: Sequence[Layer], is_dark: bool, place: Place | None = None) -> OfflineDeck:
    """The deck of these layers, under them the states' and cities' names."""
    names = [_states_layer(is_dark), _cities_layer(is_dark)]
    return OfflineDeck([*names, *layers], place or whole_map(), is_dark)


def layer(kind: str, name: str, tier: Tier, **given: Any) -> Layer:
    """A layer of deck.gl as its JSON names it, at the height of its tier."""
    # The last row of the matrix, which is written column by column, lifts it.
    lifted = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, round(tier.value), 1]
    return {
        "@@type": kind,
        "id": name,
        "modelMatrix": lifted,
        "parameters": _FLAT,
        "pickable": False,
        **given,
    }


def _view() -> Layer:
    """Straight from above, and never so far out that the frame is wider than the map.

    The browser fits the bounds to the width that the frame really has.
    """
    west, _, east, _ = FRAME
    return {
        "@@type": "MapView",
        "id": "default-view",
        "orthographic": True,
        "nearZ": _NEAR,
        "farZ": _FAR,
        "controller": {
            "dragRotate": False,
            "touchRotate": False,
            "maxBounds": [[west, _SOUTHMOST], [east, _NORTHMOST]],
        },
    }


def _states_layer(is_dark: bool) -> Layer:
    """State codes in the page's own font, larger when zoomed in."""
    return layer(
        "TextLayer",
        "state-labels",
        Tier.ALWAYS,
        data="/app/static/state-labels.json",
        getPosition="@@=position",
        getText="@@=state",
        getSize="@@=room * 0.34",
        sizeUnits="meters",
        sizeMaxPixels=15,
        getColor=[126, 143, 160] if is_dark else [128, 139, 150],
        fontFamily=_FONT,
        fontWeight=600,
    )


def _cities_layer(is_dark: bool) -> Layer:
    return layer(
        "TextLayer",
        "city-labels",
        Tier.NEAR,
        data="/app/static/map-cities.json",
        getPosition="@@=position",
        getText="@@=city",
        getSize=12,
        getColor=[150, 164, 178] if is_dark else [92, 104, 116],
        getPixelOffset=[0, -13],
        fontFamily=_FONT,
    )


def _tooltip_style(is_dark: bool) -> Mapping[str, str]:
    return {
        "backgroundColor": "#2b333d" if is_dark else "#ffffff",
        "color": "#f2f4f7" if is_dark else "#1e242c",
        "border": "1px solid " + ("#52606e" if is_dark else "#9aa7b2"),
        "borderRadius": "6px",
        "fontFamily": _FONT,
        "fontSize": "14px",
        "lineHeight": "1.35",
        "maxWidth": "280px",
        "overflowWrap": "anywhere",
        "whiteSpace": "pre-line",
        "zIndex": "2",
    }
