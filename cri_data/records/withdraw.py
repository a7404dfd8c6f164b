"""Withdraw one record from the store. The history keeps it."""

from duckdb import ColumnExpression as Col
from duckdb import ConstantExpression as Value
from duckdb import DuckDBPyConnection

from cri_data.audit.log import Action
from cri_data.importing.commit.commit import Written, add_changes, add_upload, as_json
from cri_data.importing.commit.stored_records import remove_records
from cri_data.importing.staging import CHANGED_RECORDS, RECORDS_TO_KEEP
from cri_data.model.datasets import DATASETS, Dataset
from cri_data.records.change import record_change
from cri_data.store.store import Store

WITHDRAWAL = "withdrawal"


def withdraw(store: Store, dataset_name: str, record_id: str, who: str) -> str:
    """Withdraw a record. Returns the ID of the upload, which can be undone.

    Raises RecordError if there is no such record, or if others refer to it.
    """
    dataset = DATASETS[dataset_name]
    with record_change(store, who, [dataset], [record_id]) as transaction:
        upload_id = add_upload(
            transaction.cursor,
            Written(WITHDRAWAL, dataset.name, who, file_name=record_id, rows_withdrawn=1),
        )
        remove(transaction.cursor, upload_id, dataset, record_id)
        transaction.record(
            Action.WITHDRAWN,
            upload_id=upload_id,
            dataset=dataset.name,
            record_id=record_id,
        )
    return upload_id


def remove(
    cursor: DuckDBPyConnection, upload_id: str, dataset: Dataset, record_id: str
) -> None:
    """Remove one record, and store its values as a change of this upload."""
    found = cursor.table(dataset.name).filter(Col(dataset.key) == Value(record_id))
    gone = found.select(
        Col(dataset.key).alias("record_id"), as_json(dataset).alias("before")
    )
    RECORDS_TO_KEEP.run(gone, "keep_withdrawn")
    add_changes(CHANGED_RECORDS.rows(cursor), upload_id, dataset)
    remove_records(cursor, dataset, CHANGED_RECORDS.rows(cursor))
