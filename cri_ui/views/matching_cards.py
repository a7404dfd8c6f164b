"""Matching page: the partners that fit a request best, as cards, and all others."""

import html
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from cri_data.matching.criteria import CRITERIA
from cri_data.model.roles import Permission, Viewer
from cri_data.store.rows import table_rows
from cri_ui.components import page
from cri_ui.components.text import count_of, plain, plain_markdown
from cri_ui.session import session
from cri_ui.views.matching_choice import draw_choice
from cri_ui.views.matching_reasons import fit_in_words, reasons, score_in_words
from cri_ui.views.matching_weights import Asked

# So many partners are offered for a request.
OFFERED = 3


def candidates(viewer: Viewer, fits: pd.DataFrame, asked: Asked) -> None:
    """Draw the partners that fit best, each with a button for those who may choose."""
    labels = {one.name: one.label for one in CRITERIA}
    with st.grid(OFFERED, min_column_width=280):
        for pair in table_rows(fits.head(OFFERED)):
            with st.container(border=True, height="stretch"):
                st.html(card(pair, labels))
                if viewer.may(Permission.UPLOAD):
                    draw_choice(pair, asked)
    if said := ties_in_words(fits):
        page.note(said)


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
