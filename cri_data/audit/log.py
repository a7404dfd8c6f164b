"""The audit log: who did what and when. Each entry is sealed to the one before."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

import duckdb
from duckdb import DuckDBPyConnection

from cri_data.store import query_files
from cri_data.store.store import Store, why_not_committed

# The first entry has this as the hash of the entry before it.
BEGINNING = "0" * 64


class Action(StrEnum):
    """What a person or the dashboard did."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    REFUSED = "refused"
    DENIED = "denied"
    SIGN_INS_ENDED = "sign_ins_ended"
    ROLE_GIVEN = "role_given"
    ROLE_TAKEN = "role_taken"
    ACCOUNT_BOUND = "account_bound"
    UPLOADED = "uploaded"
    UNDONE = "undone"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    ASSIGNED = "assigned"
    NAMES_REMEMBERED = "names_remembered"
    NAMES_FORGOTTEN = "names_forgotten"
    DECISIONS_FORGOTTEN = "decisions_forgotten"
    VIEW_SAVED = "view_saved"
    VIEW_REMOVED = "view_removed"
    EXPORTED = "exported"
    PUBLISHED = "published"
    REDACTED = "redacted"
    OLD_DATA_DELETED = "let_go"
    BACKED_UP = "backed_up"
    RESTORED = "restored"
    FILLED = "filled"
    STARTED_EMPTY = "started_empty"


# These change records in an upload of their own, which the entry names.
_OF_ONE_UPLOAD = {
    Action.UPLOADED,
    Action.UNDONE,
    Action.CORRECTED,
    Action.WITHDRAWN,
    Action.MERGED,
    Action.ASSIGNED,
}

# These change no record, or nothing that dashboards count.
_OF_NO_RECORDS = {
    Action.NAMES_REMEMBERED,
    Action.NAMES_FORGOTTEN,
    Action.DECISIONS_FORGOTTEN,
    Action.VIEW_SAVED,
    Action.VIEW_REMOVED,
    Action.PUBLISHED,
    Action.REDACTED,
    Action.OLD_DATA_DELETED,
}


class MissingEntry(Exception):
    """A change has no audit log entry, so it was not written."""


def record(store: Store, who: str, action: Action, **what: object) -> None:
    """Append one entry with the current time (UTC). `what` has values for JSON.

    Never waits for an upload; see append_transaction(). Raises StoreError if the entry
    can't be written. The caller must then not do what it describes.
    """
    with append_transaction(store, who) as transaction:
        transaction.record(action, **what)


@dataclass
class AuditedTransaction:
    """A transaction that changes the store, with its audit log entry."""

    cursor: DuckDBPyConnection
    who: str
    _held: ExitStack
    _entries: list[tuple[Action, dict[str, object]]] = field(default_factory=list)

    def record(self, action: Action, **what: object) -> None:
        """Add an entry, which is written at the COMMIT."""
        self._entries.append((action, what))

    def hold(self, lock: AbstractContextManager[object]) -> None:
        """Hold a lock until after the COMMIT.

        Taken here, once it is this writer's turn, so that no one waits for another
        person's upload.
        """
        self._held.enter_context(lock)

    def touched(self) -> list[str] | None:
        """The uploads that changed records or were undone, according to the entries.

        None if something else may have changed records.
        """
        uploads: list[str] = []
        for action, what in self._entries:
            if action in _OF_ONE_UPLOAD:
                uploads.append(str(what["upload_id"]))
            elif action not in _OF_NO_RECORDS:
                return None
        return uploads

    def append_to(self, store: Store) -> None:
        """Append the entry. Raises MissingEntry if there is none."""
        if not self._entries:
            raise MissingEntry("A change needs an audit log entry before it is committed.")
        for action, what in self._entries:
            # Numbered after this transaction's own entries and all committed ones.
            _append(store, self.cursor, self.who, action, what)


@contextmanager
def audited_transaction(store: Store, who: str) -> Iterator[AuditedTransaction]:
    """Store.writing() with an audit log entry in the same transaction.

    Everything that a person does to the store goes through here. A change without an
    entry is rolled back with MissingEntry.
    """
    transactions: list[AuditedTransaction] = []
    with (
        ExitStack() as held,
        store.writing(
            before_commit=lambda: transactions[0].append_to(store),
            touched=lambda: transactions[0].touched(),
        ) as cursor,
    ):
        transactions.append(AuditedTransaction(cursor, who, held))
        yield transactions[0]


@contextmanager
def append_transaction(store: Store, who: str) -> Iterator[AuditedTransaction]:
    """A transaction that appends to tables no upload writes: people and sign-ins.

    It never waits for an upload to be checked or written, only for the COMMIT of others
    that append. Raises StoreError if it can't be written; then nothing is.
    """
    with store.audit_lock, ExitStack() as held, store.cursor() as cursor:
        cursor.begin()
        transaction = AuditedTransaction(cursor, who, held)
        yield transaction
        transaction.append_to(store)
        try:
            cursor.commit()
        except duckdb.TransactionException as error:
            raise why_not_committed(error) from error


def _append(
    store: Store,
    cursor: DuckDBPyConnection,
    who: str,
    action: Action,
    what: dict[str, object],
) -> None:
    """Append one entry after the newest one.

    The audit log's lock is held from here to the COMMIT. A long transaction doesn't see
    entries appended since it began, so a fresh cursor is used.
    """
    with store.cursor() as fresh:
        committed = fresh.execute(query_files.statement("audit/last_entry")).fetchone()
    own = cursor.execute(query_files.statement("audit/last_entry")).fetchone()
    number, before = max(committed or (0, BEGINNING), own or (0, BEGINNING))
    entry = {
        "entry_number": number + 1,
        "recorded_at": datetime.now(UTC).isoformat(timespec="microseconds"),
        "who": who,
        "action": action.value,
        "what": json.dumps(what, sort_keys=True, ensure_ascii=False),
        "hash_before": before,
    }
    sealed = entry | {"hash": seal(entry)}
    cursor.execute(query_files.statement("audit/add_entry"), sealed)
    cursor.execute(
        query_files.statement("audit/add_seal"),
        {name: sealed[name] for name in ("entry_number", "hash")},
    )


def seal(entry: dict[str, object]) -> str:
    """The hash of an entry: SHA-256 of all its fields as JSON with sorted keys."""
    text = json.dumps(entry, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
