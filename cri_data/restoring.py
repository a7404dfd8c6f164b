"""A backup put in the store's place, the store before put aside."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from cri_data.audit import Action, record
from cri_data.copying import (
    BackupError,
    copy,
    hold_together,
    log_of,
    run,
    whole_or_not_at_all,
)
from cri_data.store import (
    SCHEMA_VERSION,
    StoreError,
    StoreInUse,
    connect,
    open_store,
)


@dataclass(frozen=True)
class Restored:
    """What a restore did: the rows put in place, and where the store before is."""

    rows: int
    put_aside: Path | None


def restore(backup_path: Path, store_path: Path, who: str) -> Restored:
    """Put a copy of a backup in the store's place; the store before is put aside.

    The backup is read whole and checked first: one that is damaged, or no
    sound store, is refused with BackupError, and nothing is touched. Raises
    StoreInUse while the dashboard runs.
    """
    _refuse_no_backup(backup_path)
    before = _newest_of(store_path)
    with whole_or_not_at_all(store_path) as part:
        rows = _copy_of_file(backup_path, part)
        hold_together(part, of=backup_path)
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


def _copy_of_file(backup_path: Path, part: Path) -> int:
    """The same from a backup. Every row is read, so that damage is found."""
    try:
        source = connect(backup_path, read_only=True)
        try:
            return copy(source, part)
        finally:
            source.close()
    except (duckdb.Error, StoreError) as error:
        raise BackupError(
            f"{backup_path} is damaged, or no backup of this dashboard. Nothing was "
            "touched: use another backup."
        ) from error


def _refuse_no_backup(path: Path) -> None:
    """Refuse what is no store of a version that this program knows."""
    if not path.is_file():
        raise BackupError(f"There is no file {path}.")
    try:
        connection = connect(path, read_only=True)
        try:
            version = run(connection, "store/info").fetchone()[0]
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
            return run(present, "audit/last_entry").fetchone()
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
    log = log_of(store_path)
    if log.exists():
        log.rename(log_of(aside))
    return aside
