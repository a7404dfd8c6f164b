"""The filters beside the pages: drawn once, kept in the URL, said in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from cri_data.access import Viewer
from cri_data.codes import AGENCY_TYPES, ENGAGEMENT_STATUSES
from cri_data.filters import Filters, fiscal_year, fiscal_year_end, fiscal_year_start
from cri_ui import session
from cri_ui.navigation import FilterSet

REGIONS = ("Northeast", "Midwest", "South", "West", "Territories")


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

YEARS, FROM, TO = "fy", "from", "to"


def draw_filters(viewer: Viewer, which: FilterSet) -> tuple[Filters, str]:
    """Draw the filters of a page in the sidebar; what is chosen, and that in words.

    A filter that a page does not have keeps what was chosen for the pages that do.
    """
    if which is FilterSet.NONE:
        return Filters(), "everything"
    with st.sidebar:
        head, clear = st.columns([2, 1], vertical_alignment="bottom")
        head.subheader("Filters")
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
    if key not in st.session_state and any(name in options for name in named):
        ids = {label: value for value, label in options.items()}
        found = [name if name in options else ids.get(name) for name in named]
        st.session_state[key] = [value for value in found if value]


# -- The period ----------------------------------------------------------------


def _period(viewer: Viewer) -> tuple[date | None, date | None, str]:
    years = _fiscal_years(viewer)
    first, last = st.select_slider(
        "Fiscal years",
        years,
        value=(years[0], years[-1]),
        key=YEARS,
        bind="query-params",
        help="The federal fiscal year: FY2018 is October 2017 to September 2018.",
    )
    with st.expander("Exact dates instead"):
        start = st.date_input(
            "From", value=None, key=FROM, bind="query-params", format="YYYY-MM-DD"
        )
        end = st.date_input(
            "To", value=None, key=TO, bind="query-params", format="YYYY-MM-DD"
        )
    if start or end:
        return start, end, f"{start or 'the beginning'} to {end or 'now'}"
    if (first, last) == (years[0], years[-1]):
        return None, None, ""
    words = first if first == last else f"{first} to {last}"
    return fiscal_year_start(_year(first)), fiscal_year_end(_year(last)), words


def _fiscal_years(viewer: Viewer) -> list[str]:
    """FY2018, FY2019 …: from the first request to now; two at the least."""
    span = session.fetch("period_options", viewer).iloc[0]
    now = fiscal_year(session.info().as_of_on)
    known = [fiscal_year(day) for day in (span.first_on, span.last_on) if not pd.isna(day)]
    first, last = min([*known, now - 1]), max([*known, now])
    return [f"FY{year}" for year in range(first, last + 1)]


def _year(label: str) -> int:
    return int(label.removeprefix("FY"))


def _clear() -> None:
    for choice in CHOICES:
        st.session_state[choice.key] = []
    st.session_state[FROM] = st.session_state[TO] = None
    st.session_state.pop(YEARS, None)
