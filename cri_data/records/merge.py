"""Merge agencies. Requests move to the kept one, and the old ID refers to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from duckdb import ColumnExpression as Col
from duckdb import ConstantExpression as Value
from duckdb import DuckDBPyConnection, DuckDBPyRelation

from cri_data.audit.log import Action, AuditedTransaction
from cri_data.importing.commit.commit import Written, add_changes, add_upload, as_json
from cri_data.importing.commit.stored_records import put_records
from cri_data.importing.staging import CHANGED_RECORDS, RECORDS_TO_KEEP
from cri_data.model.datasets import AGENCIES, REQUESTS
from cri_data.records.change import record_change
from cri_data.records.duplicates import ComparedAgency, compared_agencies
from cri_data.records.find import RecordError
from cri_data.records.withdraw import remove
from cri_data.store import query_files
from cri_data.store.store import Store

MERGE = "merge"


@dataclass(frozen=True)
class Merge:
    """An agency that was merged into another, with its upload and its moved requests."""

    upload_id: str
    gone_id: str
    kept_id: str
    requests: int


def merge_agencies(store: Store, gone_id: str, kept_id: str, who: str) -> str:
    """Merge an agency into another. Returns the ID of the upload, which can be undone.

    Raises RecordError if one of them is not stored.
    """
    return merge_all(store, [(gone_id, kept_id)], who)[0].upload_id


def merge_all(
    store: Store,
    pairs: Sequence[tuple[str, str]],
    who: str,
    seen: Mapping[str, ComparedAgency] | None = None,
) -> list[Merge]:
    """Merge the first agency of each pair into the second, all or none.

    Each merge is an upload of its own, which can be undone, with its own entry in the
    audit log. `seen` are the agencies as a person saw them. Raises RecordError if an agency
    is not stored or differs from `seen`, or if one is removed and also kept or removed
    again.
    """
    _refuse_chains(pairs)
    ids = list(dict.fromkeys(agency_id for pair in pairs for agency_id in pair))
    with record_change(store, who, [AGENCIES, REQUESTS], ids) as transaction:
        _refuse_changed(transaction.cursor, seen or {})
        return [_merge(transaction, *pair) for pair in pairs]


def _refuse_chains(pairs: Sequence[tuple[str, str]]) -> None:
    """Raise RecordError if the result would depend on the order of the pairs."""
    gone, kept = [pair[0] for pair in pairs], {pair[1] for pair in pairs}
    for gone_id, kept_id in pairs:
        if gone_id == kept_id:
            raise RecordError(
                "An agency cannot be merged into itself. Choose two different agencies."
            )
        if gone_id in kept or gone.count(gone_id) > 1:
            again = "kept" if gone_id in kept else "removed again"
            raise RecordError(
                f"'{gone_id}' is removed in one pair and {again} in another. Nothing is "
                "merged. Keep the same agency in both pairs, or merge them one after the "
                "other."
            )


def _refuse_changed(cursor: DuckDBPyConnection, seen: Mapping[str, ComparedAgency]) -> None:
    """Raise RecordError if an agency, or its number of requests, is not as seen."""
    now = compared_agencies(cursor, seen) if seen else {}
    changed = [agency_id for agency_id, one in seen.items() if now.get(agency_id) != one]
    if changed:
        raise RecordError(
            f"Someone else changed {', '.join(map(repr, changed))} or the requests. "
            "Nothing is merged. Check the pairs, then merge them again."
        )


def _merge(transaction: AuditedTransaction, gone_id: str, kept_id: str) -> Merge:
    cursor = transaction.cursor
    requests = _requests_of(cursor, gone_id)
    moved = requests.shape[0]
    upload_id = add_upload(
        cursor,
        Written(
            MERGE,
            AGENCIES.name,
            transaction.who,
            file_name=f"{gone_id} into {kept_id}",
            rows_updated=moved,
            rows_withdrawn=1,
        ),
    )
    _move(cursor, upload_id, requests, kept_id)
    remove(cursor, upload_id, AGENCIES, gone_id)
    merge = {"agency_id": gone_id, "into_agency_id": kept_id}
    cursor.execute(
        query_files.statement("upload/add_merge"), merge | {"upload_id": upload_id}
    )
    transaction.record(Action.MERGED, upload_id=upload_id, dataset=AGENCIES.name, **merge)
    return Merge(upload_id, gone_id, kept_id, moved)


def requests_of(store: Store, agency_id: str) -> int:
    """The number of requests of an agency, which a merge would move."""
    with store.cursor() as cursor:
        return _requests_of(cursor, agency_id).shape[0]


def _requests_of(cursor: DuckDBPyConnection, agency_id: str) -> DuckDBPyRelation:
    return cursor.table(REQUESTS.name).filter(Col("agency_id") == Value(agency_id))


def _move(
    cursor: DuckDBPyConnection, upload_id: str, requests: DuckDBPyRelation, kept_id: str
) -> None:
    columns = [
        Value(kept_id).alias(column.name)
        if column.name == "agency_id"
        else Col(column.name)
        for column in REQUESTS.columns
    ]
    moved = requests.select(as_json(REQUESTS).alias("before"), *columns)
    changed = moved.select(
        Col("request_id").alias("record_id"),
        Col("before"),
        as_json(REQUESTS).alias("after"),
    )
    RECORDS_TO_KEEP.run(changed, "keep_changed_records")
    put_records(cursor, REQUESTS, moved)
    add_changes(CHANGED_RECORDS.rows(cursor), upload_id, REQUESTS)
