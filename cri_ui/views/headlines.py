"""The headline numbers: their labels and definitions, and the tiles of Overview."""

from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from cri_data.model.filters import Filters
from cri_data.store.rows import table_rows
from cri_ui.components import drawings, tiles
from cri_ui.components.text import count_of, day, rounded, share, whole
from cri_ui.components.tiles import Change, Course, Tile


@dataclass(frozen=True)
class Headline:
    """The label and definition of a headline number, and how it is shown.

    `better` says which direction is good; of most numbers neither is. `page` is the
    address of the page behind the number. `remark` says what it is made of, with the
    row's {n}, {of_n}, and {until}.
    """

    label: str
    definition: str
    page: str
    better: Literal["up", "down", ""] = ""
    is_share: bool = False
    remark: str = ""


_OF_ENGAGEMENTS = "reported by {n} of {of_n} engagements"


HEADLINES = {
    "requests": Headline(
        "Requests received",
        "Requests for assistance received in the period. A request counts once, "
        "however many topics it names.",
        "demand",
    ),
    "agencies_with_requests": Headline(
        "Agencies with requests",
        "Agencies with at least one request received in the period.",
        "demand",
        better="up",
        remark="of {of_n} agencies",
    ),
    "share_of_requests_from_small_agencies": Headline(
        "From small agencies",
        "Share of requests from agencies with under 50 sworn officers. Requests from "
        "agencies that report no number are left out.",
        "demand",
        is_share=True,
        remark="of {n} with known size",
    ),
    "requests_backlog": Headline(
        "Open requests",
        "Requests received by the last day of the period, also before the period, that "
        "were not completed, declined, or withdrawn by then.",
        "timeliness",
        better="down",
        remark="on {until}",
    ),
    "median_days_open": Headline(
        "Days open",
        "Median days since the open requests were received, up to the last day of the "
        "period. Half have waited longer.",
        "timeliness",
        better="down",
        remark="median of open requests",
    ),
    "engagements": Headline(
        "Engagements",
        "Engagements that started (or were planned to start) in the period, up to the "
        "as-of date. Canceled engagements don't count.",
        "engagement_map",
        better="up",
        remark="and {of_n} planned later",
    ),
    "hours": Headline(
        "Hours",
        "Hours of these engagements. Engagements that report no hours add nothing.",
        "engagement_map",
        remark=_OF_ENGAGEMENTS,
    ),
    "participants": Headline(
        "People trained",
        "Participants of these engagements, in person and online. A person who takes "
        "part twice counts twice.",
        "engagement_map",
        remark=_OF_ENGAGEMENTS,
    ),
    "share_of_outcomes_improved": Headline(
        "Outcomes improved",
        "Share of outcomes with a baseline and a follow-up whose follow-up is better, "
        "for follow-ups in the period. Without any effect, less than half improve, "
        "because some stay the same.",
        "outcomes",
        better="up",
        is_share=True,
        remark="of {n} measured twice",
    ),
}

_HOW_TO_READ = "An arrow marks a change that is more than chance (95%)."


# The stages of a request whose times are headlines, with what is said of each.
STAGE_TILES = {
    "decided": ("Days to decision", "from received to decided"),
    "received_to_assigned": ("Days to assignment", "from received to assigned"),
    "delivery_started": ("Days to start", "from assigned to the start of delivery"),
}

# After the numbers of open requests.
_BEFORE_TIMES = 5


def draw_tiles(
    headlines: pd.DataFrame, stages: pd.DataFrame, by_month: pd.DataFrame
) -> None:
    """Draw the headline numbers and the times of `stages`, each with its changes.

    `by_month` are the headline numbers of the last months, drawn as a small line.
    """
    query = urlencode(st.query_params.to_dict(), doseq=True)

    def draw() -> None:
        first = headlines.iloc[0]
        is_one_period = first.before_from_on == first.last_year_from_on
        months = {str(name): rows for name, rows in by_month.groupby("headline")}
        drawn = [
            replace(headline_tile(row, query, is_one_period), course=_course(row, months))
            for row in table_rows(headlines)
        ]
        by_stage = {row.stage: row for row in table_rows(stages)}
        times = [
            _stage_tile(by_stage[stage], query)
            for stage in STAGE_TILES
            if stage in by_stage
        ]
        drawn[_BEFORE_TIMES:_BEFORE_TIMES] = times
        tiles.draw(drawn, "Headline numbers")

    # All answers are of the same filters: the tiles follow from one of them.
    drawings.draw_once(draw, "tiles", query, of=headlines)


def in_a_sentence(headlines: pd.DataFrame) -> str:
    """The first headline as a sentence, to be read out."""
    requests = headlines.loc[headlines["headline"] == "requests", "value"].iloc[0]
    return f"{count_of(int(requests), 'request')} received."


def nothing_counted(headlines: pd.DataFrame) -> bool:
    """Whether there is no request and no engagement in the period."""
    counted = headlines[headlines["headline"].isin(["requests", "engagements"])]
    return bool(counted["value"].eq(0).all())


def headline_values(headlines: pd.DataFrame) -> list[str]:
    """The numbers as the tiles show them."""
    return [
        _amount(row.value, HEADLINES[row.headline].is_share)
        for row in table_rows(headlines)
    ]


def _course(row: Any, months: dict[str, pd.DataFrame]) -> Course | None:
    """A headline month by month, with its lowest, highest, and last number in words."""
    found = months.get(row.headline)
    known = found.dropna(subset="value") if found is not None else None
    if found is None or known is None or known.empty:
        return None
    is_share = HEADLINES[row.headline].is_share
    first, last = found["month_on"].iloc[0], found["month_on"].iloc[-1]
    low, high, latest = (
        _amount(value, is_share)
        for value in (known["value"].min(), known["value"].max(), known["value"].iloc[-1])
    )
    said = f"By month, {first:%b %Y} to {last:%b %Y}: from {low} to {high}, last {latest}."
    return Course(tuple(found["value"]), said)


def _amount(value: float | None, is_share: bool) -> str:
    return share(value) if is_share else whole(value)


def headline_tile(row: Any, query: str = "", is_one_period: bool = False) -> Tile:
    """A headline number with its changes.

    `query` are the filters of the link behind it. `is_one_period`: from last year alone.
    """
    headline = HEADLINES[row.headline]
    periods = [("Last year", "last_year")]
    if not is_one_period:
        periods.append(("Prior period", "before"))
    return Tile(
        headline.label,
        _amount(row.value, headline.is_share),
        headline.definition,
        _remark(row, headline.remark),
        tuple(
            _change(row, headline, label, period)
            for label, period in periods
            if pd.notna(getattr(row, period))
        ),
        f"{headline.page}?{query}" if query else headline.page,
    )


def _stage_tile(row: Any, query: str) -> Tile:
    """The median days of a stage in the fiscal year, and whether that is faster."""
    label, what = STAGE_TILES[row.stage]
    is_faster = row.this_year_is == "faster"
    is_clear = row.this_year_is in ("faster", "slower")
    return Tile(
        label,
        whole(row.median_days),
        f"Median days {what}, of requests received in the fiscal year so far. Requests "
        "that still wait count with their days so far (Kaplan-Meier). Last year is taken "
        "as it was known on the same day; a log-rank test tells faster from slower.",
        f"{share(row.share_within_target)} within {row.target_days} days",
        (
            Change(
                f"Last year {whole(row.median_days_last_year)}",
                row.this_year_is if is_clear else "no clear change",
                ("down" if is_faster else "up") if is_clear else "",
                ("good" if is_faster else "bad") if is_clear else "",
            ),
        ),
        f"timeliness?{query}" if query else "timeliness",
    )


def _remark(row: Any, remark: str) -> str:
    if row.headline == "engagements" and not row.of_n:
        return ""
    return remark.format(n=whole(row.n), of_n=whole(row.of_n), until=day(row.until_on))


def _change(row: Any, headline: Headline, label: str, period: str) -> Change:
    """How a number changed: with an arrow where that is clear."""
    text = f"{label} {_amount(getattr(row, period), headline.is_share)}"
    change = getattr(row, f"change_from_{period}")
    if pd.isna(change):
        return Change(text, "")
    if not getattr(row, f"is_clear_from_{period}"):
        return Change(text, _difference(change, headline.is_share))
    direction = "up" if change > 0 else "down"
    tone = {"": "", direction: "good"}.get(headline.better, "bad")
    return Change(text, _difference(change, headline.is_share), direction, tone)


def _difference(change: float, is_share: bool) -> str:
    """A change as text: +31, or +2.5 pts (percentage points); unchanged, 0."""
    text = f"{rounded(change * 100, 1) if is_share else rounded(change):+,}"
    if not text.strip("+-0.,"):
        return "same"
    return f"{text} pts" if is_share else text


def compared(headlines: pd.DataFrame, filters: Filters) -> str:
    """The period of the headline numbers, and those that it is compared with."""
    row = headlines.iloc[0]
    if filters.date_from and filters.date_from > row.until_on.date():
        return f"The period begins after {day(row.until_on)}."
    if pd.isna(row.recent_from_on):
        return f"Up to {day(row.until_on)}. Choose a fiscal year to see changes."
    period = f"{day(row.recent_from_on)} to {day(row.until_on)}"
    if pd.isna(row.before_from_on) and pd.isna(row.last_year_from_on):
        return f"{period}. No data from an earlier period to compare with."
    compared = [
        f"{label} ({day(start)} to {day(end)})"
        for label, start, end in (
            ("the same period last year", row.last_year_from_on, row.last_year_to_on),
            ("the prior period", row.before_from_on, row.before_to_on),
        )
        if pd.notna(start)
    ]
    if row.before_from_on == row.last_year_from_on:
        del compared[1]
    return f"{period}, compared with {' and '.join(compared)}. {_HOW_TO_READ}"
