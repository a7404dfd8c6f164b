"""Problems of single values: missing, not valid, or out of range."""

from collections.abc import Iterator

import pyarrow as pa
from duckdb import CoalesceOperator, DuckDBPyConnection, DuckDBPyRelation, Expression
from duckdb import ColumnExpression as Col
from duckdb import ConstantExpression as Value
from duckdb import FunctionExpression as Call

from cri_data.importing.problems import problem_rows
from cri_data.importing.staging import TYPED
from cri_data.importing.validation.typed_values import LONGEST_VALUE
from cri_data.model.code_lists import STATES
from cri_data.model.datasets import EARLIEST, LATEST, Column, Kind
from cri_data.model.problem_rules import (
    COUNTS_AS_BLANK,
    RULES,
    Rule,
    Severity,
    message,
)


def value_problems(
    cursor: DuckDBPyConnection, typed: pa.Table, present: list[Column]
) -> Iterator[DuckDBPyRelation]:
    """The problems of the columns of `typed`, by rule."""
    rows = TYPED.rows(cursor)
    for column in present:
        text = Col(f"x_{column.name}")
        if column.required and typed[f"x_{column.name}"].null_count:
            yield problem_rows(
                rows.filter(text.isnull()),
                column.name,
                text,
                Rule.REQUIRED_MISSING,
                Severity.ERROR,
                Value(message(Rule.REQUIRED_MISSING, column=column.name)),
            )
        if _may_be_unclear(typed, column):
            yield from _unclear_values(rows, column)


def _may_be_unclear(typed: pa.Table, column: Column) -> bool:
    """Whether some text may not be valid. In most columns, all texts are."""
    if column.kind is Kind.ID:
        return True
    texts, values = typed[f"x_{column.name}"], typed[f"v_{column.name}"]
    return values.null_count > texts.null_count


def _is_unclear(column: Column) -> Expression:
    text, value = Col(f"x_{column.name}"), Col(f"v_{column.name}")
    if column.kind is Kind.ID:
        return Call("regexp_matches", text, Value(r"[;\x00-\x1f]"))
    return text.isnotnull() & value.isnull()


def _unclear_values(typed: DuckDBPyRelation, column: Column) -> Iterator[DuckDBPyRelation]:
    # An invalid ID can't be stored in any column.
    is_error = column.required or column.refers_to or column.kind is Kind.ID
    unclear = typed.filter(_is_unclear(column))
    # IDs of any length are parsed fast.
    too_long = Value(False)
    if column.kind is not Kind.ID:
        too_long = Call("length", Col(f"x_{column.name}")) > Value(LONGEST_VALUE)
    for condition, rule, said in (
        (too_long, Rule.TOO_LONG, message(Rule.TOO_LONG, limit=f"{LONGEST_VALUE:,}")),
        *(
            (~too_long & condition, rule, said)
            for condition, rule, said in _readings(column)
        ),
    ):
        # A list without an ID has no references.
        by_column = Severity.ERROR if is_error else Severity.WARNING
        severity = RULES[rule].severity or by_column
        yield problem_rows(
            unclear.filter(condition),
            column.name,
            Col(f"x_{column.name}"),
            rule,
            severity,
            Value(said + ("" if severity is Severity.ERROR else COUNTS_AS_BLANK)),
        )


def _readings(column: Column) -> Iterator[tuple[Expression, Rule, str]]:
    """(which rows, rule, what to do) for texts without a valid value."""
    text = Col(f"x_{column.name}")
    if column.kind is Kind.ID:
        yield (
            Value(True),
            Rule.NOT_AN_ID,
            message(Rule.NOT_AN_ID),
        )
    elif column.kind is Kind.DATE:
        # Whether a date is out of range does not depend on the order of month and day.
        day = Call("cell_date", text, Value("mdy"))
        is_out = CoalesceOperator(
            (day < Value(EARLIEST)) | (day > Value(LATEST)), Value(False)
        )
        is_ambiguous = Call("is_ambiguous_date", text) & ~is_out
        yield (
            is_ambiguous,
            Rule.AMBIGUOUS_DATE,
            message(Rule.AMBIGUOUS_DATE),
        )
        yield (
            is_out,
            Rule.OUT_OF_RANGE,
            message(Rule.OUT_OF_RANGE, "date", low=EARLIEST, high=LATEST),
        )
        yield (
            ~is_ambiguous & ~is_out,
            Rule.NOT_A_DATE,
            message(Rule.NOT_A_DATE),
        )
    elif column.kind in (Kind.INTEGER, Kind.NUMBER):
        is_integer = column.kind is Kind.INTEGER
        is_number = Call("cell_integer" if is_integer else "cell_number", text).isnotnull()
        rule = Rule.NOT_A_WHOLE_NUMBER if is_integer else Rule.NOT_A_NUMBER
        low, high = f"{column.low or 0:,.0f}", f"{column.high or 0:,.0f}"
        yield (
            is_number,
            Rule.OUT_OF_RANGE,
            message(Rule.OUT_OF_RANGE, "number", low=low, high=high),
        )
        yield (
            ~is_number,
            rule,
            message(rule),
        )
    elif column.kind is Kind.ZIP:
        yield (
            Value(True),
            Rule.NOT_A_ZIP,
            message(Rule.NOT_A_ZIP),
        )
    elif column.kind is Kind.CODE:
        yield (
            Value(True),
            Rule.UNKNOWN_CODE,
            _unknown_code(column),
        )
    elif column.kind is Kind.ID_LIST:
        is_empty = message(Rule.NOT_A_LIST, column=column.name)
        if column.required:
            is_empty = message(Rule.REQUIRED_MISSING, "empty list", column=column.name)
        rule = Rule.REQUIRED_MISSING if column.required else Rule.NOT_A_LIST
        yield (Value(True), rule, is_empty)


def _unknown_code(column: Column) -> str:
    if column.codes is STATES:
        return message(Rule.UNKNOWN_CODE, "state", column=column.name)
    codes = ", ".join(column.code_list.values)
    return message(Rule.UNKNOWN_CODE, column=column.name, codes=codes)
