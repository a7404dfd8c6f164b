"""What the dashboard does by itself while it runs: publish, let old things go, back up."""

import threading
from datetime import UTC, datetime, timedelta

import duckdb

from cri_data import settings
from cri_data.backup import backup
from cri_data.backup_folder import is_backup_due, kept_backups, next_path, remove_old
from cri_data.copying import BackupError, clear_left
from cri_data.keeping import let_go
from cri_data.publishing import publish_closed_quarters
from cri_data.settings import SettingError
from cri_data.store import Store, StoreError

WHO = "the dashboard"

_A_DAY = timedelta(days=1)

# How often it is looked whether anything is due.
_EVERY_SECONDS = 300


class Upkeep:
    """A thread that does what is due, until it is told to stop."""

    def __init__(self, store: Store):
        self._store = store
        self._end = threading.Event()
        self._daily_at: datetime | None = None
        self._thread = threading.Thread(target=self._run, name="upkeep", daemon=True)

    def start(self) -> None:
        """Begin; what is due now is done first."""
        self._thread.start()

    def stop(self) -> None:
        """Wait until what is being done is done, and end."""
        self._end.set()
        if self._thread.is_alive():
            self._thread.join()

    def do_what_is_due(self, now: datetime) -> None:
        """Publish and let old things go once a day; make a backup where one is due.

        What fails is said in the terminal, and tried again the next time.
        """
        try:
            if self._daily_at is None or now - self._daily_at >= _A_DAY:
                publish_closed_quarters(self._store)
                let_go(self._store, now, WHO)
                self._daily_at = now
        except (StoreError, SettingError, duckdb.Error, OSError) as error:
            print(f"What is due every day could not be done: {error}", flush=True)
        if self._end.is_set():
            return
        try:
            # Of what is invented nothing can be lost.
            is_real = not self._store.info().is_demonstration
            if is_real and is_backup_due(kept_backups(), now):
                backup(self._store, next_path(now), WHO)
                remove_old()
        except (BackupError, StoreError, SettingError, duckdb.Error, OSError) as error:
            print(f"The backup could not be made: {error}", flush=True)

    def clear_left(self) -> None:
        """Remove what a killed backup or restore left half written."""
        folders = [settings.backup_dir()]
        if self._store.path:
            folders.append(self._store.path.parent)
        try:
            for folder in folders:
                clear_left(folder)
        except OSError as error:
            print(f"What was left half written could not be removed: {error}", flush=True)

    def _run(self) -> None:
        self.clear_left()
        while True:
            self.do_what_is_due(datetime.now(UTC))
            if self._end.wait(_EVERY_SECONDS):
                return
