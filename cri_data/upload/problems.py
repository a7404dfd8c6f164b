"""A problem of a row: which column and value, which rule, what to do."""

import pyarrow as pa
from duckdb import CoalesceOperator, DuckDBPyConnection, DuckDBPyRelation, Expression
from duckdb import ColumnExpression as Col
from duckdb import ConstantExpression as Value
from duckdb import FunctionExpression as Call

from cri_data import catalog
from cri_data.upload.reading import Fault

# An error rejects its row; a warning does not.
ERROR = "error"
WARNING = "warning"

# So much of a value is shown.
_LONGEST = 200


def problem_rows(
    rows: DuckDBPyRelation,
    column: str,
    shown: Expression,
    rule: str,
    severity: str,
    message: Expression,
) -> DuckDBPyRelation:
    """A problem for each of these rows; `shown` is the value as the file has it."""
    return rows.select(
        Col("row"),
        Value(column).alias("column_name"),
        Call("left", CoalesceOperator(shown, Value("")), Value(_LONGEST)).alias("value"),
        Value(rule).alias("rule"),
        Value(severity).alias("severity"),
        message.alias("message"),
    )


def add_problems(found: DuckDBPyRelation) -> None:
    """Write these problems down, in the temporary table `problems`."""
    found.query("found", catalog.statement("upload/add_problems"))


def add_faults(cursor: DuckDBPyConnection, faults: tuple[Fault, ...]) -> None:
    """Write down the rows whose structure is broken."""
    found = pa.table(
        {
            "row": pa.array([fault.row for fault in faults], pa.int64()),
            "column_name": pa.array(["" for _ in faults], pa.string()),
            "value": pa.array([fault.value for fault in faults], pa.string()),
            "rule": pa.array([fault.rule for fault in faults], pa.string()),
            "severity": pa.array([ERROR for _ in faults], pa.string()),
            "message": pa.array([fault.message for fault in faults], pa.string()),
        }
    )
    cursor.register("found", found)
    cursor.execute(catalog.statement("upload/add_problems"))
    cursor.unregister("found")
