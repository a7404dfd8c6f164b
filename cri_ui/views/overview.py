"""Overview page: headline tiles, and the definitions of its numbers."""

from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
import streamlit as st

from cri_data.model.filters import Filters
from cri_data.store.rows import table_rows
from cri_ui.components import drawings, page
from cri_ui.components.text import count_of, day, share, whole

BY_PARTNER = (
    "Engagements that started (or are planned to start) in the period, by lead "
    "partner. Canceled engagements don't count. Days to delivery: the median, over "
    "the requests that these engagements serve, from the date received to the start "
    "of delivery by any partner. A request with two lead partners counts for both."
)
BY_REGION = "Census regions, plus the territories."


@dataclass(frozen=True)
class Headline:
    """The label and definition of a headline number, and how it is shown."""

    label: str
    definition: str
    is_share: bool = False
    # "normal": more is better. "inverse": less is better. "off": neither.
    color: Literal["normal", "inverse", "off"] = "off"


HEADLINES = {
    "requests": Headline(
        "Requests received",
        "Requests for assistance received in the period. A request counts once, "
        "however many topics it names.",
    ),
    "agencies_with_requests": Headline(
        "Agencies with requests",
        "Agencies with at least one request received in the period.",
        color="normal",
    ),
    "share_of_requests_from_small_agencies": Headline(
        "Small agencies",
        "Share of requests from agencies with under 50 sworn officers. Agencies that "
        "report no number don't count as small.",
        is_share=True,
    ),
    "requests_backlog": Headline(
        "Open requests",
        "Requests received by the last day of the period, also before the period, that "
        "were not completed, declined, or withdrawn by then.",
        color="inverse",
    ),
    "median_days_to_decided": Headline(
        "Days to decision",
        "Median days from received to decided, for decided requests received in the "
        "period. Half were faster.",
        color="inverse",
    ),
    "median_days_to_delivery_started": Headline(
        "Days to delivery",
        "Median days from received to the start of delivery, for requests received in "
        "the period whose delivery started. Half were faster.",
        color="inverse",
    ),
    "engagements": Headline(
        "Engagements",
        "Engagements that started (or are planned to start) in the period. Canceled "
        "engagements don't count.",
        color="normal",
    ),
    "share_of_outcomes_improved": Headline(
        "Outcomes improved",
        "Share of outcomes with a baseline and a follow-up whose follow-up is better, "
        "for follow-ups in the period.",
        is_share=True,
        color="normal",
    ),
}


def tiles(headlines: pd.DataFrame, filters: Filters) -> None:
    """Draw the eight headline numbers with their changes."""
    # The change covers 12 months, the tile all time. A phone has no room to say so.
    is_everything = filters.date_from is None and filters.date_to is None
    in_time = " in 12 months" if is_everything and not drawings.is_phone() else ""

    def draw() -> None:
        page.note(_compared(headlines.iloc[0]))
        with st.grid(4, min_column_width=150):
            for row in table_rows(headlines):
                _tile(row, in_time)

    drawings.draw_once(draw, "tiles", in_time, of=headlines)


def in_a_sentence(headlines: pd.DataFrame) -> str:
    """The first headline as a sentence, to be read out."""
    requests = headlines.loc[headlines["headline"] == "requests", "value"].iloc[0]
    return f"{count_of(int(requests), 'request')} received."


def headline_values(headlines: pd.DataFrame) -> list[str]:
    """The numbers as the tiles show them."""
    return [
        share(row.value) if HEADLINES[row.headline].is_share else whole(row.value)
        for row in table_rows(headlines)
    ]


def _tile(row: Any, in_time: str) -> None:
    headline = HEADLINES[row.headline]
    label = headline.label
    if row.headline == "requests_backlog":
        label = f"{label}, {day(row.until_on)}"
    change = _change(row, headline.is_share)
    flat = change == "0"
    st.metric(
        label,
        share(row.value) if headline.is_share else whole(row.value),
        change and change + in_time,
        delta_color="off" if flat else headline.color,
        delta_arrow="off" if flat else "auto",
        help=headline.definition,
        border=True,
        height="stretch",
    )


def _change(row: Any, is_share: bool) -> str | None:
    if pd.isna(row.value_change):
        return None
    if round(row.value_change, 3) == 0:
        return "0"
    if is_share:
        return f"{row.value_change * 100:+.1f} points"
    change = f"{row.value_change:+,.0f}"
    if pd.isna(row.share_of_change):
        return change
    return f"{change} ({row.share_of_change:+.0%})"


def _compared(row: pd.Series) -> str:
    if pd.isna(row.before_from_on):
        return "No changes are shown, because the period has no start date."
    return (
        f"Changes compare {day(row.recent_from_on)} to {day(row.recent_to_on)} with "
        f"{day(row.before_from_on)} to {day(row.before_to_on)}, the prior period."
    )
