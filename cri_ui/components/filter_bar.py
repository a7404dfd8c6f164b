"""The filters in the sidebar and the chips above the page: drawn once, kept in the URL."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from cri_data.model.code_lists import (
    AGENCY_TYPES,
    DELIVERY_MODES,
    ENGAGEMENT_STATUSES,
    REGIONS,
    REQUEST_STATUSES,
)
from cri_data.model.datasets import EARLIEST, LATEST
from cri_data.model.filters import (
    NOT_REPORTED,
    Filters,
    fiscal_year,
    fiscal_year_end,
    fiscal_year_start,
)
from cri_data.model.roles import Viewer
from cri_ui.components import filter_links, link_values
from cri_ui.components.text import day, plain_markdown
from cri_ui.navigation import FilterSet, Page
from cri_ui.session import session


@dataclass(frozen=True)
class Choice:
    """A list to choose from: its field of Filters, URL name, labels, options."""

    field: str
    key: str
    label: str
    one: str
    options: Callable[[Viewer], dict[str, str]]


@dataclass(frozen=True)
class Chip:
    """One filter that is set, and the values that its widgets have without it."""

    text: str
    without: dict[str, object]


@dataclass(frozen=True)
class Chosen:
    """What is set on a page: for queries, in words for downloads, and as chips."""

    filters: Filters
    in_words: str
    chips: tuple[Chip, ...]


def _named(question: str, value: str, label: str) -> Callable[[Viewer], dict[str, str]]:
    def options(viewer: Viewer) -> dict[str, str]:
        rows = session.fetch(question, viewer)
        return session.made_of(
            rows,
            ("options", value, label),
            lambda: dict(zip(rows[value], rows[label], strict=True)),
        )

    return options


def _same(labels: dict[str, str]) -> Callable[[Viewer], dict[str, str]]:
    def options(viewer: Viewer) -> dict[str, str]:
        del viewer
        return labels

    return options


def _or_not_reported(labels: dict[str, str]) -> dict[str, str]:
    return labels | {NOT_REPORTED: NOT_REPORTED}


def _divisions(viewer: Viewer) -> dict[str, str]:
    rows = session.fetch("states_options", viewer)
    return session.made_of(
        rows, "divisions", lambda: {one: one for one in rows["division"].unique()}
    )


TOPICS = Choice(
    "topics", "topic", "Topics", "Topic", _named("topics_options", "topic_id", "topic_name")
)
AREAS = Choice(
    "regions", "region", "Regions", "Region", _same({one: one for one in REGIONS})
)
STATES = Choice(
    "states", "state", "States", "State", _named("states_options", "state", "state_name")
)
SIZES = Choice(
    "size_bands",
    "size",
    "Agency size (sworn officers)",
    "Agency size",
    _named("size_bands_options", "size_band", "size_band"),
)
PARTNERS = Choice(
    "partners",
    "partner",
    "Partners",
    "Partner",
    _named("partners_options", "partner_id", "partner_name"),
)
ENGAGEMENT_STATUS = Choice(
    "statuses",
    "status",
    "Engagement status",
    "Engagement status",
    _same(_or_not_reported(ENGAGEMENT_STATUSES.labels)),
)
# Asked for less often: under "More filters".
MORE = (
    Choice("divisions", "division", "Divisions", "Division", _divisions),
    Choice(
        "agency_types",
        "type",
        "Agency types",
        "Agency type",
        _same(_or_not_reported(AGENCY_TYPES.labels)),
    ),
    Choice(
        "delivery_modes",
        "delivery_mode",
        "Delivery mode",
        "Delivery mode",
        _same(_or_not_reported(DELIVERY_MODES.labels)),
    ),
    Choice(
        "request_statuses",
        "request_status",
        "Request status",
        "Request status",
        _same(_or_not_reported(REQUEST_STATUSES.labels)),
    ),
    Choice(
        "sources",
        "source",
        "Source of the request",
        "Source",
        _named("sources_options", "source", "source"),
    ),
)
AGENCIES = (TOPICS, AREAS, STATES, SIZES)
# By the filters that a page has: those in view, and those under "More filters".
_LAID_OUT = {
    FilterSet.REQUESTS: (AGENCIES, (PARTNERS, *MORE)),
    FilterSet.ENGAGEMENTS: ((PARTNERS, ENGAGEMENT_STATUS, *AGENCIES), MORE),
}
CHOICES = (*AGENCIES, PARTNERS, ENGAGEMENT_STATUS, *MORE)

FIRST, LAST, FROM, TO = "from_fy", "to_fy", "from", "to"
ALL_YEARS = "All years"

# What each widget of the period stands on when it is not set.
_NO_YEARS: dict[str, object] = {FIRST: ALL_YEARS, LAST: ALL_YEARS}
_NO_DATES: dict[str, object] = {FROM: None, TO: None}

# So many values of one filter have a chip each; more share one.
_CHIPS = 3

_EVERYTHING = "no filters, all years"


def draw_filters(viewer: Viewer, page: Page | None) -> Chosen:
    """Draw the filters of a page in the sidebar; what is set on it.

    A filter that a page does not have keeps what was chosen for the pages that do.
    """
    which = page.filters if page else FilterSet.NONE
    if page is None or which is FilterSet.NONE:
        return Chosen(Filters(), "no filters", ())
    if page.opens_on_this_year:
        _open_on_this_year(viewer)
    values: dict[str, tuple[str, ...] | None] = {}
    words: list[str] = []
    chips: list[Chip] = []
    in_view, under_more = _LAID_OUT[which]
    with st.sidebar.container(key="filters", gap="xsmall"):
        st.header("Filters")
        years = _years(viewer)
        for choice in in_view:
            _choose(choice, viewer, values, words, chips)
        # One label whatever is set in it: with another one it would close.
        more = st.expander("More filters", key="more_filters")
        with more, st.container(gap="xsmall"):
            for choice in under_more:
                _choose(choice, viewer, values, words, chips)
            days = _days()
    date_from, date_to, said, chip = days if days[-1] else years
    if chip:
        words.insert(0, said)
        chips.insert(0, chip)
    drawn = {choice.key for choice in CHOICES if choice.field in values}
    filter_links.offer({*drawn, *_NO_YEARS, *_NO_DATES})
    filters = Filters(date_from=date_from, date_to=date_to, **values)
    return Chosen(filters, "; ".join(words) or _EVERYTHING, tuple(chips))


def draw_chips(chosen: Chosen) -> None:
    """Above the page: a button for each filter that is set, which removes it."""
    # Drawn empty, too: with one more element above it, a browser draws all below anew.
    with st.container(horizontal=True, gap="xsmall", key="chips"):
        link_values.draw_unknown(chosen.filters)
        if not chosen.chips:
            return
        for number, chip in enumerate(chosen.chips):
            st.button(
                plain_markdown(chip.text),
                icon=":material/close:",
                icon_position="right",
                key=f"chip_{number}",
                on_click=_set,
                args=(chip.without,),
            )
        st.button("Clear all", type="tertiary", key="clear_filters", on_click=_clear)


@dataclass(frozen=True)
class Removable:
    """A filter that is set: its fields of Filters, its name, and its widgets without it."""

    fields: tuple[str, ...]
    label: str
    without: tuple[tuple[str, object], ...]


def removable(filters: Filters) -> list[Removable]:
    """The filters that are set, each to remove alone; the period is one of them."""
    found = [
        Removable((choice.field,), f"the filter {choice.one}", ((choice.key, ()),))
        for choice in CHOICES
        if getattr(filters, choice.field) is not None
    ]
    if filters.date_from or filters.date_to:
        without = tuple((_NO_YEARS | _NO_DATES).items())
        found.append(Removable(("date_from", "date_to"), "the period", without))
    return found


def remove(removed: tuple[Removable, ...]) -> None:
    """Set the widgets of these filters to what they are without them."""
    for one in removed:
        _set({key: [] if value == () else value for key, value in one.without})


def _choose(
    choice: Choice,
    viewer: Viewer,
    values: dict[str, tuple[str, ...] | None],
    words: list[str],
    chips: list[Chip],
) -> None:
    options = choice.options(viewer)
    link_values.take_choices(choice.key, choice.one, options)
    picked = st.multiselect(
        choice.label,
        list(options),
        format_func=lambda value: options.get(value, value),
        key=choice.key,
        bind="query-params",
        placeholder="All",
        # Enter chooses the one option that stands first, never all that match.
        select_all=False,
    )
    # The browser's limits are not ours: only what may be chosen counts.
    known = tuple(value for value in picked if value in options)
    values[choice.field] = known or None
    if known:
        named = [options[value] for value in known]
        words.append(f"{choice.label.lower()}: {', '.join(named)}")
        chips.extend(_chips_of(choice, known, named))


def _chips_of(choice: Choice, known: tuple[str, ...], named: list[str]) -> list[Chip]:
    if len(known) > _CHIPS:
        text = f"{choice.one}: {', '.join(named[:2])} and {len(named) - 2} more"
        return [Chip(text, {choice.key: []})]
    return [
        Chip(f"{choice.one}: {name}", {choice.key: [one for one in known if one != value]})
        for value, name in zip(known, named, strict=True)
    ]


# -- The period ----------------------------------------------------------------

# In the address of a page that opens on this year: that all years are meant.
_PERIOD, _ALL = "period", "all"
_OPENED = "_opened_on_this_year"


def _open_on_this_year(viewer: Viewer) -> None:
    """Choose this fiscal year, once in a visit that has chosen no period so far."""
    # A choice of this visit, else what its link names.
    chosen = [
        st.session_state.get(key, st.query_params.get(key))
        for key in (*_NO_YEARS, *_NO_DATES)
    ]
    if any(value not in (None, ALL_YEARS) for value in chosen):
        st.query_params.pop(_PERIOD, None)
    elif _OPENED in st.session_state:
        # Somebody chose all years: the link says so.
        if _PERIOD not in st.query_params:
            st.query_params[_PERIOD] = _ALL
    elif st.query_params.get(_PERIOD) != _ALL and _holds_data(viewer):
        this_year = f"FY{fiscal_year(session.info().as_of_on)}"
        _set({FIRST: this_year, LAST: this_year})
        # Streamlit writes to the address what a person chose, not what we did.
        st.query_params.update({FIRST: this_year, LAST: this_year})
    st.session_state[_OPENED] = True


# First day, last day, in words, and the chip; without a chip it is not set.
_Period = tuple[date | None, date | None, str, Chip | None]


def _holds_data(viewer: Viewer) -> bool:
    return pd.notna(session.fetch_row("period_options", viewer).first_on)


def _years(viewer: Viewer) -> _Period:
    years = _fiscal_years(viewer)
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
        Chip(f"Years: {said}", _NO_YEARS),
    )


def _days() -> _Period:
    # One under the other: side by side a date has no room.
    start, end = _day("From date", FROM), _day("To date", TO)
    if not start and not end:
        return None, None, "", None
    text = f"{day(start) if start else 'the beginning'} to {day(end) if end else 'now'}"
    return (
        start,
        end,
        f"{start or 'the beginning'} to {end or 'now'}",
        Chip(f"Dates: {text}", _NO_DATES),
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


def _fiscal_years(viewer: Viewer) -> dict[str, int]:
    """FY2026, FY2025 …: from the last that anything falls into to the first."""
    span = session.fetch_row("period_options", viewer)
    now = fiscal_year(session.info().as_of_on)
    known = [fiscal_year(on) for on in (span.first_on, span.last_on) if not pd.isna(on)]
    first, last = min([*known, now]), max([*known, now])
    return {f"FY{year}": year for year in range(last, first - 1, -1)}


def _set(values: dict[str, object]) -> None:
    for key, value in values.items():
        st.session_state[key] = value


def _clear() -> None:
    _set({choice.key: [] for choice in CHOICES} | _NO_YEARS | _NO_DATES)


# -- A link of a chart that was clicked -----------------------------------------


def follow(viewer: Viewer, link: Mapping[str, list[str]]) -> None:
    """Set the filters in which a clicked link differs from the page's address.

    Only known filters and known values count, and it is said which values are none.
    """
    given = st.query_params
    changed = {
        key: link.get(key, [])
        for key in (*(choice.key for choice in CHOICES), *_NO_YEARS, *_NO_DATES)
        if link.get(key, []) != given.get_all(key)
    }
    for choice in CHOICES:
        if choice.key in changed:
            options, named = choice.options(viewer), changed[choice.key]
            known = link_values.known_choices(choice.key, choice.one, options, named)
            _set({choice.key: known})
    years = {one: one for one in (ALL_YEARS, *_fiscal_years(viewer))}
    for key in _NO_YEARS.keys() & changed:
        chosen = link_values.known_choices(key, "fiscal year", years, changed[key])
        _set({key: chosen[0] if chosen else ALL_YEARS})
    for key in _NO_DATES.keys() & changed:
        _set({key: link_values.known_day(key, "date", changed[key])})
