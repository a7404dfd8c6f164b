"""Verification of the audit log: nothing changed, missing, inserted, or moved."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from duckdb import DuckDBPyConnection

from cri_data.audit.log import BEGINNING, Action, seal
from cri_data.store import query_files
from cri_data.store.store import Store

_FIELDS = ("entry_number", "recorded_at", "who", "action", "what", "hash_before", "hash")
_CHUNK = 10_000

# Where the log begins: the number and hash of the entry before the first one.
Place = tuple[int, str]


def chain_faults(store: Store) -> list[str]:
    """The faults in the audit log, a sentence each.

    A person who can write the store's file can forge the whole log with its seals, so
    keep newest_seal() elsewhere, or keep backups where that person can't write.
    """
    with store.cursor() as cursor:
        # One transaction, so that entries and seals match.
        cursor.begin()
        faults = faults_of(cursor)
        cursor.rollback()
    return faults


def faults_of(cursor: DuckDBPyConnection) -> list[str]:
    """The problems found, as this cursor's transaction sees the audit log."""
    seals = dict(cursor.execute(query_files.statement("audit/all_seals")).fetchall())
    return list(_faults(_entries(cursor), _start(cursor), seals))


def newest_seal(store: Store) -> Place:
    """Number and hash of the newest entry, to be kept outside the store."""
    found = store.rows("audit/last_entry")
    return found[0] if found else (0, BEGINNING)


def _entries(cursor: DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    cursor.execute(query_files.statement("audit/all_entries"))
    while chunk := cursor.fetchmany(_CHUNK):
        for row in chunk:
            yield dict(zip(_FIELDS, row, strict=True))


def _start(cursor: DuckDBPyConnection) -> Place:
    """Where the log begins, according to the newest entry about deleted entries."""
    found = cursor.execute(
        query_files.statement("audit/newest_start"),
        {"action": Action.OLD_DATA_DELETED.value},
    ).fetchone()
    if found is None:
        return 0, BEGINNING
    try:
        said = json.loads(found[0])
        return int(said["trail_up_to"]), str(said["trail_seal"])
    except (KeyError, TypeError, ValueError):
        # Changed by hand. The seal reports it.
        return 0, BEGINNING


def _faults(
    entries: Iterator[dict[str, Any]], start: Place, seals: dict[int, str]
) -> Iterator[str]:
    number, before = start
    for entry in entries:
        own = entry["entry_number"]
        if own is None or own <= number:
            yield f"Entry {own} is duplicated or was inserted."
            continue
        if own > number + 1:
            yield _missing(number + 1, own - 1)
        elif entry["hash_before"] != before:
            yield f"Entry {own} does not follow the entry before it. One was changed."
        if _sealed_anew(entry) != entry["hash"]:
            yield f"Entry {own} was changed. It does not match its seal."
        elif seals.get(own) != entry["hash"]:
            yield f"Entry {own} is not the entry that was sealed, or was inserted."
        number, before = own, entry["hash"]
    last = max(seals, default=0)
    if last > number:
        yield f"{_missing(number + 1, last)} The end of the audit log was cut off."


def _missing(first: int, last: int) -> str:
    if first == last:
        return f"Entry {first} is missing."
    return f"Entries {first} to {last} are missing."


def _sealed_anew(entry: dict[str, Any]) -> str:
    sealed = {name: entry[name] for name in _FIELDS if name != "hash"}
    recorded_at = sealed["recorded_at"]
    if isinstance(recorded_at, datetime):
        sealed["recorded_at"] = recorded_at.astimezone(UTC).isoformat(
            timespec="microseconds"
        )
    return seal(sealed)
