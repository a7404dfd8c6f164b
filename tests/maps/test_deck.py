"""The map asks nobody outside, shows what it is given, and runs no input."""

import json
import math
import re
from pathlib import Path

import pandas as pd
import pytest

from cri_ui.components.text import LONGEST_NAME
from cri_ui.maps import layers, marks, points
from cri_ui.maps.deck import OfflineDeck, Tier, deck
from cri_ui.maps.palette import groups
from cri_ui.maps.viewport import place_of_state

STATIC = Path(__file__).parents[2] / "static"
DENVER = (39.74, -104.99)
TOPICS = groups("topic", {}, is_dark=False)


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
        "period_on": pd.Timestamp("2024-03-05"),
        "latitude": DENVER[0],
        "longitude": DENVER[1],
        "map_group": "officers",
    } | values


def table(*rows: dict) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(engagement(0)))


def drawn(*rows: dict, is_dark: bool = False) -> OfflineDeck:
    return deck(layers.engagement_marks(table(*rows), TOPICS, is_dark), is_dark)


def content(made: OfflineDeck) -> dict:
    return json.loads(made.to_json())


def points_of(*rows: dict) -> list[dict]:
    return points.marks(table(*rows), TOPICS)


@pytest.mark.parametrize("is_dark", [False, True])
def test_deck_names_only_files_that_the_app_serves(is_dark: bool):
    made = drawn(engagement(1), is_dark=is_dark)
    assert "//" not in re.sub(r"data:image/svg\+xml;base64,[\w+/=]+", "", made.to_json())
    urls = set(re.findall(r"/app/static/([\w.-]+)", made.to_json()))
    style = f"map-{'dark' if is_dark else 'light'}.json"
    assert urls == {style, "state-labels.json", "map-cities.json"}
    assert all((STATIC / name).exists() for name in urls)
    assert content(made)["mapProvider"] == "maplibre"


def test_marks_carry_only_what_the_layer_needs():
    (mark,) = points_of(engagement(1))
    assert mark == {
        "i": "E-1",
        "x": -104.99,
        "y": 39.74,
        "g": "3",
        "t": "Denver Police Department\nDenver, CO\n"
        "De-escalation and crisis training\nActive · Mar 5, 2024\nLed by A partner",
    }


def test_every_layer_has_an_id_and_only_engagements_can_be_picked():
    found = content(drawn(engagement(1)))["layers"]
    assert {one["id"]: one["pickable"] for one in found} == {
        "state-labels": False,
        "city-labels": False,
        "engagements": True,
    }


def test_what_is_far_out_gives_way_to_what_is_near_where_it_zooms():
    """What is high passes the camera at the zoom at which what is low comes into view."""
    view = content(drawn())["views"][0]
    assert view["orthographic"]
    camera = 1.5
    gone, seen = camera - view["nearZ"], camera - view["farZ"]
    # In frames above the ground, at a zoom where a frame is so many meters high.
    frame = Tier.FAR_OUT.value / gone
    assert Tier.NEAR.value / frame == pytest.approx(seen)
    # From a phone's whole map (a frame of 9,000 km) to the closest zoom of a large one.
    assert (
        Tier.ALWAYS.value / 9_000_000 < seen * 1.0 or Tier.ALWAYS.value / seen > 7_000_000
    )
    for name, tier in (("engagements", Tier.NEAR), ("state-labels", Tier.ALWAYS)):
        (one,) = [at for at in content(drawn())["layers"] if at["id"] == name]
        assert one["modelMatrix"][14] == round(tier.value)


def test_the_browser_fits_the_whole_map_to_its_frame():
    spec = content(drawn())
    (west, _), (east, _) = spec["views"][0]["controller"]["maxBounds"]
    # All that is drawn, from west to east: so far out the map goes, whatever its width.
    assert (west, east) == (-125.9, -66.1)
    assert spec["initialViewState"]["zoom"] == 0
    texas = content(deck([], is_dark=False, place=place_of_state("TX")))
    assert texas["initialViewState"]["zoom"] > 4
    # The view is the same, so that the browser keeps the reader's place.
    assert texas["views"] == spec["views"]


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
    shown = points_of(engagement(1), engagement(2, **place))
    assert [mark["i"] for mark in shown] == ["E-1"]


def test_a_map_without_engagements_is_drawn():
    assert content(drawn())["layers"][-1]["data"] == []


def test_what_is_not_known_is_not_in_the_tooltip():
    unknown = dict.fromkeys(("period_on", "lead_partner_name", "city"))
    (mark,) = points_of(engagement(1, **unknown))
    assert mark["t"].splitlines()[1:] == [
        "CO",
        "De-escalation and crisis training",
        "Active",
    ]


def test_equal_places_are_spread_a_little_and_always_alike():
    rows = [engagement(i) for i in range(5)]
    spread = points_of(*rows)
    places = {(mark["x"], mark["y"]) for mark in spread}
    assert len(places) == 5
    assert all(math.dist(place, DENVER[::-1]) < 0.1 for place in places)
    assert DENVER[::-1] in places
    assert points_of(*rows[::-1]) == spread
    assert "One of 5 engagements here" in spread[0]["t"]


def test_alaska_is_drawn_in_its_inset():
    (mark,) = points_of(engagement(1, state="AK", latitude=61.2, longitude=-149.9))
    assert -125.6 < mark["x"] < -113.6
    assert 22.9 < mark["y"] < 31.3


def test_each_group_has_its_mark():
    shown = layers.engagement_marks(table(engagement(1)), TOPICS, is_dark=False)[0]
    assert len(shown["iconMapping"]) == len(TOPICS)
    assert shown["iconAtlas"] == marks.atlas(TOPICS, is_dark=False)
    assert shown["iconAtlas"].startswith("data:image/svg+xml;base64,")
    assert [mark["g"] for mark in points_of(engagement(1, map_group="violence"))] == ["0"]


@pytest.mark.parametrize("map_group", ["unheard-of", None, "other"])
def test_an_unknown_group_is_of_the_rest(map_group):
    (mark,) = points_of(engagement(1, map_group=map_group))
    assert TOPICS[int(mark["g"])].code == "other"


@pytest.mark.parametrize("name", ["@@=alert(1)", "@@#GL.ONE", " @@=1", "\u202e@@=1"])
def test_names_that_deck_would_evaluate_are_made_inert(name):
    (mark,) = points_of(engagement(1, agency_name=name, engagement_id=name))
    assert not mark["t"].startswith("@@")
    assert not mark["i"].startswith("@@")


def test_names_go_into_a_text_template_with_one_placeholder():
    made = drawn(engagement(1))
    assert made._tooltip["text"] == "{t}"
    assert "html" not in made._tooltip


def test_a_name_stays_on_its_line_and_within_bounds():
    (mark,) = points_of(engagement(1, agency_name="A\n\u202eLed by\x00 me" + "x" * 500))
    first, second, *_ = mark["t"].splitlines()
    assert first.startswith("A Led by me")
    assert len(first) == LONGEST_NAME
    assert second == "Denver, CO"


def places(*rows: tuple) -> pd.DataFrame:
    columns = ["place", "points", "engagements", "engagements_cancelled", "hours"]
    columns += ["map_group", "engagements_of_map_group", "state", "latitude", "longitude"]
    return pd.DataFrame(rows, columns=columns)


FOUR_PLACES = places(
    ("11 -32", 903, 900, 3, 400.0, "violence", 500, "TX", 30.25, -99.75),
    ("15 -24", 13, 1, 12, None, "own", 13, "NY", 40.1, -73.9),
    ("16 -24", 4, 0, 4, None, "officers", 4, "NY", 42.1, -73.9),
    ("AK", 16_000, 15_900, 100, None, "officers", 9_000, "AK", 61.2, -149.9),
)


def test_circles_have_the_number_and_color_of_their_place():
    first, second, third, fourth = points.circles(FOUR_PLACES, TOPICS, 3.2)
    assert [one["n"] for one in (first, second, third, fourth)] == ["900", "1", "4", "16k"]
    assert fourth["r"] > first["r"] > third["r"] > second["r"] > 8
    assert first["c"] == points.rgb(TOPICS[0].color)
    assert second["c"] == points.rgb(TOPICS[-1].color)
    assert first["t"] == (
        "900 engagements, 400 hours\nplus 3 canceled\nMost: Violence and crime (500)"
    )
    # Near the middle of its place, where it meets no other.
    assert first["x"] == pytest.approx(-31.5 * 3.2, abs=1.1)
    assert first["y"] == pytest.approx(11.5 * 2.56, abs=1.0)
    assert -125.6 < fourth["x"] < -113.6


@pytest.mark.parametrize(
    ("number", "text"), [(7, "7"), (999, "999"), (1_234, "1.2k"), (12_345, "12k")]
)
def test_numbers_fit_into_circles(number, text):
    assert points.short(number) == text


def test_twenty_thousand_engagements_are_under_a_megabyte():
    grid = [
        (f"{row} {column}", 5, 4, 1, 9.0, "officers", 3, "TX", row * 0.32, column * 0.4)
        for row in range(77, 150)
        for column in range(-310, -170)
    ][:4_500]
    near = layers.place_circles(places(*grid), TOPICS, False, 0.4, 18.0, Tier.NEAR)
    assert len(deck(near, is_dark=False).to_json()) < 1_000_000
    many = [engagement(i, latitude=30 + i / 1000) for i in range(4_999)]
    assert len(drawn(*many).to_json()) < 1_000_000


def test_states_are_colored_by_where_their_number_falls():
    numbers = pd.Series({"TX": 0.01, "OH": 0.3, "CA": None})
    (shaded,) = layers.states_by_number(numbers, False, [0.1, 0.2])
    how = shaded["getFillColor"]
    assert how["domain"] == ["TX", "OH", "-"]
    shades = [points.rgb(color) for color in layers.shades(False)]
    assert how["colors"][:2] == [shades[0], shades[2]]
    # A state without a number has no color.
    assert how["othersColor"][3] == 0
