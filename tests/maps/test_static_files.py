"""Styles and shapes of the maps, as the app serves them."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cri_data.model.code_lists import STATES

STATIC = Path(__file__).parents[2] / "static"

SIZES = {
    "states.geojson": 150_000,
    "state-labels.json": 5_000,
    "map-states.geojson": 150_000,
    "map-counties.geojson": 350_000,
    "map-cities.json": 12_000,
    "map-light.json": 1_500,
    "map-dark.json": 1_500,
}


@pytest.mark.parametrize(("name", "most"), SIZES.items())
def test_static_files_are_small_and_name_no_other_host(name, most):
    text = (STATIC / name).read_text("utf-8")
    assert json.loads(text)
    assert len(text.encode()) <= most
    assert "://" not in text


@pytest.mark.parametrize("name", ["map-light.json", "map-dark.json"])
def test_styles_need_no_glyphs_and_no_sprites(name):
    style = json.loads((STATIC / name).read_text("utf-8"))
    assert style["version"] == 8
    assert style.keys().isdisjoint({"glyphs", "sprite"})
    assert {layer["type"] for layer in style["layers"]} == {"background", "fill", "line"}
    assert {name: one["data"] for name, one in style["sources"].items()} == {
        "states": "/app/static/map-states.geojson",
        "counties": "/app/static/map-counties.geojson",
    }


def test_shapes_and_labels_hold_every_state_and_territory():
    shapes = json.loads((STATIC / "states.geojson").read_text("utf-8"))["features"]
    labels = json.loads((STATIC / "state-labels.json").read_text("utf-8"))
    codes = [shape["properties"]["state"] for shape in shapes]
    assert sorted(codes) == sorted(STATES.values)
    assert [label["state"] for label in labels] == codes


def test_every_ring_is_closed():
    shapes = json.loads((STATIC / "states.geojson").read_text("utf-8"))["features"]
    rings = [r for s in shapes for polygon in s["geometry"]["coordinates"] for r in polygon]
    assert all(len(ring) >= 4 and ring[0] == ring[-1] for ring in rings)


def test_the_license_of_the_shapes_is_served_with_them():
    assert "Permission" in (STATIC / "us-atlas-LICENSE.txt").read_text("utf-8")


def test_the_shapes_of_the_state_map_are_those_of_the_states():
    path = STATIC.parent / "docs" / "make_state_map.py"
    subprocess.run([sys.executable, path, "--check"], check=True)
    text = (STATIC / "state-map.css").read_text("utf-8")
    assert len(text.encode()) <= 75_000
    assert "://" not in text
    shapes = re.findall(r"\.state-map \.([A-Z]{2})\{", text)
    assert set(shapes) == set(STATES.values) - {"AS", "GU", "MP", "PR", "VI"}
    assert len(shapes) == len(set(shapes))
    # A box and a shape each, all of it on the map.
    for places in re.findall(r"left:(.*?)%;top:(.*?)%;width:(.*?)%;height:(.*?)%", text):
        left, top, width, height = map(float, places)
        assert 0 <= left <= left + width <= 100
        assert 0 <= top <= top + height <= 100
