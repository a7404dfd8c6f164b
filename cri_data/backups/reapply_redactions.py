"""Redactions made since a backup, applied again to the restored store."""

from collections.abc import Iterable
from typing import NamedTuple

from duckdb import DuckDBPyConnection

from cri_data.audit.log import Action, AuditedTransaction
from cri_data.model.datasets import DATASETS
from cri_data.redaction.redact import redactable, take_out_texts
from cri_data.store import query_files


class Redacted(NamedTuple):
    """A record whose free text was deleted."""

    dataset: str
    record_id: str


def redacted_since(
    present: DuckDBPyConnection, backup: DuckDBPyConnection
) -> list[Redacted]:
    """Records redacted in today's audit log by entries that the backup doesn't have.

    Compared by seal, not by time, because a clock can be set back. Applies even if the
    audit log is not intact, since losing text is better than restoring it.
    """
    known = {seal for seal, _ in _redactions(backup)}
    since = (record for seal, record in _redactions(present) if seal not in known)
    return list(dict.fromkeys(record for record in since if record))


def _redactions(cursor: DuckDBPyConnection) -> Iterable[tuple[str, Redacted | None]]:
    cursor.execute(
        query_files.statement("restore/redactions"), {"action": Action.REDACTED.value}
    )
    for seal, dataset, record_id in cursor.fetchall():
        is_one = dataset in redactable() and record_id is not None
        yield seal, Redacted(dataset, record_id) if is_one else None


def redact_again(
    transaction: AuditedTransaction, records: list[Redacted], says_so: bool
) -> int:
    """Redact these records. Returns the number of places.

    `says_so` is whether the audit log already has their entries. If not, entries are
    added, so that the next restore knows.
    """
    places = 0
    for name in redactable():
        ids = [record.record_id for record in records if record.dataset == name]
        if ids:
            statement = query_files.statement("restore/keep_redacted")
            transaction.cursor.execute(statement, {"record_ids": ids})
            places += take_out_texts(transaction.cursor, DATASETS[name]).total
    if not says_so:
        for record in records:
            transaction.record(Action.REDACTED, **record._asdict())
    return places


def in_words(records: list[Redacted], places: int) -> list[str]:
    """A sentence that reports the redactions, or none if there were none."""
    if not records:
        return []
    listed = ", ".join(f"{dataset} {record_id}" for dataset, record_id in records)
    return [
        f"Redacted since the backup, and now redacted again: {listed}. Places: {places:,}."
    ]
