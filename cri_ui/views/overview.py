"""The tiles of the overview, and how its other numbers are counted."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from cri_data.model.filters import Filters
from cri_ui.components import drawings, page
from cri_ui.components.text import day, share, whole

BY_PARTNER = (
    "By the partner that leads: engagements that started (or are planned to start) in "
    "the period, without cancelled ones. Days to delivery: the median, over the "
    "requests that these answer, from received to the first day of delivery, whoever "
    "began it. A request that two partners answer counts for both."
)
BY_REGION = "Census regions; the territories stand beside them."


@dataclass(frozen=True)
class Headline:
    """How a headline number is named, shown and explained."""

    label: str
    definition: str
    is_share: bool = False
    # "normal": more is better. "inverse": less is better. "off": neither.
    color: str = "off"


HEADLINES = {
    "requests": Headline(
        "Requests received",
        "Requests for assistance received in the period. A request counts once, "
        "however many topics it names.",
    ),
    "agencies_with_requests": Headline(
        "Agencies that asked",
        "Agencies with at least one request received in the period.",
        color="normal",
    ),
    "share_of_requests_from_small_agencies": Headline(
        "Small agencies",
        "Share of the requests that come from agencies with under 50 sworn officers. "
        "Agencies that report no number count as not small.",
        is_share=True,
    ),
    "requests_backlog": Headline(
        "Open",
        "All requests received by the last day of the period, whenever that was, and "
        "not completed, declined or withdrawn by then.",
        color="inverse",
    ),
    "median_days_to_decided": Headline(
        "Days to decision",
        "The median from received to decided, over the requests received in the "
        "period that are decided. Half were faster.",
        color="inverse",
    ),
    "median_days_to_delivery_started": Headline(
        "Days to delivery",
        "The median from received to the first day of delivery, over the requests "
        "received in the period whose delivery started. Half were faster.",
        color="inverse",
    ),
    "engagements": Headline(
        "Engagements",
        "Pieces of assistance that started (or are planned to start) in the period, "
        "without cancelled ones.",
        color="normal",
    ),
    "share_of_outcomes_improved": Headline(
        "Improved",
        "Share of the outcome measurements with a value before and after whose value "
        "after is better, over follow-ups in the period.",
        is_share=True,
        color="normal",
    ),
}


def tiles(headlines: pd.DataFrame, filters: Filters) -> None:
    """Draw the eight headline numbers with their changes."""
    # What changed in them is not all that the tile counts. A phone has no room for it.
    is_everything = filters.date_from is None and filters.date_to is None
    in_time = " in 12 months" if is_everything and not drawings.is_phone() else ""

    def draw() -> None:
        page.note(_compared(headlines.iloc[0]))
        with st.grid(4, min_column_width=150):
            for row in headlines.itertuples():
                _tile(row, in_time)

    drawings.draw_once(draw, "tiles", in_time, of=headlines)


def headline_values(headlines: pd.DataFrame) -> list[str]:
    """The numbers as the tiles show them."""
    return [
        share(row.value) if HEADLINES[row.headline].is_share else whole(row.value)
        for row in headlines.itertuples()
    ]


def _tile(row: object, in_time: str) -> None:
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


def _change(row: object, is_share: bool) -> str | None:
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
        return "No change is shown: the period has no beginning to compare before."
    return (
        f"Changes: {day(row.recent_from_on)} to {day(row.recent_to_on)} against "
        f"{day(row.before_from_on)} to {day(row.before_to_on)}, the time right before."
    )
