"""A problem of a row: which column and value, which rule, what to do."""

import pandas as pd
import pyarrow as pa
from duckdb import CoalesceOperator, DuckDBPyConnection, DuckDBPyRelation, Expression
from duckdb import ColumnExpression as Col
from duckdb import ConstantExpression as Value
from duckdb import FunctionExpression as Call

from cri_data.reading import Fault
from cri_data.store import query_files

# An error rejects its row; a warning does not.
ERROR = "error"
WARNING = "warning"

# The rule of a row that names an agency which could be several, or none.
AGENCY_NOT_CERTAIN = "agency_not_certain"

# The rule of a row with more cells than headings.
TOO_MANY_CELLS = "too_many_cells"

# The rule of a list that may be blank and holds only semicolons.
NOT_A_LIST = "not_a_list"

# The rule of a template's own example, left in the file.
EXAMPLE_ROW = "example_row"

# Rules of a text that stands for a known one, if only it were known for which.
UNKNOWN = ("unknown_code", "unknown_reference")

# The rule of rows that have one id and say different things, and that of a row which
# a person leaves out.
KEY_REPEATED = "key_repeated"
ROW_LEFT_OUT = "row_left_out"

# So many different values are looked at for what they mean: more are no slips of
# the pen, and a file of more has another trouble.
MOST_VALUES = 500

# So much of a value is shown.
LONGEST = 200

# Every rule, in words for a list to choose from.
RULES = {
    "agency_not_certain": "Agency is not certain",
    "ambiguous_date": "Date could be two days",
    "broken_character": "Broken character",
    "dates_out_of_order": "Dates out of order",
    "example_row": "Example of the template",
    "key_repeated": "Same id, different rows",
    "merged_agency": "Agency was merged",
    "not_a_date": "Not a date",
    "not_a_list": "Not a list",
    "not_a_number": "Not a number",
    "not_a_whole_number": "Not a whole number",
    "not_a_zip": "Not a ZIP code",
    "not_an_id": "Not an id",
    "other_separator": "Other separators",
    "out_of_range": "Out of range",
    "quote_not_closed": "Quotation mark not closed",
    "quotes_not_clear": "Quotation marks not clear",
    "required_missing": "Required, but blank",
    "row_left_out": "Left out, as decided",
    "row_repeated": "Same row again",
    "too_few_cells": "Too few cells",
    "too_long": "Too long",
    "too_many_cells": "Too many cells",
    "unknown_code": "Not a known value",
    "unknown_reference": "Refers to nothing",
    "unusual": "Unusual, but possible",
}


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
        Call("left", CoalesceOperator(shown, Value("")), Value(LONGEST)).alias("value"),
        Value(rule).alias("rule"),
        Value(severity).alias("severity"),
        message.alias("message"),
    )


def add_problems(found: DuckDBPyRelation) -> None:
    """Write these problems down, in the temporary table `problems`."""
    found.query("found", query_files.statement("upload/add_problems"))


def problem_kinds(problems: pd.DataFrame) -> pd.DataFrame:
    """Equal problems together, errors first, then the most frequent.

    Columns severity, column, value, rows, first_row, rule, message.
    """
    by = ["severity", "column", "value", "rule", "message"]
    kinds = problems.groupby(by, as_index=False, sort=True).agg(
        rows=("row", "size"), first_row=("row", "min")
    )
    kinds = kinds.sort_values(["severity", "rows"], ascending=[True, False])
    return kinds[[*by[:3], "rows", "first_row", *by[3:]]].reset_index(drop=True)


def of_rules_and_columns(
    problems: pd.DataFrame, rules: list[str], columns: list[str]
) -> pd.DataFrame:
    """The problems of these rules and columns; no rule, or no column, means all."""
    wanted = pd.Series(data=True, index=problems.index)
    if rules:
        wanted &= problems["rule"].isin(rules)
    if columns:
        wanted &= problems["column"].isin(columns)
    return problems[wanted]


def add_faults(
    cursor: DuckDBPyConnection, faults: tuple[Fault, ...], severity: str = ERROR
) -> None:
    """Write down the rows that are not among those to be checked."""
    found = pa.table(
        {
            "row": pa.array([fault.row for fault in faults], pa.int64()),
            "column_name": pa.array(["" for _ in faults], pa.string()),
            "value": pa.array([fault.value for fault in faults], pa.string()),
            "rule": pa.array([fault.rule for fault in faults], pa.string()),
            "severity": pa.array([severity for _ in faults], pa.string()),
            "message": pa.array([fault.message for fault in faults], pa.string()),
        }
    )
    cursor.register("found", found)
    cursor.execute(query_files.statement("upload/add_problems"))
    cursor.unregister("found")
