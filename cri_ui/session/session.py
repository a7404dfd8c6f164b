"""The current visit: who is signed in, the filters, and query results."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from cri_data import settings
from cri_data.model.filters import Filters
from cri_data.model.roles import STAFF, Permission, Viewer
from cri_data.store.store import Store, StoreInfo
from cri_ui.session import denials, services
from cri_ui.session.ahead import Run

__all__ = [
    "QUESTION",
    "Permission",
    "Shown",
    "asked",
    "end_run",
    "fetch",
    "fetch_all",
    "fetch_row",
    "filters",
    "info",
    "made_of",
    "may_send_files",
    "require",
    "scope",
    "set_scope",
    "show",
    "store",
    "suppress_below",
    "viewer",
    "who",
    "with_access",
]

# The name, among a frame's attrs, of the query that it is the result of.
QUESTION = "question"

# Queries with these endings may return thousands of rows.
_OF_MANY_ROWS = ("_list", "_by_place")

Made = TypeVar("Made")

_SHOWN = "_shown"
_RUN = "_run"
_SCOPE = "_scope"


# The name of the person who acts if there is no sign-in.
LOCAL = "staff (local)"


@dataclass(frozen=True)
class Shown:
    """What the main script found before the page runs.

    `who` is the email that signed in, or LOCAL. `viewer` is whose view is shown.
    """

    who: str
    viewer: Viewer
    filters: Filters
    filters_in_words: str
    # Whether the person still has access at the time of the call.
    still: Callable[[], bool] = lambda: True


def store() -> Store:
    """The open store. Raises StoreError, with what to do, if there is none."""
    return services.current().store()


def info() -> StoreInfo:
    """The store's current description."""
    return store().info()


def suppress_below() -> int:
    """The smallest number of outcomes that is shown."""
    return settings.SUPPRESS_BELOW.whole_number()


def show(shown: Shown, page: str) -> None:
    """Pass what the main script found to the page that runs next, whose address it is."""
    st.session_state[_SHOWN] = shown
    set_scope("")
    end_run()
    last, run = _run(), Run(page, shown.viewer, shown.filters)
    st.session_state[_RUN] = run
    services.current().ahead.ask(
        run,
        [
            partial(_answer, question, run.viewer, _given(run.filters, values))
            for question, values in run.ahead_of(last)
        ],
    )


def end_run() -> None:
    """Ask nothing more ahead: the page is drawn, or is given up for a new run."""
    run = _run()
    if run is not None:
        run.is_over = True


def _run() -> Run | None:
    return st.session_state.get(_RUN)


def _shown() -> Shown:
    return st.session_state[_SHOWN]


def viewer() -> Viewer:
    """The viewer. Without sign-in: staff, or the role chosen in "View as"."""
    return _shown().viewer


def who() -> str:
    """The person who acts now: an email, or LOCAL without sign-in.

    Ends the run if the person no longer has access, because a widget's callback runs
    before the main script checks.
    """
    if not _shown().still():
        st.error("You no longer have access. Reload the page.", icon=":material/lock:")
        st.stop()
    return _shown().who


def may_send_files() -> None:
    """Let this visit send files to the server while the person has access."""
    context = get_script_run_ctx()
    if context is not None:
        services.current().senders.let(context.session_id, _shown().still)


def with_access(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """A download that is made only if the person still has access when they click."""
    still = _shown().still

    def made() -> bytes:
        if not still():
            raise PermissionError("The person no longer has access.")
        return make()

    return made


def require(permission: Permission) -> Viewer:
    """The viewer, if they may see this page; otherwise the page says so and ends."""
    looking = viewer()
    if not looking.may(permission):
        denials.record_denial(store(), _shown().who, permission=permission.value)
        st.error(
            f"You don't have access to this page. If you need it, "
            f"ask {settings.CONTACT.text()}.",
            icon=":material/lock:",
        )
        st.stop()
    return looking


def filters() -> Filters:
    """The filters that are set."""
    return _shown().filters


def filters_in_words() -> str:
    """The filters as a sentence for captions and downloads."""
    return _shown().filters_in_words


def set_scope(words: str) -> None:
    """Say which records the charts and lists of this page are of; see components.scope."""
    st.session_state[_SCOPE] = words


def scope() -> str:
    """Which records the charts and lists of this page are of. Empty without filters."""
    return st.session_state[_SCOPE]


def fetch(
    question: str,
    looking: Viewer,
    chosen: Filters | None = None,
    **values: object,
) -> pd.DataFrame:
    """The result of a query for this viewer and these filters.

    Results are cached, and all callers share the same frame. So never change it, and
    fetch no more rows than the page shows.
    """
    run = _run()
    if run is not None and chosen == run.filters and looking == run.viewer:
        run.asked.append((question, values))
    return _answer(question, looking, _given(chosen, values))


def _answer(question: str, looking: Viewer, given: dict[str, object]) -> pd.DataFrame:
    here = services.current()
    asked_of = here.store()
    known = asked_of.info()
    kept = here.long_answers if question.endswith(_OF_MANY_ROWS) else here.answers
    key = (
        asked_of,
        known.data_version,
        known.as_of_on,
        question,
        looking,
        tuple(
            (name, tuple(value) if isinstance(value, list) else value)
            for name, value in sorted(given.items())
        ),
    )

    def answer() -> pd.DataFrame:
        rows = asked_of.ask(question, looking, **given)
        # Goes on to what is made of the rows: a table says by which question it came.
        rows.attrs[QUESTION] = question
        return rows

    return kept.of(key, answer)


def made_of(answer: pd.DataFrame, name: Hashable, make: Callable[[], Made]) -> Made:
    """An object that `make` derives from a result of `fetch`, cached for all visits.

    `name` identifies it. Callers must not change it.
    """
    made, _ = services.current().drawings.of(
        (name, id(answer)),
        # The result is kept too, so no other object can get its id.
        lambda: (make(), answer),
    )
    return made


def fetch_row(
    question: str,
    looking: Viewer,
    chosen: Filters | None = None,
    **values: object,
) -> pd.Series:
    """The only row of a query's result, such as totals."""
    answer = fetch(question, looking, chosen, **values)
    return made_of(answer, "row", lambda: answer.iloc[0])


def fetch_all(
    question: str,
    looking: Viewer,
    chosen: Filters | None = None,
    **values: object,
) -> pd.DataFrame:
    """A query's result with all rows, for a download. It is not cached."""
    return store().ask(question, looking, **_given(chosen, values))


def _given(chosen: Filters | None, values: dict[str, object]) -> dict[str, object]:
    return (chosen.params() if chosen else {}) | values


def asked(question: str) -> pd.DataFrame:
    """The result of a query about public information, such as options."""
    return fetch(question, STAFF)
