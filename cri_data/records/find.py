"""Find records, and read the current values of one."""

from duckdb import ColumnExpression as Col
from duckdb import ConstantExpression as Value
from duckdb import DuckDBPyConnection
from duckdb import FunctionExpression as Call

from cri_data.model.datasets import DATASETS, Dataset
from cri_data.model.refusal import Refusal
from cri_data.store.cell_text import as_cell
from cri_data.store.store import Store

MOST_FOUND = 50

# A record as cells of a file, by column. Unknown values are blank.
Cells = dict[str, str]


class RecordError(Refusal):
    """The change is not possible. The message says why and what to do."""


def found_records(store: Store, dataset_name: str, text: str) -> dict[str, str]:
    """The records whose ID, name, or summary contains the text: a line by ID.

    Ignores case. At most 50, in order of the key.
    """
    dataset = DATASETS[dataset_name]
    named = [
        column.name
        for column in dataset.columns
        if column.name == dataset.key or column.name.endswith(("_name", "summary"))
    ]
    required = dataset.required
    texts = [Col(name).cast("VARCHAR") for name in dict.fromkeys([*named, *required])]
    line = Call("concat_ws", Value(" · "), *texts)
    hit = Value(False)
    for name in named:
        hit = hit | Call("contains", Call("lower", Col(name)), Value(text.lower()))
    with store.cursor() as cursor:
        rows = cursor.table(dataset.name).filter(hit).select(Col(dataset.key), line)
        return dict(rows.sort(Col(dataset.key)).limit(MOST_FOUND).fetchall())


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
