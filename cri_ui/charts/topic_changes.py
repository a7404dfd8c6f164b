"""Rising and falling topics, as a table."""

from decimal import Decimal
from typing import Any

import pandas as pd

from cri_data.model.filters import fiscal_year
from cri_data.store.rows import table_records
from cri_ui.components import html_table
from cri_ui.components.text import UNKNOWN, plain, rounded, whole

# In words and with a sign of their own: never by color alone.
DIRECTIONS = {
    "rising": "\N{BLACK UP-POINTING TRIANGLE} rising",
    "falling": "\N{BLACK DOWN-POINTING TRIANGLE} falling",
    "not clear": "not clear",
}


def topic_changes(changes: pd.DataFrame) -> str:
    """A row per topic: its change, whether that is clear, and the requests of both years.

    What matters most stands first: a phone shows three columns.
    """
    if changes.empty:
        return ""
    year = fiscal_year(changes["year_to_on"].iloc[0])
    rows = [
        (
            plain(row["topic_name"]),
            in_words(row),
            DIRECTIONS[row["direction"]],
            whole(row["requests"]),
            whole(row["requests_last_year"]),
            _interval(row),
        )
        for row in table_records(changes)
    ]
    heads = (
        "Topic",
        "Change",
        "Clear?",
        f"FY{year}",
        f"FY{year - 1}, same days",
        "Change: 95% interval",
    )
    return html_table.as_html(
        pd.DataFrame(rows, columns=list(heads)), "Requests by topic, this year and last."
    )


def _interval(row: dict[str, Any]) -> str:
    low, high = row["share_of_change_low"], row["share_of_change_high"]
    if pd.isna(low):
        return UNKNOWN
    return (
        f"{_percent(low)} or more"
        if pd.isna(high)
        else f"{_percent(low)} to {_percent(high)}"
    )


def _percent(part: float) -> str:
    """A part as +1,250%; never -0%."""
    return f"{rounded(Decimal(str(part)) * 100) + 0:+,}%"


def in_words(row: dict[str, Any]) -> str:
    """A change as +5 (+25%); without the percentage if there were none last year."""
    change, part = row["requests_change"], row["share_of_change"]
    if pd.isna(change):
        return UNKNOWN
    if not change:
        return "0"
    return f"{change:+,.0f}" if pd.isna(part) else f"{change:+,.0f} ({_percent(part)})"
