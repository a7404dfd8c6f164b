"""The store once more in a file of its own: made while it is open, and put back."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from cri_data import catalog, settings
from cri_data.audit import Action, record
from cri_data.integrity import findings
from cri_data.store import (
    SCHEMA_VERSION,
    Store,
    StoreError,
    StoreInUse,
    connect,
    open_store,
)

# Rows read at once, so that a store of any size is copied in little memory.
_ROWS = 50_000

# Its rows can be large: they are copied one by one.
_FILES = "upload_files"


class BackupError(Exception):
    """A backup cannot be made or put back; the message says why and what to do."""


@dataclass(frozen=True)
class Restored:
    """What a restore did: the rows put in place, and where the store before is."""

    rows: int
    put_aside: Path | None


def backup(store: Store, path: Path, who: str) -> int:
    """Write the store, as it is at one moment, to a new file; its rows.

    The store stays in use meanwhile. The file has its name only once it is
    whole. Raises BackupError where it exists already or cannot be written.
    """
    if path.exists():
        raise BackupError(f"{path} exists already. Name a file that does not.")
    with _whole_or_not_at_all(path) as part, store.cursor() as cursor:
        rows = _copy(cursor, part)
        _hold_together(part)
    record(store, who, Action.BACKED_UP, file=path.name, rows=rows)
    return rows


def restore(backup_path: Path, store_path: Path, who: str) -> Restored:
    """Put a copy of a backup in the store's place; the store before is put aside.

    The backup is read whole and checked first: one that is damaged, or no
    sound store, is refused with BackupError, and nothing is touched. Raises
    StoreInUse while the dashboard runs.
    """
    _refuse_no_backup(backup_path)
    before = _newest_of(store_path)
    with _whole_or_not_at_all(store_path) as part:
        rows = _copy_of_file(backup_path, part)
        _hold_together(part, of=backup_path)
        _newest_of(store_path)
        aside = _put_aside(store_path)
    store = open_store(store_path)
    try:
        number, seal = before or (None, None)
        record(
            store,
            who,
            Action.RESTORED,
            rows=rows,
            entry_put_aside=number,
            seal_put_aside=seal,
        )
    finally:
        store.close()
    return Restored(rows, aside)


@contextmanager
def _whole_or_not_at_all(path: Path) -> Iterator[Path]:
    """A name beside the path to write to; renamed where all went well, else removed."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _remove(part)
        yield part
        _flush(part)
        part.replace(path)
        _flush(path.parent)
    except (OSError, duckdb.Error) as error:
        raise BackupError(
            f"{path} cannot be written. Is there room, and may you write there?"
        ) from error
    finally:
        _remove(part)


def _remove(part: Path) -> None:
    for each in (part, _log_of(part)):
        if each.exists():
            each.unlink()


def _log_of(path: Path) -> Path:
    """Where DuckDB writes what is not in the file yet."""
    return path.with_name(f"{path.name}.wal")


def _flush(path: Path) -> None:
    """On the disk, not only on its way there."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _copy(cursor: duckdb.DuckDBPyConnection, part: Path) -> int:
    """Copy every table, as one transaction sees them, to a file; the rows.

    The store's own file is never opened a second time: closing any handle on
    it would take DuckDB's lock away.
    """
    target = connect(part)
    try:
        _run(target, "backup/little_memory")
        cursor.begin()
        names = [name for (name,) in _run(cursor, "backup/tables").fetchall()]
        rows = sum(_copy_table(cursor, target, name) for name in names)
        cursor.rollback()
    finally:
        target.close()
    return rows


def _copy_table(
    cursor: duckdb.DuckDBPyConnection, target: duckdb.DuckDBPyConnection, name: str
) -> int:
    whole = cursor.table(name)
    expected = whole.shape[0]
    read = whole.limit(0) if name == _FILES else whole
    # Handed over as Arrow, some rows at a time.
    batches: pa.RecordBatchReader = read.to_arrow_reader(_ROWS)
    target.from_arrow(batches).create(name)
    if name == _FILES:
        _copy_files(cursor, target)
    copied = target.table(name).shape[0]
    if copied != expected:
        raise BackupError(f"Of {expected:,} rows of {name}, {copied:,} were copied.")
    return copied


def _copy_files(
    cursor: duckdb.DuckDBPyConnection, target: duckdb.DuckDBPyConnection
) -> None:
    for (upload_id,) in _run(cursor, "backup/file_ids").fetchall():
        named = {"upload_id": upload_id}
        content, rejected = _run(cursor, "upload/kept_file", named).fetchone()
        _run(target, "upload/add_file", named | {"content": content, "rejected": rejected})


def _run(
    cursor: duckdb.DuckDBPyConnection,
    statement: str,
    values: dict[str, object] | None = None,
) -> duckdb.DuckDBPyConnection:
    return cursor.execute(catalog.statement(statement), values or {})


def _copy_of_file(backup_path: Path, part: Path) -> int:
    """The same from a backup. Every row is read, so that damage is found."""
    try:
        source = connect(backup_path, read_only=True)
        try:
            return _copy(source, part)
        finally:
            source.close()
    except (duckdb.Error, StoreError) as error:
        raise BackupError(
            f"{backup_path} is damaged, or no backup of this dashboard. Nothing was "
            "touched: use another backup."
        ) from error


def _hold_together(part: Path, of: Path | None = None) -> None:
    """Lay what else makes a store, and refuse one whose rows or trail do not hold."""
    store = open_store(part)
    try:
        found = findings(store) if of else []
    finally:
        store.close()
    if found:
        raise BackupError(
            f"{of} does not hold together: {found[0]}. Nothing was touched: use another "
            "backup."
        )


def _refuse_no_backup(path: Path) -> None:
    """Refuse what is no store of a version that this program knows."""
    if not path.is_file():
        raise BackupError(f"There is no file {path}.")
    try:
        connection = connect(path, read_only=True)
        try:
            version = _run(connection, "store/info").fetchone()[0]
        finally:
            connection.close()
    except StoreInUse:
        raise
    except (duckdb.Error, StoreError, TypeError) as error:
        raise BackupError(
            f"{path} is damaged, or no backup of this dashboard. Nothing was touched: "
            "use another backup."
        ) from error
    if version > SCHEMA_VERSION:
        raise BackupError(
            f"{path} is from a newer version of the dashboard (schema {version}; this "
            f"one knows {SCHEMA_VERSION}). Update the dashboard first."
        )


def _newest_of(store_path: Path) -> tuple[int, str] | None:
    """The newest seal of the store that is there; None where it cannot be read.

    Raises StoreInUse while another process has it open.
    """
    if not store_path.exists():
        return None
    try:
        # To read alone: a restore that is refused leaves no byte changed.
        present = connect(store_path, read_only=True)
        try:
            return _run(present, "audit/last_entry").fetchone()
        finally:
            present.close()
    except StoreInUse:
        raise
    except (StoreError, duckdb.Error):
        # That it is broken may be why a backup is put in its place.
        return None


def _put_aside(store_path: Path) -> Path | None:
    """Give the store that is there a second name that says when; it stays in place."""
    if not store_path.exists():
        return None
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    aside = store_path.with_name(f"{store_path.name}.before-{moment}")
    os.link(store_path, aside)
    log = _log_of(store_path)
    if log.exists():
        log.rename(_log_of(aside))
    return aside


# -- The folder of backups -----------------------------------------------------

# Only files of such names are listed and removed: others are not ours.
_NAMED = "cri-{:%Y%m%dT%H%M%SZ}.duckdb"
_PATTERN = "cri-*Z.duckdb"


@dataclass(frozen=True)
class Kept:
    """A backup in the folder: its file, when it was made (UTC), its size in bytes."""

    path: Path
    made_at: datetime
    size: int


def next_path(now: datetime) -> Path:
    """The file of a backup made now."""
    return settings.backup_dir() / _NAMED.format(now.astimezone(UTC))


def kept_backups() -> list[Kept]:
    """The backups in the folder, newest first."""
    found = []
    for path in sorted(settings.backup_dir().glob(_PATTERN), reverse=True):
        known = path.stat()
        found.append(Kept(path, datetime.fromtimestamp(known.st_mtime, UTC), known.st_size))
    return found


def remove_old() -> list[Path]:
    """Remove all but as many backups as the setting says; those removed."""
    keep = settings.BACKUPS_KEPT.whole_number()
    old = [kept.path for kept in kept_backups()[keep:]] if keep else []
    for path in old:
        path.unlink(missing_ok=True)
    return old
