"""What figures show: their data, titles and order, and names as text."""

import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from cri_ui import charts
from tests.charts.contrast import ratio


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


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_number_on_the_strongest_cell_is_read(theme: str):
    with (Path(__file__).parents[2] / ".streamlit" / "config.toml").open("rb") as file:
        colors = tomllib.load(file)["theme"][theme]
    under = bytes.fromhex(colors["backgroundColor"].removeprefix("#"))
    strongest = max(
        Table(charts.requests_by_region_and_topic(BY_REGION, "requests")).strengths
    )
    cell = [
        strongest * blue + (1 - strongest) * below
        for blue, below in zip((47, 127, 200), under, strict=True)
    ]
    assert ratio(colors["textColor"], tuple(cell)) >= 4.5


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


def test_units_do_not_share_an_axis():
    metrics = pd.DataFrame(
        {
            "metric_name": ["One", "Two"],
            "unit": ["percent", "days"],
            "goal": ["officer_safety", "officer_safety"],
            "better": ["higher", "lower"],
            "typical_change": [3.0, -2.0],
            "typical_change_low": [1.0, -4.0],
            "typical_change_high": [5.0, 0.5],
        }
    )
    figure = charts.outcomes_typical_change(metrics)
    assert [trace.get("xaxis", "x") for trace in figure["data"]] == ["x", "x2"]
    assert [trace["y"] for trace in figure["data"]] == [["One"], ["Two (↓ better)"]]
    assert figure["layout"]["xaxis"]["title"]["text"] == "Typical change,<br>percent"
