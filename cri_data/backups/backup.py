"""The store once more in a file of its own, made while it is open."""

from pathlib import Path

import duckdb

from cri_data.audit.log import Action, record
from cri_data.backups.copy import BackupError, copy, hold_together, whole_or_not_at_all
from cri_data.store.store import Store, StoreError


def backup(store: Store, path: Path, who: str) -> int:
    """Write the store, as it is at one moment, to a new file; its rows.

    The store stays in use meanwhile. The file has its name only once it is
    whole and in the trail. Raises BackupError where it exists already, or where
    one of the two cannot be written.
    """
    if path.exists():
        raise BackupError(f"{path} exists already. Name a file that does not.")
    with whole_or_not_at_all(path) as part:
        with store.cursor() as cursor:
            rows = copy(cursor, part)
        hold_together(part)
        _tell(store, who, path.name, rows)
    return rows


def _tell(store: Store, who: str, file: str, rows: int) -> None:
    """Put it into the trail: a copy of every row that it does not tell of is none."""
    try:
        record(store, who, Action.BACKED_UP, file=file, rows=rows)
    except (StoreError, duckdb.Error) as error:
        raise BackupError(
            "The trail cannot be written, so no backup was kept. Is there room on the disk "
            "of the store, and may you write to its folder?"
        ) from error
