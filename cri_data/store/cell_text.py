"""Stored values as the text of a file's cells."""

from duckdb import ColumnExpression, Expression, FunctionExpression
from duckdb import ConstantExpression as Value

from cri_data.model.datasets import Column, Kind


def as_cell(column: Column, name: str) -> Expression:
    """The value in the column `name` as text: dates as 2018-01-31, lists with ;."""
    stored = ColumnExpression(name)
    if column.kind is Kind.ID_LIST:
        return FunctionExpression("array_to_string", stored, Value(";"))
    return stored.cast("VARCHAR")
