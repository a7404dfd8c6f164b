"""A backup: the store in a new file, made while the store is in use."""

from pathlib import Path

import duckdb

from cri_data.audit.log import Action, record
from cri_data.backups.copy import BackupError, atomic_file, copy
from cri_data.store.connection import open_store
from cri_data.store.store import Store, StoreError


def backup(store: Store, path: Path, who: str) -> int:
    """Write the store, as of one moment, to a new file. Returns the number of rows.

    The store stays in use. The file gets its name only when it is complete and in the
    audit log. Raises BackupError if the file exists already or something can't be
    written.
    """
    if path.exists():
        raise BackupError(f"{path} exists already. Name a file that does not.")
    with atomic_file(path) as part:
        with store.cursor() as cursor:
            rows = copy(cursor, part)
        # Builds the rest of the store.
        open_store(part).close()
        _record(store, who, path.name, rows)
    return rows


def _record(store: Store, who: str, file: str, rows: int) -> None:
    """Record the backup in the audit log. A copy without an entry is not a backup."""
    try:
        record(store, who, Action.BACKED_UP, file=file, rows=rows)
    except (StoreError, duckdb.Error) as error:
        raise BackupError(
            "The audit log cannot be written, so no backup was saved. Check the free space "
            "on the store's disk and your permission to write to its folder."
        ) from error
