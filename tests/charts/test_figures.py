"""What figures show: their data, titles and order, and names as text."""

import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from cri_ui import charts

TOPICS = pd.DataFrame(
    {
        "topic_id": ["training", "x"],
        "topic_name": ["Training", "<b>x</b>"],
        "requests": [1200, 3],
    }
)


def test_topics_are_bars_with_their_numbers_most_first():
    (bars,) = charts.requests_by_topic(TOPICS)["data"]
    assert (bars["type"], bars["orientation"]) == ("bar", "h")
    assert list(bars["y"]) == ["Training", "&lt;b&gt;x&lt;/b&gt;"]
    assert list(bars["x"]) == [1200, 3]
    assert list(bars["text"]) == ["1,200", "3"]


def test_two_names_that_begin_alike_stay_two():
    long = pd.DataFrame({"topic_name": ["w" * 5_000, "w" * 4_000], "requests": [2, 1]})
    (bars,) = charts.requests_by_topic(long)["data"]
    assert len(set(bars["y"])) == 2
    assert {name.rstrip("\u200b") for name in bars["y"]} == {"w" * 39 + "…"}


def test_where_nothing_may_be_shown_there_is_no_empty_axis():
    hidden = TOPICS.assign(is_suppressed=True)
    assert charts.published_requests_by_topic(hidden)["data"] == []


def test_reach_is_a_share_and_not_known_is_a_dash():
    bands = pd.DataFrame(
        {"size_band": ["Under 10", "10-24"], "share_of_agencies_reached": [0.045, None]}
    )
    figure = charts.requests_by_size_band(bands)
    assert list(figure["data"][0]["text"]) == ["4.5%", "–"]
    assert figure["layout"]["xaxis"]["title"]["text"] == "Share of agencies with requests"


class Table(HTMLParser):
    """A table of HTML: its rows of texts, its heads by scope, how strong each cell is."""

    def __init__(self, text: str):
        super().__init__()
        self.rows: list[list[str]] = []
        self.scopes: list[str] = []
        self.tags: set[str] = set()
        self.strengths: list[float] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        if tag == "th":
            self.scopes.append(given["scope"])
        if tag == "td":
            color = given["style"].rpartition("rgba(")[2]
            self.strengths.append(float(color.rstrip(")").split(",")[3]))

    def handle_data(self, data: str) -> None:
        if self.rows:
            self.rows[-1][-1] += data


BY_REGION = pd.DataFrame(
    {
        "topic_id": ["a", "a", "b"],
        "topic_name": ["A", "A", "<script>alert(1)</script>&"],
        "region": ["Northeast", "South", "South"],
        "requests": [5, 1, 2],
        "requests_per_1000_agencies": [50.0, 10.0, 20.0],
    }
)


@pytest.mark.parametrize(
    ("measure", "cells"),
    [
        ("requests", [["5", "1"], ["0", "2"]]),
        ("requests_per_1000_agencies", [["50.0", "10.0"], ["0.0", "20.0"]]),
    ],
)
def test_heat_tables_have_a_zero_where_nobody_asked(measure: str, cells):
    text = charts.requests_by_region_and_topic(BY_REGION, measure)
    table = Table(text)
    assert table.rows == [
        ["Topic", "Northeast", "South"],
        ["A", *cells[0]],
        ["<script>alert(1)</script>&", *cells[1]],
    ]
    assert "script" not in table.tags
    assert "<caption" in text


def test_heat_tables_say_what_each_number_belongs_to_and_color_by_it():
    table = Table(charts.requests_by_region_and_topic(BY_REGION, "requests"))
    assert table.scopes == ["col"] * 3 + ["row"] * 2
    most, one, none, two = table.strengths
    assert most > two > one > none > 0


def _luminance(color: tuple[float, ...]) -> float:
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in color)
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_number_on_the_strongest_cell_is_read(theme: str):
    with (Path(__file__).parents[2] / ".streamlit" / "config.toml").open("rb") as file:
        colors = tomllib.load(file)["theme"][theme]
    text, under = (
        tuple(bytes.fromhex(colors[name].removeprefix("#")))
        for name in ("textColor", "backgroundColor")
    )
    strongest = max(
        Table(charts.requests_by_region_and_topic(BY_REGION, "requests")).strengths
    )
    cell = [
        strongest * blue + (1 - strongest) * below
        for blue, below in zip((47, 127, 200), under, strict=True)
    ]
    light, dark = sorted((_luminance(text), _luminance(tuple(cell))), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_sizes_stand_in_their_order():
    table = pd.DataFrame(
        {
            "topic_id": ["a", "a"],
            "topic_name": ["A", "A"],
            "band_order": [2, 1],
            "size_band": ["10-24", "Under 10"],
            "requests": [5, 7],
        }
    )
    shown = Table(charts.requests_by_size_band_and_topic(table, "requests"))
    assert shown.rows == [["Topic", "Under 10", "10-24"], ["A", "7", "5"]]


def test_regions_are_bars_with_their_requests():
    table = pd.DataFrame({"region": ["South", "Territories"], "requests": [1985, 0]})
    (bars,) = charts.requests_by_region(table)["data"]
    assert (bars["y"], bars["x"]) == (["South", "Territories"], [1985, 0])
    assert bars["text"] == ["1,985", "0"]


def test_partners_are_bars_with_their_days_and_names_in_two_lines():
    partners = pd.DataFrame(
        {
            "lead_partner_name": [
                "National <Association> of Police Supervisors and Many More",
                "League",
                "League",
            ],
            "engagements": [1021, 5, 0],
            "median_days_to_delivery_started": [92.0, None, None],
        }
    )
    (bars,) = charts.engagements_by_partner(partners)["data"]
    assert bars["x"] == [1021, 5, 0]
    # Days that nobody knows are no days of zero.
    assert bars["text"] == ["1,021 · 92 days", "5 · – days", "0 · – days"]
    first, *leagues = bars["y"]
    assert first == "National &lt;Association&gt;<br>of Police Supervisors…"
    assert len(set(leagues)) == 2


def test_outcomes_without_figures_are_left_out_of_the_chart():
    metrics = pd.DataFrame(
        {
            "metric_name": ["One", "Two"],
            "share_improved": [0.6, None],
            "n": [10, None],
            "goal": ["officer_safety", "officer_safety"],
            "better": ["higher", "lower"],
        }
    )
    bars = charts.outcomes_share_improved(metrics)["data"][0]
    assert list(bars["y"]) == ["One"]
    assert list(bars["text"]) == ["60% of 10"]


def test_outcomes_of_which_none_may_be_shown_have_no_chart():
    metrics = pd.DataFrame(
        {"metric_name": ["One"], "share_improved": [None], "n": [None], "goal": ["x"]}
    )
    assert charts.outcomes_share_improved(metrics)["data"] == []


def test_units_do_not_share_an_axis():
    metrics = pd.DataFrame(
        {
            "metric_name": ["One", "Two"],
            "unit": ["percent", "days"],
            "goal": ["officer_safety", "officer_safety"],
            "better": ["higher", "lower"],
            "mean_change": [3.0, -2.0],
            "ci_low": [1.0, -4.0],
            "ci_high": [5.0, 0.5],
        }
    )
    figure = charts.outcomes_mean_change(metrics)
    assert [trace.get("xaxis", "x") for trace in figure["data"]] == ["x", "x2"]
    assert [trace["y"] for trace in figure["data"]] == [["One"], ["Two (↓ better)"]]
    assert figure["layout"]["xaxis"]["title"]["text"] == "Mean change,<br>percent"
