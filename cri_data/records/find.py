"""Find records, and read the current values of one."""

import pandas as pd
from duckdb import ColumnExpression as Col
from duckdb import ConstantExpression as Value
from duckdb import DuckDBPyConnection

from cri_data.model.datasets import AGENCIES, DATASETS, Dataset
from cri_data.model.refusal import Refusal
from cri_data.model.roles import STAFF
from cri_data.store import query_files
from cri_data.store.cell_text import as_cell
from cri_data.store.store import Store

MOST_FOUND = 50

# A record as cells of a file, by column. Unknown values are blank.
Cells = dict[str, str]


class RecordError(Refusal):
    """The change is not possible. The message says why and what to do."""


def found_records(store: Store, dataset_name: str, text: str) -> pd.DataFrame:
    """The records that the text finds, each with what people know it by. At most 50.

    A record is found by its ID and names, and by those of the agency, partner, or metric
    that it belongs to. Each word of the text must occur. Ignores case.
    """
    if dataset_name == AGENCIES.name:
        # A question like any other: dashboards find agencies, too.
        return store.ask("agencies_found_list", STAFF, text=text, row_limit=MOST_FOUND)
    statement = query_files.statement(f"records/{DATASETS[dataset_name].name}_found")
    with store.cursor() as cursor:
        return cursor.execute(statement, {"text": text, "row_limit": MOST_FOUND}).df()


def record_cells(store: Store, dataset_name: str, record_id: str) -> Cells:
    """The record as cells of a file, by column. Unknown values are blank.

    Raises RecordError if there is no such record.
    """
    with store.cursor() as cursor:
        return cells_of(cursor, DATASETS[dataset_name], record_id)


def cells_of(cursor: DuckDBPyConnection, dataset: Dataset, record_id: str) -> Cells:
    """The record's cells, as this cursor's transaction sees them."""
    row = (
        cursor.table(dataset.name)
        .filter(Col(dataset.key) == Value(record_id))
        .select(*(as_cell(column, column.name) for column in dataset.columns))
        .fetchone()
    )
    if row is None:
        raise RecordError(
            f"There is no {dataset.row_is} '{record_id}'. Search for it again."
        )
    names = [column.name for column in dataset.columns]
    return {name: cell or "" for name, cell in zip(names, row, strict=True)}
