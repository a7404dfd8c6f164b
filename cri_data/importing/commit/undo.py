"""Undo an upload: restore the earlier records in one transaction."""

import json

from duckdb import ColumnExpression as Col
from duckdb import ConstantExpression as Value
from duckdb import DuckDBPyConnection
from duckdb import FunctionExpression as Call

from cri_data.audit.log import Action, audited_transaction
from cri_data.checks.references import keeping_references
from cri_data.importing.commit.stored_records import put_records, remove_records
from cri_data.importing.staging import RESTORED, UNDOING
from cri_data.model.datasets import DATASETS, PARTNERS, Dataset, Kind
from cri_data.model.refusal import Refusal
from cri_data.store import query_files
from cri_data.store.store import Store


class UndoError(Refusal):
    """An upload can't be undone. The message says why and what to do."""


class TouchedLater(UndoError):
    """Later uploads changed the same records: {upload_id: records} in `later`."""

    def __init__(self, upload_id: str, later: dict[str, int]):
        listed = ", ".join(
            f"{name} ({records:,} records)" for name, records in later.items()
        )
        super().__init__(
            f"{upload_id} cannot be fully undone, because later uploads changed the same "
            f"records: {listed}. Undo those first, latest first, or undo only the rest."
        )
        self.later = later


def undo(store: Store, upload_id: str, who: str, only_rest: bool = False) -> None:
    """Restore exactly the records from before an upload, in one transaction.

    `only_rest` keeps records that later uploads changed. Without it, such records raise
    TouchedLater. Raises UndoError if there is no such upload, if it is already undone, or
    if other records refer to records that it added.
    """
    with audited_transaction(store, who) as transaction:
        cursor = transaction.cursor
        dataset_name = _dataset_unless_undone(store, upload_id)
        if dataset_name == PARTNERS.name:
            # Keeps administrators from assigning a partner while it is removed.
            transaction.hold(store.users_lock)
        named = {"upload_id": upload_id}
        cursor.execute(query_files.statement("upload/keep_undoing"), named)
        later = _later_uploads(cursor, upload_id)
        if later and not only_rest:
            raise TouchedLater(upload_id, later)
        cursor.execute(query_files.statement("upload/drop_touched_later"))
        touched = cursor.execute(
            query_files.statement("upload/undoing_datasets")
        ).fetchall()
        if not touched:
            raise UndoError(f"Later uploads changed every record in {upload_id}.")
        datasets = [dataset for dataset in DATASETS.values() if (dataset.name,) in touched]
        with keeping_references(
            cursor, datasets, lambda broken: _needed(upload_id, broken)
        ):
            for dataset in datasets:
                _restore(cursor, dataset)
            cursor.execute(query_files.statement("upload/forget_merges"), named)
        cursor.execute(query_files.statement("upload/mark_changes_undone"), named)
        cursor.execute(
            query_files.statement("upload/mark_undone"), named | {"undone_by": who}
        )
        transaction.record(Action.UNDONE, upload_id=upload_id, only_rest=only_rest)


def _dataset_unless_undone(store: Store, upload_id: str) -> str:
    found = store.rows("upload/find_upload", upload_id=upload_id)
    if not found:
        raise UndoError(
            f"There is no upload {upload_id}. Find its number in the upload history."
        )
    state, dataset_name = found[0]
    if state == "undone":
        raise UndoError(f"{upload_id} was already undone. Nothing was changed.")
    return dataset_name


def _later_uploads(cursor: DuckDBPyConnection, upload_id: str) -> dict[str, int]:
    return dict(
        cursor.execute(
            query_files.statement("upload/later_uploads"), {"upload_id": upload_id}
        ).fetchall()
    )


def _restore(cursor: DuckDBPyConnection, dataset: Dataset) -> None:
    named = {"dataset": dataset.name}
    structure = {
        column.name: ["VARCHAR"] if column.kind is Kind.ID_LIST else column.sql_type
        for column in dataset.columns
    }
    added = UNDOING.rows(cursor).filter(
        (Col("dataset") == Value(dataset.name)) & Col("before").isnull()
    )
    remove_records(cursor, dataset, added)
    cursor.execute(
        query_files.statement("upload/keep_restored"),
        named | {"structure": json.dumps(structure)},
    )
    restored = RESTORED.rows(cursor).select(
        *(
            Call("struct_extract", Col("record"), Value(column.name)).alias(column.name)
            for column in dataset.columns
        )
    )
    put_records(cursor, dataset, restored)


def _needed(upload_id: str, broken: str) -> UndoError:
    return UndoError(
        f"{upload_id} cannot be undone, because other records refer to records that it "
        f"added: {broken}"
    )
