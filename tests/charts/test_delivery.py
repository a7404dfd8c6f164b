"""Requested against delivered, and rising and falling topics: their numbers and marks."""

import re

import pandas as pd
import pytest

from cri_ui.charts.delivery import PARTS, requests_and_delivery
from cri_ui.charts.topic_changes import topic_changes
from tests.support.tables import tables_in

COUNTS = {
    "group_name": ["Training", "<b>Other</b>"],
    "requests": [8, 0],
    **{part: [0, 0] for part in PARTS},
    "requests_completed": [5, 0],
    "requests_undecided": [2, 0],
    "requests_without_status": [1, 0],
}


def test_the_parts_of_a_bar_fill_it():
    text = requests_and_delivery(pd.DataFrame(COUNTS), "topic")
    pieces = re.findall(r'<i class="(\w+)" style="width:([\d.]+)%" title="(.*?)">', text)
    assert pieces == [
        ("requests_completed", "62.50", "Completed: 63%"),
        ("requests_undecided", "25.00", "Waiting for a decision: 25%"),
        ("requests_without_status", "12.50", "No status: 13%"),
    ]
    assert "<b>" not in text
    # Every part has its color at its heading, and its number in every row.
    heads = re.findall(r'<th scope="col"><i class="(\w+)"></i>', text)
    assert heads == list(PARTS)
    assert re.findall(r"<td>(\d+)</td>", text) == [*"85002001", *"00000000"]
    assert requests_and_delivery(pd.DataFrame(COUNTS)[:0], "topic") == ""


UP, DOWN = "\N{BLACK UP-POINTING TRIANGLE}", "\N{BLACK DOWN-POINTING TRIANGLE}"
CHANGES = pd.DataFrame(
    {
        "topic_name": ["A", "B", "C"],
        "requests": [30, 4, 0],
        "requests_last_year": [10, 0, 0],
        "requests_change": [20, 4, 0],
        "share_of_change": [2.0, None, None],
        "share_of_change_low": [0.45, -0.2, None],
        "share_of_change_high": [12.5, None, None],
        "direction": ["rising", "not clear", "not clear"],
        "year_to_on": pd.Timestamp("2026-11-20"),
    }
)


def test_a_change_stands_with_what_it_is_made_of():
    (table,) = tables_in([topic_changes(CHANGES)])
    assert list(table) == [
        *("Topic", "Change", "Clear?", "FY2027", "FY2026, same days"),
        "Change: 95% interval",
    ]
    assert table.to_numpy().tolist() == [
        ["A", "+20 (+200%)", UP + " rising", "30", "10", "+45% to +1,250%"],
        ["B", "+4", "not clear", "4", "0", "-20% or more"],
        ["C", "0", "not clear", "0", "0", "\N{EN DASH}"],
    ]


@pytest.mark.parametrize("direction", ["rising", "falling"])
def test_a_clear_change_has_a_sign_that_needs_no_color(direction):
    text = topic_changes(CHANGES.assign(direction=direction))
    assert f"{ {'rising': UP, 'falling': DOWN}[direction] } {direction}" in text


def test_what_is_not_known_is_a_dash():
    unknown = CHANGES.assign(requests_last_year=None, requests_change=None)
    (table,) = tables_in([topic_changes(unknown)])
    assert set(table["Change"]) == set(table["FY2026, same days"]) == {"\N{EN DASH}"}
    assert topic_changes(CHANGES[:0]) == ""
