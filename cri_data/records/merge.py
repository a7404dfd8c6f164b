"""Merge two agencies. Requests move to the kept one, and the old ID refers to it."""

from duckdb import ColumnExpression as Col
from duckdb import ConstantExpression as Value
from duckdb import DuckDBPyConnection, DuckDBPyRelation

from cri_data.audit.log import Action
from cri_data.importing.commit.commit import Written, add_changes, add_upload, as_json
from cri_data.importing.commit.stored_records import put_records
from cri_data.importing.staging import CHANGED_RECORDS, RECORDS_TO_KEEP
from cri_data.model.datasets import AGENCIES, REQUESTS
from cri_data.records.change import record_change
from cri_data.records.find import RecordError
from cri_data.records.withdraw import remove
from cri_data.store import query_files
from cri_data.store.store import Store

MERGE = "merge"


def merge_agencies(store: Store, gone_id: str, kept_id: str, who: str) -> str:
    """Merge an agency into another. Returns the ID of the upload, which can be undone.

    Raises RecordError if one of them is not stored.
    """
    if gone_id == kept_id:
        raise RecordError(
            "An agency cannot be merged into itself. Choose two different agencies."
        )
    datasets, both = [AGENCIES, REQUESTS], [gone_id, kept_id]
    with record_change(store, who, datasets, both) as transaction:
        cursor = transaction.cursor
        requests = _requests_of(cursor, gone_id)
        upload_id = add_upload(
            cursor,
            Written(
                MERGE,
                AGENCIES.name,
                who,
                file_name=f"{gone_id} into {kept_id}",
                rows_updated=requests.shape[0],
                rows_withdrawn=1,
            ),
        )
        _move(cursor, upload_id, requests, kept_id)
        remove(cursor, upload_id, AGENCIES, gone_id)
        merge = {"agency_id": gone_id, "into_agency_id": kept_id}
        cursor.execute(
            query_files.statement("upload/add_merge"), merge | {"upload_id": upload_id}
        )
        transaction.record(
            Action.MERGED, upload_id=upload_id, dataset=AGENCIES.name, **merge
        )
    return upload_id


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
