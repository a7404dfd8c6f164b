"""The map of the states: its values, its texts, its colors, and where a click leads."""

import re
from typing import NamedTuple

import pandas as pd

from cri_data.model.code_lists import STATES
from cri_ui.charts.state_map import reach_by_state_map, requests_by_state_map
from cri_ui.components.filter_links import FilterLinks

_SHAPE = re.compile(
    r'<(?P<tag>[ai]) class="(?:filters )?(?P<state>[A-Z]{2})"(?: href="(?P<link>[^"]*)")?'
    r'(?: role="img")? aria-label="(?P<said>[^"]*)" title="(?P<hover>[^"]*)"'
    r'(?: style="background:(?P<color>[^"]*)")?></[ai]>'
)


class Shape(NamedTuple):
    """A state on the map."""

    tag: str
    link: str | None
    said: str
    hover: list[str]
    color: str | None


def shapes(text: str) -> dict[str, Shape]:
    found = {
        one["state"]: Shape(
            one["tag"], one["link"], one["said"], one["hover"].split("\n"), one["color"]
        )
        for one in _SHAPE.finditer(text)
    }
    assert set(found) == set(STATES.values) - {"AS", "GU", "MP", "PR", "VI"}
    return found


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


def test_state_map_draws_the_values_it_is_given():
    text = requests_by_state_map(by_state(), "requests")
    drawn = shapes(text)
    assert (drawn["CO"].said, drawn["WY"].said) == ("Colorado: 12", "Wyoming: 3")
    # The most has the last color of both themes; a quarter of it, the second.
    assert drawn["CO"].color == "light-dark(#08306b,#c6e8ff)"
    assert drawn["WY"].color == "light-dark(#9dc6e6,#22557f)"
    assert re.findall("<span>(.*?)</span>", text) == ["0", "6", "12"]
    assert "http" not in text


def test_state_map_leaves_out_what_is_not_known():
    drawn = shapes(requests_by_state_map(by_state(), "requests_per_1000_agencies_per_year"))
    assert (drawn["WY"].color, drawn["WY"].said) == (None, "Wyoming: \N{EN DASH}")
    assert drawn["CO"].hover == [
        "Colorado",
        "Requests: 12",
        "Agencies: 240",
        "Requests per 1,000 agencies per year: 50.0",
    ]


def test_state_map_is_no_map_without_values_or_of_territories_alone():
    assert requests_by_state_map(by_state()[:0], "requests") == ""
    guam = by_state(state="GU", state_name="Guam")[:1]
    assert requests_by_state_map(guam, "requests") == ""


def test_state_map_shows_tags_as_text():
    hostile = by_state(state_name="<a href='x'>\"Colorado</a>")
    text = requests_by_state_map(hostile, "requests", FilterLinks())
    assert "<a href='x'" not in text
    assert shapes(text)["CO"].said.startswith("&lt;a href=&#x27;x&#x27;&gt;&quot;Colorado")


def test_a_click_on_a_state_filters_to_it():
    drawn = shapes(requests_by_state_map(by_state(), "requests", FilterLinks()))
    assert (drawn["CO"].tag, drawn["CO"].link) == ("a", "?state=Colorado")
    without = FilterLinks((), frozenset({"topic"}))
    drawn = shapes(requests_by_state_map(by_state(), "requests", without))
    assert (drawn["CO"].tag, drawn["CO"].link) == ("i", None)


def test_state_map_colors_an_index_only_where_it_is_clear():
    rows = by_state(demand_index=250.0, is_index_clear=True, is_few_requests=False)
    rows.loc[1, ["demand_index", "is_index_clear", "is_few_requests"]] = [30.0, False, True]
    text = requests_by_state_map(rows, "demand_index")
    drawn = shapes(text)
    assert drawn["CO"].color == "light-dark(#1d5fa8,#2f7fb8)"
    assert drawn["WY"].color == "light-dark(#dfe3e8,#4a535c)"
    assert re.findall("<span>(.*?)</span>", text) == ["0", "100", "200"]
    assert drawn["WY"].hover[-1] == "Fewer than 20 requests: the rate is not reliable"
    assert "not reliable" not in drawn["CO"].hover[-1]


def test_the_map_of_reach_is_of_states():
    by_group = pd.DataFrame(
        {
            "group_name": ["Texas", "Wyoming", "Guam"],
            "agency_group": ["TX", "WY", "GU"],
            "agencies": [1200, 4, 4],
            "agencies_with_requests": [120, 2, 2],
            "share_of_agencies_reached": [0.1, 0.5, 0.5],
            "is_few_agencies": [False, True, True],
        }
    )
    drawn = shapes(reach_by_state_map(by_group))
    assert drawn["TX"].said == "Texas: 10.0%"
    assert drawn["TX"].color == "light-dark(#08306b,#c6e8ff)"
    # Of few agencies: grey, so that the map does not shout about them.
    assert drawn["WY"].color == "light-dark(#dfe3e8,#4a535c)"
    assert drawn["WY"].hover[-1] == "Fewer than 20 agencies: reach says little"
