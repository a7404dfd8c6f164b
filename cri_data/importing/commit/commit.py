"""Commit checked files to the store, each in one transaction."""

import gzip
from dataclasses import asdict, dataclass

import pandas as pd
from duckdb import CaseExpression, DuckDBPyConnection, DuckDBPyRelation, Expression
from duckdb import ColumnExpression as Col
from duckdb import ConstantExpression as Value
from duckdb import FunctionExpression as Call

from cri_data.audit.log import Action, AuditedTransaction, audited_transaction
from cri_data.importing.commit.read_options import stored_options
from cri_data.importing.commit.rejected_rows import rejects_csv
from cri_data.importing.commit.stored_records import put_records
from cri_data.importing.mapping.mapped_file import MappedFile, may_be_kept
from cri_data.importing.mapping.saved_recipes import remember
from cri_data.importing.staging import CHANGES_TO_ADD
from cri_data.importing.validation.validate import (
    Counts,
    Progress,
    ValidationResult,
    accepted_rows,
    check_rows,
    no_progress,
)
from cri_data.model.datasets import Dataset
from cri_data.model.roles import Viewer
from cri_data.store import facts, query_files
from cri_data.store.rows import only_row
from cri_data.store.store import Store

# The kind of an upload that came from a file. Corrections, for example, have other kinds.
FILE = "file"


@dataclass(frozen=True)
class Committed:
    """The result of a commit. `upload_id` is None if nothing had to change."""

    upload_id: str | None
    checked: ValidationResult


class NothingToWrite(Exception):
    """There is no row to write, so the transaction is rolled back."""

    def __init__(self, checked: ValidationResult):
        super().__init__()
        self.checked = checked


def check(
    store: Store, prepared: MappedFile, progress: Progress = no_progress
) -> ValidationResult:
    """The result that a commit of this file would have now. Changes nothing."""
    with store.cursor() as cursor:
        cursor.begin()
        try:
            return check_rows(cursor, prepared, progress)
        finally:
            cursor.rollback()


def commit(
    store: Store,
    prepared: MappedFile,
    who: str,
    progress: Progress = no_progress,
) -> Committed:
    """Write the valid rows of a file in one transaction.

    If the recipe says all or nothing, nothing is written if one row is rejected. Raises
    StoreError if the store can't be written.
    """
    try:
        with audited_transaction(store, who) as transaction:
            return write_good(transaction, prepared, FILE, Action.UPLOADED, progress)
    except NothingToWrite as nothing:
        return Committed(None, nothing.checked)


def write_good(
    transaction: AuditedTransaction,
    prepared: MappedFile,
    kind: str,
    action: Action,
    progress: Progress = no_progress,
    **what: object,
) -> Committed:
    """Write the valid rows within a transaction, with an audit log entry.

    The rows are checked here against the transaction's data, so another upload since the
    preview can't interfere. `what` has more details for the entry. Raises NothingToWrite.
    """
    checked = check_rows(transaction.cursor, prepared, progress)
    counts = checked.counts
    keeps_out = prepared.recipe.all_or_nothing and counts.rejected
    if keeps_out or not counts.changes_something:
        raise NothingToWrite(checked)
    progress("Writing")
    upload_id = _write(transaction.cursor, prepared, checked, transaction.who, kind)
    transaction.record(
        action,
        upload_id=upload_id,
        dataset=prepared.dataset.name,
        new=counts.inserted,
        changed=counts.updated,
        rejected=counts.rejected,
        **what,
    )
    return Committed(upload_id, checked)


def answer_after(
    store: Store, prepared: MappedFile, question: str, viewer: Viewer, **values: object
) -> pd.DataFrame:
    """The result that a query would have after a commit. Changes nothing.

    Writes the rows, runs the query, and rolls back. Other writers wait in the meantime, but
    readers don't.
    """
    try:
        with store.writing() as cursor:
            checked = check_rows(cursor, prepared, no_progress)
            if checked.counts.changes_something:
                upload_id = _write(cursor, prepared, checked, "preview", FILE)
                facts.bring_after(cursor, [upload_id])
            raise _OnlyAsked(store.ask_within(cursor, question, viewer, **values))
    except _OnlyAsked as asked:
        return asked.answer


class _OnlyAsked(Exception):
    def __init__(self, answer: pd.DataFrame):
        super().__init__()
        self.answer = answer


def _write(
    cursor: DuckDBPyConnection,
    prepared: MappedFile,
    checked: ValidationResult,
    who: str,
    kind: str,
) -> str:
    dataset, file, counts = prepared.dataset, prepared.file, checked.counts
    upload_id = add_upload(
        cursor,
        Written(
            kind=kind,
            dataset=dataset.name,
            uploaded_by=who,
            file_name=file.name,
            file_sha256=file.sha256,
            rows_read=counts.rows,
            rows_inserted=counts.inserted,
            rows_updated=counts.updated,
            rows_unchanged=counts.unchanged,
            rows_rejected=counts.rejected,
            warnings=counts.warnings,
        ),
    )
    touched = accepted_rows(cursor).filter(Col("change") != Value("unchanged"))
    add_changes(
        touched.select(
            Col("record_id"),
            _before(dataset).alias("before"),
            as_json(dataset).alias("after"),
        ),
        upload_id,
        dataset,
    )
    _write_rows(cursor, dataset, counts)
    if kind == FILE:
        _keep_file(cursor, upload_id, prepared, checked)
        remember(cursor, prepared, checked.refuted_orders, who)
    return upload_id


@dataclass(frozen=True)
class Written:
    """The row of an upload in `uploads`."""

    kind: str
    dataset: str
    uploaded_by: str
    file_name: str | None = None
    file_sha256: str | None = None
    rows_read: int = 0
    rows_inserted: int = 0
    rows_updated: int = 0
    rows_withdrawn: int = 0
    rows_unchanged: int = 0
    rows_rejected: int = 0
    warnings: int = 0


def add_upload(cursor: DuckDBPyConnection, written: Written) -> str:
    """Store an upload. Returns its ID."""
    named = cursor.execute(query_files.statement("upload/next_upload_id"))
    upload_id: str = only_row(named)[0]
    cursor.execute(
        query_files.statement("upload/add_upload"),
        {"upload_id": upload_id} | asdict(written),
    )
    return upload_id


def add_changes(changed: DuckDBPyRelation, upload_id: str, dataset: Dataset) -> None:
    """Store the changes of an upload: record_id, and before and after as JSON."""
    to_add = changed.select(
        Value(upload_id).alias("upload_id"),
        Value(dataset.name).alias("dataset"),
        Col("record_id"),
        Col("before"),
        Col("after"),
        Value(False).alias("is_undone"),
    )
    CHANGES_TO_ADD.run(to_add, "add_changes")


def _write_rows(cursor: DuckDBPyConnection, dataset: Dataset, counts: Counts) -> None:
    """Insert the new rows, and replace the changed ones."""
    rows = accepted_rows(cursor)
    if counts.inserted:
        # In the order of the store's columns, because they are inserted by position.
        names = cursor.table(dataset.name).columns
        new = rows.filter(Col("change") == Value("new"))
        new.select(*map(Col, names)).insert_into(dataset.name)
    if counts.updated:
        changed = rows.filter(Col("change") == Value("changed"))
        put_records(cursor, dataset, changed)


def _keep_file(
    cursor: DuckDBPyConnection,
    upload_id: str,
    prepared: MappedFile,
    checked: ValidationResult,
) -> None:
    """Store the original file and its rejected rows, if they are not too large."""
    rejected = rejects_csv(prepared.file, checked) if checked.counts.rejected else None
    kept = [
        gzip.compress(data) if data is not None and may_be_kept(data) else None
        for data in (prepared.content, rejected)
    ]
    cursor.execute(
        query_files.statement("upload/add_file"),
        {"upload_id": upload_id, "content": kept[0], "rejected": kept[1]},
    )
    cursor.execute(
        query_files.statement("upload/add_reading"),
        {
            "upload_id": upload_id,
            "told": stored_options(prepared.recipe.read_options, prepared.file),
        },
    )


def as_json(dataset: Dataset, prefix: str = "") -> Expression:
    """The row of a dataset as JSON, from its columns with this prefix."""
    fields = [Col(f"{prefix}{one.name}").alias(one.name) for one in dataset.columns]
    # The same text as json_object() gives, in three quarters of its time.
    return Call("to_json", Call("struct_pack", *fields)).cast("VARCHAR")


def _before(dataset: Dataset) -> Expression:
    """The stored row as JSON. Null for a new one."""
    is_changed = Col("change") == Value("changed")
    return CaseExpression(is_changed, as_json(dataset, "s_"))
