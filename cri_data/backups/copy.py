"""A copy of a store, table by table, to a file that is complete or absent."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from cri_data.checks.records import findings_of_records
from cri_data.model.refusal import Refusal
from cri_data.store import query_files
from cri_data.store.connection import connect
from cri_data.store.rows import only_row
from cri_data.store.store import Store, StoreError

# Only our incomplete files have names with this ending.
_PART = ".cri-part"
_LOCK = ".lock"

# Rows read at a time, so that copying needs little memory.
_ROWS = 50_000

# The rows of this table can be large, so they are copied one by one.
_FILES = "upload_files"


class BackupError(Refusal):
    """A backup can't be made or restored. The message says why and what to do."""


@contextmanager
def atomic_file(path: Path) -> Iterator[Path]:
    """A temporary name next to the path; renamed on success, otherwise removed.

    First removes what killed processes left in the folder.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}{_PART}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        clear_left(path.parent)
        handle = _locked(path, part)
    except OSError as error:
        raise _not_written(path) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield part
        refuse_log_left(part)
        _flush(part)
        part.replace(path)
        _flush(path.parent)
    except (OSError, StoreError, duckdb.Error) as error:
        raise _not_written(path) from error
    finally:
        _remove(part)
        os.close(handle)


def _locked(path: Path, part: Path) -> int:
    """A lock held while the file is written, so that it isn't taken for a leftover.

    The lock is a file beside it, because DuckDB doesn't accept an empty file.
    """
    try:
        return os.open(_lock_of(part), os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise BackupError(
            f"{path} is already being written. Wait until it is done."
        ) from error


def _not_written(path: Path) -> BackupError:
    return BackupError(
        f"{path} cannot be written. Check the free space on the disk and your permission "
        "to write there."
    )


def clear_left(folder: Path) -> None:
    """Remove half-written files in a folder that no process is writing."""
    for lock in folder.glob(f".*{_PART}{_LOCK}"):
        try:
            handle = os.open(lock, os.O_RDONLY)
        except FileNotFoundError:
            # The file is gone since it was listed.
            continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _remove(lock.with_name(lock.name.removesuffix(_LOCK)))
        except BlockingIOError:
            continue
        finally:
            os.close(handle)


def _remove(part: Path) -> None:
    for each in (log_of(part), part, _lock_of(part)):
        each.unlink(missing_ok=True)


def _lock_of(part: Path) -> Path:
    return part.with_name(f"{part.name}{_LOCK}")


def log_of(path: Path) -> Path:
    """The file in which DuckDB keeps changes that are not yet in the store's file."""
    return path.with_name(f"{path.name}.wal")


def refuse_log_left(part: Path) -> None:
    """Raise OSError if a closed file is incomplete without its log.

    If there is no room to merge the log, DuckDB reports nothing, and the file alone would
    be an empty store.
    """
    if log_of(part).exists():
        raise OSError(f"There is not enough disk space to merge the log of {part}.")


def _flush(path: Path) -> None:
    """Write the file to the disk, past the system's cache."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def copy(cursor: duckdb.DuckDBPyConnection, part: Path) -> int:
    """Copy all tables, as of one transaction, to a file. Returns the number of rows.

    The store's own file is never opened a second time, because closing any handle on it
    would release DuckDB's lock.
    """
    target = connect(part)
    try:
        run(target, "backup/little_memory")
        cursor.begin()
        names = [name for (name,) in run(cursor, "backup/tables").fetchall()]
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
    # Copied as Arrow, some rows at a time.
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
    for (upload_id,) in run(cursor, "backup/file_ids").fetchall():
        named = {"upload_id": upload_id}
        content, rejected = only_row(run(cursor, "upload/kept_file", named))
        run(target, "upload/add_file", named | {"content": content, "rejected": rejected})


def run(
    cursor: duckdb.DuckDBPyConnection,
    statement: str,
    values: dict[str, object] | None = None,
) -> duckdb.DuckDBPyConnection:
    """Run one statement of queries/ with this cursor."""
    return cursor.execute(query_files.statement(statement), values or {})


def refuse_faults(store: Store, of: Path) -> None:
    """Refuse the copy of a backup whose rows or audit log are faulty."""
    found = findings_of_records(store)
    if found:
        raise BackupError(
            f"{of} is not consistent: {found[0]}. Nothing was changed. Use another backup."
        )
