"""Deletion of old files, the text of closed requests, and old audit log entries."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial

from duckdb import DuckDBPyConnection

from cri_data import settings
from cri_data.audit.log import Action, AuditedTransaction, audited_transaction
from cri_data.model.datasets import DATASETS
from cri_data.redaction.redact import (
    Places,
    after_looking,
    look,
    redactable,
    take_out_texts,
)
from cri_data.redaction.stored_files import Seen
from cri_data.settings import Setting
from cri_data.store import query_files
from cri_data.store.rows import only_row
from cri_data.store.store import Store


@dataclass(frozen=True)
class RetentionResult:
    """What was deleted: uploads' files, places with free text, audit log entries."""

    files: int = 0
    texts: Places = Places()  # noqa: RUF009
    entries: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether nothing was deleted."""
        return not (self.files or self.texts.total or self.entries)


class _Nothing(Exception):
    pass


def delete_expired(store: Store, now: datetime, who: str) -> RetentionResult:
    """Delete what is older than the settings say, in one transaction.

    Deletions are recorded in the audit log; if there are none, nothing is. Raises
    SettingError for a setting that is not a whole number.
    """

    def go(seen: dict[str, Seen] | None) -> RetentionResult:
        with audited_transaction(store, who) as transaction:
            gone = RetentionResult(
                _files(transaction.cursor, now),
                _texts(transaction.cursor, now, seen or {}),
                _entries(transaction, now),
            )
            if gone.is_nothing:
                raise _Nothing
            if gone.files or gone.texts.total:
                texts = {f"texts_of_{name}": n for name, n in asdict(gone.texts).items()}
                transaction.record(Action.OLD_DATA_DELETED, files=gone.files, **texts)
        return gone

    try:
        return after_looking(store, lambda: _looked(store, now), go)
    except _Nothing:
        return RetentionResult()


def _looked(store: Store, now: datetime) -> dict[str, Seen]:
    """The files searched for what is due, by dataset, while no one waits."""
    seen = {}
    for name in redactable():
        with store.cursor() as cursor:
            if _keep_due(cursor, name, now):
                seen[name] = look(
                    store,
                    DATASETS[name],
                    partial(_keep_due, name=name, now=now),
                )
    return seen


def _keep_due(cursor: DuckDBPyConnection, name: str, now: datetime) -> bool:
    """Put the records whose text is due in `redacting`. Returns whether there are any."""
    before = _before(settings.KEEP_TEXT_DAYS, now)
    if before is None:
        return False
    cursor.execute(query_files.statement(f"keeping/keep_{name}"), {"before": before.date()})
    # Searching all stored files is slow, so it is skipped if nothing is due.
    found = only_row(cursor.execute(query_files.statement("keeping/any_redacting")))
    return bool(found[0])


def _before(setting: Setting, now: datetime) -> datetime | None:
    """Anything older than this is deleted. None means that it is kept forever."""
    days = setting.whole_number()
    return now - timedelta(days=days) if days else None


def _files(cursor: DuckDBPyConnection, now: datetime) -> int:
    before = _before(settings.KEEP_FILES_DAYS, now)
    if before is None:
        return 0
    statement = query_files.statement("keeping/drop_files")
    return int(only_row(cursor.execute(statement, {"before": before}))[0])


def _texts(cursor: DuckDBPyConnection, now: datetime, seen: dict[str, Seen]) -> Places:
    places, before = Places(), None
    for name in redactable():
        if _keep_due(cursor, name, now):
            known = seen.get(name)
            if before is not None and known:
                known = known.after(seen.get(before))
            places += take_out_texts(cursor, DATASETS[name], known)
            before = name
    return places


def _entries(transaction: AuditedTransaction, now: datetime) -> int:
    """Delete the oldest audit log entries, and record where the log begins now."""
    before = _before(settings.KEEP_TRAIL_DAYS, now)
    if before is None:
        return 0
    cursor = transaction.cursor
    end = cursor.execute(
        query_files.statement("keeping/trail_end"), {"before": before}
    ).fetchone()
    if end is None:
        return 0
    number, seal = end
    up_to = {"entry_number": number}
    dropped = cursor.execute(query_files.statement("keeping/drop_entries"), up_to)
    entries = only_row(dropped)[0]
    cursor.execute(query_files.statement("keeping/drop_seals"), up_to)
    transaction.record(
        Action.OLD_DATA_DELETED, entries=entries, trail_up_to=number, trail_seal=seal
    )
    return entries
