"""Warnings about values that are hardly meant: a switch takes each class as blank."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pyarrow.compute as pc
from duckdb import ColumnExpression as Col
from duckdb import ConstantExpression as Value
from duckdb import DuckDBPyConnection, DuckDBPyRelation, Expression
from duckdb import FunctionExpression as Call

from cri_data.importing.problems import problem_rows
from cri_data.importing.staging import TYPED
from cri_data.importing.validation.column_readings import ORDER_WORDS
from cri_data.importing.validation.typed_values import Typed
from cri_data.model.datasets import Column, Kind
from cri_data.model.problem_rules import Rule, Severity, message
from cri_data.model.units import OF_THE_METRIC

# Programs write 1900-01-01 or 1970-01-01 for an unknown day, and 2099-12-31 for no end.
_LONG_AGO = date(1970, 12, 31)
_FAR_AHEAD_DAYS = 10 * 366


def unlikely_values(
    cursor: DuckDBPyConnection, typed: Typed, present: list[Column]
) -> Iterator[DuckDBPyRelation]:
    """Rows of the file with values that are hardly meant."""
    for column in present:
        if column.kind is Kind.DATE:
            yield from _unlikely_dates(cursor, typed, column)
        elif column.unit is OF_THE_METRIC:
            yield from _shares(cursor, typed.table, column)


def _unlikely_dates(
    cursor: DuckDBPyConnection, typed: Typed, column: Column
) -> Iterator[DuckDBPyRelation]:
    # In the office's zone it may be tomorrow already, or a day may be entered ahead.
    today = datetime.now(UTC).date() + timedelta(days=1)
    latest = today + timedelta(days=_FAR_AHEAD_DAYS if column.may_be_ahead else 0)
    day = Col(f"v_{column.name}")
    span = pc.min_max(typed.table[f"v_{column.name}"]).as_py()
    if span["max"] and span["max"] > latest:
        case = "far ahead" if column.may_be_ahead else "future"
        said = message(Rule.UNLIKELY, case, today=today - timedelta(days=1))
        yield _warning(cursor, column, day > Value(latest), said)
    if span["min"] and span["min"] <= _LONG_AGO:
        said = message(Rule.UNLIKELY, "long ago")
        yield _warning(cursor, column, day <= Value(_LONG_AGO), said)
    reading = typed.readings[column.name]
    if reading.is_swapped and reading.date_order in ORDER_WORDS:
        said = message(Rule.UNLIKELY, "swapped", order=ORDER_WORDS[reading.date_order])
        text = Col(f"x_{column.name}")
        yield _warning(cursor, column, Call("is_exchangeable_day", text), said)


def _shares(
    cursor: DuckDBPyConnection, typed: pa.Table, column: Column
) -> Iterator[DuckDBPyRelation]:
    """Values of metrics in percent, if all of these in the column look like shares."""
    name = f"v_{column.name}"
    values = typed.filter(pc.equal(typed["metric_unit"], "percent"))[name]
    if _are_shares(values):
        is_share = (Col("metric_unit") == Value("percent")) & (Col(name) > Value(0))
        yield _warning(cursor, column, is_share, message(Rule.UNLIKELY, "share"))


def _are_shares(values: pa.ChunkedArray) -> bool:
    """Whether no value is above 1, and one is a fraction."""
    largest = pc.max(values).as_py()
    if largest is None or largest > 1:
        return False
    return bool(pc.any(pc.not_equal(values, pc.round(values))).as_py())


def _warning(
    cursor: DuckDBPyConnection, column: Column, is_unlikely: Expression, said: str
) -> DuckDBPyRelation:
    return problem_rows(
        TYPED.rows(cursor).filter(is_unlikely),
        column.name,
        Col(f"x_{column.name}"),
        Rule.UNLIKELY,
        Severity.WARNING,
        Value(said),
    )
