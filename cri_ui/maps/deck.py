"""The engagement map as a deck.gl deck that works offline.

The shapes under the points are files of static/ that the app serves itself, so the map
needs no other host.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import pandas as pd
import pydeck

from cri_ui.components.text import INVISIBLE
from cri_ui.maps.places import place_points
from cri_ui.maps.points import engagement_points, placed
from cri_ui.maps.viewport import Room, beyond_first_view, first_view

__all__ = [
    "beyond",
    "engagements_alt",
    "engagements_deck",
    "places_alt",
    "places_deck",
    "point_ids",
    "selected_engagement",
    "topic_colors",
    "topic_legend",
]

# Fourteen fills that people with common kinds of color blindness can tell apart.
# Fixed to the program's topics, so that a filter never recolors a point.
TOPIC_COLORS = {
    "crime-reduction": "#0087a5",
    "gun-violence": "#f0002d",
    "focused-deterrence": "#e1962d",
    "gang-prevention": "#a5005a",
    "stakeholder-coordination": "#4bb4ff",
    "information-sharing": "#2d1eff",
    "mass-casualty": "#ff0fb4",
    "active-shooter": "#9600c3",
    "mass-demonstrations": "#a569ff",
    "compstat": "#5a4b87",
    "officer-wellness": "#96d287",
    "training": "#5a7800",
    "tribal": "#a56969",
    "shared-services": "#f0b4d2",
}
OTHER_TOPIC = "#8a8f98"

ENGAGEMENTS_LAYER = "engagements"
METERS_PER_RADIUS = 3_500

_ROOM = Room()


class OfflineDeck(pydeck.Deck):
    """A deck whose JSON has no blanks: what every change sends is half as long."""

    def to_json(self) -> str:
        """The deck as JSON, computed once because a deck doesn't change."""
        return self._json

    @cached_property
    def _json(self) -> str:
        return json.dumps(json.loads(super().to_json()), separators=(",", ":"))


def topic_colors(topic_ids: Iterable[str]) -> dict[str, str]:
    """Hex color of each topic.

    The program's topics have fixed colors. A store's own topics take those
    that are left over, in the order given, so give all topics (not a filtered
    list) to keep them stable; beyond fourteen they are grey.
    """
    wanted = list(dict.fromkeys(topic_ids))
    free = iter(c for topic, c in TOPIC_COLORS.items() if topic not in wanted)
    return {topic: TOPIC_COLORS.get(topic) or next(free, OTHER_TOPIC) for topic in wanted}


def topic_legend(
    rows: pd.DataFrame, colors: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Topics on the map with their colors: topic_id, topic_name, color (hex).

    `rows` are engagements or groups by place.
    """
    topics = placed(rows)[["topic_id", "topic_name"]]
    topics = topics.drop_duplicates("topic_id")
    topics["color"] = _fills(topics["topic_id"], colors)
    order = list(TOPIC_COLORS if colors is None else colors)
    known = {topic: i for i, topic in enumerate(order)}
    topics["order"] = topics["topic_id"].map(known).fillna(len(known))
    topics = topics.sort_values(["order", "topic_name"], ignore_index=True)
    return topics[["topic_id", "topic_name", "color"]]


def engagements_alt(engagements: pd.DataFrame) -> str:
    """Text alternative of the map of engagements."""
    shown = placed(engagements)
    states = shown["state"].nunique()
    return (
        f"Map of {len(shown):,} engagements in {states} states and territories, "
        "colored by topic, larger with more hours. The table has the same rows."
    )


def places_alt(places: pd.DataFrame) -> str:
    """Text alternative of the map of engagements grouped by place."""
    return (
        f"Map of {int(places['engagements'].sum()):,} engagements grouped in "
        f"{len(places):,} places, colored by their most frequent topic, larger with "
        "more hours. The table lists the engagements."
    )


def beyond(rows: pd.DataFrame, room: Room) -> int:
    """How many engagements, without canceled ones, are outside the first view.

    `rows` are engagements or groups by place.
    """
    shown = placed(rows)
    outside = shown[beyond_first_view(shown["longitude"], shown["latitude"], room)]
    if "engagements" in rows.columns:
        return int(outside["engagements"].sum())
    return int((outside["status"] != "cancelled").sum())


def engagements_deck(
    engagements: pd.DataFrame,
    dark: bool,
    colors: Mapping[str, str] | None = None,
    room: Room = _ROOM,
) -> pydeck.Deck:
    """Engagements as points, colored by topic, area by the hours.

    `colors` is `topic_colors` of all topics.
    """
    shown = placed(engagements).sort_values("engagement_id")
    points = engagement_points(shown, _fills(shown["topic_id"], colors))
    return _deck(points, first_view(shown["longitude"], shown["latitude"], room), dark)


def places_deck(
    places: pd.DataFrame,
    dark: bool,
    colors: Mapping[str, str] | None = None,
    room: Room = _ROOM,
) -> pydeck.Deck:
    """Groups of engagements as points, drawn as in engagements_deck."""
    points = place_points(places, _fills(places["topic_id"], colors))
    return _deck(points, first_view(places["longitude"], places["latitude"], room), dark)


def _deck(points: list[dict[str, Any]], view: pydeck.ViewState, dark: bool) -> pydeck.Deck:
    return OfflineDeck(
        layers=[_label_layer(dark), _point_layer(points, dark)],
        views=[pydeck.View(type="MapView", controller={"dragRotate": False})],
        initial_view_state=view,
        map_provider="maplibre",
        map_style=f"/app/static/map-{'dark' if dark else 'light'}.json",
        tooltip={"text": "{tooltip}", "style": _tooltip_style(dark)},
    )


def point_ids(deck: pydeck.Deck) -> list[str]:
    """The IDs of the deck's points: engagements, or places."""
    return [point.get("engagement_id") or point["place"] for point in deck.layers[-1].data]


def selected_engagement(event: Mapping[str, Any]) -> str | None:
    """ID of the engagement that was clicked, from what st.pydeck_chart returned."""
    objects = event.get("selection", {}).get("objects", {})
    chosen = objects.get(ENGAGEMENTS_LAYER) or []
    # A group of engagements has no single engagement.
    engagement_id = chosen[0].get("engagement_id") if chosen else None
    return str(engagement_id).removeprefix(INVISIBLE) if engagement_id else None


def _fills(topic_ids: pd.Series, colors: Mapping[str, str] | None) -> pd.Series:
    """Hex color per row; gray if the topic has none."""
    known = TOPIC_COLORS if colors is None else dict(colors)
    return topic_ids.map(known).fillna(OTHER_TOPIC)


def _point_layer(points: list[dict[str, Any]], dark: bool) -> pydeck.Layer:
    return pydeck.Layer(
        "ScatterplotLayer",
        id=ENGAGEMENTS_LAYER,
        data=points,
        get_position="[longitude, latitude]",
        get_fill_color="color",
        get_radius="radius",
        # Grows with the zoom: thousands of points on the whole country would
        # hide each other, and a single one must still be hit by a finger.
        radius_units=pydeck.types.String("meters"),
        radius_scale=METERS_PER_RADIUS,
        radius_min_pixels=3,
        radius_max_pixels=26,
        filled=True,
        stroked=True,
        get_line_color=[235, 238, 242, 190] if dark else [30, 36, 44, 230],
        get_line_width=1,
        line_width_units=pydeck.types.String("pixels"),
        pickable=True,
        auto_highlight=True,
        highlight_color=[255, 255, 255, 110] if dark else [0, 0, 0, 90],
    )


def _label_layer(dark: bool) -> pydeck.Layer:
    """State codes in the browser's own font, larger when zoomed in."""
    return pydeck.Layer(
        "TextLayer",
        id="state-labels",
        data="/app/static/state-labels.json",
        get_position="position",
        get_text="state",
        get_size="room * 0.4",
        size_units=pydeck.types.String("meters"),
        size_max_pixels=16,
        get_color=[150, 163, 177] if dark else [98, 110, 122],
        font_family=pydeck.types.String("Source Sans, sans-serif"),
        pickable=False,
    )


def _tooltip_style(dark: bool) -> dict[str, str]:
    return {
        "backgroundColor": "#2b333d" if dark else "#ffffff",
        "color": "#f2f4f7" if dark else "#1e242c",
        "border": "1px solid " + ("#52606e" if dark else "#9aa7b2"),
        "borderRadius": "6px",
        "fontFamily": "Source Sans, sans-serif",
        "fontSize": "14px",
        "lineHeight": "1.35",
        "maxWidth": "280px",
        "overflowWrap": "anywhere",
        "zIndex": "2",
    }
