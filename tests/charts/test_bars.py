"""Bar charts: a row for each name, a bar as long as its number, names as text."""

import html
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs

import pandas as pd
import pytest

from cri_ui import charts
from cri_ui.components.filter_links import FilterLinks
from tests.charts.contrast import ratio

CONFIG = Path(__file__).parents[2] / ".streamlit" / "config.toml"


class Chart(HTMLParser):
    """A chart's heads, and per row its name, remark, length of the bar, and number."""

    def __init__(self, text: str):
        super().__init__()
        self.label = ""
        self.heads: list[str] = []
        self.rows: list[list[str]] = []
        self.bars: list[float | None] = []
        self.tags: list[str] = []
        self._cell: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        if tag == "table":
            self.label = given["aria-label"] or ""
        if tag == "th" and given["scope"] == "row":
            self.rows.append([])
            self.bars.append(None)
        if tag in ("th", "td", "small"):
            self._cell = self.heads if given.get("scope") == "col" else self.rows[-1]
            self._cell.append("")
        if tag == "div" and "style" in given:
            width = (given["style"] or "").removeprefix("width:")
            self.bars[-1] = float(width.removesuffix("%"))

    def handle_data(self, data: str) -> None:
        self._cell[-1] += data


TOPICS = pd.DataFrame(
    {
        "topic_id": ["training", "x", "y"],
        "topic_name": ["Training", "<b>x</b> & \"y\" 'z'", "Nobody asked"],
        "requests": [1200, 3, 0],
    }
)


def test_topics_are_bars_with_their_numbers_most_first():
    chart = Chart(charts.requests_by_topic(TOPICS))
    assert chart.label == "Requests, by topic"
    assert chart.heads == ["Topic", "Requests"]
    assert chart.rows == [
        ["Training", "", "1,200"],
        ["<b>x</b> & \"y\" 'z'", "", "3"],
        ["Nobody asked", "", "0"],
    ]
    # The largest fills its cell, the others are as long as their share of it.
    assert chart.bars == [100, 0.25, None]
    assert "b" not in chart.tags


def test_regions_are_bars_with_their_requests():
    table = pd.DataFrame({"region": ["South", "West", "None"], "requests": [500, 2000, 0]})
    chart = Chart(charts.requests_by_region(table))
    assert [(name, text) for name, _, text in chart.rows] == [
        ("South", "500"),
        ("West", "2,000"),
        ("None", "0"),
    ]
    assert chart.bars == [25, 100, None]


@pytest.mark.parametrize("draw", [charts.requests_by_topic, charts.requests_by_region])
def test_where_all_are_zero_there_is_no_bar(draw):
    zeros = pd.DataFrame({"topic_name": ["A"], "region": ["A"], "requests": [0]})
    chart = Chart(draw(zeros))
    assert (chart.rows, chart.bars) == ([["A", "", "0"]], [None])


def test_names_that_are_equal_or_long_stay_what_they_are():
    name = "A topic whose name is much longer than two lines on a phone could ever hold"
    table = pd.DataFrame({"topic_name": [name, name], "requests": [2, 1]})
    chart = Chart(charts.requests_by_topic(table))
    assert [row[0] for row in chart.rows] == [name, name]
    assert chart.bars == [100, 50]


def test_hidden_totals_are_no_bars_and_none_left_is_no_chart():
    hidden = TOPICS.assign(requests=[30.0, None, 15.0], is_suppressed=[False, True, False])
    chart = Chart(charts.published_requests_by_topic(hidden))
    assert [(row[0], row[2]) for row in chart.rows] == [
        ("Training", "30"),
        ("Nobody asked", "15"),
    ]
    assert chart.bars == [100, 50]
    assert charts.published_requests_by_topic(hidden.assign(is_suppressed=True)) == ""


def test_reach_is_a_share_and_not_known_is_a_dash_without_a_bar():
    bands = pd.DataFrame(
        {
            "size_band": ["Under 10", "10-24", "25-49"],
            "share_of_agencies_reached": [0.045, None, 0.18],
        }
    )
    chart = Chart(charts.requests_by_size_band(bands))
    assert chart.heads == ["Sworn officers", "Share of agencies with requests"]
    assert [text for *_, text in chart.rows] == ["4.5%", "–", "18.0%"]
    assert chart.bars == [25, None, 100]


def test_partners_are_bars_with_their_days():
    partners = pd.DataFrame(
        {
            "lead_partner_name": ["National <Association> of Many", "League", "League"],
            "engagements": [1000, 5, 0],
            "median_days_to_delivery_started": [92.0, None, None],
        }
    )
    chart = Chart(charts.engagements_by_partner(partners))
    assert chart.heads[1] == "Engagements · median days to delivery"
    # Days that nobody knows are no days of zero.
    assert chart.rows == [
        ["National <Association> of Many", "", "1,000 · 92 days"],
        ["League", "", "5 · – days"],
        ["League", "", "0 · – days"],
    ]
    assert chart.bars == [100, 0.5, None]


METRICS = pd.DataFrame(
    {
        "metric_id": ["one", "two", "three"],
        "metric_name": ["One", "Two", "<i>Three</i>"],
        "goal": ["officer_safety", "officer_safety", "<i>own</i>"],
        "n": [120, None, 1000],
        "outcomes_improved": [60, None, 620],
        "outcomes_same": [0, None, 80],
        "outcomes_worse": [60, None, 300],
        "share_improved": [0.5, None, 0.62],
        "share_improved_low": [0.412, None, 0.5895],
        "share_improved_high": [0.588, None, 0.6496],
        "verdict": ["no clear change", None, "improved"],
    }
)


def test_outcomes_are_three_shares_the_most_improved_first_without_hidden_ones():
    text = charts.outcomes_by_metric(METRICS)
    rows = re.findall(r"<tr>(<th scope=.row.>.*?)</tr>", text)
    names = [re.search(r"<th[^>]*>([^<]*(?:&lt;.*?&gt;)?)", row)[1] for row in rows]
    assert [html.unescape(name) for name in names] == ["<i>Three</i>", "One"]
    assert "62% <small>59% to 65%</small>" in rows[0]
    assert re.findall(r'class="(\w+)" style="width:([\d.]+%)"', rows[0]) == [
        ("improved", "62.00%"),
        ("same", "8.00%"),
        ("worse", "30.00%"),
    ]
    # What nobody has is no strip, and the goal is escaped.
    assert 'class="same" style' not in rows[1]
    assert "Officer safety" in rows[1]
    assert "&lt;i&gt;own&lt;/i&gt;" in rows[0]
    assert rows[0].endswith("<td>1,000</td><td>improved</td>")


def test_outcomes_of_which_none_may_be_shown_have_no_chart():
    assert charts.outcomes_by_metric(METRICS.assign(n=None)) == ""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_bars_stand_out_from_the_page(theme: str):
    with CONFIG.open("rb") as file:
        colors = tomllib.load(file)["theme"][theme]
    assert ratio(colors["chartCategoricalColors"][0], colors["backgroundColor"]) >= 3


def test_a_name_is_a_link_to_its_filter_and_never_more():
    text = charts.requests_by_topic(TOPICS, FilterLinks((("state", ("Texas",)),)))
    links = [
        parse_qs(html.unescape(link)[1:]) for link in re.findall(r'href="([^"]*)"', text)
    ]
    assert links == [
        {"state": ["Texas"], "topic": [name]}
        for name in ("Training", "<b>x</b> & \"y\" 'z'", "Nobody asked")
    ]
    assert set(Chart(text).tags) <= {
        *("div", "table", "thead", "tbody"),
        *("tr", "th"),
        *("td", "span", "a"),
    }
    assert "<a" not in charts.requests_by_topic(TOPICS)


def test_a_group_that_cannot_be_chosen_is_no_link():
    regions = pd.DataFrame({"region": ["South", "Not reported"], "requests": [2, 1]})
    text = charts.requests_by_region(regions, FilterLinks())
    assert re.findall(r'href="([^"]*)"', text) == ["?region=South"]
