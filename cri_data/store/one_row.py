"""The one row of an answer that always has one."""

from typing import Any

from duckdb import DuckDBPyConnection, DuckDBPyRelation


def one_row(answer: DuckDBPyConnection | DuckDBPyRelation) -> tuple[Any, ...]:
    """The next row of an answer. Raises LookupError where there is none."""
    row = answer.fetchone()
    if row is None:
        raise LookupError("The statement gave no row.")
    return row
