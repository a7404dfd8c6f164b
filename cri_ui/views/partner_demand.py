"""Our work page: published demand in the partner's topics, and near its work."""

from typing import Any

import pandas as pd
import streamlit as st

from cri_data.model.roles import Viewer
from cri_data.store.rows import table_records, table_rows
from cri_ui.charts.bars import Bar, bar_table
from cri_ui.components import page
from cri_ui.components.text import count_of, day, whole
from cri_ui.session import session

PUBLISHED = (
    "Published requests of all agencies, of the four quarters published last. A request "
    "that names several topics counts under each. Counts are hidden where they could "
    'reveal an agency: "at least" adds up those that are shown.'
)
NEAR = (
    "Near: the state of your base, the states of your work (open, or of the past year), "
    f"and the states of their Census divisions. {PUBLISHED}"
)
# As many states and topics are in the chart; the table has all.
_MOST_BARS = 20


def draw(viewer: Viewer) -> None:
    """Draw published demand in the topics of expertise: in all states, and near."""
    by_topic = session.fetch("published_requests_by_own_topic", viewer)
    if by_topic.empty:
        _nothing()
        return
    with st.grid(2, min_column_width=420):
        page.chart(
            own_topics,
            by_topic,
            name="published_requests_by_own_topic",
            title="Demand in our topics",
            alt="Bar chart: published requests in the partner's topics, all states.",
            definition=PUBLISHED,
            said="published quarters, topics of expertise",
            summary=f"All states, {_quarters(by_topic)}.",
        )
        near = session.fetch("published_requests_near_work", viewer)
        page.chart(
            near_work,
            near,
            name="published_requests_near_work",
            title="Demand near our work",
            alt="Bar chart: published requests near the partner's work, by state, topic.",
            definition=NEAR,
            said="published quarters, topics of expertise, states near the partner's work",
            summary=near_in_words(near),
        )


def _nothing() -> None:
    with st.container(border=True):
        st.header("Demand in our topics", help=PUBLISHED)
        page.note(
            "No quarter is published yet, or your topics of expertise are not recorded. "
            "The program office can add them. *Demand (published)* has all topics."
        )


def _quarters(by_topic: pd.DataFrame) -> str:
    first, last = by_topic["quarter_from_on"].min(), by_topic["quarter_to_on"].max()
    return f"{day(first)} to {day(last)}"


def near_in_words(near: pd.DataFrame) -> str:
    """How many states are near, and how many numbers of them are hidden, in a sentence."""
    states = near["state"].nunique()
    hidden = int(near["requests"].isna().sum())
    sentence = f"{count_of(states, 'state')} near your work."
    if hidden == len(near):
        return (
            f"{sentence} All their numbers are hidden, to protect agencies: it takes "
            "several hundred requests in a quarter to show some."
        )
    if not hidden:
        return sentence
    return f"{sentence} {hidden:,} of {len(near):,} numbers are hidden."


def own_topics(by_topic: pd.DataFrame) -> str:
    """Bars of published requests by topic."""
    bars = [
        Bar(row["topic_name"], row["requests"], _text(row))
        for row in table_records(by_topic)
    ]
    return bar_table(bars, "Topic", "Requests")


def near_work(near: pd.DataFrame) -> str:
    """Bars of published requests by state and topic, of those that are shown."""
    known = near[near["requests"].notna()].head(_MOST_BARS)
    bars = [
        Bar(
            f"{row.state_name}: {row.topic_name}",
            row.requests,
            _text(row._asdict()),
            "" if row.is_own_state else "same division",
        )
        for row in table_rows(known)
    ]
    return bar_table(bars, "State and topic", "Requests")


def _text(row: dict[str, Any]) -> str:
    if pd.isna(row["requests"]):
        return "hidden"
    number = whole(row["requests"])
    return f"at least {number}" if row["quarters_hidden"] else number
