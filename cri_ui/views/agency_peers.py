"""Agency page: how the agency compares with its peers."""

import pandas as pd
import streamlit as st

from cri_data.model.code_lists import AGENCY_TYPES
from cri_data.model.roles import Viewer
from cri_data.store.rows import table_rows
from cri_ui.charts.agency import agency_peers_by_requests, agency_peers_by_topic
from cri_ui.components import agency_link, page
from cri_ui.components.text import count_of, share
from cri_ui.session import session

_MOST_LISTED = 10

PEERS = (
    "Peers are the agencies of the same size (sworn officers) and Census region, and of "
    "the same type if there are at least 10. A peer without requests counts as 0."
)


def draw_peers(viewer: Viewer, profile: pd.Series) -> None:
    """Draw the agency's peers: how many requested, how much, and what."""
    agency_id = profile.agency_id
    totals = session.fetch_row("agency_peers_totals", viewer, agency_id=agency_id)
    st.header("Peers", help=PEERS)
    if not totals.peers:
        page.note(_why_none(profile))
        return
    st.markdown(in_a_sentence(totals))
    said = f"peers of agency {agency_id}"
    with st.grid(2, min_column_width=420):
        with st.container():
            page.chart(
                agency_peers_by_requests,
                session.fetch("agency_peers_by_requests", viewer, agency_id=agency_id),
                name="agency_peers_by_requests",
                title="Peers by number of requests",
                alt="Bar chart: peers by their number of requests.",
                definition=f"{PEERS} All years.",
                said=said,
            )
            _most_requests(viewer, profile, said, totals)
        page.chart(
            agency_peers_by_topic,
            session.fetch("agency_peers_by_topic", viewer, agency_id=agency_id),
            name="agency_peers_by_topic",
            title="Topics that peers request",
            alt="Bar chart: peers that requested each topic, most first.",
            definition="Peers with at least one request that names the topic, and their "
            "share of all peers. All years.",
            said=said,
        )


def _why_none(profile: pd.Series) -> str:
    for name, what in (("size_band", "size"), ("region", "region")):
        if profile[name] == "Not reported":
            return f"The agency's {what} is not reported, so it has no peers."
    return "There is no other agency of this size in this region."


def in_a_sentence(totals: pd.Series) -> str:
    """The comparison in two sentences."""
    type_ = AGENCY_TYPES.labels.get(totals.agency_type, "")
    kind = f", {type_.lower()}" if type_ else ", of any type"
    peers, median = int(totals.peers), totals.median_requests_of_peers
    requests = "request" if median == 1 else "requests"
    return (
        f"**{count_of(peers, 'peer')}**: agencies with "
        f"{str(totals.size_band).lower()} sworn officers in {_in_region(totals.region)}"
        f"{kind}. **{int(totals.peers_with_requests):,}** of them "
        f"({share(totals.share_of_peers_with_requests)}) requested assistance. "
        f"The median peer has **{median:g}** {requests}, this agency "
        f"**{int(totals.requests):,}**: "
        f"{int(totals.peers_with_fewer_requests):,} peers have fewer, "
        f"{int(totals.peers_with_as_many_requests):,} as many, and "
        f"{int(totals.peers_with_more_requests):,} more."
    )


def _in_region(region: str) -> str:
    return f"the {'territories' if region == 'Territories' else region}"


def _most_requests(
    viewer: Viewer, profile: pd.Series, said: str, totals: pd.Series
) -> None:
    """Draw links to the peers with the most requests."""
    with st.container(border=True, gap="xsmall", key="agency_peers", height="stretch"):
        st.header("Peers with the most requests")
        if not totals.peers_with_requests:
            page.note("No peer has requested assistance.")
        _links(viewer, "agency_peers_list", agency_id=profile.agency_id)
        _download(
            viewer,
            "agency_peers_list",
            ("Peers", f"{int(totals.peers):,} peers", said),
            agency_id=profile.agency_id,
        )


def draw_most_of_all(viewer: Viewer) -> None:
    """Draw links to the agencies with the most requests, to begin with."""
    question = "agencies_with_most_requests_list"
    with st.container(border=True, gap="xsmall", key="agency_peers"):
        st.header("Agencies with the most requests")
        _links(viewer, question)
        words = ("Agencies with requests", "agencies with requests", "all years")
        _download(viewer, question, words)


def _links(viewer: Viewer, question: str, **asked: str) -> None:
    """Draw links to the first agencies of a list that have requests."""
    found = session.fetch(question, viewer, None, **asked, row_limit=_MOST_LISTED)
    for row in table_rows(found[found["requests"] > 0]):
        place = ", ".join(str(one) for one in (row.city, row.state) if pd.notna(one))
        requests = count_of(int(row.requests), "request")
        agency_link.draw_link(
            viewer, row.agency_id, f"{row.agency_name} · {place} · {requests}"
        )


def _download(
    viewer: Viewer, question: str, words: tuple[str, str, str], **asked: str
) -> None:
    """Draw the download of a list; `words` are its title, what is in it, and whose."""
    title, what, said = words
    page.download_all(
        question,
        title,
        what,
        lambda: page.with_labels(
            session.fetch_all(question, viewer, None, **asked),
            agency_type=AGENCY_TYPES.labels,
        ),
        said,
    )
