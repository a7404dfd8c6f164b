"""Demand page: rising and falling topics, and topics by fiscal year."""

import pandas as pd

from cri_data.model.filters import Filters, fiscal_year
from cri_data.model.roles import Viewer
from cri_data.store.rows import table_records
from cri_ui.charts.topic_changes import in_words, topic_changes
from cri_ui.components import page
from cri_ui.components.text import day, plain_markdown
from cri_ui.session import session

CHANGES = (
    "The fiscal year of the period's last day (the as-of date if none is set), up to that "
    "day, against the same days of the year before. All filters apply except the period's "
    "first day. A change is clear (rising or falling) if the exact test of the two counts "
    "(Przyborowski and Wilenski) has a p-value under 5% after adjusting for the number of "
    "topics (Benjamini and Hochberg). The others may be chance."
)


def rising_and_falling(viewer: Viewer, filters: Filters) -> None:
    """Draw how the requests of each topic changed from last year."""
    changes = session.fetch("requests_by_topic_this_year_and_last", viewer, filters)
    page.chart(
        topic_changes,
        changes,
        name="requests_by_topic_this_year_and_last",
        title="Rising and falling topics",
        alt="Table: requests by topic this fiscal year and on the same days of last year.",
        definition=CHANGES,
        summary=session.made_of(changes, "in words", lambda: _in_words(changes)),
    )


def _in_words(changes: pd.DataFrame) -> str:
    """What is compared, which changes are clear, and which topic grew most."""
    if changes.empty:
        return ""
    rows = table_records(changes)
    first = rows[0]
    compared = (
        f"{day(first['year_from_on'])} to {day(first['year_to_on'])} "
        f"(FY{fiscal_year(first['year_to_on'])}), compared with "
        f"{day(first['last_year_from_on'])} to {day(first['last_year_to_on'])}."
    )
    if pd.isna(first["requests_last_year"]):
        return f"{compared} No data that far back, so no changes are shown."
    clear = [row for row in rows if row["direction"] != "not clear"]
    found = "; ".join(f"{_named(row)}, {row['direction']}" for row in clear)
    said = f"**Clear changes:** {found}." if clear else "**No topic's change is clear.**"
    if first["requests_change"] > 0:
        said += f" Largest increase: {_named(first)}."
    return f"{compared} {said}"


def _named(row: dict[str, object]) -> str:
    return f"{plain_markdown(row['topic_name'])} {in_words(row)}"
