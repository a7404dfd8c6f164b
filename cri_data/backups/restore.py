"""Restore: put a backup in the store's place and keep the replaced store."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from cri_data.backups.carry_over import carry_on
from cri_data.backups.copy import (
    BackupError,
    atomic_file,
    copy,
    log_of,
    refuse_faults,
    refuse_log_left,
    run,
)
from cri_data.backups.replaced_store import readable_tables
from cri_data.store.connection import SCHEMA_VERSION, connect, open_store
from cri_data.store.rows import only_row
from cri_data.store.store import StoreError, StoreInUse


@dataclass(frozen=True)
class Restored:
    """The result of a restore: rows restored, and the path of the replaced store.

    `notes` are what people must know about access and the audit log.
    """

    rows: int
    put_aside: Path | None
    notes: tuple[str, ...] = ()


def restore(backup_path: Path, store_path: Path, who: str) -> Restored:
    """Put a copy of a backup in the store's place. The replaced store is kept.

    The whole backup is read and checked first. If it is damaged or not a sound store, it
    is refused with BackupError and nothing changes. Access, the audit log, and redactions
    stay as they are today. Raises StoreInUse while the dashboard runs, and prevents it
    from starting in the meantime.
    """
    with (
        _opened(backup_path) as source,
        _alone_with(store_path) as present,
        ExitStack() as held,
        atomic_file(store_path) as part,
    ):
        rows = _copy_of_file(source, backup_path, part)
        # Builds the rest of the store.
        store = open_store(part)
        try:
            refuse_faults(store, backup_path)
            # Before the store is replaced, so that each restore has an entry.
            carried = carry_on(present, store, who, rows)
        finally:
            store.close()
        refuse_log_left(part)
        if present and log_of(store_path).exists():
            present.close()
            held.enter_context(_whole_without_its_log(store_path))
        aside = _put_aside(store_path)
    return Restored(rows, aside, carried.notes)


def _copy_of_file(source: duckdb.DuckDBPyConnection, backup_path: Path, part: Path) -> int:
    """Copy all tables of a backup, which finds damage. Returns the number of rows."""
    try:
        return copy(source, part)
    except (duckdb.Error, StoreError) as error:
        # The new file may be the one that cannot be written.
        if _can_be_read(source):
            raise
        raise _damaged(backup_path) from error
    finally:
        source.close()


def _can_be_read(source: duckdb.DuckDBPyConnection) -> bool:
    """Whether all tables of a backup can be read completely."""
    try:
        with source.cursor() as cursor:
            names = {name for (name,) in run(cursor, "backup/tables").fetchall()}
            return readable_tables(cursor, names) == names
    except duckdb.Error:
        return False


def _damaged(backup_path: Path) -> BackupError:
    return BackupError(
        f"{backup_path} is damaged, or not a backup of this dashboard. Nothing was "
        "changed. Use another backup."
    )


@contextmanager
def _opened(backup_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The backup, open for reading. Refuses a file that is no store of a known version."""
    if not backup_path.is_file():
        raise BackupError(f"There is no file {backup_path}.")
    with ExitStack() as held:
        try:
            source = held.enter_context(connect(backup_path, read_only=True))
            version = only_row(run(source, "store/info"))[0]
        except StoreInUse:
            raise
        except (duckdb.Error, StoreError, TypeError) as error:
            raise _damaged(backup_path) from error
        if version > SCHEMA_VERSION:
            raise BackupError(
                f"{backup_path} is from a newer version of the dashboard (schema "
                f"{version}; this one knows {SCHEMA_VERSION}). Update the dashboard first."
            )
        yield source


@contextmanager
def _alone_with(store_path: Path) -> Iterator[duckdb.DuckDBPyConnection | None]:
    """The current store, open for reading until the end so that no one else opens it.

    None if none can be read. Raises StoreInUse while another process has it open, and
    BackupError while another restore runs.
    """
    store_path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = os.open(store_path.parent, os.O_RDONLY)
    present = None
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupError(
                f"Another restore of {store_path} is running. Wait until it is done, then "
                "check its result."
            ) from error
        present = _readable(store_path)
        yield present
    finally:
        if present:
            present.close()
        os.close(folder)


def _readable(store_path: Path) -> duckdb.DuckDBPyConnection | None:
    if not store_path.exists():
        return None
    try:
        # Read only, because a refused restore must change nothing.
        present = connect(store_path, read_only=True)
    except StoreInUse:
        raise
    except StoreError:
        # It may be damaged, which may be the reason for the restore.
        return None
    try:
        # Its tables are checked later, one by one.
        run(present, "backup/tables").fetchall()
        run(present, "store/info").fetchone()
    except duckdb.Error:
        present.close()
        return None
    return present


@contextmanager
def _whole_without_its_log(store_path: Path) -> Iterator[None]:
    """Merge the log of a killed dashboard into the store, and keep the store open.

    The two can't be moved at the same moment. A store without its log would lose changes,
    and a log beside another store would add to that one.
    """
    try:
        connection = connect(store_path)
    except StoreInUse as error:
        raise BackupError(
            f"{store_path} was opened by another process in the meantime. Nothing was "
            "changed. Stop that process and try again."
        ) from error
    try:
        with suppress(duckdb.Error):
            # If the store is damaged, its log is kept with it.
            run(connection, "restore/checkpoint")
        yield
    finally:
        connection.close()


def _put_aside(store_path: Path) -> Path | None:
    """Give the current store a second, dated name. It also stays in place."""
    if not store_path.exists():
        return None
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    aside = store_path.with_name(f"{store_path.name}.before-{moment}")
    os.link(store_path, aside)
    log = log_of(store_path)
    if log.exists():
        log.rename(log_of(aside))
    return aside
