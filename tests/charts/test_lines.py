"""Lines over months: their shapes, what a month says, and where it leads."""

import re
from urllib.parse import unquote

import pandas as pd

from cri_ui import charts
from cri_ui.charts.lines import Line, Month, line_chart
from cri_ui.components.filter_links import FilterLinks


def by_month(**more: list) -> pd.DataFrame:
    values = {
        "month_on": pd.to_datetime(["2023-12-01", "2024-01-01", "2024-02-01"]),
        "requests": [10, 40, 20],
        "requests_from_small_agencies": [5, 0, 10],
        "is_in_period": [False, True, True],
        "is_partial": [False, False, True],
        "expected": [25.0, 25.0, 25.0],
        "lower_limit": [5.0, 5.0, 5.0],
        "upper_limit": [30.0, 30.0, 30.0],
        "signal": [None, "above the limits", None],
    }
    return pd.DataFrame(values | more)


def paths(text: str) -> dict[str, list[str]]:
    """The paths of the lines in the room of the chart, by class."""
    room = text.partition('class="room"')[2]
    found: dict[str, list[str]] = {}
    for kind, mask in re.findall(r'<i class="(.*?)" style="mask-image:url\((.*?)\)"', room):
        path = re.search(r'<path d="(.*?)"', unquote(mask))
        found.setdefault(kind, []).append(path[1])
    return found


def test_lines_go_through_the_middles_of_their_months():
    drawn = paths(charts.requests_by_month_expected(by_month()))
    # 41.6 is the top: 4% over the most.
    assert drawn["all"] == ["M0.5 75.96L1.5 3.85L2.5 51.92"]
    assert drawn["small"] == ["M0.5 87.98L1.5 100.00L2.5 75.96"]
    # The month that is not over has no limits: average, and a line for each limit.
    ends = [path.split("L")[-1].split()[0] for path in drawn["limit"]]
    assert ends == ["1.5"] * 3


def test_a_line_has_a_gap_where_nothing_is_known():
    months = [Month(month, "x") for month in by_month()["month_on"]]
    text = line_chart([Line("A", [1, None, 1], "all")], months, "Requests", "Signal")
    assert paths(text)["all"] == ["M0.5 3.85M2.5 3.85"]


def test_a_month_says_what_it_shows_and_leads_to_its_days():
    text = charts.requests_by_month_expected(by_month(), FilterLinks())
    months = re.findall(
        r'<a class="filters" href="(.*?)" aria-label="(.*?)" title', text, re.S
    )
    assert [link for link, _ in months] == [
        "?from=2023-12-01&amp;to=2023-12-31",
        "?from=2024-01-01&amp;to=2024-01-31",
        "?from=2024-02-01&amp;to=2024-02-29",
    ]
    assert months[1][1].split("\n") == [
        "Jan 2024: 40 requests",
        "Under 50 sworn officers: 0",
        "Average 25, limits of chance 5 to 30",
        "More than chance: above the limits",
    ]
    assert months[2][1].split("\n")[-1] == "Not over"
    # One diamond, and what it means in the legend.
    room = text.partition('class="room"')[2]
    assert re.findall(r'<b style="bottom:(.*?)"', room) == ["96.15%"]
    assert "<b></b>More than chance" in text
    assert ">Jan 2024</span>" in text
    assert '<q style="left:33.33%"></q>' in text


def test_without_links_limits_and_signals_there_are_lines_alone():
    nothing = [None] * 3
    table = by_month(expected=nothing, signal=nothing, is_in_period=[True] * 3)
    text = charts.requests_by_month_expected(table)
    assert set(paths(text)) == {"all", "small"}
    assert "<a " not in text
    assert "<b" not in text
    assert "<q " not in text
    assert charts.requests_by_month_expected(table[:0]) == ""


def test_months_without_requests_stand_at_the_bottom():
    table = by_month(
        requests=[0] * 3, requests_from_small_agencies=[0] * 3, expected=[None] * 3
    )
    assert paths(charts.requests_by_month_expected(table))["all"] == [
        "M0.5 100.00L1.5 100.00L2.5 100.00"
    ]
