"""Checked files into the store, and out of it again: one transaction each."""

import json
from dataclasses import dataclass

from duckdb import CaseExpression, DuckDBPyConnection, Expression
from duckdb import ColumnExpression as Col
from duckdb import ConstantExpression as Value
from duckdb import FunctionExpression as Call

from cri_data import catalog
from cri_data.integrity import broken_references
from cri_data.schema import DATASETS, Dataset, Kind
from cri_data.store import Store
from cri_data.upload.checking import Checked, Progress, accepted, check_rows
from cri_data.upload.headings import Matching
from cri_data.upload.preparing import prepared_texts
from cri_data.upload.reading import FileRead
from cri_data.upload.recipe import Recipe


@dataclass(frozen=True)
class Committed:
    """What a commit did. `upload_id` is None where nothing had to change."""

    upload_id: str | None
    checked: Checked


class UndoError(Exception):
    """An upload cannot be undone; the message says why and what to do."""


class _NothingToWrite(Exception):
    def __init__(self, checked: Checked):
        super().__init__()
        self.checked = checked


def _quietly(step: str) -> None:
    """Progress that nobody watches."""
    del step


def check(
    store: Store,
    dataset: Dataset,
    file: FileRead,
    matching: Matching,
    recipe: Recipe,
    progress: Progress = _quietly,
) -> Checked:
    """What a commit of this file would do now. Changes nothing."""
    texts = prepared_texts(file, dataset, matching, recipe)
    with store.cursor() as cursor:
        cursor.begin()
        try:
            return check_rows(cursor, dataset, file, texts, recipe, progress)
        finally:
            cursor.rollback()


def commit(
    store: Store,
    dataset: Dataset,
    file: FileRead,
    matching: Matching,
    recipe: Recipe,
    who: str,
    progress: Progress = _quietly,
) -> Committed:
    """Write the good rows of a file, all in one transaction, or nothing.

    All or nothing, where the recipe says so, means that one rejected row keeps
    the others out too.

    The rows are checked here, against what the transaction sees: what another
    upload changed since somebody looked cannot slip in between. Raises
    StoreError where the store cannot be written.
    """
    texts = prepared_texts(file, dataset, matching, recipe)
    try:
        with store.writing() as cursor:
            checked = check_rows(cursor, dataset, file, texts, recipe, progress)
            keeps_out = recipe.all_or_nothing and checked.counts.rejected
            if keeps_out or not checked.counts.changes_something:
                raise _NothingToWrite(checked)
            progress("Writing")
            upload_id = _write(cursor, dataset, file, checked, who)
    except _NothingToWrite as nothing:
        return Committed(None, nothing.checked)
    return Committed(upload_id, checked)


def _write(
    cursor: DuckDBPyConnection,
    dataset: Dataset,
    file: FileRead,
    checked: Checked,
    who: str,
) -> str:
    upload_id = cursor.execute(catalog.statement("upload/next_upload_id")).fetchone()[0]
    touched = accepted(cursor).filter(Col("change") != Value("unchanged"))
    touched.select(
        Col("record_id"),
        _before(dataset).alias("before"),
        _as_json(dataset, "").alias("after"),
    ).query("found", catalog.statement("upload/keep_changed_records"))
    touched.select(*(Col(column.name) for column in dataset.columns)).query(
        "accepted", catalog.statement(f"upload/write_{dataset.name}")
    )
    cursor.execute(
        catalog.statement("upload/add_changes"),
        {"upload_id": upload_id, "dataset": dataset.name},
    )
    counts = checked.counts
    cursor.execute(
        catalog.statement("upload/add_upload"),
        {
            "upload_id": upload_id,
            "uploaded_by": who,
            "dataset": dataset.name,
            "file_name": file.name,
            "file_sha256": file.sha256,
            "rows_read": counts.rows,
            "rows_inserted": counts.inserted,
            "rows_updated": counts.updated,
            "rows_unchanged": counts.unchanged,
            "rows_rejected": counts.rejected,
            "warnings": counts.warnings,
        },
    )
    return upload_id


def _as_json(dataset: Dataset, prefix: str) -> Expression:
    pairs: list[Expression] = []
    for column in dataset.columns:
        pairs += [Value(column.name), Col(f"{prefix}{column.name}")]
    return Call("json_object", *pairs).cast("VARCHAR")


def _before(dataset: Dataset) -> Expression:
    """The stored row as JSON; null for a new one."""
    is_changed = Col("change") == Value("changed")
    return CaseExpression(is_changed, _as_json(dataset, "s_"))


# -- Undo ----------------------------------------------------------------------


def undo(store: Store, upload_id: str, who: str) -> None:
    """Put back exactly what was before an upload, in one transaction.

    Raises UndoError where there is no such upload, where it is undone
    already, where later uploads changed the same records, or where other
    records refer to those that it added.
    """
    with store.writing() as cursor:
        found = cursor.execute(
            catalog.statement("upload/find_upload"), {"upload_id": upload_id}
        ).fetchone()
        if found is None:
            raise UndoError(
                f"There is no upload {upload_id}. Look its number up in the history."
            )
        dataset, state = DATASETS[found[0]], found[1]
        if state == "undone":
            raise UndoError(f"{upload_id} is undone already. Nothing was changed.")
        _refuse_after_later_uploads(cursor, dataset, upload_id)
        cursor.execute(catalog.statement("upload/keep_removed"), {"upload_id": upload_id})
        _restore(cursor, dataset, upload_id)
        cursor.execute(catalog.statement(f"upload/remove_{dataset.name}"))
        _refuse_broken_references(cursor, dataset, upload_id)
        cursor.execute(
            catalog.statement("upload/mark_undone"),
            {"upload_id": upload_id, "undone_by": who},
        )


def _refuse_after_later_uploads(
    cursor: DuckDBPyConnection, dataset: Dataset, upload_id: str
) -> None:
    later = cursor.execute(
        catalog.statement("upload/later_uploads"),
        {"dataset": dataset.name, "upload_id": upload_id},
    ).fetchall()
    if later:
        listed = ", ".join(f"{name} ({records:,} records)" for name, records in later)
        raise UndoError(
            f"{upload_id} cannot be undone: later uploads changed the same records: "
            f"{listed}. Undo those first, the latest first."
        )


def _refuse_broken_references(
    cursor: DuckDBPyConnection, dataset: Dataset, upload_id: str
) -> None:
    """Refuse, which rolls back, where the undo left a reference to nothing."""
    broken = broken_references(cursor, dataset)
    if broken:
        listed = "; ".join(
            f"{finding.records:,} {finding.dataset} (the first is {finding.example})"
            for finding in broken
        )
        raise UndoError(
            f"{upload_id} cannot be undone: other records need what it would take "
            f"away: {listed}. Undo the uploads of those first."
        )


def _restore(cursor: DuckDBPyConnection, dataset: Dataset, upload_id: str) -> None:
    structure = {
        column.name: ["VARCHAR"] if column.kind is Kind.ID_LIST else column.sql_type
        for column in dataset.columns
    }
    cursor.execute(
        catalog.statement("upload/keep_restored"),
        {"upload_id": upload_id, "structure": json.dumps(structure)},
    )
    cursor.table("restored").select(
        *(
            Call("struct_extract", Col("record"), Value(column.name)).alias(column.name)
            for column in dataset.columns
        )
    ).query("accepted", catalog.statement(f"upload/write_{dataset.name}"))
