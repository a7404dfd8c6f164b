"""The trail: whether it is whole, who did what, and its way out."""

from datetime import date

import pandas as pd
import streamlit as st

from cri_data.audit.log import Action
from cri_data.audit.verify import Place, chain_faults, newest_seal
from cri_data.audit.wording import IN_WORDS, action_in_words, what_in_words
from cri_data.model.roles import Viewer
from cri_ui.components import columns, page
from cri_ui.components.text import plain_markdown
from cri_ui.session import services, session

_SHOWN = 1_000
_FAULTS = 20


def _faults(newest: Place) -> list[str]:
    """What is wrong with the trail up to its newest entry.

    100,000 entries take three seconds. Nobody but this process can write to the
    store's file, so they are checked again only after another one came.
    """
    store = session.store()
    with st.spinner("Checking every seal …"):
        return services.current().audit_faults.of(
            (store, newest), lambda: chain_faults(store)
        )


def whole_or_not() -> None:
    """Draw whether the chain holds, or what is wrong with it."""
    number, seal = newest = newest_seal(session.store())
    faults = _faults(newest)
    if not faults:
        st.success(
            f"The trail is whole: each of its entries is sealed to the one before. "
            f"The newest is {number:,}.",
            icon=":material/verified:",
        )
        page.note(
            "Its seal follows. Note it outside this computer: should somebody write the "
            f"trail anew, its seals will be others. `{seal}`"
        )
        return
    listed = "".join(f"\n- {plain_markdown(fault)}" for fault in faults[:_FAULTS])
    st.error(
        f"The trail is not whole. Keep the store's file as it is and ask whoever runs "
        f"this computer.{listed}",
        icon=":material/gpp_bad:",
    )


def choose() -> dict[str, object]:
    """Draw what to look for; it as parameters of trail_list."""
    with st.grid(4, min_column_width=180):
        who = st.text_input("Who", key="trail_who", placeholder="Part of an e-mail").strip()
        actions = st.multiselect(
            "Action",
            list(Action),
            format_func=IN_WORDS.__getitem__,
            key="trail_actions",
            placeholder="All",
        )
        first = st.date_input("From (UTC)", value=None, key="trail_from")
        last = st.date_input("To (UTC)", value=None, key="trail_to")
    return {
        "who": who or None,
        "actions": [action.value for action in map(Action, actions)] or None,
        "trail_from": _day(first),
        "trail_to": _day(last),
    }


def _day(chosen: object) -> date | None:
    return chosen if isinstance(chosen, date) else None


def entries(viewer: Viewer, chosen: dict[str, object]) -> pd.DataFrame:
    """The newest entries that match, in words.

    Asked anew every time: the trail grows without the data changing.
    """
    return _in_words(session.store().ask("trail_list", viewer, **chosen, row_limit=_SHOWN))


def _in_words(told: pd.DataFrame) -> pd.DataFrame:
    return told.assign(
        action=told["action"].map(action_in_words), what=told["what"].map(what_in_words)
    )


def table(viewer: Viewer, shown: pd.DataFrame, chosen: dict[str, object]) -> None:
    """Draw the entries and the button that takes all that match away."""
    of_people = shown.drop(columns="hash")
    st.dataframe(
        of_people,
        column_config=columns.formats(of_people)
        | {"what": st.column_config.TextColumn("Details", width="large")},
        hide_index=True,
        alt="Entries of the trail, newest first: who did what, and when in UTC.",
    )
    if len(shown) == _SHOWN:
        page.note(f"The newest {_SHOWN:,}; the download has all that match.")
    store = session.store()
    page.download_all(
        "trail",
        "Trail",
        "entries that match",
        lambda: store.ask("trail_list", viewer, **chosen),
        said=_said(chosen),
    )


def _said(chosen: dict[str, object]) -> str:
    given = [f"{name}: {value}" for name, value in chosen.items() if value is not None]
    return "; ".join(given) or "every entry"
