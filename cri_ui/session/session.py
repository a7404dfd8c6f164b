"""Who is looking, at what, and the answers to what a page asks."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from cri_data import settings
from cri_data.accounts import users
from cri_data.accounts.login_sessions import SignIns
from cri_data.accounts.users import PeopleError
from cri_data.jobs import demonstration, publish
from cri_data.jobs.maintenance import Upkeep
from cri_data.model.filters import Filters
from cri_data.model.roles import STAFF, Permission, Viewer
from cri_data.settings import SettingError
from cri_data.store.connection import open_store
from cri_data.store.store import Store, StoreError, StoreInfo
from cri_ui.session import auth_config, denials
from cri_ui.session.upload_sessions import SENDERS

__all__ = [
    "Permission",
    "Shown",
    "asked",
    "fetch",
    "fetch_all",
    "filters",
    "info",
    "may_send_files",
    "require",
    "show",
    "sign_ins",
    "store",
    "suppress_below",
    "viewer",
    "while_let_in",
    "who",
]

# How many answers are kept, over all viewers. An answer's key holds the data
# version, so an old one is never shown; it only waits to be pushed out.
_ANSWERS = 500

# Of lists, which may have thousands of rows, fewer.
_LISTS, _OF_MANY_ROWS = 50, ("_list", "_by_place")

_SHOWN = "_shown"


_NO_ADMINISTRATOR = (
    f"Nobody can let people in yet: set {settings.ADMIN.name} to the e-mail of the first "
    "administrator and start again, or stop the dashboard and run: "
    "python -m cri_data people add E-MAIL administrator"
)

# Who does what without sign-in.
LOCAL = "staff (local)"


@dataclass(frozen=True)
class Shown:
    """What the main script found out before the page runs.

    `who` is the e-mail that signed in, or LOCAL; `viewer` is what they see as.
    """

    who: str
    viewer: Viewer
    filters: Filters
    filters_in_words: str
    # Whether they are still let in, asked at any later moment.
    still: Callable[[], bool] = lambda: True


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """The open store. Raises StoreError, with what to do, where there is none."""
    return open_store(settings.store_path())


def open_at_start() -> None:
    """Open the store when the server starts; fill a new one with a demonstration.

    A store that cannot be opened is said in the terminal and, again, on the
    page.
    """
    is_new = not settings.store_path().exists()
    try:
        opened = store()
        if is_new and settings.DEMONSTRATION.whole_number():
            print("A new store: filling it with demonstration data …", flush=True)
            demonstration.fill(opened)
        publish.publish_closed_quarters(opened)
        has_administrator = users.add_first_administrator(opened)
        if not has_administrator and auth_config.configured():
            print(_NO_ADMINISTRATOR, flush=True)
    except (StoreError, SettingError, PeopleError) as error:
        print(error, flush=True)


@st.cache_resource(show_spinner=False)
def sign_ins() -> SignIns:
    """What the server remembers of sign-ins."""
    return SignIns(store())


@st.cache_resource(show_spinner=False)
def upkeep() -> Upkeep:
    """What the dashboard does by itself, once app.py has started it."""
    return Upkeep(store)


def close_at_end() -> None:
    """Close the store, so that its file is whole and free."""
    try:
        store().close()
    except StoreError:
        return


def info() -> StoreInfo:
    """What the store says of itself now."""
    return store().info()


def suppress_below() -> int:
    """Outcome figures of fewer measurements are not shown."""
    return settings.SUPPRESS_BELOW.whole_number()


def show(shown: Shown) -> None:
    """Hand what the main script found out to the page that it runs next."""
    st.session_state[_SHOWN] = shown


def _shown() -> Shown:
    return st.session_state[_SHOWN]


def viewer() -> Viewer:
    """Who is looking. Without sign-in: staff, or whom staff views as."""
    return _shown().viewer


def who() -> str:
    """Who does what is done now: an e-mail, or LOCAL without sign-in.

    Ends the run for one who is let in no more: a widget's callback comes before
    the main script looks.
    """
    if not _shown().still():
        st.error("You are let in no more. Reload the page.", icon=":material/lock:")
        st.stop()
    return _shown().who


def may_send_files() -> None:
    """Let this visit send files to the server, as long as who visits is let in."""
    context = get_script_run_ctx()
    if context is not None:
        SENDERS.let(context.session_id, _shown().still)


def while_let_in(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """The same file, made only for who is still let in when they press."""
    still = _shown().still

    def made() -> bytes:
        if not still():
            raise PermissionError("They are let in no more.")
        return make()

    return made


def require(permission: Permission) -> Viewer:
    """The viewer, where they may see this page; else the page says so and ends."""
    looking = viewer()
    if not looking.may(permission):
        denials.tell(store(), _shown().who, permission=permission.value)
        st.error(
            f"You don't have access to this page. If you need it, "
            f"ask {settings.CONTACT.text()}.",
            icon=":material/lock:",
        )
        st.stop()
    return looking


def filters() -> Filters:
    """What is set in the sidebar."""
    return _shown().filters


def filters_in_words() -> str:
    """What is chosen, as a sentence for captions and downloads."""
    return _shown().filters_in_words


def fetch(
    question: str,
    looking: Viewer,
    chosen: Filters | None = None,
    **values: object,
) -> pd.DataFrame:
    """The answer to a question of queries/, for this viewer and these filters.

    Answers are kept, by everything that they depend on: so ask for no more rows
    than a page shows.
    """
    given = _given(chosen, values)
    known = info()
    kept = _list if question.endswith(_OF_MANY_ROWS) else _answer
    return kept(
        str(settings.store_path()),
        known.data_version,
        known.as_of_on,
        question,
        looking,
        tuple(
            (name, tuple(value) if isinstance(value, list) else value)
            for name, value in sorted(given.items())
        ),
    )


def fetch_all(
    question: str,
    looking: Viewer,
    chosen: Filters | None = None,
    **values: object,
) -> pd.DataFrame:
    """The same answer with every row, for who takes it away: it is not kept."""
    return store().ask(question, looking, **_given(chosen, values))


def _given(chosen: Filters | None, values: dict[str, object]) -> dict[str, object]:
    return (chosen.params() if chosen else {}) | values


@st.cache_data(max_entries=_ANSWERS, show_spinner=False)
def _answer(
    path: str, data_version: int, as_of_on: object, question: str, *given: object
) -> pd.DataFrame:
    # All arguments are the key; what is not used below tells answers apart.
    del path, data_version, as_of_on
    return _asked_of_the_store(question, *given)


@st.cache_data(max_entries=_LISTS, show_spinner=False)
def _list(
    path: str, data_version: int, as_of_on: object, question: str, *given: object
) -> pd.DataFrame:
    # Another function, though it does the same: what is kept is counted by function.
    del path, data_version, as_of_on
    return _asked_of_the_store(question, *given)


def _asked_of_the_store(
    question: str, looking: Viewer, given: tuple[tuple[str, object], ...]
) -> pd.DataFrame:
    values = {
        name: list(value) if isinstance(value, tuple) else value for name, value in given
    }
    return store().ask(question, looking, **values)


def asked(question: str) -> pd.DataFrame:
    """The answer to a question about what everybody may know, such as options."""
    return fetch(question, STAFF)
