"""Automatic jobs while the dashboard runs: publication, deletion, and backup."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cri_data import settings
from cri_data.backups.backup import backup
from cri_data.backups.copy import BackupError, clear_left
from cri_data.backups.folder import is_backup_due, kept_backups, next_path, remove_old
from cri_data.jobs.publish import publish_closed_quarters
from cri_data.redaction.retention import delete_expired
from cri_data.settings import SettingError
from cri_data.store.store import Store, StoreError

WHO = "the dashboard"

_A_DAY = timedelta(days=1)

# How often due jobs are checked.
_EVERY_SECONDS = 300

_OPENING = "The store could not be opened"
_PUBLISHING = "Closed quarters could not be published"
_DELETING = "Old files and entries could not be deleted"
_BACKING_UP = "The backup could not be made"
_CLEARING = "Incomplete files could not be removed"

# These have messages for people that say what to do.
_FORESEEN = (BackupError, StoreError, SettingError)

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Failure:
    """A job that failed, when it was tried (UTC), and why.

    `why` is null for an unexpected error; then the server log says more.
    """

    what: str
    tried_at: datetime
    why: str | None


class Upkeep:
    """A thread that does what is due until it is stopped.

    `store_of` opens the store, or returns the open one. If another process has it open,
    the thread tries again.
    """

    def __init__(self, store_of: Callable[[], Store]):
        self._store_of = store_of
        self._end = threading.Event()
        self._done_at: dict[str, datetime] = {}
        self._failures: dict[str, Failure] = {}
        self._thread = threading.Thread(target=self._run, name="upkeep", daemon=True)

    def start(self) -> None:
        """Start the thread. What is due now is done first."""
        self._thread.start()

    def stop(self) -> None:
        """Wait until the current job is done, then end."""
        self._end.set()
        if self._thread.is_alive():
            self._thread.join()

    @property
    def failures(self) -> list[Failure]:
        """The jobs that failed when they were last tried."""
        return list(self._failures.copy().values())

    def do_what_is_due(self, now: datetime) -> None:
        """Clear, publish, and delete once a day; back up when due.

        A failure is logged and tried again the next time, and doesn't stop the other
        jobs.
        """
        if not self._attempt(_OPENING, self._store_of, now):
            return
        store = self._store_of()
        self._once_a_day(_CLEARING, lambda: _clear(store), now)
        self._once_a_day(_PUBLISHING, lambda: publish_closed_quarters(store), now)
        self._once_a_day(_DELETING, lambda: delete_expired(store, now, WHO), now)
        if not self._end.is_set():
            self._attempt(_BACKING_UP, lambda: _back_up(store, now), now)

    def _once_a_day(self, failing: str, do: Callable[[], object], now: datetime) -> None:
        done_at = self._done_at.get(failing)
        is_due = done_at is None or now - done_at >= _A_DAY
        if is_due and self._attempt(failing, do, now):
            self._done_at[failing] = now

    def _attempt(self, failing: str, do: Callable[[], object], now: datetime) -> bool:
        """Run a job. Returns whether it succeeded. `failing` is its message on failure."""
        try:
            do()
        except _FORESEEN as error:
            _LOG.error("%s: %s", failing, error)
            self._failures[failing] = Failure(failing, now, str(error))
        except Exception:
            # After any error, the thread must continue, or there would be no more backups.
            _LOG.exception("%s.", failing)
            self._failures[failing] = Failure(failing, now, None)
        else:
            self._failures.pop(failing, None)
            return True
        return False

    def _run(self) -> None:
        while True:
            self.do_what_is_due(datetime.now(UTC))
            if self._end.wait(_EVERY_SECONDS):
                return


def _clear(store: Store) -> None:
    """Remove incomplete files that a killed backup or restore left."""
    clear_left(settings.backup_dir())
    if store.path:
        clear_left(store.path.parent)


def _back_up(store: Store, now: datetime) -> None:
    # Demonstration data needs no backup.
    is_real = not store.info().is_demonstration
    if is_real and is_backup_due(kept_backups(), now):
        backup(store, next_path(now), WHO)
        remove_old()
