"""Partners page: who covers what, and where requests wait without anybody near."""

import pandas as pd
import streamlit as st

from cri_data.model.filters import Filters
from cri_data.model.roles import Viewer
from cri_ui.charts import partners as charts
from cri_ui.components import filter_links, page
from cri_ui.components.text import count_of
from cri_ui.session import session

COVERAGE = (
    "Engagements that each partner leads in the period, by topic; canceled ones don't "
    "count. A check mark is expertise that the partner has by its record. An asterisk is a "
    "partner that is not selected now."
)
WAITING = (
    "Accepted requests without an engagement that is not canceled, whenever received, as "
    "in what needs attention on Overview."
)
WAITING_TOPICS = (
    f"{WAITING} A request that names several topics counts under each. Partners: selected "
    "now, with expertise in the topic."
)
WAITING_STATES = (
    f"{WAITING} Partners: selected now, with their base or work (open, or of the past "
    "year) in the state. Near: in its Census division."
)


def draw(viewer: Viewer, filters: Filters) -> None:
    """Draw topics by partners, and waiting requests by topic and state."""
    links = filter_links.here()
    page.chart(
        charts.partners_by_topic,
        session.fetch("partners_by_topic", viewer, filters),
        links,
        name="partners_by_topic",
        title="Topics and partners",
        alt="Heat table: engagements and expertise, by topic (rows) and partner (columns).",
        definition=COVERAGE,
    )
    by_topic = session.fetch("unassigned_requests_by_topic", viewer, filters)
    by_state = session.fetch("unassigned_requests_by_state", viewer, filters)
    with st.grid(2, min_column_width=420):
        page.chart(
            charts.unassigned_requests_by_topic,
            by_topic,
            links,
            name="unassigned_requests_by_topic",
            title="Accepted requests without a partner, by topic",
            alt="Bar chart: accepted requests without an engagement, by topic.",
            definition=WAITING_TOPICS,
            summary=topics_in_words(by_topic),
            record="request",
        )
        page.chart(
            charts.unassigned_requests_by_state,
            by_state,
            links,
            name="unassigned_requests_by_state",
            title="Accepted requests without a partner, by state",
            alt="Bar chart: accepted requests without an engagement, by state.",
            definition=WAITING_STATES,
            summary=states_in_words(by_state),
            record="request",
        )


def topics_in_words(by_topic: pd.DataFrame) -> str:
    """Topics that wait without a partner, in a sentence."""
    without = int((by_topic["partners_selected"] == 0).sum())
    if by_topic.empty:
        return "Every accepted request has an engagement."
    if not without:
        return "Every topic that waits has a selected partner with expertise."
    waits_have = "waits has" if without == 1 else "wait have"
    return (
        f"**{count_of(without, 'topic')}** that {waits_have} no selected partner with "
        "expertise."
    )


def states_in_words(by_state: pd.DataFrame) -> str:
    """States that wait without a partner there, or near, in a sentence."""
    if by_state.empty:
        return "Every accepted request has an engagement."
    here = int((by_state["partners_in_state"] == 0).sum())
    near = int((by_state["partners_in_division"] == 0).sum())
    if not here:
        return "Every state that waits has a selected partner."
    waits_have = "waits has" if here == 1 else "wait have"
    return (
        f"**{count_of(here, 'state')}** that {waits_have} no selected partner; of these, "
        f"{near:,} {'has' if near == 1 else 'have'} none near."
    )
