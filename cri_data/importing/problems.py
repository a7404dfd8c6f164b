"""Problems of rows: the column, value, rule, and what to do."""

from collections.abc import Sequence

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from duckdb import CoalesceOperator, DuckDBPyConnection, DuckDBPyRelation, Expression
from duckdb import ColumnExpression as Col
from duckdb import ConstantExpression as Value
from duckdb import FunctionExpression as Call

from cri_data.importing.staging import FOUND_PROBLEMS
from cri_data.model.problem_rules import Rule, Severity
from cri_data.reading import Fault
from cri_data.store.rows import only_row

# The rules about texts that have no known meaning.
UNKNOWN = (Rule.UNKNOWN_CODE, Rule.UNKNOWN_REFERENCE)

# The rules whose value and message differ from row to row, as IDs do.
ONE_KIND = (
    Rule.AGENCY_BY_NAME,
    Rule.REJECTED_WITH,
    Rule.SAME_RECORD,
    Rule.SIMILAR_AGENCY,
)

# Most different values whose likely meaning is searched. A file with more has another
# problem than typing errors.
MOST_VALUES = 500

# The most characters of a value that are shown.
LONGEST = 200

_COLUMNS = FOUND_PROBLEMS.columns.split(", ")


def problem_rows(
    rows: DuckDBPyRelation,
    column: str,
    shown: Expression,
    rule: Rule,
    severity: Severity,
    message: Expression,
) -> DuckDBPyRelation:
    """A problem for each of these rows. `shown` is the value in the file."""
    return rows.select(
        Col("row"),
        Value(column).alias("column_name"),
        Call("left", CoalesceOperator(shown, Value("")), Value(LONGEST)).alias("value"),
        Value(rule.value).alias("rule"),
        Value(severity.value).alias("severity"),
        message.alias("message"),
    )


def broken_rules(rows: DuckDBPyRelation, rules: Sequence[Expression]) -> tuple[bool, ...]:
    """Which of these rules some row breaks, in one scan: in most files, none does."""
    if not rules:
        return ()
    return only_row(rows.aggregate([Call("bool_or", rule) for rule in rules]))


def add_problems(found: DuckDBPyRelation) -> None:
    """Add these problems to the temporary table `problems`."""
    FOUND_PROBLEMS.run(found, "add_problems")


def problem_kinds(problems: pd.DataFrame) -> pd.DataFrame:
    """Problems grouped by kind, errors first, then the most frequent.

    A kind in which each row has another value has those of its first row. Columns:
    severity, column, value, rows, first_row, rule, message.
    """
    by = ["severity", "column", "value", "rule", "message"]
    problems = _with_first_values(problems)
    kinds = problems.groupby(by, as_index=False, sort=True).agg(
        rows=("row", "size"), first_row=("row", "min")
    )
    kinds = kinds.sort_values(["severity", "rows"], ascending=[True, False])
    return kinds[[*by[:3], "rows", "first_row", *by[3:]]].reset_index(drop=True)


def _with_first_values(problems: pd.DataFrame) -> pd.DataFrame:
    """The problems; those of ONE_KIND have the value and message of the first one."""
    is_one = problems["rule"].isin(ONE_KIND)
    if not is_one.any():
        return problems
    texts = ["value", "message"]
    first = problems[is_one].groupby(["rule", "column"])[texts].transform("first")
    problems = problems.copy()
    problems.loc[is_one, texts] = first
    return problems


def of_rules_and_columns(
    problems: pd.DataFrame, rules: list[str], columns: list[str]
) -> pd.DataFrame:
    """The problems of these rules and columns. No rules, or no columns, means all."""
    wanted = pd.Series(data=True, index=problems.index)
    if rules:
        wanted &= problems["rule"].isin(rules)
    if columns:
        wanted &= problems["column"].isin(columns)
    return problems[wanted]


def add_faults(
    cursor: DuckDBPyConnection,
    faults: tuple[Fault, ...],
    severity: Severity = Severity.ERROR,
) -> None:
    """Add the problems of rows that are left out of the check."""
    if faults:
        cells = [(f.row, "", f.value, f.rule, severity, f.message) for f in faults]
        add_cell_problems(cursor, cells)


# Row, column, value, rule, severity, and message, as in the table `problems`.
CellProblem = tuple[int, str, str, Rule, Severity, str]


def add_cell_problems(cursor: DuckDBPyConnection, cells: Sequence[CellProblem]) -> None:
    """Add problems that were found outside of DuckDB."""
    if not cells:
        return
    numbers, *texts = zip(*cells, strict=True)
    columns = [pa.array(numbers, pa.int64())]
    columns += [pa.array([str(text) for text in column], pa.string()) for column in texts]
    add_problem_tables(cursor, [pa.table(columns, names=_COLUMNS)])


def problem_table(
    rows: pa.ChunkedArray, column: str, shown: pa.ChunkedArray, said: pa.Table
) -> pa.Table:
    """A problem of this column for each of these rows, as in the table `problems`.

    `shown` are the values in the file, and `said` has rule, severity, and message.
    """
    values = pc.utf8_slice_codeunits(shown, 0, LONGEST)
    columns = [rows, pa.repeat(column, len(rows)), values, *said.columns]
    return pa.table(columns, names=_COLUMNS)


def add_problem_tables(cursor: DuckDBPyConnection, tables: Sequence[pa.Table]) -> None:
    """Add these problems to the temporary table `problems`, all in one statement."""
    if tables:
        add_problems(cursor.from_arrow(pa.concat_tables(tables)))
