"""A page without results: which filter to remove, and what there is without it."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations

import streamlit as st

from cri_data.model.filters import Filters
from cri_data.model.roles import Viewer
from cri_ui.components import filter_bar, scope
from cri_ui.components.text import count_of

# As many ways out are offered.
_MOST = 4


def nothing_found(viewer: Viewer, filters: Filters, record: str = "request") -> None:
    """Draw why a page is empty, and a button for each filter or pair to remove.

    `record` is the kind of record that the page counts; see scope.
    """
    if filters.is_everything():
        st.info(
            "No data yet. Staff can add data on the Upload page.",
            icon=":material/inbox:",
        )
        return
    st.info(
        "No results. Remove a filter above, or clear all of them.",
        icon=":material/filter_alt_off:",
    )
    # One filter too many is the usual case; else two that exclude each other.
    singles = [(one,) for one in filter_bar.removable(filters)]
    pairs = combinations(filter_bar.removable(filters), 2)
    found = _helpful(viewer, filters, record, singles) or _helpful(
        viewer, filters, record, pairs
    )
    # What leaves most of what was asked for stands first.
    for number, removed in sorted(found, key=lambda pair: -pair[0])[:_MOST]:
        named = " and ".join(one.label for one in removed)
        st.button(
            f"Remove {named} ({count_of(number, record, scope.PLURALS[record])})",
            icon=":material/close:",
            key=f"loosen_{'_'.join(one.fields[0] for one in removed)}",
            on_click=filter_bar.remove,
            args=(removed,),
        )


def _helpful(
    viewer: Viewer,
    filters: Filters,
    record: str,
    choices: Iterable[tuple[filter_bar.Removable, ...]],
) -> list[tuple[int, tuple[filter_bar.Removable, ...]]]:
    """The choices of filters without which there are records, each with how many."""
    found = [
        (scope.counted(viewer, _without(filters, removed), record), removed)
        for removed in choices
    ]
    return [(number, removed) for number, removed in found if number]


def _without(filters: Filters, removed: tuple[filter_bar.Removable, ...]) -> Filters:
    fields = [field for one in removed for field in one.fields]
    return replace(filters, **dict.fromkeys(fields))
