"""What the map moves beside the contiguous states, and where it can be sent."""

import json
import math

import pytest

from cri_data.model.code_lists import STATES
from cri_ui.maps.insets import FRAME, INSETS, MOVED, moved
from cri_ui.maps.viewport import (
    label_spots,
    place_near,
    place_of_cell,
    place_of_state,
    whole_map,
)
from tests.maps.test_static_files import STATIC

WEST, SOUTH, EAST, NORTH = FRAME
# Capitals and largest places of what is moved.
PLACES = {
    "AK": [(-149.9, 61.2), (-134.4, 58.3), (-176.6, 51.9), (-166.5, 53.9), (-156.8, 71.3)],
    "HI": [(-157.9, 21.3), (-155.1, 19.7), (-159.4, 22.0)],
    "PR": [(-66.1, 18.4), (-67.2, 18.2)],
    "VI": [(-64.9, 18.3), (-64.7, 17.7)],
    "GU": [(144.8, 13.5)],
    "MP": [(145.7, 15.2), (145.2, 14.2)],
    "AS": [(-170.7, -14.3)],
}


def test_all_outside_the_contiguous_states_is_moved():
    assert set(PLACES) == MOVED


@pytest.mark.parametrize("state", PLACES)
def test_places_are_drawn_in_their_inset(state: str):
    (inset,) = (one for one in INSETS if state in one.states)
    west, south, east, north = inset.corners
    for longitude, latitude in PLACES[state]:
        x, y = moved(state, longitude, latitude)
        assert west < x < east
        assert south < y < north


def test_insets_are_in_the_frame_and_apart():
    for inset in INSETS:
        west, south, east, north = inset.corners
        assert west < east
        assert south < north
        assert west >= WEST
        assert east <= EAST
        assert south >= SOUTH
        for other in INSETS:
            is_beside = (
                other is inset
                or other.corners[2] <= west
                or east <= other.corners[0]
                or other.corners[3] <= south
                or north <= other.corners[1]
            )
            assert is_beside, (inset.states, other.states)


def test_a_place_of_the_contiguous_states_stays():
    assert moved("TX", -97.7, 30.3) == (-97.7, 30.3)
    assert moved(None, -97.7, 30.3) == (-97.7, 30.3)


def test_an_inset_keeps_directions_and_proportions():
    here, north, east = (
        moved("HI", *spot) for spot in ((-157.5, 20.6), (-157.5, 21.6), (-156.5, 20.6))
    )
    assert north[0] == here[0]
    assert north[1] > here[1]
    assert east[1] == here[1]
    assert east[0] > here[0]
    # A degree east is as much shorter than one north as it is in Hawaii.
    drawn = (east[0] - here[0]) * math.cos(math.radians(25.1)) / (north[1] - here[1])
    assert drawn == pytest.approx(math.cos(math.radians(20.6)), rel=0.01)


def test_shapes_are_drawn_where_places_are():
    shapes = json.loads((STATIC / "map-states.geojson").read_text("utf-8"))["features"]
    states = {
        one["properties"]["state"]: one for one in shapes if "state" in one["properties"]
    }
    assert set(states) == set(STATES.values)
    for inset in INSETS:
        west, south, east, north = inset.corners
        for state in inset.states:
            polygons = states[state]["geometry"]["coordinates"]
            assert polygons
            spots = [spot for polygon in polygons for ring in polygon for spot in ring]
            assert all(west <= x <= east and south <= y <= north for x, y in spots)


def test_all_that_is_drawn_is_in_the_frame():
    for name in ("map-states.geojson", "map-counties.geojson"):
        text = json.loads((STATIC / name).read_text("utf-8"))
        features = text.get("features", [text])
        for feature in features:
            for x, y in _spots(feature["geometry"]["coordinates"]):
                assert WEST <= x <= EAST
                assert SOUTH <= y <= NORTH
    assert all(WEST < x < EAST and SOUTH < y < NORTH for x, y in label_spots().values())


def _spots(coordinates: list) -> list[tuple[float, float]]:
    if isinstance(coordinates[0], int | float):
        return [tuple(coordinates)]
    return [spot for inner in coordinates for spot in _spots(inner)]


def test_each_state_can_be_gone_to():
    whole = whole_map()
    for state in STATES.values:
        place = place_of_state(state)
        assert place.zoom > whole.zoom
        assert WEST < place.longitude < EAST
        assert SOUTH < place.latitude < NORTH
    assert place_of_state("XX") is None
    assert (
        place_of_state("RI").zoom
        > place_of_state("TX").zoom
        > place_of_state("AK").zoom - 1
    )


def test_an_agency_and_a_cell_can_be_gone_to():
    anchorage = place_near("AK", -149.9, 61.2)
    assert (anchorage.longitude, anchorage.latitude) == moved("AK", -149.9, 61.2)
    near, far = place_of_cell(-97, 31, 0.4), place_of_cell(-97, 31, 3.2)
    assert near.zoom > far.zoom > 4
    assert far.longitude == pytest.approx(-97)
