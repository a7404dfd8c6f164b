"""Layers of the map about partners: how far one works, and who supports whom."""

from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cri_data.model.filters import Filters
from cri_data.model.roles import Viewer
from cri_data.store.rows import table_rows
from cri_ui.components import drawings, link_values, page
from cri_ui.components.text import count_of, plain, whole
from cri_ui.maps import layers
from cri_ui.maps.deck import deck
from cri_ui.maps.insets import moved
from cri_ui.maps.palette import FIVE
from cri_ui.maps.points import drawn_at, inert, placed
from cri_ui.maps.viewport import Place
from cri_ui.session import session

HEIGHT = 430
_MOST_LINES = 3_000

_COVERAGE = (
    "Each line leads from the partner's base to an agency that it serves, as lead or in "
    "support. Canceled engagements are left out. Miles are as the crow flies."
)
_NETWORK = (
    "Each line joins the bases of two partners, one of which supports engagements that the "
    "other leads: the wider, the more. Canceled engagements are left out."
)


def coverage(
    viewer: Viewer, filters: Filters, place: Place, picture: DeltaGenerator, beside: Any
) -> None:
    """Draw where one partner works, with lines from its base."""
    with beside:
        partner_id, name = _partner(viewer)
    found = session.fetch("partner_coverage_list", viewer, filters, partner_id=partner_id)
    is_dark = drawings.is_dark()
    with picture:
        st.pydeck_chart(
            deck(_coverage_layers(found, is_dark), is_dark, place),
            height=HEIGHT,
            key="map_lines",
            alt=f"Map of the {count_of(len(found), 'agency', 'agencies')} that the partner "
            "serves, with lines from its base. The table has the same.",
        )
    with beside:
        st.markdown(_coverage_in_words(found, name))
        page.note(_COVERAGE)
        if len(found):
            columns = ["agency_name", "city", "state", "miles_from_base", "engagements"]
            with st.container(height=230, border=False):
                page.grid(
                    found[[*columns, "newest_on"]].head(200), "Agencies, farthest first"
                )
            page.download(found, "partner_coverage_list", "Partner coverage")


def _partner(viewer: Viewer) -> tuple[str | None, str]:
    rows = session.fetch("partners_options", viewer)
    names = dict(zip(rows["partner_id"], rows["partner_name"].astype(str), strict=True))
    if viewer.partner_id in names:
        # A partner's own coverage; of others it knows only what they share.
        return viewer.partner_id, names[viewer.partner_id]
    link_values.take_choices("coverage", "partner", names)
    chosen = st.selectbox(
        "Partner",
        list(names),
        format_func=lambda one: names.get(one, one),
        key="coverage",
        bind="query-params",
    )
    return (chosen, names[chosen]) if chosen in names else (None, "")


def _coverage_in_words(found: pd.DataFrame, name: str) -> str:
    if found.empty:
        return f"No engagements of {plain(name) or 'this partner'} with these filters."
    miles = found["miles_from_base"].dropna()
    said = f"**{count_of(len(found), 'agency', 'agencies')}** served."
    if miles.empty:
        return f"{said} The partner's base has no coordinates."
    return (
        f"{said} Half are within **{whole(miles.median())} miles** of its base, the "
        f"farthest is {whole(miles.max())} miles away."
    )


def _coverage_layers(found: pd.DataFrame, is_dark: bool) -> list[layers.Layer]:
    shown = placed(found).dropna(subset=["base_latitude", "base_longitude"])
    if shown.empty:
        return []
    base = shown.iloc[0]
    x, y = moved(base.base_state, base.base_longitude, base.base_latitude)
    across, up = drawn_at(shown)
    rows: list[dict[str, Any]] = [
        {
            "x": x,
            "y": y,
            "u": round(u, 3),
            "v": round(v, 3),
            "w": 1 + min(row.engagements, 5) / 4,
            "t": inert(
                f"{plain(row.agency_name)}\n"
                f"{whole(row.miles_from_base)} miles from the base\n"
                f"{count_of(int(row.engagements), 'engagement')}"
            ),
        }
        for row, u, v in zip(table_rows(shown.head(_MOST_LINES)), across, up, strict=False)
    ]
    color = FIVE[is_dark][0]
    dots = [{"x": one["u"], "y": one["v"], "r": 4, "t": one["t"]} for one in rows]
    here = {"x": x, "y": y, "r": 9, "t": inert(f"Base: {plain(base.base_city)}")}
    return [
        *layers.lines(rows, "coverage", is_dark, color),
        *layers.dots(dots, "served", is_dark, color),
        *layers.dots([here], "base", is_dark, FIVE[is_dark][1]),
    ]


def network(
    viewer: Viewer, filters: Filters, place: Place, picture: DeltaGenerator, beside: Any
) -> None:
    """Draw which partner supports which."""
    found = session.fetch("partner_pairs", viewer, filters)
    is_dark = drawings.is_dark()
    with picture:
        st.pydeck_chart(
            deck(_network_layers(found, is_dark), is_dark, place),
            height=HEIGHT,
            key="map_lines",
            alt=f"Map of {count_of(len(found), 'pair')} of partners that work together. "
            "The table has the same.",
        )
    with beside:
        total = int(found["engagements"].sum()) if len(found) else 0
        st.markdown(
            f"**{count_of(len(found), 'pair')}** of a lead and a supporting partner, in "
            f"{count_of(total, 'engagement')}. One with two supporters counts in two pairs."
        )
        page.note(_NETWORK)
        if len(found):
            columns = ["lead_partner_name", "supporting_partner_name", "engagements"]
            with st.container(height=250, border=False):
                page.grid(found[columns], "Partners that support each other")
            page.download(found, "partner_pairs", "Partner network")


def _network_layers(found: pd.DataFrame, is_dark: bool) -> list[layers.Layer]:
    spots = [
        "lead_latitude",
        "lead_longitude",
        "supporting_latitude",
        "supporting_longitude",
    ]
    shown = found.dropna(subset=spots)
    most = max(int(shown["engagements"].max()), 1) if len(shown) else 1
    rows, bases = [], {}
    for row in table_rows(shown):
        x, y = moved(row.lead_state, row.lead_longitude, row.lead_latitude)
        u, v = moved(
            row.supporting_state, row.supporting_longitude, row.supporting_latitude
        )
        wide = 1 + 7 * row.engagements / most
        rows.append({"x": x, "y": y, "u": u, "v": v, "w": round(wide, 1)})
        for acronym, name, spot in (
            (row.lead_acronym, row.lead_partner_name, (x, y)),
            (row.supporting_acronym, row.supporting_partner_name, (u, v)),
        ):
            bases[spot] = inert(plain(acronym)), inert(plain(name))
    dots = [
        {"x": x, "y": y, "r": 7, "n": acronym, "t": name}
        for (x, y), (acronym, name) in bases.items()
    ]
    return [
        *layers.lines(rows, "network", is_dark, FIVE[is_dark][0]),
        *layers.dots(dots, "bases", is_dark, FIVE[is_dark][1]),
        *layers.dot_names(dots, is_dark),
    ]
