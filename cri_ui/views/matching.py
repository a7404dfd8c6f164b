"""Matching page: waiting requests, weights, and the partners that fit one best."""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from cri_data.matching.criteria import CRITERIA, LARGEST_WEIGHT, usable_weights
from cri_data.matching.fit import scored_pairs
from cri_data.model.code_lists import AGENCY_TYPES
from cri_data.model.datasets import EARLIEST, LATEST
from cri_data.model.filters import NOT_REPORTED, Filters
from cri_data.model.roles import Permission, Viewer
from cri_data.store.rows import table_rows
from cri_ui.components import agency_link, page, row_picker, scope
from cri_ui.components.text import LONGEST_NAME, count_of, plain, plain_markdown
from cri_ui.session import session
from cri_ui.views.matching_reasons import fit_in_words, reasons, score_in_words

# So many partners are offered for a request.
OFFERED = 3

DEFINITION = (
    "Requests that are accepted (status accepted, assigned, or in delivery) and have no "
    "engagement, or canceled ones only. Overview counts the same."
)
FIT = (
    "Weighted mean of the scores, from 0 to 100. What is not known counts as half, and the "
    "range in parentheses is what the fit could be. Only partners that are selected on the "
    "as-of date are offered. Those without expertise in any of the topics come last."
)

# The parameter of the address, and what is new each day that the page is opened.
_REQUEST = "request"
_STARTS_AFTER, _LASTS = timedelta(days=30), timedelta(days=89)
_ROWS_HIGH = 215


@dataclass(frozen=True)
class Waiting:
    """How many accepted requests have no partner, and the days of the oldest."""

    requests: int
    oldest_days: int


@dataclass(frozen=True)
class Asked:
    """What a person chose: the weights, and the dates of the new engagement."""

    weights: tuple[tuple[str, float], ...]
    start_on: date
    end_on: date


def waiting_totals(viewer: Viewer, filters: Filters) -> Waiting:
    """The number that Overview shows, too."""
    totals = session.fetch("attention_totals", viewer, filters)
    row = totals[totals["attention"] == "accepted_without_partner"]
    if row.empty or not row["items"].iloc[0]:
        return Waiting(0, 0)
    return Waiting(int(row["items"].iloc[0]), int(row["oldest_days"].iloc[0]))


def in_a_sentence(waiting: Waiting) -> str:
    """What the page shows first."""
    if not waiting.requests:
        return "**No accepted request** is without a partner."
    verb = "has" if waiting.requests == 1 else "have"
    return (
        f"**{count_of(waiting.requests, 'accepted request')}** {verb} no partner yet. The "
        f"longest wait is **{count_of(waiting.oldest_days, 'day')}**. Dates of the filters "
        "are ignored."
    )


def nobody_waits(filters: Filters) -> None:
    """Draw that there is nothing to do, and when there may be."""
    if filters.is_everything():
        st.info(
            "Nothing to match. Accepted requests without an engagement appear here.",
            icon=":material/inbox:",
        )
    else:
        st.info("No results. Remove a filter above.", icon=":material/filter_alt_off:")


def chosen_request(viewer: Viewer, filters: Filters, total: int) -> pd.Series | None:
    """Draw the waiting requests. Returns the chosen one: at first, the longest waiting."""
    with st.container(border=True):
        st.header("Requests without a partner", help=DEFINITION)
        limit = row_picker.row_limit(total, "matching")
        question = "requests_without_partner_list"
        found = session.fetch(question, viewer, filters, row_limit=limit)
        words = f"{session.filters_in_words()} (dates ignored)"
        session.set_scope(scope.with_as_of(f"{words}: {count_of(total, 'request')}"))
        page.rows_shown(len(found), total, "request")
        place = row_picker.chosen_row(
            found,
            _listed,
            "request_id",
            "matching_rows",
            "Accepted requests without a partner, longest wait first.",
            "see which partners fit a request",
            height=_ROWS_HIGH,
        )
        page.download_all(
            question,
            "Accepted requests without a partner",
            count_of(total, "request"),
            lambda: session.fetch_all(question, viewer, filters),
            words,
        )
    named = st.query_params.get(_REQUEST, "")[:LONGEST_NAME]
    chosen = None
    if place is not None:
        chosen = found.iloc[place]
    elif named:
        chosen = _named(viewer, filters, named)
    if chosen is None and len(found):
        chosen = found.iloc[0]
    if chosen is not None and chosen.request_id != named:
        st.query_params[_REQUEST] = chosen.request_id
    return chosen


def _listed(found: pd.DataFrame) -> pd.DataFrame:
    names = ["request_id", "agency_name", "state", "days_waiting", "topics"]
    shown = found[[*names, "size_band", "agency_type"]]
    return page.with_labels(shown, agency_type=AGENCY_TYPES.labels)


def _named(viewer: Viewer, filters: Filters, request_id: str) -> pd.Series | None:
    """The request of the address. Says so if it does not wait for a partner."""
    question = "requests_without_partner_list"
    found = session.fetch(question, viewer, filters, request_id=request_id)
    if len(found):
        return found.iloc[0]
    has = session.fetch("request_engagements_list", viewer, request_id=request_id)
    has = has[has["status"] != "cancelled"]
    named = plain_markdown(request_id)
    if len(has):
        partner = plain_markdown(has["lead_partner_name"].iloc[0])
        said = f"Request {named} has a partner by now: {partner}. Nothing was saved."
    else:
        said = f"Request {named} is not among the requests without a partner."
    st.warning(f"{said} The longest waiting one is shown.", icon=":material/group:")
    return None


def leave_request() -> None:
    """Forget the chosen request, so that the next one is the longest waiting."""
    st.query_params.pop(_REQUEST, None)


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


def heading(viewer: Viewer, request: pd.Series, fits: pd.DataFrame) -> None:
    """Draw which request it is, and how many partners may be chosen."""
    st.header(f"Partners for {plain_markdown(request.agency_name)}", help=FIT)
    st.markdown(
        f"Request {plain_markdown(request.request_id)}, {plain_markdown(request.state)}: "
        f"{plain_markdown(request.topics)}. {_agency_in_words(request)} It has waited "
        f"{count_of(int(request.days_waiting), 'day')}."
    )
    agency_link.draw_link(viewer, request.agency_id)
    if fits.empty:
        st.warning(
            "No partner is selected on the as-of date. Selection status and dates of "
            "partners come from the partners file.",
            icon=":material/group_off:",
        )


def _agency_in_words(request: pd.Series) -> str:
    kind = AGENCY_TYPES.labels.get(request.agency_type, "Agency type not reported")
    if request.size_band == NOT_REPORTED:
        return f"{kind}, size not reported."
    return f"{kind}, {str(request.size_band).lower()} sworn officers."


def candidates(viewer: Viewer, request: pd.Series, fits: pd.DataFrame) -> str | None:
    """Draw the partners that fit best. Returns the one whose button was pressed."""
    pressed = None
    labels = {one.name: one.label for one in CRITERIA}
    with st.grid(OFFERED, min_column_width=280):
        for pair in table_rows(fits.head(OFFERED)):
            with st.container(border=True, height="stretch"):
                st.html(card(pair, labels))
                if viewer.may(Permission.UPLOAD) and st.button(
                    f"Choose {plain_markdown(pair.partner_name)}",
                    icon=":material/handshake:",
                    key=f"choose_{request.request_id}_{pair.partner_id}",
                ):
                    pressed = str(pair.partner_id)
    if said := ties_in_words(fits):
        page.note(said)
    return pressed


def card(pair: Any, labels: Mapping[str, str]) -> str:
    """One partner as HTML: its rank, name, fit, and the reasons with their scores."""
    name = html.escape(plain(pair.partner_name))
    tied = " (tied)" if pair.is_tied else ""
    items = "".join(
        _reason(labels[name_of], text, getattr(pair, f"score_{name_of}"))
        for name_of, text in reasons(pair).items()
    )
    return (
        f'<article class="candidate"><h3>{pair.rank}. {name}</h3>'
        f'<p class="fit"><strong>{fit_in_words(pair)}</strong> fit of 100{tied}</p>'
        f"<ul>{items}</ul></article>"
    )


def _reason(label: str, text: str, score: float) -> str:
    is_known = not pd.isna(score)
    bar = (
        f'<i style="--score:{100 * score:.0f}%"></i>'
        if is_known
        else '<i class="none"></i>'
    )
    return (
        f"<li><span>{html.escape(label)}</span>{bar}<b>{score_in_words(score)}</b>"
        f"<p>{html.escape(text)}</p></li>"
    )


def ties_in_words(fits: pd.DataFrame) -> str:
    """Which partners share a fit with one of the best, and how few there are."""
    if fits.empty:
        return ""
    said = []
    if len(fits) < OFFERED:
        said.append(f"Only {count_of(len(fits), 'partner')} can be chosen.")
    top = fits.head(OFFERED)
    if top["is_tied"].any():
        said.append(
            "Partners with the same fit as a whole number are tied; they are in the order "
            "of their exact fit, then of their IDs."
        )
    if len(fits) > OFFERED and _is_same(fits.iloc[OFFERED - 1], fits.iloc[OFFERED]):
        name = plain_markdown(fits.iloc[OFFERED].partner_name)
        said.append(f"{name} has the same fit as the last one shown.")
    if top["is_outside"].any():
        said.append("Not all of them have expertise in a topic of the request.")
    return " ".join(said)


def _is_same(one: pd.Series, other: pd.Series) -> bool:
    is_same_kind = one.is_outside == other.is_outside
    return bool(one.is_tied and other.is_tied and is_same_kind) and (
        score_in_words(one.fit / 100) == score_in_words(other.fit / 100)
    )


def all_partners(request: pd.Series, fits: pd.DataFrame) -> None:
    """Draw all partners that may be chosen, when opened, with their scores."""
    if fits.empty:
        return
    names = [f"score_{one.name}" for one in CRITERIA]
    shown = ["rank", "partner_name", "fit", "fit_low", "fit_high", *names]
    table = session.made_of(fits, "all partners", lambda: _in_hundreds(fits[shown], names))
    with st.expander(
        f"All {len(fits)} selected partners" if len(fits) > 1 else "The selected partner",
        icon=":material/groups:",
        key="matching_partners",
        on_change="rerun",
    ) as opened:
        if opened.open:
            page.grid(table, "All selected partners with their fit and scores, best first.")
            page.note("Scores from 0 to 100. A dash is not known.")
            page.download(
                fits.drop(columns=["is_suppressed", "share_improved_by_all"]),
                "partner_fits_list",
                f"Partners for request {request.request_id}",
            )


def _in_hundreds(table: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    return table.assign(**{name: 100 * table[name] for name in names})
