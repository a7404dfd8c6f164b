"""Figures of the Timeliness page: each number in its cell, unknown ones as a dash."""

from html.parser import HTMLParser

import pandas as pd

from cri_ui.charts import timeliness as charts
from cri_ui.charts.cells import Cell, cell_table


class Rows(HTMLParser):
    """The cells of a table, a list per row, and the styles of those that are shaded."""

    def __init__(self, text: str):
        super().__init__()
        self.rows: list[list[str]] = []
        self.shaded: list[str] = []
        self._in_cell = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        self._in_cell = tag in ("td", "th")
        if self._in_cell:
            self.rows[-1].append("")
            style = dict(attrs)["style"] or ""
            if "background" in style:
                self.shaded.append(style.rpartition("background:")[2])

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.rows[-1][-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._in_cell = self._in_cell and tag not in ("td", "th")


def test_text_of_the_data_is_no_markup() -> None:
    drawn = cell_table("<b>", ["<i>"], [("<script>", [Cell("<u>")])], '"x"')
    assert Rows(drawn).rows == [["<b>", "<i>"], ["<script>", "<u>"]]
    assert "<script>" not in drawn
    assert cell_table("a", ["b"], [], "c") == ""


def test_ages_are_shaded_by_the_largest_of_all() -> None:
    table = pd.DataFrame(
        {
            "waits_for": ["decided", "closed"],
            "requests_open": [3, 4],
            "requests_0_to_7_days": [3, 0],
            "requests_8_to_30_days": [0, 0],
            "requests_31_to_90_days": [0, 0],
            "requests_over_90_days": [0, 4],
            "oldest_days": [7, 1234],
        }
    )
    drawn = Rows(charts.backlog_by_stage(table))
    assert drawn.rows[1:] == [
        ["Decision", "3", "0", "0", "0", "3", "7"],
        ["Closing", "0", "0", "0", "4", "4", "1,234"],
    ]
    assert drawn.shaded[-1] == "rgba(47,127,200,0.62)"
    assert len(drawn.shaded) == 8
    assert charts.backlog_by_stage(table[:0]) == ""


def test_only_clear_differences_have_a_color() -> None:
    table = pd.DataFrame(
        {
            "region": ["Midwest", "South", "West", "Territories"],
            "this_year_is": ["faster", "no clear difference", "slower", None],
            "median_days": pd.array([10, 12, 14, None], dtype="Int64"),
            "median_days_last_year": [20, 12, 7, 3],
            "share_within_target": [0.9, 0.5, 0.4, None],
            "share_within_target_last_year": [0.5, 0.5, 0.8, 1.0],
            "target_days": [30] * 4,
            "requests_entered": [100, 90, 80, 0],
            "requests_entered_last_year": [50, 60, 70, 1],
        }
    )
    drawn = Rows(charts.stage_years_by_region(table))
    assert [row[:3] for row in drawn.rows[1:]] == [
        ["Midwest", "faster", "10"],
        ["South", "no clear difference", "12"],
        ["West", "slower", "14"],
        ["Territories", "–", "–"],
    ]
    assert [one.split(",0.")[0] for one in drawn.shaded] == [
        "rgba(46,140,80",
        "rgba(200,80,60",
    ]


def test_ends_that_never_occur_have_no_column() -> None:
    table = pd.DataFrame(
        {
            "days": [7, 30],
            "share_ended": [0.1, 0.6],
            "share_declined": [0.0, 0.1],
            "share_withdrawn": [0.0, 0.0],
            "share_closed_otherwise": [0.0, 0.0],
            "share_still_in": [0.9, 0.3],
        }
    )
    assert Rows(charts.stage_ends_by_day(table, "decided")).rows == [
        ["Within", "Accepted", "Declined", "Still in it"],
        ["7 days", "10.0%", "0.0%", "90.0%"],
        ["30 days", "60.0%", "10.0%", "30.0%"],
    ]
    assert charts.stage_ends_by_day(table[:0], "decided") == ""


def test_months_are_two_bars_and_a_line() -> None:
    table = pd.DataFrame(
        {
            "month_on": pd.to_datetime(["2024-01-01", "2024-02-01"]),
            "requests_open_at_start": [0, 3],
            "requests_received": [4, 1],
            "requests_closed": [1, 2],
            "requests_open_at_end": [3, 2],
        }
    )
    received, closed, still = charts.backlog_by_month(table)["data"]
    assert (received["y"], closed["y"], still["y"]) == ([4, 1], [1, 2], [3, 2])
    assert still["x"] == ["2024-01-01", "2024-02-01"]
