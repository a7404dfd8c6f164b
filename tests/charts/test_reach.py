"""Charts of reach: bars with their intervals, the Lorenz curve, the funnel plot."""

import re

import pandas as pd

from cri_ui.charts import reach
from cri_ui.charts.funnel import requests_by_state_funnel
from tests.charts.test_bars import Chart

BY_GROUP = pd.DataFrame(
    {
        "group_name": ["Texas", "Guam <b>"],
        "agency_group": ["TX", "GU"],
        "agencies": [1200, 4],
        "agencies_with_requests": [120, 2],
        "share_of_agencies_reached": [0.1, 0.5],
        "share_of_agencies_reached_low": [0.08, 0.15],
        "share_of_agencies_reached_high": [0.12, 0.8],
        "is_few_agencies": [False, True],
    }
)


def test_reach_is_bars_with_n_of_n_their_interval_and_what_is_few():
    text = reach.reach_by_group(BY_GROUP, "State")
    chart = Chart(text)
    assert chart.rows == [
        ["Texas", "", "10.0% (120 of 1,200)"],
        ["Guam <b>", "few agencies", "", "50.0% (2 of 4)"],
    ]
    # All on one scale, which ends with the highest interval.
    assert chart.bars == [12.5, 62.5]
    assert re.findall(r'<i style="left:(.*?);width:(.*?)">', text) == [
        ("10.00%", "5.00%"),
        ("18.75%", "81.25%"),
    ]


def test_agencies_not_served_stand_with_all_of_their_group():
    table = BY_GROUP.assign(agencies_unserved=[1080, 2])
    chart = Chart(reach.unserved_agencies(table, "State"))
    assert [row[-1] for row in chart.rows] == ["1,080 of 1,200", "2 of 4"]


def test_the_lorenz_curve_begins_at_nothing():
    curve = pd.DataFrame(
        {
            "share_of_agencies_up_to_here": [0.8, 1],
            "share_of_requests_up_to_here": [0.4, 1],
        }
    )
    text = reach.requests_lorenz_curve(curve)
    # From the top of the page down: a share of nothing is at 100%.
    area = "0.00% 100.00%,80.00% 60.00%,100.00% 0.00%,100% 100%"
    assert f"clip-path:polygon({area})" in text
    assert re.findall(r'<b style="left:(.*?);bottom:(.*?)" title="(.*?)">', text) == [
        ("80.00%", "40.00%", "80% of agencies: 40% of requests"),
        ("100.00%", "100.00%", "100% of agencies: 100% of requests"),
    ]
    assert reach.requests_lorenz_curve(curve[:0]) == ""


def test_the_funnel_plot_names_states_outside_its_limits():
    limits = {
        name: [5.0, 8.0]
        for name in (
            "average_per_1000_agencies_per_year",
            *("limit_95_low", "limit_95_high", "limit_998_low", "limit_998_high"),
        )
    }
    states = pd.DataFrame(
        {
            "state": ["TX", "WY"],
            "state_name": ["Texas", "Wyoming"],
            "agencies": [1200, 100],
            "requests": [60, 3],
            "requests_per_1000_agencies_per_year": [20.0, 9.0],
            "funnel": ["above 99.8% limit", "within 95% limits"],
            **limits,
        }
    )
    points, *lines = requests_by_state_funnel(states)["data"]
    # By the number of agencies, so that the limits are a line.
    assert points["x"] == lines[0]["x"] == [100, 1200]
    assert points["y"] == [9.0, 20.0]
    assert points["text"] == ["", "TX"]
    assert "above 99.8% limit" in points["hovertext"][1]
    assert sum(line["showlegend"] for line in lines) == 3
    unknown = states.assign(requests_per_1000_agencies_per_year=None)
    assert requests_by_state_funnel(unknown)["data"] == []
