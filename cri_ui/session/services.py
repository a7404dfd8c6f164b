"""The live objects of a running server: its store, its upkeep, sign-ins, what is kept."""

import threading
from contextlib import suppress
from typing import Any

import pandas as pd

from cri_data import settings
from cri_data.accounts import users
from cri_data.accounts.login_sessions import SignIns
from cri_data.accounts.users import PeopleError
from cri_data.jobs import demonstration, publish
from cri_data.jobs.maintenance import Upkeep
from cri_data.settings import SettingError
from cri_data.store.connection import open_store
from cri_data.store.store import Store, StoreError
from cri_ui.session import auth_config
from cri_ui.session.kept import Kept
from cri_ui.session.rate_limit import Allowance
from cri_ui.session.upload_sessions import Senders

# How many answers are kept, over all viewers. The key of an answer holds the data
# version, so an old one is never shown; it only waits to be pushed out.
_ANSWERS = 500
# Fewer of those that may have thousands of rows.
_LONG_ANSWERS = 50
# Finished elements: some ten for each answer.
_DRAWINGS = 2_000

_NO_ADMINISTRATOR = (
    f"Nobody can let people in yet: set {settings.ADMIN.name} to the e-mail of the first "
    "administrator and start again, or stop the dashboard and run: "
    "python -m cri_data people add E-MAIL administrator"
)


class Services:
    """What every visit shares. app.py makes one, starts it and stops it.

    `store` is one that is open already; else the store of the settings is opened
    when it is first needed.
    """

    def __init__(self, store: Store | None = None):
        self._lock = threading.Lock()
        self._store = store
        self._sign_ins: SignIns | None = None
        self.upkeep = Upkeep(self.store)
        self.senders = Senders()
        # How often each person may download, upload, and be told of in the audit log.
        self.downloads = Allowance()
        self.uploads = Allowance()
        self.denials = Allowance()
        self.answers: Kept[pd.DataFrame] = Kept(_ANSWERS)
        self.long_answers: Kept[pd.DataFrame] = Kept(_LONG_ANSWERS)
        self.drawings: Kept[Any] = Kept(_DRAWINGS)
        self.audit_faults: Kept[list[str]] = Kept(1)

    def store(self) -> Store:
        """The open store. Raises StoreError, with what to do, where there is none."""
        with self._lock:
            if self._store is None:
                self._store = open_store(settings.store_path())
            return self._store

    def sign_ins(self) -> SignIns:
        """What the server remembers of sign-ins. Raises StoreError like `store`."""
        store = self.store()
        with self._lock:
            if self._sign_ins is None:
                self._sign_ins = SignIns(store)
            return self._sign_ins

    def start(self) -> None:
        """Open the store; fill a new one with a demonstration; begin the upkeep.

        A store that cannot be opened is said in the terminal and, again, on the
        page.
        """
        is_new = not settings.store_path().exists()
        try:
            store = self.store()
            if is_new and settings.DEMONSTRATION.whole_number():
                print("A new store: filling it with demonstration data …", flush=True)
                demonstration.fill(store)
            publish.publish_closed_quarters(store)
            has_administrator = users.add_first_administrator(store)
            if not has_administrator and auth_config.configured():
                print(_NO_ADMINISTRATOR, flush=True)
        except (StoreError, SettingError, PeopleError) as error:
            print(error, flush=True)

    def stop(self) -> None:
        """End the upkeep, then close the store, so that its file is whole and free."""
        self.upkeep.stop()
        with suppress(StoreError), self._lock:
            if self._store is not None:
                self._store.close()
                self._store = None


class _Holder:
    """How pages find the services: Streamlit runs them in threads that it makes itself."""

    services: Services | None = None


def provide(services: Services | None) -> None:
    """Give the pages these services, or none any more."""
    _Holder.services = services


def current() -> Services:
    """The services of this server. Raises RuntimeError where nobody provided any."""
    if _Holder.services is None:
        raise RuntimeError("No services: app.py makes them when the server starts.")
    return _Holder.services
