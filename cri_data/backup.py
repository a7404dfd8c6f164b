"""The store once more in a file of its own, made while it is open."""

from pathlib import Path

from cri_data.audit import Action, record
from cri_data.copying import BackupError, copy, hold_together, whole_or_not_at_all
from cri_data.store import Store


def backup(store: Store, path: Path, who: str) -> int:
    """Write the store, as it is at one moment, to a new file; its rows.

    The store stays in use meanwhile. The file has its name only once it is
    whole. Raises BackupError where it exists already or cannot be written.
    """
    if path.exists():
        raise BackupError(f"{path} exists already. Name a file that does not.")
    with whole_or_not_at_all(path) as part, store.cursor() as cursor:
        rows = copy(cursor, part)
        hold_together(part)
    record(store, who, Action.BACKED_UP, file=path.name, rows=rows)
    return rows
