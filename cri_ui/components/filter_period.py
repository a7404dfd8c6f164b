"""The period among the filters: fiscal years, or exact dates."""

from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from cri_data.model.datasets import EARLIEST, LATEST
from cri_data.model.filters import fiscal_year, fiscal_year_end, fiscal_year_start
from cri_data.model.roles import Viewer
from cri_ui.components import link_values
from cri_ui.components.text import day
from cri_ui.session import session

FIRST, LAST, FROM, TO = "from_fy", "to_fy", "from", "to"
ALL_YEARS = "All years"

# What each widget of the period stands on when it is not set.
NO_YEARS: dict[str, object] = {FIRST: ALL_YEARS, LAST: ALL_YEARS}
NO_DATES: dict[str, object] = {FROM: None, TO: None}

# In the address of a page that opens on this year: that all years are meant.
_PERIOD, _ALL = "period", "all"
_OPENED = "_opened_on_this_year"


@dataclass(frozen=True)
class Chip:
    """One filter that is set, and the values that its widgets have without it."""

    text: str
    without: dict[str, object]


def set_widgets(values: dict[str, object]) -> None:
    """Let widgets of the filters stand on these values, by key."""
    for key, value in values.items():
        st.session_state[key] = value


def open_on_this_year(viewer: Viewer) -> None:
    """Choose this fiscal year, once in a visit that has chosen no period so far."""
    # A choice of this visit, else what its link names.
    chosen = [
        st.session_state.get(key, st.query_params.get(key))
        for key in (*NO_YEARS, *NO_DATES)
    ]
    if any(value not in (None, ALL_YEARS) for value in chosen):
        st.query_params.pop(_PERIOD, None)
    elif _OPENED in st.session_state:
        # Somebody chose all years: the link says so.
        if _PERIOD not in st.query_params:
            st.query_params[_PERIOD] = _ALL
    elif st.query_params.get(_PERIOD) != _ALL and _holds_data(viewer):
        this_year = f"FY{fiscal_year(session.info().as_of_on)}"
        set_widgets({FIRST: this_year, LAST: this_year})
        # Streamlit writes to the address what a person chose, not what we did.
        st.query_params.update({FIRST: this_year, LAST: this_year})
    st.session_state[_OPENED] = True


# First day, last day, in words, and the chip; without a chip it is not set.
Period = tuple[date | None, date | None, str, Chip | None]


def _holds_data(viewer: Viewer) -> bool:
    return pd.notna(session.fetch_row("period_options", viewer).first_on)


def draw_years(viewer: Viewer) -> Period:
    """Draw the choice of fiscal years. Returns the period that they are."""
    years = fiscal_years(viewer)
    from_year, to_year = st.columns(2, gap="xsmall")
    with from_year:
        first = _fiscal_year("From year", FIRST, years)
    with to_year:
        last = _fiscal_year("To year", LAST, years)
    if not first and not last:
        return None, None, "", None
    if first and last and first > last:
        first, last = last, first
    said = _years_in_words(first, last)
    return (
        fiscal_year_start(first) if first else None,
        fiscal_year_end(last) if last else None,
        said,
        Chip(f"Years: {said}", NO_YEARS),
    )


def draw_days() -> Period:
    """Draw the choice of dates. Returns the period that they are."""
    # One under the other: side by side a date has no room.
    start, end = _day("From date", FROM), _day("To date", TO)
    if not start and not end:
        return None, None, "", None
    text = f"{day(start) if start else 'the beginning'} to {day(end) if end else 'now'}"
    return (
        start,
        end,
        f"{start or 'the beginning'} to {end or 'now'}",
        Chip(f"Dates: {text}", NO_DATES),
    )


def _day(label: str, key: str) -> date | None:
    link_values.take_day(key, "date")
    # Left alone, Streamlit allows ten years back.
    return st.date_input(
        label,
        value=None,
        min_value=EARLIEST,
        max_value=LATEST,
        key=key,
        bind="query-params",
        format="MM/DD/YYYY",
        help="Exact dates replace the fiscal years.",
    )


def _fiscal_year(label: str, key: str, years: dict[str, int]) -> int | None:
    # "All years" is a choice like the others: nothing that Escape would clear.
    options = [ALL_YEARS, *years]
    link_values.take_choices(key, "fiscal year", {one: one for one in options})
    chosen = st.selectbox(
        label,
        options,
        key=key,
        bind="query-params",
        help="Federal fiscal years: FY2018 is October 2017 to September 2018.",
    )
    return years.get(chosen)


def _years_in_words(first: int | None, last: int | None) -> str:
    if first and last:
        return f"FY{first}" if first == last else f"FY{first} to FY{last}"
    return f"FY{first} and later" if first else f"up to FY{last}"


def fiscal_years(viewer: Viewer) -> dict[str, int]:
    """FY2026, FY2025 …: from the last that anything falls into to the first."""
    span = session.fetch_row("period_options", viewer)
    now = fiscal_year(session.info().as_of_on)
    known = [fiscal_year(on) for on in (span.first_on, span.last_on) if not pd.isna(on)]
    first, last = min([*known, now]), max([*known, now])
    return {f"FY{year}": year for year in range(last, first - 1, -1)}
