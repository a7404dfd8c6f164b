"""A list from which one row is chosen, and the details of a chosen request."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from cri_data.model.code_lists import AGENCY_TYPES, ENGAGEMENT_STATUSES, REQUEST_STATUSES
from cri_data.model.roles import Viewer
from cri_ui.components import columns, page
from cri_ui.components.text import UNKNOWN, plain_markdown
from cri_ui.session import session

# Rows that a list shows at first, and on request. The download has all.
FIRST_ROWS, MOST_ROWS = 200, 1_000

_HOW_TO_CHOOSE = (
    "To see a row's details, check the box to its left. By keyboard, go to the row with "
    "the arrow keys and press Shift+Space."
)


@dataclass(frozen=True)
class _Rows:
    """Rows as they are drawn."""

    table: pa.Table
    formats: dict[str, Any]
    key: str


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
) -> int | None:
    """Draw rows to choose one from. Returns the position of the chosen row, if any.

    `shown` makes the visible table. The IDs are part of the widget's key, because with an
    unchanged key Streamlit keeps a choice by position, and after a filter it would point
    to another row.
    """

    def made() -> _Rows:
        table = shown(found)
        return _Rows(
            pa.Table.from_pandas(table, preserve_index=False),
            columns.formats(table),
            rows_key(key, found[id_column]),
        )

    rows = session.made_of(found, ("rows", key, shown), made)
    event = st.dataframe(
        rows.table,
        column_config=rows.formats,
        hide_index=True,
        placeholder=UNKNOWN,
        on_select="rerun",
        selection_mode="single-row",
        key=rows.key,
        alt=f"{alt} Choose a row to see its details.",
    )
    page.note(_HOW_TO_CHOOSE)
    chosen = event.selection.rows
    return chosen[0] if chosen and chosen[0] < len(found) else None


def rows_key(key: str, ids: pd.Series) -> str:
    """The key of a list of rows. It changes when the rows do."""
    named = "\n".join(ids)
    return f"{key}-{zlib.crc32(named.encode()):08x}"


def request_in_full(viewer: Viewer, request_id: str) -> None:
    """Draw the details of a request and its engagements."""
    found = session.fetch("request_detail", viewer, request_id=request_id)
    if found.empty:
        return
    found = page.with_labels(
        found, status=REQUEST_STATUSES.labels, agency_type=AGENCY_TYPES.labels
    )
    page.record(f"Request {plain_markdown(request_id)}", found.iloc[0])
    engagements = session.fetch("request_engagements_list", viewer, request_id=request_id)
    if engagements.empty:
        page.note("This request has no engagements.")
        return
    engagements = page.with_labels(engagements, status=ENGAGEMENT_STATUSES.labels)
    st.markdown("**Engagements for this request**")
    page.grid(engagements, f"Engagements for request {request_id}.")
