"""What figures show: their data, titles and order, and names as text."""

import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from cri_ui import charts
from cri_ui.charts.figures import round_steps
from cri_ui.components.filter_links import FilterLinks
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


def by_region(**more: list) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "topic_id": ["a", "a", "b", "b"],
            "topic_name": ["A", "A", *["<script>alert(1)</script>&"] * 2],
            "group_name": ["Northeast", "South", "South", "Northeast"],
            "group_order": [1, 3, 3, 1],
            "requests": [50, 1, 20, 0],
            "requests_per_1000_agencies_per_year": [50.0, 1.0, 20.0, 0.0],
            "demand_index": [250.0, 20.0, 40.0, None],
            "is_few_requests": [False, True, False, True],
            "is_index_clear": [True, False, True, False],
            **more,
        }
    )


BY_REGION = by_region()


def heat(measure: str, table: pd.DataFrame = BY_REGION) -> str:
    return charts.requests_by_group_and_topic(table, measure, "Census region")


@pytest.mark.parametrize(
    ("measure", "cells"),
    [
        ("requests", [["50", "1"], ["0", "20"]]),
        # Fewer than 20 requests are marked.
        ("requests_per_1000_agencies_per_year", [["50.0", "~1.0"], ["~0.0", "20.0"]]),
        # Without anything expected there is no index.
        ("demand_index", [["250", "~20"], ["\N{EN DASH}", "40"]]),
    ],
)
def test_heat_tables_have_a_zero_where_nobody_asked(measure: str, cells):
    text = heat(measure)
    table = Table(text)
    assert table.rows[0] == ["Topic", "Northeast", "South"]
    assert table.rows[1] == ["A", *cells[0]]
    assert table.rows[2][0] == "<script>alert(1)</script>&"
    assert [cell.partition("~ ")[0] for cell in table.rows[2][1:]] == cells[1]
    assert "script" not in table.tags
    assert "<caption" in text
    assert ("~ " in text) == (measure != "requests")


def test_an_index_has_a_color_only_where_it_is_clear():
    colors = re.findall(r"rgba\(([^)]*)\)", heat("demand_index"))
    above, unclear, unknown, below = (color.rpartition(",") for color in colors)
    assert (above[0], below[0]) == ("47,127,200", "200,110,20")
    assert unclear[2] == unknown[2] == "0.00"
    assert float(above[2]) > 0.3
    assert float(below[2]) > 0.3


def test_heat_tables_say_what_each_number_belongs_to_and_color_by_it():
    table = Table(heat("requests"))
    assert table.scopes == ["col"] * 3 + ["row"] * 2
    most, one, none, two = table.strengths
    assert most > two > one > none > 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_number_on_the_strongest_cell_is_read(theme: str):
    with (Path(__file__).parents[2] / ".streamlit" / "config.toml").open("rb") as file:
        colors = tomllib.load(file)["theme"][theme]
    under = bytes.fromhex(colors["backgroundColor"].removeprefix("#"))
    far = by_region(demand_index=[9_999.0, 1.0, 1.0, 1.0], is_index_clear=[True] * 4)
    for text in (heat("requests"), heat("demand_index", far)):
        for color in re.findall(r"rgba\(([^)]*)\)", text):
            *ink, strength = map(float, color.split(","))
            cell = [
                strength * on_top + (1 - strength) * below
                for on_top, below in zip(ink, under, strict=True)
            ]
            assert ratio(colors["textColor"], tuple(cell)) >= 4.5


def test_groups_stand_in_their_order():
    table = pd.DataFrame(
        {
            "topic_id": ["a", "a"],
            "topic_name": ["A", "A"],
            "group_order": [2, 1],
            "group_name": ["10-24", "Under 10"],
            "requests": [5, 7],
        }
    )
    shown = Table(charts.requests_by_group_and_topic(table, "requests", "agency size"))
    assert shown.rows == [["Topic", "Under 10", "10-24"], ["A", "7", "5"]]


def test_units_do_not_share_a_scale():
    metrics = pd.DataFrame(
        {
            "metric_name": ["One <b>", "Two"],
            "unit": ["percent", "days"],
            "goal": ["officer_safety", "officer_safety"],
            "better": ["higher", "lower"],
            "typical_change": [3.0, -2.0],
            "typical_change_low": [1.0, -4.0],
            "typical_change_high": [5.0, None],
        }
    )
    text = charts.outcomes_typical_change(metrics)
    first, second = text.split("<tbody>")[1:]
    # Zero, the interval, and the dot, with 6% of the span (0 to 5) at both ends.
    assert ">Percent</th>" in first
    assert re.findall(r"<(b|i|em) style=\"left:(.*?)[;\"]", first)[1:] == [
        ("b", "5.36%"),
        ("i", "23.21%"),
        ("em", "58.93%"),
    ]
    assert "width:71.43%" in first
    assert "+3.00 <small>+1.00 to +5.00</small>" in first
    assert re.findall("<span .*?>(.*?)</span>", first) == ["+2", "+4"]
    assert "One &lt;b&gt;" in first
    # Without an interval there is a dot alone; lower is better.
    assert ">Days</th>" in second
    assert "<i " not in second
    assert "-2.00</td>" in second
    assert "Two <small>(↓ better)</small>" in second
    assert charts.outcomes_typical_change(metrics[:0]) == ""


@pytest.mark.parametrize(
    ("low", "high", "steps"),
    [
        (0, 52, [0, 20, 40]),
        (-0.02, 0.29, [0, 0.1, 0.2]),
        (-32, 6, [-30, -20, -10, 0]),
        (0, 1, [0, 0.5, 1]),
        (0, 4_000_000, [0, 1_000_000, 2_000_000, 3_000_000, 4_000_000]),
    ],
)
def test_steps_of_a_scale_are_round(low: float, high: float, steps: list[float]):
    assert round_steps(low, high) == steps


def test_names_and_cells_of_a_heat_table_filter_to_what_they_stand_for():
    text = charts.requests_by_group_and_topic(
        BY_REGION, "requests", "region", "region", FilterLinks()
    )
    links = re.findall(r'href="([^"]*)"', text)
    # Two heads; then a topic and its two cells, twice.
    assert links[:5] == [
        *("?region=Northeast", "?region=South"),
        *("?topic=A", "?topic=A&amp;region=Northeast", "?topic=A&amp;region=South"),
    ]
    assert len(links) == 8
    assert all("<" not in link for link in links)
    plain = charts.requests_by_group_and_topic(BY_REGION, "requests", "region")
    assert Table(text).rows == Table(plain).rows
    assert "<a" not in plain


def test_a_fiscal_year_is_its_first_and_last_year():
    years = pd.DataFrame(
        {
            "topic_id": ["a"],
            "topic_name": ["A"],
            "fiscal_year": [2025],
            "fiscal_year_name": ["FY2025"],
            "requests": [3],
        }
    )
    text = charts.requests_by_fiscal_year_and_topic(years, FilterLinks())
    assert 'href="?from_fy=FY2025&amp;to_fy=FY2025"' in text
