"""Matching page: the weights and planned dates, and the scores that follow from them."""

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd
import streamlit as st

from cri_data.matching.criteria import CRITERIA, LARGEST_WEIGHT, usable_weights
from cri_data.matching.fit import scored_pairs
from cri_data.model.datasets import EARLIEST, LATEST
from cri_data.model.filters import Filters
from cri_data.model.roles import Viewer
from cri_ui.components import page
from cri_ui.session import session

# Of a new engagement, at first: as in the query.
_STARTS_AFTER, _LASTS = timedelta(days=30), timedelta(days=89)


@dataclass(frozen=True)
class Asked:
    """What a person chose: the weights, and the dates of the new engagement."""

    weights: tuple[tuple[str, float], ...]
    start_on: date
    end_on: date


def weights_and_dates() -> Asked:
    """Draw the inputs of weights and planned dates. Returns what is chosen."""
    as_of_on = session.info().as_of_on
    typed: dict[str, float] = {}
    with st.expander("Weights and planned dates", icon=":material/tune:"):
        page.note("What counts how much, from 0 to 100. Only their ratios matter.")
        with st.grid(4, min_column_width=170):
            for one in CRITERIA:
                typed[one.name] = st.number_input(
                    one.label,
                    min_value=0,
                    max_value=LARGEST_WEIGHT,
                    value=one.weight,
                    step=5,
                    key=f"weight_{one.name}",
                    help=f"{one.meaning} Default: {one.weight}.",
                    bind="query-params",
                )
        if not any(typed.values()):
            st.warning("All weights are 0, so the default weights are used.")
        page.note(
            "Of the new engagement. Capacity and selection are looked at between them."
        )
        with st.grid(2, min_column_width=170):
            start_on = _day("Planned start", as_of_on + _STARTS_AFTER, "start")
            end_on = _day("Planned end", start_on + _LASTS, "end")
        if end_on < start_on:
            st.warning("The planned end is before the start, so one day is planned.")
    used = usable_weights({name: value or 0 for name, value in typed.items()})
    return Asked(tuple(used.items()), start_on, max(start_on, end_on))


def _day(label: str, begins: date, key: str) -> date:
    chosen = st.date_input(
        label,
        value=begins,
        min_value=EARLIEST,
        max_value=LATEST,
        format="MM/DD/YYYY",
        key=key,
        bind="query-params",
    )
    return chosen if isinstance(chosen, date) else begins


def fits_of(
    viewer: Viewer, filters: Filters, asked: Asked, request_id: str
) -> pd.DataFrame:
    """All selected partners for one request, the best first."""
    given = {"start_on": asked.start_on, "end_on": asked.end_on}
    pairs = session.fetch(
        "partner_fits_list", viewer, filters, request_id=request_id, **given
    )
    return scored(pairs, asked)


def scored(pairs: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    """The pairs with their scores, made once for these weights."""
    return session.made_of(
        pairs,
        ("scored", asked.weights),
        lambda: scored_pairs(pairs, dict(asked.weights)),
    )
