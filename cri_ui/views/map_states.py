"""Layers of the map by state: what waits, what is published, and which share is served."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cri_data.model.filters import Filters
from cri_data.model.roles import Viewer
from cri_data.store.rows import table_rows
from cri_ui.components import drawings, page
from cri_ui.components.text import count_of, plain, share, whole
from cri_ui.maps import layers
from cri_ui.maps.deck import deck
from cri_ui.maps.layers import shades
from cri_ui.maps.points import inert, short
from cri_ui.maps.viewport import Place, label_spots
from cri_ui.session import session

HEIGHT = 430
_LARGEST, _LARGEST_ON_PHONE, _LEAST = 22.0, 15.0, 8.5
_COLORS = 6

_WAITING = (
    "Open requests without a partner: with a partner or delivery mode chosen, there are "
    "none. The period applies to the day received. Ignores the engagement status."
)
_PUBLISHED = (
    "Requests of all agencies in the published quarters. A request counts under each topic "
    "that it names. Hidden counts are not included, so the numbers are at least these. "
    "Only the topic filter applies."
)
_SERVED = (
    "Agencies with a request that has an engagement, among all agencies of the state. "
    "Canceled engagements don't count. The period applies to the day a request was "
    "received. Ignores the engagement status."
)


def waiting(
    viewer: Viewer, filters: Filters, place: Place, picture: DeltaGenerator, beside: Any
) -> None:
    """Draw the open requests without a partner, by state."""
    found = session.fetch("waiting_by_state", viewer, filters)

    def told(row: Any) -> str:
        return (
            f"{row.state_name}\n{count_of(int(row.requests_waiting), 'request')} waiting\n"
            f"oldest: {count_of(int(row.oldest_days), 'day')}"
        )

    _numbered(found, "requests_waiting", told, place, picture)
    total = int(found["requests_waiting"].sum())
    said = f"**{count_of(total, 'request')}** waiting in {count_of(len(found), 'state')}."
    _beside(beside, found, "waiting_by_state", said, _WAITING, "Waiting requests by state")


def published(
    viewer: Viewer, filters: Filters, place: Place, picture: DeltaGenerator, beside: Any
) -> None:
    """Draw what is published of all agencies' requests, by state."""
    topics = None if filters.topics is None else list(filters.topics)
    found = session.fetch("published_by_state", viewer, topics_of_map=topics)

    def told(row: Any) -> str:
        return f"{row.state_name}\nat least {whole(row.requests_by_topic_published)}"

    shown = found[found["requests_by_topic_published"].fillna(0) > 0]
    _numbered(shown, "requests_by_topic_published", told, place, picture)
    hidden = int(found["counts_hidden"].sum())
    said = (
        f"**{count_of(len(shown), 'state')}** with published counts; "
        f"{count_of(hidden, 'count')} hidden."
    )
    _beside(beside, found, "published_by_state", said, _PUBLISHED, "Published demand")


def served(
    viewer: Viewer, filters: Filters, place: Place, picture: DeltaGenerator, beside: Any
) -> None:
    """Draw the share of agencies that were served, by state."""
    found = session.fetch("agencies_served_by_state", viewer, filters)
    is_dark = drawings.is_dark()
    numbers = found.set_index("state")["share_of_agencies_served"]
    bounds = _bounds(numbers)
    shaded = layers.states_by_number(numbers, is_dark, bounds)
    labels = _labels(found, is_dark)
    with picture:
        st.pydeck_chart(
            deck([*shaded, *labels], is_dark, place),
            height=HEIGHT,
            key="map_states",
            alt=f"Map of the share of agencies served in {len(found)} states. The table "
            "has the same numbers.",
        )
        st.html(_scale(bounds, is_dark))
    agencies, those = int(found["agencies"].sum()), int(found["agencies_served"].sum())
    said = f"**{those:,}** of **{agencies:,} agencies** served."
    _beside(beside, found, "agencies_served_by_state", said, _SERVED, "Agencies served")


def _labels(found: pd.DataFrame, is_dark: bool) -> list[layers.Layer]:
    """The number of each state, to hover over."""
    spots = label_spots()
    dots = [
        {
            "p": row.state,
            "x": spots[row.state][0],
            "y": spots[row.state][1],
            "n": share(row.share_of_agencies_served),
            "r": 0,
            "c": [0, 0, 0],
            "t": inert(
                f"{plain(row.state_name)}\n{int(row.agencies_served):,} of "
                f"{count_of(int(row.agencies), 'agency', 'agencies')} served"
            ),
        }
        for row in table_rows(found)
        if row.state in spots
    ]
    return layers.state_texts(dots, is_dark)


def _numbered(
    found: pd.DataFrame,
    column: str,
    told: Callable[[Any], str],
    place: Place,
    picture: DeltaGenerator,
) -> None:
    is_dark, spots = drawings.is_dark(), label_spots()
    largest = _LARGEST_ON_PHONE if drawings.is_phone() else _LARGEST
    most = max(int(found[column].max()), 1) if len(found) else 1
    circles = [
        {
            "p": row.state,
            "x": spots[row.state][0],
            "y": spots[row.state][1],
            "n": short(number),
            "r": round(_LEAST + (largest - _LEAST) * (number / most) ** 0.5, 1),
            "c": layers.strong(is_dark),
            "t": inert(told(row)),
        }
        for row, number in zip(table_rows(found), found[column], strict=True)
        if row.state in spots
    ]
    with picture:
        st.pydeck_chart(
            deck(
                layers.numbered_circles(circles, "states", is_dark, largest=largest),
                is_dark,
                place,
            ),
            height=HEIGHT,
            key="map_states",
            alt=f"Map of {len(circles)} states with their numbers. The table has the same.",
        )


def _bounds(numbers: pd.Series) -> list[float]:
    """What divides the colors: about as many states in each, at whole percents."""
    parts = [number / _COLORS for number in range(1, _COLORS)]
    found = numbers.dropna().quantile(parts).round(2)
    return sorted(set(found) - {0.0})


def _scale(bounds: Sequence[float], is_dark: bool) -> str:
    """The legend of the colors: what each stands for."""
    colors = shades(is_dark)[: len(bounds) + 1]
    entries = zip(colors, _scale_names(bounds), strict=True)
    return (
        '<ul class="map-scale" aria-label="Share of agencies served">'
        + "".join(f'<li><i style="background:{c}"></i>{name}</li>' for c, name in entries)
        + "</ul>"
    )


def _scale_names(bounds: Sequence[float]) -> list[str]:
    if not bounds:
        return ["no agency"]
    between = [f"{share(a)} to {share(b)}" for a, b in pairwise(bounds)]
    return [f"under {share(bounds[0])}", *between, f"{share(bounds[-1])} or more"]


def _beside(
    beside: DeltaGenerator, found: pd.DataFrame, name: str, said: str, how: str, title: str
) -> None:
    with beside:
        st.markdown(said)
        page.note(how)
        with st.container(height=250, border=False):
            page.grid(found.drop(columns="state"), title)
        page.download(found, name, title)
