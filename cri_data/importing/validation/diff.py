"""Compare the rows of a file with the store: new, changed, and unchanged."""

from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from duckdb import (
    CaseExpression,
    CoalesceOperator,
    DuckDBPyConnection,
    DuckDBPyRelation,
    Expression,
)
from duckdb import ColumnExpression as Col
from duckdb import ConstantExpression as Value

from cri_data.importing.staging import ALL_NEW, BESIDE_STORED, GOOD, GOOD_NEW, TYPED
from cri_data.importing.validation.typed_values import in_row_groups
from cri_data.model.datasets import Column, Dataset
from cri_data.store import query_files
from cri_data.store.cell_text import as_cell

# The most differences and new records that a check returns for display.
SHOWN = 1_000

# Threads that stay, as in reading/read.py.
_WORKERS = ThreadPoolExecutor(2, "columns")


def keep_merged(
    cursor: DuckDBPyConnection,
    dataset: Dataset,
    typed: pa.Table,
    present: list[Column],
    blanks_erase: bool,
) -> bool:
    """Make the table `merged`: row, record_id, change, each column and s_<column>.

    Has one row per row of the file, so that all its problems are found. A missing column
    keeps the stored values, and so does a blank cell, unless blank cells delete values. An
    unrecognized text does not count as blank. Returns whether no record is stored yet.
    """
    ids = cursor.table(dataset.name).select(Col(dataset.key).alias("record_id"))
    if TYPED.rows(cursor).join(ids, "record_id", how="semi").limit(1).fetchone() is None:
        ALL_NEW.hand_over(cursor, _all_new(cursor, dataset, typed))
        cursor.execute(query_files.statement("upload/keep_all_new"))
        return True
    stored = cursor.table(dataset.name).select(
        Col(dataset.key).alias("record_id"),
        Value(True).alias("is_stored"),
        *(Col(column.name).alias(f"s_{column.name}") for column in dataset.columns),
    )
    names = {column.name for column in present}
    beside = TYPED.rows(cursor).join(stored, "record_id", how="left")
    is_changed = Value(False)
    after: dict[str, Expression] = {}
    for column in dataset.columns:
        given, was = Col(f"v_{column.name}"), Col(f"s_{column.name}")
        if column.name not in names:
            after[column.name] = was
            continue
        after[column.name] = CoalesceOperator(given, was)
        # Null-safe, because a null that gets a value is a change too.
        differs = CoalesceOperator(
            given.isnotnull() & ((given != was) | was.isnull()), Value(False)
        )
        if blanks_erase:
            erased = Col(f"x_{column.name}").isnull()
            if f"u_{column.name}" in typed.column_names:
                erased = erased & ~CoalesceOperator(Col(f"u_{column.name}"), Value(False))
            after[column.name] = CaseExpression(~erased, after[column.name])
            differs = differs | (erased & was.isnotnull())
        is_changed = is_changed | differs
    compared = beside.select(
        Col("row"),
        Col("record_id"),
        CaseExpression(Col("is_stored").isnull(), Value("new"))
        .when(is_changed, Value("changed"))
        .otherwise(Value("unchanged"))
        .alias("change"),
        *(after[column.name].alias(column.name) for column in dataset.columns),
        *(Col(f"s_{column.name}") for column in dataset.columns),
    )
    BESIDE_STORED.run(compared, "keep_merged")
    return False


def _all_new(cursor: DuckDBPyConnection, dataset: Dataset, typed: pa.Table) -> pa.Table:
    """The table `merged` if no record is stored yet: the values of the file."""
    stored = cursor.table(dataset.name).limit(0).to_arrow_table().schema
    nothing = {
        column.name: _nulls(typed, stored.field(column.name).type)
        for column in dataset.columns
    }
    given = {
        column.name: typed[f"v_{column.name}"]
        for column in dataset.columns
        if f"v_{column.name}" in typed.column_names
    }
    return pa.table(
        {
            "row": typed["row"],
            "record_id": typed["record_id"],
            **(nothing | given),
            **{f"s_{name}": column for name, column in nothing.items()},
        }
    )


def _nulls(typed: pa.Table, kind: pa.DataType) -> pa.ChunkedArray:
    """A column without values, in chunks that share their memory."""
    lengths = [len(chunk) for chunk in typed["row"].chunks]
    longest = pa.nulls(max(lengths, default=0), kind)
    return pa.chunked_array([longest.slice(0, length) for length in lengths], kind)


def keep_good(
    cursor: DuckDBPyConnection, dataset: Dataset, typed: pa.Table, is_all_new: bool
) -> None:
    """Make the view `good`: the valid rows of `merged`."""
    passed_over = cursor.execute(query_files.statement("upload/passed_over_rows"))
    rows = passed_over.to_arrow_table()["row"]
    if not len(rows):
        cursor.execute(query_files.statement("upload/keep_good_all"))
        return
    if not is_all_new:
        cursor.execute(query_files.statement("upload/keep_good_others"))
        return
    is_good = pc.invert(pc.is_in(typed["row"], value_set=rows.combine_chunks()))
    names = [name for name in typed.column_names if name == "row" or name[:2] == "v_"]
    # Texts and lists take most work, so they start first. Only two columns at a time, to
    # save memory.
    names.reverse()
    columns = _WORKERS.map(lambda n: typed[n].filter(is_good).combine_chunks(), names)
    new = in_row_groups(pa.table(dict(zip(names, columns, strict=True))))
    new = new.append_column("record_id", new[f"v_{dataset.key}"])
    GOOD_NEW.hand_over(cursor, _all_new(cursor, dataset, new))
    cursor.execute(query_files.statement("upload/keep_good_new"))


def accepted_rows(cursor: DuckDBPyConnection) -> DuckDBPyRelation:
    """The valid rows of `merged`. Of equal rows, only the first."""
    return GOOD.rows(cursor)


def differences(cursor: DuckDBPyConnection, dataset: Dataset, updated: int) -> pd.DataFrame:
    """The first SHOWN values that would change: row, record_id, column, before, after.

    `updated` is the number of rows that change. If it is 0, the rows are not searched.
    """
    # Each changed row has a difference, so the first rows have the first differences.
    changed = _first(accepted_rows(cursor).filter(Col("change") == Value("changed")))
    parts = [
        changed.filter(_differs(column.name)).select(
            Col("row"),
            Col("record_id"),
            Value(column.name).alias("column"),
            as_cell(column, f"s_{column.name}").alias("before"),
            as_cell(column, column.name).alias("after"),
        )
        # Each part takes time to plan, so there is only one if nothing is found.
        for column in (dataset.columns if updated else dataset.columns[:1])
    ]
    differences = parts[0]
    for part in parts[1:]:
        differences = differences.union(part)
    return differences.sort(Col("row"), Col("column")).limit(SHOWN).df()


def _differs(name: str) -> Expression:
    now, was = Col(name), Col(f"s_{name}")
    one_is_null = now.isnull() != was.isnull()
    return one_is_null | CoalesceOperator(now != was, Value(False))


def new_records(cursor: DuckDBPyConnection, dataset: Dataset) -> pd.DataFrame:
    """The first SHOWN new records, as cells of a file."""
    new = _first(accepted_rows(cursor).filter(Col("change") == Value("new")))
    return (
        new.select(
            Col("row"),
            *(
                as_cell(column, column.name).alias(column.name)
                for column in dataset.columns
            ),
        )
        .sort(Col("row"))
        .df()
    )


def _first(rows: DuckDBPyRelation) -> DuckDBPyRelation:
    """The first SHOWN of these rows, selected by their numbers."""
    first = rows.select(Col("row")).sort(Col("row")).limit(SHOWN).set_alias("first")
    return rows.join(first, "row", how="semi")
