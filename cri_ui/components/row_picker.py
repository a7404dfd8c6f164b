"""A list from which one row is chosen, and the details of a chosen request."""

import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
import pyarrow as pa
import streamlit as st

from cri_data.model.code_lists import AGENCY_TYPES, ENGAGEMENT_STATUSES, REQUEST_STATUSES
from cri_data.model.roles import Viewer
from cri_ui.components import agency_link, columns, page
from cri_ui.components.text import UNKNOWN, plain_markdown
from cri_ui.session import session

# Rows that a list shows at first, and on request. The download has all.
FIRST_ROWS, MOST_ROWS = 200, 1_000

_HOW_TO_CHOOSE = (
    "To {what}, check the box to its left. By keyboard, go to the row with the arrow keys "
    "and press Shift+Space."
)


@dataclass(frozen=True)
class _Rows:
    """Rows as they are drawn."""

    table: pa.Table
    formats: dict[str, Any]
    checksum: str


def row_limit(total: int, key: str) -> int:
    """Number of rows to show; draws a switch to show more if there are more."""
    if total <= FIRST_ROWS:
        return FIRST_ROWS
    more = st.toggle(f"Show up to {MOST_ROWS:,} rows", key=f"more_{key}")
    return MOST_ROWS if more else FIRST_ROWS


def chosen_row(
    found: pd.DataFrame,
    shown: Callable[[pd.DataFrame], pd.DataFrame],
    id_column: str,
    key: str,
    alt: str,
    what: str = "see a row's details",
    height: int | Literal["auto"] = "auto",
) -> int | None:
    """Draw rows to choose one from. Returns the position of the chosen row, if any.

    `shown` makes the visible table. `what` is what a choice is for. `height` is in
    pixels.
    """

    def made() -> _Rows:
        table = shown(found)
        return _Rows(
            pa.Table.from_pandas(table, preserve_index=False),
            columns.formats(table),
            checksum(found[id_column]),
        )

    rows = session.made_of(found, ("rows", key, shown), made)
    event = st.dataframe(
        rows.table,
        height=height,
        column_config=rows.formats,
        hide_index=True,
        placeholder=UNKNOWN,
        on_select="rerun",
        selection_mode="single-row",
        key=steady_key(key, rows.checksum),
        alt=f"{alt} Choose a row to see its details.",
    )
    page.note(_HOW_TO_CHOOSE.format(what=what))
    chosen = event.selection.rows
    return chosen[0] if chosen and chosen[0] < len(found) else None


def checksum(ids: Iterable[str]) -> str:
    """A short text that changes when the IDs do."""
    return f"{zlib.crc32(chr(10).join(ids).encode()):08x}"


def steady_key(name: str, rows: str) -> str:
    """The key of a widget to choose from; `rows` is the checksum of what it offers.

    It stays while nothing is chosen, because a browser draws other rows into the same
    widget faster than into a new one. If something is chosen and the rows change, the
    key changes too: Streamlit keeps a choice by position, which would then be another
    row.
    """
    state = st.session_state
    number, before = state.get(f"{name}_offered", (0, rows))
    choice = state.get(f"{name}-{number}", {}).get("selection", {})
    if rows != before and any(choice.values()):
        number += 1
    state[f"{name}_offered"] = (number, rows)
    return f"{name}-{number}"


def request_in_full(viewer: Viewer, request_id: str, with_link: bool = True) -> None:
    """Draw the details of a request and its engagements.

    `with_link`: also a link to the page of its agency.
    """
    found = session.fetch("request_detail", viewer, request_id=request_id)
    if found.empty:
        return
    found = page.with_labels(
        found, status=REQUEST_STATUSES.labels, agency_type=AGENCY_TYPES.labels
    )
    page.record(f"Request {plain_markdown(request_id)}", found.iloc[0])
    if with_link:
        agency_link.draw_link(viewer, found["agency_id"].iloc[0])
    engagements = session.fetch("request_engagements_list", viewer, request_id=request_id)
    if engagements.empty:
        page.note("This request has no engagements.")
        return
    engagements = page.with_labels(engagements, status=ENGAGEMENT_STATUSES.labels)
    st.markdown("**Engagements for this request**")
    page.grid(engagements, f"Engagements for request {request_id}.")
