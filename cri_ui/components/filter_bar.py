"""The filters in the sidebar and the chips above the page: drawn once, kept in the URL."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from cri_data.model.filters import Filters
from cri_data.model.roles import Viewer
from cri_ui.components import filter_links, link_values
from cri_ui.components.filter_choices import CHOICES, LAID_OUT, Choice
from cri_ui.components.filter_period import (
    ALL_YEARS,
    NO_DATES,
    NO_YEARS,
    Chip,
    draw_days,
    draw_years,
    fiscal_years,
    open_on_this_year,
    set_widgets,
)
from cri_ui.components.text import plain_markdown
from cri_ui.navigation import FilterSet, Page


@dataclass(frozen=True)
class Chosen:
    """What is set on a page: for queries, in words for downloads, and as chips."""

    filters: Filters
    in_words: str
    chips: tuple[Chip, ...]


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
        open_on_this_year(viewer)
    values: dict[str, tuple[str, ...] | None] = {}
    words: list[str] = []
    chips: list[Chip] = []
    in_view, under_more = LAID_OUT[which]
    with st.sidebar.container(key="filters", gap="xsmall"):
        st.header("Filters")
        years = draw_years(viewer)
        for choice in in_view:
            _choose(choice, viewer, values, words, chips)
        # One label whatever is set in it: with another one it would close.
        more = st.expander("More filters", key="more_filters")
        with more, st.container(gap="xsmall"):
            for choice in under_more:
                _choose(choice, viewer, values, words, chips)
            days = draw_days()
    date_from, date_to, said, chip = days if days[-1] else years
    if chip:
        words.insert(0, said)
        chips.insert(0, chip)
    drawn = {choice.key for choice in CHOICES if choice.field in values}
    filter_links.offer({*drawn, *NO_YEARS, *NO_DATES})
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
                on_click=set_widgets,
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
        without = tuple((NO_YEARS | NO_DATES).items())
        found.append(Removable(("date_from", "date_to"), "the period", without))
    return found


def remove(removed: tuple[Removable, ...]) -> None:
    """Set the widgets of these filters to what they are without them."""
    for one in removed:
        set_widgets({key: [] if value == () else value for key, value in one.without})


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


def _clear() -> None:
    set_widgets({choice.key: [] for choice in CHOICES} | NO_YEARS | NO_DATES)


# -- A link of a chart that was clicked -----------------------------------------


def follow(viewer: Viewer, link: Mapping[str, list[str]]) -> None:
    """Set the filters in which a clicked link differs from the page's address.

    Only known filters and known values count, and it is said which values are none.
    """
    given = st.query_params
    changed = {
        key: link.get(key, [])
        for key in (*(choice.key for choice in CHOICES), *NO_YEARS, *NO_DATES)
        if link.get(key, []) != given.get_all(key)
    }
    for choice in CHOICES:
        if choice.key in changed:
            options, named = choice.options(viewer), changed[choice.key]
            known = link_values.known_choices(choice.key, choice.one, options, named)
            set_widgets({choice.key: known})
    years = {one: one for one in (ALL_YEARS, *fiscal_years(viewer))}
    for key in NO_YEARS.keys() & changed:
        chosen = link_values.known_choices(key, "fiscal year", years, changed[key])
        set_widgets({key: chosen[0] if chosen else ALL_YEARS})
    for key in NO_DATES.keys() & changed:
        set_widgets({key: link_values.known_day(key, "date", changed[key])})
