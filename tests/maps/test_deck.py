"""The maps ask nobody outside, show what they are given, and run no input."""

import json
import math
import re
from pathlib import Path

import pandas as pd
import pydeck
import pytest

from cri_ui.components.text import LONGEST_NAME
from cri_ui.maps import deck
from cri_ui.maps.viewport import Room
from cri_ui.views import engagement_map

STATIC = Path(__file__).parents[2] / "static"
DENVER = (39.74, -104.99)


def engagement(number: int, **values) -> dict:
    return {
        "engagement_id": f"E-{number}",
        "agency_name": "Denver Police Department",
        "city": "Denver",
        "state": "CO",
        "topic_id": "training",
        "topic_name": "De-escalation and crisis training",
        "lead_partner_name": "A partner",
        "status": "active",
        "hours": 100.0,
        "started_on": pd.Timestamp("2024-03-05"),
        "latitude": DENVER[0],
        "longitude": DENVER[1],
    } | values


def table(*rows: dict) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(engagement(0)))


def content(drawn: pydeck.Deck) -> dict:
    return json.loads(drawn.to_json())


def point_layer(drawn: pydeck.Deck) -> dict:
    (layer,) = [at for at in content(drawn)["layers"] if at["id"] == "engagements"]
    return layer


def points(*rows: dict, **options) -> list[dict]:
    return point_layer(deck.engagements_deck(table(*rows), dark=False, **options))["data"]


STAYS, ZOOMS = Room(), Room(zooms=True)


def view(*places: tuple[float, float], room: Room = STAYS) -> dict:
    rows = [
        engagement(i, latitude=latitude, longitude=longitude)
        for i, (latitude, longitude) in enumerate(places)
    ]
    drawn = deck.engagements_deck(table(*rows), dark=False, room=room)
    return content(drawn)["initialViewState"]


@pytest.mark.parametrize("dark", [False, True])
def test_deck_names_only_files_that_the_app_serves(dark):
    drawn = deck.engagements_deck(table(engagement(1)), dark=dark)
    assert "//" not in drawn.to_json()
    urls = set(re.findall(r"/app/static/([\w.-]+)", drawn.to_json()))
    assert urls == {f"map-{'dark' if dark else 'light'}.json", "state-labels.json"}
    assert all((STATIC / name).exists() for name in urls)
    assert content(drawn)["mapProvider"] == "maplibre"


def test_points_carry_only_what_the_layer_needs():
    (point,) = points(engagement(1))
    assert point == {
        "engagement_id": "E-1",
        "longitude": -104.99,
        "latitude": 39.74,
        "color": [0x5A, 0x78, 0x00, 215],
        "radius": 10.0,
        "tooltip": "Denver Police Department\nDenver, CO\n"
        "De-escalation and crisis training\n"
        "Active · 100 hours · started Mar 5, 2024\nLed by A partner",
    }


def test_every_layer_has_an_id_and_only_engagements_can_be_picked():
    layers = content(deck.engagements_deck(table(engagement(1)), dark=False))["layers"]
    assert {layer["id"]: layer["pickable"] for layer in layers} == {
        "state-labels": False,
        "engagements": True,
    }


@pytest.mark.parametrize(
    "place",
    [
        {"latitude": None},
        {"longitude": math.nan},
        {"latitude": math.inf},
        {"latitude": 91.0},
        {"longitude": -190.0},
    ],
)
def test_engagements_without_a_place_are_left_out(place):
    shown = points(engagement(1), engagement(2, **place))
    assert [point["engagement_id"] for point in shown] == ["E-1"]


def test_a_map_without_points_shows_the_continent():
    drawn = deck.engagements_deck(table(), dark=False)
    assert point_layer(drawn)["data"] == []
    assert content(drawn)["initialViewState"] == view(NEW_YORK, LOS_ANGELES, HONOLULU)


@pytest.mark.parametrize(
    ("hours", "radius"),
    [(None, 5.0), (-4.0, 5.0), (1.0, 5.0), (144.0, 12.0), (90_000.0, 22.0)],
)
def test_radius_is_the_root_of_the_hours_within_bounds(hours, radius):
    (point,) = points(engagement(1, hours=hours))
    assert point["radius"] == radius


def test_what_is_not_known_is_not_in_the_tooltip():
    unknown = dict.fromkeys(("hours", "started_on", "lead_partner_name", "city"))
    (point,) = points(engagement(1, **unknown))
    assert point["tooltip"].splitlines()[1:] == [
        "CO",
        "De-escalation and crisis training",
        "Active",
    ]


def test_equal_places_are_spread_a_little_and_always_alike():
    rows = [engagement(i) for i in range(5)]
    spread = points(*rows)
    places = {(point["longitude"], point["latitude"]) for point in spread}
    assert len(places) == 5
    assert all(math.dist(place, DENVER[::-1]) < 0.1 for place in places)
    assert DENVER[::-1] in places
    assert points(*rows[::-1]) == spread
    assert "One of 5 engagements at this place" in spread[0]["tooltip"]


def test_small_points_are_drawn_over_large_ones():
    shown = points(engagement(1, hours=30.0), engagement(2, hours=300.0))
    assert [point["engagement_id"] for point in shown] == ["E-2", "E-1"]


def test_a_topic_keeps_its_color_whatever_the_filter():
    ids = list(deck.TOPIC_COLORS)
    everything = deck.topic_colors(ids)
    assert len(set(everything.values())) == 14
    assert deck.topic_colors(ids[5:7]) == {i: everything[i] for i in ids[5:7]}
    (alone,) = points(engagement(1, topic_id="tribal"))
    both = points(engagement(1, topic_id="tribal"), engagement(2, topic_id="compstat"))
    assert alone["color"] == both[0]["color"]


def test_a_topic_of_ones_own_takes_a_free_color_and_the_fifteenth_is_grey():
    own = deck.topic_colors([f"own-{i}" for i in range(15)])
    assert len(set(own.values())) == 15
    assert own["own-14"] == deck.OTHER_TOPIC
    beside = deck.topic_colors([*deck.TOPIC_COLORS, "own"])
    assert beside["own"] == deck.OTHER_TOPIC


@pytest.mark.parametrize("topic_id", ["unheard-of", None])
def test_an_unknown_topic_is_grey(topic_id):
    (point,) = points(engagement(1, topic_id=topic_id))
    assert point["color"][:3] == [0x8A, 0x8F, 0x98]


def test_legend_names_the_topics_on_the_map_in_the_programs_order():
    legend = deck.topic_legend(
        table(
            engagement(1, topic_id="tribal", topic_name="Tribal"),
            engagement(2),
            engagement(3, topic_id="own", topic_name="Own"),
            engagement(4, topic_id="compstat", latitude=None),
            engagement(5),
        )
    )
    assert legend.to_dict(orient="split")["data"] == [
        ["training", "De-escalation and crisis training", "#5a7800"],
        ["tribal", "Tribal", "#a56969"],
        ["own", "Own", "#8a8f98"],
    ]


@pytest.mark.parametrize("name", ["@@=alert(1)", "@@#GL.ONE", " @@=1", "\u202e@@=1"])
def test_names_that_deck_would_evaluate_are_made_inert(name):
    (point,) = points(engagement(1, agency_name=name, engagement_id=name))
    assert not point["tooltip"].startswith("@@")
    assert not point["engagement_id"].startswith("@@")


def test_names_go_into_a_text_template_with_one_placeholder():
    drawn = deck.engagements_deck(table(engagement(1)), dark=False)
    assert drawn._tooltip["text"] == "{tooltip}"
    assert "html" not in drawn._tooltip


def test_a_name_stays_on_its_line_and_within_bounds():
    (point,) = points(engagement(1, agency_name="A\n\u202eLed by\x00 me" + "x" * 500))
    first, second, *_ = point["tooltip"].splitlines()
    assert first.startswith("A Led by me")
    assert len(first) == LONGEST_NAME
    assert second == "Denver, CO"


@pytest.mark.parametrize("number", ["E-7", "@@=7"])
def test_a_click_gives_the_id_back(number):
    (point,) = points(engagement(1, engagement_id=number))
    selection = {"indices": {"engagements": [0]}, "objects": {"engagements": [point]}}
    assert deck.selected_engagement({"selection": selection}) == number


@pytest.mark.parametrize(
    "event", [{}, {"selection": {"indices": {}, "objects": {}}}, {"selection": {}}]
)
def test_no_click_gives_none(event):
    assert deck.selected_engagement(event) is None


def test_points_are_named_by_what_they_stand_for():
    rows = table(engagement(1), engagement(2))
    ids = deck.point_ids(deck.engagements_deck(rows, dark=False))
    assert sorted(ids) == sorted(rows["engagement_id"])
    assert deck.point_ids(deck.engagements_deck(rows, dark=True)) == ids


NEW_YORK, LOS_ANGELES, HONOLULU = (40.7, -74.0), (34.0, -118.2), (21.3, -157.8)
GUAM, SAMOA = (13.4, 144.8), (-14.3, -170.7)


@pytest.mark.parametrize(
    "found", [(DENVER,), (NEW_YORK,), (LOS_ANGELES, NEW_YORK), (DENVER, HONOLULU, GUAM)]
)
def test_whatever_a_filter_leaves_on_the_continent_the_map_stays(found):
    # The browser keeps the reader's own place while what it is sent is the same.
    assert view(*found) == view()
    assert view()["longitude"] == pytest.approx(-95.95)
    assert 36 < view()["latitude"] < 40


@pytest.mark.parametrize("room", [STAYS, ZOOMS])
def test_what_has_nothing_on_the_continent_is_shown_where_it_is(room):
    assert view(HONOLULU, room=room)["longitude"] == pytest.approx(-157.8)
    assert view(GUAM, SAMOA, room=room)["longitude"] == pytest.approx(167.05)


def test_on_demand_the_view_fits_the_points_but_never_beyond_the_continent():
    everywhere = view(NEW_YORK, LOS_ANGELES, HONOLULU, room=ZOOMS)
    assert everywhere == view(DENVER, GUAM, room=ZOOMS) == view()
    assert view(DENVER, room=ZOOMS)["zoom"] == 6
    near = view((39.0, -105.0), (41.0, -103.0), room=ZOOMS)
    assert near["zoom"] > everywhere["zoom"]
    assert near["longitude"] == pytest.approx(-104)


def test_view_of_a_narrow_map_starts_farther_out():
    for zooms in (False, True):
        wide, narrow = (Room(width, 500, zooms) for width in (1000, 360))
        places = (DENVER, (34.0, -84.0))
        assert view(*places, room=narrow)["zoom"] < view(*places, room=wide)["zoom"]


@pytest.mark.parametrize("zooms", [False, True])
def test_the_first_view_holds_the_48_states_on_a_tablet_too(zooms: bool):
    room = Room(engagement_map._TABLET, engagement_map._HEIGHT, zooms)
    state = view((48.4, -124.6), (44.8, -67.0), HONOLULU, room=room)
    # A window of 800 pixels with the filters beside leaves the map 436.
    seen = 436 / (512 * 2 ** state["zoom"]) * 360
    assert state["longitude"] - seen / 2 < -124.6
    assert state["longitude"] + seen / 2 > -67.0


@pytest.mark.parametrize("room", [Room(516, 520), Room(516, 520, zooms=True)])
def test_what_is_beyond_the_first_view_is_counted_without_the_cancelled(room):
    san_juan = (18.4, -66.1)
    far = [
        engagement(i, latitude=latitude, longitude=longitude)
        for i, (latitude, longitude) in enumerate((HONOLULU, san_juan))
    ]
    cancelled = engagement(7, latitude=13.4, longitude=144.8, status="cancelled")
    nowhere = engagement(8, latitude=None, longitude=None)
    everywhere = table(engagement(9), *far, cancelled, nowhere)
    assert deck.beyond(everywhere, room) == 2
    # With none in the 48 states the map opens on what there is.
    assert deck.beyond(table(*far), room) == 0
    assert deck.beyond(table(engagement(9)), room) == 0
    assert deck.beyond(table(), room) == 0


def test_a_place_just_beyond_is_in_view_only_if_the_map_zooms_to_it():
    # North of Seattle, half a degree beyond the 48 states.
    near = table(
        engagement(1, latitude=47.6, longitude=-122.3),
        engagement(2, latitude=49.9, longitude=-123.4),
    )
    assert deck.beyond(near, STAYS) == 1
    assert deck.beyond(near, ZOOMS) == 0


def test_places_beyond_the_first_view_count_their_engagements():
    far = places(
        ("60 -200", 900, 0, 400.0, "training", "Training", 30.25, -99.75),
        ("26 289", 12, 3, None, "training", "Training", 13.4, 144.8),
    )
    assert deck.beyond(far, Room(516, 520)) == 12


def test_alternative_text_counts_what_is_shown():
    rows = table(engagement(1), engagement(2, state="WY"), engagement(3, latitude=None))
    assert deck.engagements_alt(rows).startswith("Map of 2 engagements in 2 states")


def places(*rows: tuple) -> pd.DataFrame:
    columns = ["place", "engagements", "engagements_cancelled", "hours"]
    columns += ["topic_id", "topic_name", "latitude", "longitude"]
    return pd.DataFrame(rows, columns=columns)


TWO_PLACES = places(
    ("60 -200", 900, 0, 400.0, "training", "<b>@@=Training", 30.25, -99.75),
    ("80 -148", 1, 12, None, "own-topic", None, 40.1, -73.9),
)


def test_places_are_points_by_their_hours_and_most_frequent_topic():
    drawn = deck.places_deck(TWO_PLACES, dark=False)
    first, second = point_layer(drawn)["data"]
    assert (first["longitude"], first["latitude"]) == (-99.75, 30.25)
    assert first["color"][:3] == [*bytes.fromhex(deck.TOPIC_COLORS["training"][1:])]
    assert first["radius"] > second["radius"] > 0
    assert (
        first["tooltip"]
        == "900 engagements, 400 hours\nMost frequent topic: <b>@@=Training"
    )
    assert second["tooltip"].startswith("1 engagement\nplus 12 canceled\n")
    assert "901 engagements grouped in 2 places" in deck.places_alt(TWO_PLACES)
    assert deck.point_ids(drawn) == list(TWO_PLACES["place"])


def test_a_place_that_is_clicked_is_no_engagement():
    chosen = {"objects": {deck.ENGAGEMENTS_LAYER: [{"place": "60 -200"}]}}
    assert deck.selected_engagement({"selection": chosen}) is None
