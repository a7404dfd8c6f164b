"""Rows of answers, with types that a checker can follow."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pandas as pd


def only_row(
    answer: duckdb.DuckDBPyConnection | duckdb.DuckDBPyRelation,
) -> tuple[Any, ...]:
    """The only row of a result, such as a count.

    Raises ValueError if there is none.
    """
    # Fetches all rows, because a result that is not read completely keeps its
    # transaction open.
    rows = answer.fetchall()
    if len(rows) != 1:
        raise ValueError(f"A question with exactly one row as its answer has {len(rows)}.")
    row: tuple[Any, ...] = rows[0]
    return row


def table_rows(table: pd.DataFrame) -> Iterator[Any]:
    """The rows of a table, with the columns as attributes."""
    yield from table.itertuples()


def table_records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as dictionaries by column."""
    return [
        {str(name): value for name, value in row.items()}
        for row in table.to_dict(orient="records")
    ]
