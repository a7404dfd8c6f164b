"""What changed since last year, and the forecast of the fiscal year, on Overview."""

from typing import Any

import pandas as pd
import streamlit as st

from cri_data.model.filters import Filters
from cri_data.model.roles import Viewer
from cri_ui import charts
from cri_ui.components import page
from cri_ui.components.text import (
    count_of,
    day,
    plain_markdown,
    rounded,
    share,
    whole,
)
from cri_ui.session import session

KINDS = {"topic": "By topic", "region": "By region", "size": "By agency size"}

# So many groups of a kind are named in a sentence.
_NAMED = 3

_PARTS = (
    "Requests of the period less those of the same period last year. A request for "
    "several topics counts in equal parts for each, so the changes of each kind add up "
    "to the whole."
)
_FORECAST = (
    "Requests received since October 1. The forecast continues the months so far with "
    "their usual seasons (exponential smoothing). 80% of outcomes should be in the inner "
    "band and 95% in the outer one. Ignores dates; other filters apply."
)


def draw_changes(viewer: Viewer, filters: Filters, numbers: pd.DataFrame) -> None:
    """Draw in sentences how requests changed, and which groups add most to that."""
    groups = session.fetch("requests_change_by_group", viewer, filters)
    if groups.empty:
        return
    requests = numbers[numbers["headline"] == "requests"].iloc[0]
    with st.container(border=True, height="stretch"):
        st.header("What changed since last year", help=_PARTS)
        st.markdown(
            "\n".join(
                f"- {sentence}" for sentence in [whole_change(requests), *parts(groups)]
            )
        )
        page.note(
            "A request for several topics counts in equal parts for each. Whole counts by "
            "topic: *Rising and falling topics* on the page Demand."
        )
        shown = groups.assign(kind=groups["kind"].map(KINDS)).drop(
            columns=["kind_order", "group_id"]
        )
        page.twin(shown, "requests_change_by_group", "Change in requests since last year")


def whole_change(requests: Any) -> str:
    """How requests changed, and whether that is more than chance."""
    since = f"from {day(requests.last_year_from_on)} to {day(requests.last_year_to_on)}"
    said = (
        f"**{count_of(int(requests.value), 'request')}**, after "
        f"{whole(requests.last_year)} {since}: **{change(requests.change_from_last_year)}**"
    )
    if requests.is_clear_from_last_year:
        return f"{said}, which is more than chance."
    return f"{said}, which is within chance: no clear change."


def parts(groups: pd.DataFrame) -> list[str]:
    """For each kind of group, those that changed most, and the rest together."""
    sentences = []
    for kind, label in KINDS.items():
        rows = groups[groups["kind"] == kind]
        most = rows.head(_NAMED)
        named = [
            f"{plain_markdown(name)} {change(changed)}"
            for name, changed in zip(most["group_name"], most["change"], strict=True)
        ]
        if len(rows) > _NAMED:
            named.append(f"all others {change(rows['change'][_NAMED:].sum())}")
        sentences.append(f"{label}: {', '.join(named)}.")
    return sentences


def change(value: float) -> str:
    """A change with its sign; parts of requests have one decimal."""
    digits = 0 if value == int(value) else 1
    return f"{rounded(value, digits):+,}" if rounded(value, digits) else "no change"


def draw_forecast(viewer: Viewer, filters: Filters) -> None:
    """Draw the fiscal years so far with a forecast of this one, once it is asked for."""
    asked = st.expander(
        "Will the year end above last year? Fiscal years so far, and forecast",
        icon=":material/trending_up:",
        key="forecast",
        on_change="rerun",
    )
    if not asked.open:
        return
    with asked:
        by_month = session.fetch("requests_by_fiscal_month", viewer, filters)
        if by_month.empty:
            page.note("No requests yet.")
            return
        st.markdown(outlook(by_month))
        page.chart(
            charts.requests_by_fiscal_month,
            by_month,
            name="requests_by_fiscal_month",
            title="Requests by fiscal year, added up",
            alt="Line chart: requests since October 1, by fiscal year, with a forecast.",
            definition=_FORECAST,
        )


def outlook(by_month: pd.DataFrame) -> str:
    """Whether the year will end above the last one, or why that cannot be said."""
    ahead = by_month[by_month["is_forecast"]]
    if ahead.empty:
        return f"No forecast. {by_month['no_forecast'].iloc[-1]}"
    end = ahead.iloc[-1]
    last = by_month[by_month["fiscal_year"] == end.fiscal_year - 1]["requests_so_far"]
    said = (
        f"FY{end.fiscal_year} is expected to end with **{whole(end.requests_so_far)} "
        f"requests** (80% interval {whole(end.low_80)} to {whole(end.high_80)}, 95% "
        f"interval {whole(end.low_95)} to {whole(end.high_95)})"
    )
    tried = (
        " In past years, such forecasts were off by "
        f"{share(end.forecast_error)} on average."
    )
    of_the_year = by_month[by_month["fiscal_year"] == end.fiscal_year]
    if of_the_year["is_forecast"].all():
        said = f"FY{end.fiscal_year - 1} is over. {said}"
    if last.empty:
        return f"{said}.{tried}"
    before = last.iloc[-1]
    against = f"FY{end.fiscal_year - 1} had {whole(before)}"
    if end.low_80 > before:
        return f"{said}, **probably above last year**: {against}.{tried}"
    if end.high_80 < before:
        return f"{said}, **probably below last year**: {against}.{tried}"
    return f"{said}. Too close to last year to say: {against}.{tried}"
