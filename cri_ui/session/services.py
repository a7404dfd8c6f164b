"""The services of a running server: its store, automatic jobs, sign-ins, and caches."""

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
from cri_ui.session.ahead import Ahead
from cri_ui.session.kept import Kept
from cri_ui.session.rate_limit import Allowance
from cri_ui.session.upload_sessions import Senders

# The number of cached query results, for all viewers. The key contains the data
# version, so an old result is never shown.
_ANSWERS = 500
# Fewer results that may have thousands of rows.
_LONG_ANSWERS = 50
# Finished elements: about ten for each result.
_DRAWINGS = 2_000

_NO_ADMINISTRATOR = (
    f"There is no administrator yet. Set {settings.ADMIN.name} to the email of the first "
    "one and restart the dashboard. Or stop the dashboard and run: "
    "python -m cri_data people add EMAIL administrator"
)


class Services:
    """The objects that all visits share. app.py makes, starts, and stops them.

    `store` is an open store. Without it, the store of the settings is opened when it is
    first needed.
    """

    def __init__(self, store: Store | None = None):
        self._lock = threading.Lock()
        self._store = store
        self._sign_ins: SignIns | None = None
        self.upkeep = Upkeep(self.store)
        self.senders = Senders()
        # Limits per person: downloads, uploads, and audit log entries about denials.
        self.downloads = Allowance()
        self.uploads = Allowance()
        self.denials = Allowance()
        self.answers: Kept[pd.DataFrame] = Kept(_ANSWERS)
        self.long_answers: Kept[pd.DataFrame] = Kept(_LONG_ANSWERS)
        self.drawings: Kept[Any] = Kept(_DRAWINGS)
        self.audit_faults: Kept[list[str]] = Kept(1)
        self.ahead = Ahead()

    def store(self) -> Store:
        """The open store. Raises StoreError, with what to do, if it can't be opened."""
        with self._lock:
            if self._store is None:
                self._store = open_store(settings.store_path())
            return self._store

    def sign_ins(self) -> SignIns:
        """The sign-ins that the server knows. Raises StoreError like `store`."""
        store = self.store()
        with self._lock:
            if self._sign_ins is None:
                self._sign_ins = SignIns(store)
            return self._sign_ins

    def start(self) -> None:
        """Open the store, fill a new one with demonstration data, and publish what is due.

        If the store can't be opened, the terminal and every page say why.
        """
        is_new = not settings.store_path().exists()
        try:
            store = self.store()
            if is_new and settings.DEMONSTRATION.whole_number():
                print("Filling the new store with demonstration data…", flush=True)
                demonstration.fill(store)
            publish.publish_closed_quarters(store)
            has_administrator = users.add_first_administrator(store)
            if not has_administrator and auth_config.configured():
                print(_NO_ADMINISTRATOR, flush=True)
        except (StoreError, SettingError, PeopleError) as error:
            print(error, flush=True)

    def stop(self) -> None:
        """Stop the threads, then close the store."""
        self.upkeep.stop()
        self.ahead.stop()
        with suppress(StoreError), self._lock:
            if self._store is not None:
                self._store.close()
                self._store = None


class _Holder:
    """Holds the services for pages, which Streamlit runs in threads of its own."""

    services: Services | None = None


def provide(services: Services | None) -> None:
    """Set the services that pages use. None removes them."""
    _Holder.services = services


def current() -> Services:
    """The services of this server. Raises RuntimeError if there are none."""
    if _Holder.services is None:
        raise RuntimeError("No services: app.py makes them when the server starts.")
    return _Holder.services
