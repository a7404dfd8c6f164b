"""What is wrong with a value by itself: missing, not understood, out of range."""

from collections.abc import Iterator

import pyarrow as pa
from duckdb import CoalesceOperator, DuckDBPyConnection, DuckDBPyRelation, Expression
from duckdb import ColumnExpression as Col
from duckdb import ConstantExpression as Value
from duckdb import FunctionExpression as Call

from cri_data.importing.problems import ERROR, NOT_A_LIST, WARNING, problem_rows
from cri_data.importing.validation.typed_values import LONGEST_VALUE
from cri_data.model.code_lists import STATES
from cri_data.model.datasets import EARLIEST, LATEST, Column, Kind

_SHORTEN = f"This is longer than {LONGEST_VALUE:,} characters, as no value is. Shorten it."


def value_problems(
    cursor: DuckDBPyConnection, typed: pa.Table, present: list[Column]
) -> Iterator[DuckDBPyRelation]:
    """The problems of the columns of `typed` that have any, rule by rule."""
    rows = cursor.table("typed")
    for column in present:
        text = Col(f"x_{column.name}")
        if column.required and typed[f"x_{column.name}"].null_count:
            yield problem_rows(
                rows.filter(text.isnull()),
                column.name,
                text,
                "required_missing",
                ERROR,
                Value(f"{column.name} may not be blank. Fill it in."),
            )
        if _may_be_unclear(typed, column):
            yield from _unclear_values(rows, column)


def _may_be_unclear(typed: pa.Table, column: Column) -> bool:
    """Whether some text may have given no good value; most columns are without."""
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
    # An id that is none cannot be stored, whatever it is for.
    is_error = column.required or column.refers_to or column.kind is Kind.ID
    unclear = typed.filter(_is_unclear(column))
    # Nothing takes long to be understood in an id.
    too_long = Value(False)
    if column.kind is not Kind.ID:
        too_long = Call("length", Col(f"x_{column.name}")) > Value(LONGEST_VALUE)
    rules = [(too_long, "too_long", _SHORTEN)]
    for condition, rule, message in _readings(column):
        rules.append((~too_long & condition, rule, message))
    for condition, rule, message in rules:
        # A list without an id refers to nothing, wrongly neither.
        severity = ERROR if is_error and rule != NOT_A_LIST else WARNING
        yield problem_rows(
            unclear.filter(condition),
            column.name,
            Col(f"x_{column.name}"),
            rule,
            severity,
            Value(message + _consequence(severity)),
        )


def _consequence(severity: str) -> str:
    return "" if severity == ERROR else " Until then it counts as blank."


def _readings(column: Column) -> Iterator[tuple[Expression, str, str]]:
    """(which rows, rule, what to do) for a text that gave no value."""
    text = Col(f"x_{column.name}")
    if column.kind is Kind.ID:
        yield (
            Value(True),
            "not_an_id",
            "An id may not hold a semicolon, a tab or a line break. Take it out.",
        )
    elif column.kind is Kind.DATE:
        # Whether a day is out of range does not depend on its order.
        day = Call("cell_date", text, Value("mdy"))
        is_out = CoalesceOperator(
            (day < Value(EARLIEST)) | (day > Value(LATEST)), Value(False)
        )
        is_ambiguous = Call("is_ambiguous_date", text) & ~is_out
        yield (
            is_ambiguous,
            "ambiguous_date",
            "This could be two days: nothing in the column shows whether the month "
            "or the day comes first. Choose which number is the month, or write days as "
            "2018-01-31.",
        )
        yield (
            is_out,
            "out_of_range",
            f"This day is not between {EARLIEST} and {LATEST}. Check the year.",
        )
        yield (
            ~is_ambiguous & ~is_out,
            "not_a_date",
            "This is no date. Write it as 2018-01-31.",
        )
    elif column.kind in (Kind.INTEGER, Kind.NUMBER):
        call = "cell_integer" if column.kind is Kind.INTEGER else "cell_number"
        is_number = Call(call, text).isnotnull()
        what = "a whole number" if column.kind is Kind.INTEGER else "a number"
        yield (
            is_number,
            "out_of_range",
            f"This is not between {column.low or 0:,.0f} and "
            f"{column.high or 0:,.0f}. Check it.",
        )
        yield (
            ~is_number,
            f"not_{what.replace(' ', '_')}",
            f"This is not {what}. Write it in digits, such as 1200.",
        )
    elif column.kind is Kind.ZIP:
        yield (
            Value(True),
            "not_a_zip",
            "This is no ZIP code. Write its five digits, such as 04101.",
        )
    elif column.kind is Kind.CODE:
        yield (
            Value(True),
            "unknown_code",
            f"This is not known as {column.name}. {_what_to_write(column)}",
        )
    elif column.kind is Kind.ID_LIST:
        yield (
            Value(True),
            "required_missing" if column.required else NOT_A_LIST,
            f"{column.name} holds only semicolons. Write at least one id.",
        )


def _what_to_write(column: Column) -> str:
    if column.codes is STATES:
        return "Write the USPS code of a state, DC or a territory, such as TX."
    return f"Write one of: {', '.join(column.allowed.values)}."
