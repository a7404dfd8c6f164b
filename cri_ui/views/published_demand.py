"""The published table: its quarter, its words, and its cells for people."""

import pandas as pd
import streamlit as st

from cri_data.model.roles import Viewer
from cri_ui.components import page
from cri_ui.components.text import count_of, day
from cri_ui.session import session

# What stands where a number is left out: it may be large, so that "< 5" would be false.
LEFT_OUT = "–"

COUNTED = (
    "A request that names several topics counts under each, so neither rows nor "
    "columns are requests when they are added up."
)


def quarter(viewer: Viewer) -> pd.Series | None:
    """Draw the choice of a quarter; the one chosen, or None where none is published."""
    quarters = session.fetch("quarters_options", viewer)
    if quarters.empty:
        return None
    labels = list(quarters["quarter"])
    chosen = st.selectbox(
        "Fiscal quarter",
        labels,
        key="quarter",
        bind="query-params",
        help="Fiscal years begin on October 1: Q1 is October to December.",
    )
    # The browser's limits are not ours.
    return quarters.iloc[labels.index(chosen) if chosen in labels else 0]


def none_yet() -> None:
    """Say why there is nothing to show."""
    st.info(
        "No quarter is published yet. Each one is when it is over, once there are "
        "enough requests in it.",
        icon=":material/inbox:",
    )


def in_words(chosen: pd.Series) -> str:
    """What is published of the quarter, when, and that it stays so."""
    return (
        f"Requests of all agencies received from {day(chosen.quarter_from_on)} to "
        f"{day(chosen.quarter_to_on)}, as they were known on {day(chosen.as_of_on)}. "
        "A quarter is published once and stays as it is: later uploads do not "
        "change it, so other pages can differ from it."
    )


def left_out_in_words(chosen: pd.Series, by_topic: pd.DataFrame) -> str:
    """How many totals are not shown, and why a number is not."""
    hidden = int(by_topic["is_suppressed"].sum())
    return (
        f"{hidden} of {count_of(len(by_topic), 'topic')} not shown. Not shown "
        f"({LEFT_OUT} by state) is a number of which fewer than {chosen.suppress_below} "
        "requests, or none, are left once those of any one partner and those still "
        "without a partner are taken off, and a total that would give such a number "
        "away. There is no total of a state: with the topics beside it, it could tell "
        "what they hide."
    )


def in_words_to_take_away(chosen: pd.Series) -> str:
    """What a file of the quarter holds, and what no number means in it."""
    return (
        f"Fiscal quarter {chosen.quarter}. No number: fewer than "
        f"{chosen.suppress_below} requests, or none, are left once those of any one "
        "partner and those still without a partner are taken off; or a total that would "
        "give such a number away."
    )


def cells(by_state: pd.DataFrame, said: str) -> None:
    """Draw states by topics, and their download, in which `said` is said of them."""
    with st.container(border=True):
        st.header("By state and topic", help=COUNTED)
        with_numbers = set(by_state.loc[~by_state["is_suppressed"], "state"])
        if not with_numbers:
            page.note(
                "No state has a number that can be shown for this quarter. It takes some "
                "hundred requests in a quarter until the first one has."
            )
            return
        st.dataframe(
            as_matrix(by_state[by_state["state"].isin(with_numbers)]),
            hide_index=True,
            alt=(
                "Published requests, states with a number down and topics across; "
                f"{LEFT_OUT} where a number is left out."
            ),
        )
        without = by_state["state"].nunique() - len(with_numbers)
        page.note(f"States with no number that can be shown: {without:,}.")
        name = "published_requests_by_state_and_topic"
        title = f"Requests by state and topic, {by_state.quarter[0]}"
        page.download(by_state, name, title, said)


def as_matrix(by_state: pd.DataFrame) -> pd.DataFrame:
    """States down, topics across, every cell as text: its count, or that it is left out."""
    texts = by_state.assign(
        text=[
            LEFT_OUT if row.is_suppressed else f"{row.requests:,.0f}"
            for row in by_state.itertuples()
        ]
    )
    # By ids: two topics may bear the same name.
    matrix = texts.pivot_table(
        index=["state_name", "state"],
        columns=["topic_name", "topic_id"],
        values="text",
        aggfunc="first",
    )
    names = matrix.columns.get_level_values("topic_name")
    matrix.columns = [
        f"{name} ({topic})" if list(names).count(name) > 1 else name
        for name, topic in zip(
            names, matrix.columns.get_level_values("topic_id"), strict=True
        )
    ]
    return matrix.reset_index("state", drop=True).reset_index(names="State")
