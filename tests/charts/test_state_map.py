"""The map of the states: its values, its texts and where its shapes are from."""

import json

import pandas as pd
import pytest

from cri_data.model.code_lists import STATES
from cri_ui.charts.state_map import requests_by_state_figure
from cri_ui.components import page
from tests.maps.test_deck import STATIC


def by_state(**values) -> pd.DataFrame:
    row = {
        "state": "CO",
        "state_name": "Colorado",
        "requests": 12,
        "agencies": 240,
        "requests_per_1000_agencies_per_year": 50.0,
    }
    empty = {"state": "WY", "state_name": "Wyoming", "requests": 3, "agencies": 0}
    return pd.DataFrame([row | values, empty])


@pytest.mark.parametrize("dark", [False, True])
def test_state_map_draws_the_values_it_is_given(dark):
    figure = requests_by_state_figure(by_state(), "requests", "Requests", dark)
    (trace,) = figure["data"]
    assert dict(zip(trace["locations"], trace["z"], strict=True)) == {"CO": 12, "WY": 3}
    assert figure["layout"]["title"]["text"] == "Requests"
    assert "http" not in json.dumps(figure, allow_nan=False)


def test_state_map_leaves_out_what_is_not_known():
    figure = requests_by_state_figure(
        by_state(), "requests_per_1000_agencies_per_year", "Rate"
    )
    (trace,) = figure["data"]
    assert trace["locations"] == ["CO"]
    assert trace["text"] == [
        "<b>Colorado</b><br>Requests: 12<br>Agencies: 240"
        "<br>Requests per 1,000 agencies per year: 50.0"
    ]


def test_state_map_shows_tags_as_text():
    hostile = by_state(state_name="<a href='x'>Colorado</a>")
    figure = requests_by_state_figure(hostile, "requests", "<b>Title</b>")
    assert figure["layout"]["title"]["text"] == "&lt;b&gt;Title&lt;/b&gt;"
    assert "<a" not in figure["data"][0]["text"][0]


def test_state_map_takes_its_shapes_from_the_app():
    assert page.PLOTLY["topojsonURL"] == "/app/static/"
    shapes = json.loads((STATIC / "usa_110m.json").read_text("utf-8"))
    states = {shape["id"] for shape in shapes["objects"]["subunits"]["geometries"]}
    assert states == set(STATES.values) - {"AS", "GU", "MP", "PR", "VI"}


def test_state_map_colors_an_index_only_where_it_is_clear():
    rows = by_state(demand_index=250.0, is_index_clear=True, is_few_requests=False)
    rows.loc[1, ["demand_index", "is_index_clear", "is_few_requests"]] = [30.0, False, True]
    figure = requests_by_state_figure(rows, "demand_index", "")
    unclear, clear = figure["data"]
    assert (unclear["locations"], clear["locations"]) == (["WY"], ["CO"])
    assert len({color for _, color in unclear["colorscale"]}) == 1
    assert (clear["zmin"], clear["zmax"]) == (0, 200)
    assert unclear["text"][0].endswith("Fewer than 20 requests: the rate is not reliable")
    assert "not reliable" not in clear["text"][0]
