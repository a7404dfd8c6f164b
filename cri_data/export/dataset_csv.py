"""The datasets as CSV files, which `load` reads back unchanged."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

from duckdb import DuckDBPyConnection

from cri_data.export.csv_writer import row_writer
from cri_data.export.formula_guard import exact, guarded
from cri_data.model.datasets import DATASETS, Dataset
from cri_data.store.cell_text import as_cell
from cri_data.store.store import Store

_CHUNK = 10_000


def export(
    store: Store,
    directory: Path,
    before: Callable[[dict[str, int]], None] = lambda _: None,
) -> dict[str, int]:
    """Write each dataset to `directory` as <dataset>.csv. Returns the rows by dataset.

    First calls `before` with these numbers. If it raises an error, nothing is written.
    Files are in UTF-8, with commas, LF, rows in key order, and exact values. Creates the
    directory. Raises OSError if a file can't be written.
    """
    directory.mkdir(parents=True, exist_ok=True)
    with store.cursor() as cursor:
        # One transaction, so that all files are from the same data version.
        cursor.begin()
        counts = {name: cursor.table(name).shape[0] for name in DATASETS}
        before(counts)
        for dataset in DATASETS.values():
            path = directory / f"{dataset.name}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                _write(file, cursor, dataset, exact)
        cursor.rollback()
    return counts


def counted_dataset_csv(store: Store, dataset: Dataset) -> tuple[bytes, int]:
    """One dataset as CSV for a spreadsheet, and its number of rows.

    Has a byte order mark and a guard against formulas.
    """
    text = io.StringIO(newline="")
    with store.cursor() as cursor:
        rows = _write(text, cursor, dataset, guarded)
    return text.getvalue().encode("utf-8-sig"), rows


def _write(
    file: io.TextIOBase,
    cursor: DuckDBPyConnection,
    dataset: Dataset,
    safe: Callable[[str], str],
) -> int:
    write_row = row_writer(file)
    write_row(column.name for column in dataset.columns)
    written = 0
    for row in _rows(cursor, dataset):
        write_row("" if cell is None else safe(cell) for cell in row)
        written += 1
    return written


def _rows(cursor: DuckDBPyConnection, dataset: Dataset) -> Iterator[tuple[str | None, ...]]:
    rows = (
        cursor.table(dataset.name)
        .order(dataset.key)
        .select(
            *(as_cell(column, column.name).alias(column.name) for column in dataset.columns)
        )
    )
    while chunk := rows.fetchmany(_CHUNK):
        yield from chunk
