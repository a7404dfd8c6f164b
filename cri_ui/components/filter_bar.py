"""The filters beside the pages: drawn once, kept in the URL, said in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from cri_data.model.code_lists import AGENCY_TYPES, ENGAGEMENT_STATUSES, REGIONS
from cri_data.model.datasets import EARLIEST, LATEST
from cri_data.model.filters import Filters, fiscal_year, fiscal_year_end, fiscal_year_start
from cri_data.model.roles import Viewer
from cri_ui.navigation import FilterSet
from cri_ui.session import session


@dataclass(frozen=True)
class Choice:
    """A list to choose from: its field of Filters, URL name, label, options."""

    field: str
    key: str
    label: str
    options: Callable[[Viewer], dict[str, str]]


def _named(question: str, value: str, label: str) -> Callable[[Viewer], dict[str, str]]:
    def options(viewer: Viewer) -> dict[str, str]:
        rows = session.fetch(question, viewer)
        return dict(zip(rows[value], rows[label], strict=True))

    return options


def _same(labels: dict[str, str]) -> Callable[[Viewer], dict[str, str]]:
    def options(viewer: Viewer) -> dict[str, str]:
        del viewer
        return labels

    return options


def _divisions(viewer: Viewer) -> dict[str, str]:
    divisions = session.fetch("states_options", viewer)["division"]
    return {division: division for division in divisions.unique()}


TOPICS = Choice(
    "topics", "topic", "Topics", _named("topics_options", "topic_id", "topic_name")
)
PLACES = (
    Choice("regions", "region", "Regions", _same({region: region for region in REGIONS})),
    Choice("divisions", "division", "Divisions", _divisions),
    Choice("states", "state", "States", _named("states_options", "state", "state_name")),
)
AGENCIES = (
    Choice(
        "size_bands",
        "size",
        "Agency size (sworn officers)",
        _named("size_bands_options", "size_band", "size_band"),
    ),
    Choice("agency_types", "type", "Agency types", _same(AGENCY_TYPES.labels)),
)
ENGAGEMENTS = (
    Choice(
        "partners",
        "partner",
        "Partners",
        _named("partners_options", "partner_id", "partner_name"),
    ),
    Choice(
        "statuses",
        "status",
        "Engagement status",
        _same(ENGAGEMENT_STATUSES.labels),
    ),
)
CHOICES = (TOPICS, *PLACES, *AGENCIES, *ENGAGEMENTS)

FIRST, LAST, FROM, TO = "from_fy", "to_fy", "from", "to"


def draw_filters(viewer: Viewer, which: FilterSet) -> tuple[Filters, str]:
    """Draw the filters of a page in the sidebar; what is chosen, and that in words.

    A filter that a page does not have keeps what was chosen for the pages that do.
    """
    if which is FilterSet.NONE:
        return Filters(), "everything"
    with st.sidebar:
        head, clear = st.columns([2, 1], vertical_alignment="bottom")
        head.header("Filters")
        clear.button(
            "Clear",
            on_click=_clear,
            help="Show everything again",
            width="stretch",
            key="clear_filters",
        )
        date_from, date_to, period = _period(viewer)
        choices = (TOPICS, *PLACES, *AGENCIES)
        if which is FilterSet.ENGAGEMENTS:
            choices = (*ENGAGEMENTS, *choices)
        chosen: dict[str, tuple[str, ...] | None] = {}
        words = [period] if period else []
        for choice in choices:
            _choose(choice, viewer, chosen, words)
    filters = Filters(date_from=date_from, date_to=date_to, **chosen)
    return filters, "; ".join(words) or "everything, all years"


def _choose(
    choice: Choice,
    viewer: Viewer,
    chosen: dict[str, tuple[str, ...] | None],
    words: list[str],
) -> None:
    options = choice.options(viewer)
    _take_ids_of_link(choice.key, options)
    picked = st.multiselect(
        choice.label,
        list(options),
        format_func=lambda value: options.get(value, value),
        key=choice.key,
        bind="query-params",
        placeholder="All",
    )
    # The browser's limits are not ours: only what may be chosen counts.
    known = tuple(value for value in picked if value in options)
    chosen[choice.field] = known or None
    if known:
        listed = ", ".join(options[value] for value in known)
        words.append(f"{choice.label.lower()}: {listed}")


def _take_ids_of_link(key: str, options: dict[str, str]) -> None:
    """Let a link name ids (?state=TX), which outlive labels, besides labels."""
    named = st.query_params.get_all(key)
    labels = [options.get(name, name) for name in named]
    if key not in st.session_state and labels != named:
        # The widget reads labels, so the address gets those first.
        st.query_params[key] = labels
        st.rerun()


# -- The period ----------------------------------------------------------------


def _period(viewer: Viewer) -> tuple[date | None, date | None, str]:
    years = _fiscal_years(viewer)
    # One under the other: side by side a year and its cross have no room.
    first = _fiscal_year("From year", FIRST, years)
    last = _fiscal_year("To year", LAST, years)
    with st.expander("Exact dates instead"):
        start, end = _day("From", FROM), _day("To", TO)
    if start or end:
        return start, end, f"{start or 'the beginning'} to {end or 'now'}"
    if first and last and first > last:
        first, last = last, first
    date_from = fiscal_year_start(first) if first else None
    date_to = fiscal_year_end(last) if last else None
    return date_from, date_to, _years_in_words(first, last)


def _day(label: str, key: str) -> date | None:
    # Left alone, Streamlit allows ten years back.
    return st.date_input(
        label,
        value=None,
        min_value=EARLIEST,
        max_value=LATEST,
        key=key,
        bind="query-params",
        format="YYYY-MM-DD",
    )


def _fiscal_year(label: str, key: str, years: dict[str, int]) -> int | None:
    chosen = st.selectbox(
        label,
        list(years),
        index=None,
        placeholder="All",
        key=key,
        bind="query-params",
        help="Federal fiscal years: FY2018 is October 2017 to September 2018.",
    )
    return years.get(chosen) if chosen else None


def _years_in_words(first: int | None, last: int | None) -> str:
    if first and last:
        return f"FY{first}" if first == last else f"FY{first} to FY{last}"
    if first:
        return f"FY{first} and later"
    return f"up to FY{last}" if last else ""


def _fiscal_years(viewer: Viewer) -> dict[str, int]:
    """FY2026, FY2025 …: from the last that anything falls into to the first."""
    span = session.fetch("period_options", viewer).iloc[0]
    now = fiscal_year(session.info().as_of_on)
    known = [fiscal_year(day) for day in (span.first_on, span.last_on) if not pd.isna(day)]
    first, last = min([*known, now]), max([*known, now])
    return {f"FY{year}": year for year in range(last, first - 1, -1)}


def _clear() -> None:
    for choice in CHOICES:
        st.session_state[choice.key] = []
    for key in (FIRST, LAST, FROM, TO):
        st.session_state[key] = None
