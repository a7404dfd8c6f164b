"""One record: found, corrected, withdrawn; two agencies that are one, merged.

Each is an upload of its own, with the same checks, changes, history and undo.
"""

import hashlib

import pyarrow as pa
from duckdb import ColumnExpression as Col
from duckdb import ConstantExpression as Value
from duckdb import DuckDBPyConnection, DuckDBPyRelation
from duckdb import FunctionExpression as Call

from cri_data import catalog
from cri_data.audit import Action, writing
from cri_data.integrity import broken_references
from cri_data.relations import as_cell
from cri_data.schema import AGENCIES, DATASETS, REQUESTS, Dataset
from cri_data.store import Store
from cri_data.upload.committing import (
    CORRECTION,
    Written,
    add_changes,
    add_upload,
    as_json,
    check,
    commit,
)
from cri_data.upload.headings import Matching
from cri_data.upload.loading import Loading, refuse_demonstration
from cri_data.upload.preparing import Prepared, prepared_texts
from cri_data.upload.reading import Dialect, FileRead
from cri_data.upload.recipe import Recipe

WITHDRAWAL = "withdrawal"
MERGE = "merge"

# The row of a single record: as if it stood under one row of headings.
_ROW = 2

MOST_FOUND = 50


class RecordError(Exception):
    """A record cannot be changed so; the message says why and what to do."""


def found_records(store: Store, dataset_name: str, text: str) -> dict[str, str]:
    """Ids and a line of each record whose id, name or summary holds the text.

    Upper and lower case are the same. At most 50, in the order of the key.
    """
    dataset = DATASETS[dataset_name]
    named = [
        column.name
        for column in dataset.columns
        if column.name == dataset.key or column.name.endswith(("_name", "summary"))
    ]
    required = dataset.required
    told = [Col(name).cast("VARCHAR") for name in dict.fromkeys([*named, *required])]
    line = Call("concat_ws", Value(" · "), *told)
    hit = Value(False)
    for name in named:
        hit = hit | Call("contains", Call("lower", Col(name)), Value(text.lower()))
    with store.cursor() as cursor:
        rows = cursor.table(dataset.name).filter(hit).select(Col(dataset.key), line)
        return dict(rows.sort(Col(dataset.key)).limit(MOST_FOUND).fetchall())


def record_cells(store: Store, dataset_name: str, record_id: str) -> dict[str, str]:
    """The record as the cells of a file, by column; blank where not known.

    Raises RecordError where there is no such record.
    """
    dataset = DATASETS[dataset_name]
    with store.cursor() as cursor:
        row = (
            cursor.table(dataset.name)
            .filter(Col(dataset.key) == Value(record_id))
            .select(*(as_cell(column, column.name) for column in dataset.columns))
            .fetchone()
        )
    if row is None:
        raise RecordError(f"There is no {dataset.row_is} '{record_id}'. Look it up again.")
    names = [column.name for column in dataset.columns]
    return {name: cell or "" for name, cell in zip(names, row, strict=True)}


def look_at_correction(store: Store, dataset_name: str, cells: dict[str, str]) -> Loading:
    """What correcting a record to these cells would do. Changes nothing."""
    prepared = _one_row(DATASETS[dataset_name], cells)
    return Loading(prepared, check(store, prepared))


def correct(store: Store, dataset_name: str, cells: dict[str, str], who: str) -> Loading:
    """Make a record what the cells say; a blank one erases what was stored.

    A key that is not stored makes a new record. What is wrong with the cells is
    in the problems of the answer, and then nothing is changed.
    """
    refuse_demonstration(store)
    prepared = _one_row(DATASETS[dataset_name], cells)
    committed = commit(store, prepared, who, kind=CORRECTION)
    return Loading(prepared, committed.checked, committed.upload_id)


def _one_row(dataset: Dataset, cells: dict[str, str]) -> Prepared:
    names = tuple(cells)
    recipe = Recipe(blanks_erase=True)
    rows = {"row": pa.array([_ROW], pa.int64())} | {
        f"c{place}": pa.chunked_array([pa.array([text], pa.string())])
        for place, text in enumerate(cells.values())
    }
    content = "\n".join(f"{name}={text}" for name, text in cells.items()).encode()
    file = FileRead(
        name=cells.get(dataset.key, ""),
        sha256=hashlib.sha256(content).hexdigest(),
        dialect=Dialect("utf-8", ",", '"', '"', "\n"),
        headings=names,
        header=names,
        rows=pa.table(rows),
        faults=(),
    )
    matching = Matching({name: place for place, name in enumerate(names)}, ())
    texts = prepared_texts(file, dataset, matching, recipe)
    return Prepared(dataset, file, b"", recipe, matching, texts)


def withdraw(store: Store, dataset_name: str, record_id: str, who: str) -> str:
    """Take a record out of the store; the upload's id, which undo takes back.

    Raises RecordError where there is none, or where others refer to it.
    """
    refuse_demonstration(store)
    dataset = DATASETS[dataset_name]
    with writing(store, who) as doing:
        cursor = doing.cursor
        upload_id = add_upload(
            cursor,
            Written(WITHDRAWAL, dataset.name, who, file_name=record_id, rows_withdrawn=1),
        )
        _remove(cursor, upload_id, dataset, record_id)
        _refuse_broken(cursor, dataset, record_id)
        doing.say(Action.WITHDRAWN, upload_id=upload_id, dataset=dataset.name)
    return upload_id


def _remove(
    cursor: DuckDBPyConnection, upload_id: str, dataset: Dataset, record_id: str
) -> None:
    found = cursor.table(dataset.name).filter(Col(dataset.key) == Value(record_id))
    if found.fetchone() is None:
        raise RecordError(f"There is no {dataset.row_is} '{record_id}'. Look it up again.")
    found.select(
        Col(dataset.key).alias("record_id"), as_json(dataset).alias("before")
    ).query("found", catalog.statement("upload/keep_withdrawn"))
    add_changes(cursor.table("changed_records"), upload_id, dataset)
    cursor.execute(catalog.statement("upload/keep_removed_record"))
    cursor.execute(catalog.statement(f"upload/remove_{dataset.name}"))


def _refuse_broken(cursor: DuckDBPyConnection, dataset: Dataset, record_id: str) -> None:
    broken = broken_references(cursor, dataset)
    if broken:
        listed = "; ".join(
            f"{finding.records:,} {finding.dataset} (the first is {finding.example})"
            for finding in broken
        )
        raise RecordError(
            f"'{record_id}' cannot be withdrawn: others refer to it: {listed}. "
            "Withdraw or correct those first."
        )


def merge_agencies(store: Store, gone_id: str, kept_id: str, who: str) -> str:
    """Make one agency of two: requests follow, the old id leads to the kept one.

    The upload's id, which undo takes back. Raises RecordError where one of them
    is none.
    """
    refuse_demonstration(store)
    if gone_id == kept_id:
        raise RecordError("An agency cannot be merged into itself. Choose two.")
    record_cells(store, AGENCIES.name, kept_id)
    with writing(store, who) as doing:
        cursor = doing.cursor
        requests = cursor.table(REQUESTS.name).filter(Col("agency_id") == Value(gone_id))
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
        _remove(cursor, upload_id, AGENCIES, gone_id)
        cursor.execute(
            catalog.statement("upload/add_merge"),
            {"agency_id": gone_id, "into_agency_id": kept_id, "upload_id": upload_id},
        )
        doing.say(Action.MERGED, upload_id=upload_id, dataset=AGENCIES.name)
    return upload_id


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
    moved.select(
        Col("request_id").alias("record_id"),
        Col("before"),
        as_json(REQUESTS).alias("after"),
    ).query("found", catalog.statement("upload/keep_changed_records"))
    moved.select(*(Col(column.name) for column in REQUESTS.columns)).query(
        "accepted", catalog.statement("upload/write_requests")
    )
    add_changes(cursor.table("changed_records"), upload_id, REQUESTS)
