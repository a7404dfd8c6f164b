"""Published demand page: the quarter, its notes, and the table by state and topic."""

import pandas as pd
import streamlit as st

from cri_data.model.roles import Viewer
from cri_data.store.rows import table_rows
from cri_ui.components import page
from cri_ui.components.text import count_of, day, whole
from cri_ui.session import session

# Shown for a hidden number. It may be large, so "< 5" would be false.
LEFT_OUT = "–"

COUNTED = (
    "A request that names several topics counts under each, so don't add up rows or "
    "columns to count requests."
)


def quarter(viewer: Viewer) -> pd.Series | None:
    """Draw the choice of a quarter. Returns its row, or None if none is published."""
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
    # The browser can send any value.
    return quarters.iloc[labels.index(chosen) if chosen in labels else 0]


def none_yet() -> None:
    """Draw why no quarter is shown."""
    st.info(
        "No quarter is published yet. A quarter is published after it ends, if it has "
        "enough requests.",
        icon=":material/inbox:",
    )


def in_words(chosen: pd.Series) -> str:
    """Which requests the published quarter covers, and that it never changes."""
    return (
        f"Requests of all agencies received from {day(chosen.quarter_from_on)} to "
        f"{day(chosen.quarter_to_on)}, as of {day(chosen.as_of_on)}. A quarter is "
        "published once. Later uploads don't change it, so other pages may differ."
    )


def hidden_in_words(chosen: pd.Series, by_topic: pd.DataFrame) -> str:
    """How many totals are hidden, and why a number is hidden."""
    hidden = int(by_topic["is_suppressed"].sum())
    return (
        f"Totals of {hidden} of {count_of(len(by_topic), 'topic')} are hidden. Counts "
        f"under {chosen.suppress_below} are hidden to protect agencies "
        f"({LEFT_OUT} by state). So is a count that falls under that number when any one "
        "partner's requests and requests without a partner are subtracted, and a total "
        "that would reveal a hidden count. States have no totals, because a total could "
        "reveal hidden counts."
    )


def download_note(chosen: pd.Series) -> str:
    """The note in a download: which quarter it is, and what a missing number means."""
    return (
        f"Fiscal quarter {chosen.quarter}. A missing number is hidden to protect agencies: "
        f"it is under {chosen.suppress_below}, or falls under that when any one partner's "
        "requests and requests without a partner are subtracted, or it is a total that "
        "would reveal a hidden count."
    )


def cells(by_state: pd.DataFrame, said: str) -> None:
    """Draw the table of states by topics, and its download with the note `said`."""
    with st.container(border=True):
        st.header("By state and topic", help=COUNTED)
        with_numbers = set(by_state.loc[~by_state["is_suppressed"], "state"])
        if not with_numbers:
            page.note(
                "No state has a number that can be shown for this quarter. It takes "
                "several hundred requests in a quarter."
            )
            return
        st.dataframe(
            as_matrix(by_state[by_state["state"].isin(with_numbers)]),
            hide_index=True,
            alt=(
                "Published requests by state (rows) and topic (columns); "
                f"{LEFT_OUT} means the number is hidden."
            ),
        )
        without = by_state["state"].nunique() - len(with_numbers)
        page.note(f"States whose numbers are all hidden: {without:,}.")
        name = "published_requests_by_state_and_topic"
        title = f"Requests by state and topic, {by_state.quarter[0]}"
        page.download(by_state, name, title, said)


def as_matrix(by_state: pd.DataFrame) -> pd.DataFrame:
    """A row per state and a column per topic; each cell is a count, or LEFT_OUT."""
    texts = by_state.assign(
        text=[
            LEFT_OUT if row.is_suppressed else whole(row.requests)
            for row in table_rows(by_state)
        ]
    )
    # By IDs, because two topics may have the same name.
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
