"""Audit log page: whether the log is intact, its entries, and the download."""

from datetime import date

import pandas as pd
import streamlit as st

from cri_data.audit.log import Action
from cri_data.audit.verify import Place, chain_faults, newest_seal
from cri_data.audit.wording import IN_WORDS, action_in_words, what_in_words
from cri_data.model.roles import Viewer
from cri_data.settings import time_zone
from cri_ui.components import columns, page
from cri_ui.components.text import plain_markdown
from cri_ui.session import services, session

_SHOWN = 1_000
_FAULTS = 20


def _faults(newest: Place) -> list[str]:
    """The problems found in the audit log, up to its newest entry.

    Checking 100,000 entries takes three seconds. Only this process can write to the
    store's file, so the log is checked again only after a new entry.
    """
    store = session.store()
    with st.spinner("Checking the audit log…"):
        return services.current().audit_faults.of(
            (store, newest), lambda: chain_faults(store)
        )


def draw_integrity() -> None:
    """Draw whether the audit log is intact, or the problems found."""
    number, seal = newest = newest_seal(session.store())
    faults = _faults(newest)
    if not faults:
        st.success(
            f"The audit log is intact. Each entry is sealed to the one before it. The "
            f"newest is entry {number:,}.",
            icon=":material/verified:",
        )
        page.note(
            "Keep its seal outside this computer. If anyone rewrites the log, the seals no "
            f"longer match. `{seal}`"
        )
        return
    listed = "".join(f"\n- {plain_markdown(fault)}" for fault in faults[:_FAULTS])
    st.error(
        f"The audit log is not intact. Don't change the store's file, and contact the "
        f"person who maintains this computer.{listed}",
        icon=":material/gpp_bad:",
    )


def choose() -> dict[str, object]:
    """Draw the search fields. Returns the parameters of trail_list."""
    with st.grid(4, min_column_width=180):
        who = st.text_input("Who", key="trail_who", placeholder="Part of an email").strip()
        actions = st.multiselect(
            "Action",
            list(Action),
            format_func=IN_WORDS.__getitem__,
            key="trail_actions",
            placeholder="All",
        )
        first = st.date_input("From", value=None, key="trail_from", format="MM/DD/YYYY")
        last = st.date_input("To", value=None, key="trail_to", format="MM/DD/YYYY")
    return {
        "who": who or None,
        "actions": [action.value for action in map(Action, actions)] or None,
        "trail_from": _day(first),
        "trail_to": _day(last),
        # Only the days depend on it.
        "time_zone": time_zone().key if first or last else None,
    }


def _day(chosen: object) -> date | None:
    return chosen if isinstance(chosen, date) else None


def entries(viewer: Viewer, chosen: dict[str, object]) -> pd.DataFrame:
    """The newest entries that match, in words.

    Never cached, because the audit log grows while the data stays the same.
    """
    return _in_words(session.store().ask("trail_list", viewer, **chosen, row_limit=_SHOWN))


def _in_words(entries: pd.DataFrame) -> pd.DataFrame:
    return entries.assign(
        action=entries["action"].map(action_in_words),
        what=entries["what"].map(what_in_words),
    )


def table(viewer: Viewer, shown: pd.DataFrame, chosen: dict[str, object]) -> None:
    """Draw the entries, and the download of all that match."""
    of_people = shown.drop(columns="hash")
    st.dataframe(
        of_people,
        column_config=columns.formats(of_people)
        | {"what": st.column_config.TextColumn("Details", width="large")},
        hide_index=True,
        alt="Audit log entries, newest first: who did what, and when.",
    )
    if len(shown) == _SHOWN:
        page.note(f"The newest {_SHOWN:,}. The download has all that match.")
    store = session.store()
    page.download_all(
        "trail",
        "Audit log",
        "entries that match",
        lambda: store.ask("trail_list", viewer, **chosen),
        said=_said(chosen),
    )


def _said(chosen: dict[str, object]) -> str:
    given = [f"{name}: {value}" for name, value in chosen.items() if value is not None]
    return "; ".join(given) or "every entry"
