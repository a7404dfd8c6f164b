"""Problems of single values: missing, not valid, or out of range."""

from collections.abc import Iterator
from dataclasses import replace

import pyarrow as pa
from duckdb import CaseExpression, DuckDBPyConnection, DuckDBPyRelation, Expression
from duckdb import ColumnExpression as Col
from duckdb import ConstantExpression as Value
from duckdb import FunctionExpression as Call

from cri_data.importing.problems import problem_rows
from cri_data.importing.staging import TYPED
from cri_data.importing.validation.column_readings import (
    BOTH_ORDERS,
    ORDER_WORDS,
    UNCLEAR_SIGN,
    ColumnReading,
)
from cri_data.importing.validation.typed_values import LONGEST_VALUE, Typed, as_number
from cri_data.model.code_lists import STATES
from cri_data.model.datasets import EARLIEST, LATEST, Column, Kind
from cri_data.model.problem_rules import (
    COUNTS_AS_BLANK,
    RULES,
    Rule,
    Severity,
    message,
)
from cri_data.model.units import ANY_UNIT, METRIC_UNITS, NO_UNIT, OF_THE_METRIC, Unit


def value_problems(
    cursor: DuckDBPyConnection, typed: Typed, present: list[Column]
) -> Iterator[DuckDBPyRelation]:
    """The problems of the columns of `typed`, by rule."""
    rows = TYPED.rows(cursor)
    for column in present:
        text = Col(f"x_{column.name}")
        if column.required and typed.table[f"x_{column.name}"].null_count:
            yield problem_rows(
                rows.filter(text.isnull()),
                column.name,
                text,
                Rule.REQUIRED_MISSING,
                Severity.ERROR,
                Value(message(Rule.REQUIRED_MISSING, column=column.name)),
            )
        if _may_be_unclear(typed.table, column):
            reading = typed.readings.get(column.name, ColumnReading())
            has_faults = f"p_{column.name}" in typed.table.column_names
            yield from _unclear_values(rows, column, reading, has_faults)


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


def _unclear_values(
    typed: DuckDBPyRelation, column: Column, reading: ColumnReading, has_faults: bool
) -> Iterator[DuckDBPyRelation]:
    # An invalid ID can't be stored in any column.
    is_error = column.required or column.refers_to or column.kind is Kind.ID
    unclear = typed.filter(_is_unclear(column))
    if has_faults:
        yield from _faulty_places(unclear, column)
        unclear = unclear.filter(Col(f"p_{column.name}").isnull())
    readings = list(_readings(column, reading))
    if column.kind is not Kind.ID:
        # IDs of any length are parsed fast.
        too_long = Call("length", Col(f"x_{column.name}")) > Value(LONGEST_VALUE)
        said = message(Rule.TOO_LONG, limit=f"{LONGEST_VALUE:,}")
        readings.insert(0, (too_long, Rule.TOO_LONG, said))
    # A list without an ID has no references.
    by_column = Severity.ERROR if is_error else Severity.WARNING
    yield _first_readings(unclear, column, readings, by_column)


def _first_readings(
    unclear: DuckDBPyRelation,
    column: Column,
    readings: list[tuple[Expression, Rule, str]],
    by_column: Severity,
) -> DuckDBPyRelation:
    """The problem of each row: the first of `readings` that holds for it."""
    conditions, rules, said = zip(*readings, strict=True)
    text = Col(f"x_{column.name}")
    # Found once for each row, because the conditions take long to plan.
    first = CaseExpression(conditions[0], Value(1))
    for place, condition in enumerate(conditions[1:], start=2):
        first = first.when(condition, Value(place))
    found = unclear.select(Col("row"), text, first.alias("first"))
    severities = [RULES[rule].severity or by_column for rule in rules]
    messages = [
        text + ("" if severity is Severity.ERROR else COUNTS_AS_BLANK)
        for text, severity in zip(said, severities, strict=True)
    ]
    return problem_rows(
        found.filter(Col("first").isnotnull()),
        column.name,
        text,
        *(
            Call("list_extract", Value([str(one) for one in of_rules]), Col("first"))
            for of_rules in (rules, severities, messages)
        ),
    )


def _faulty_places(unclear: DuckDBPyRelation, column: Column) -> Iterator[DuckDBPyRelation]:
    for case in RULES[Rule.NOT_A_PLACE].cases:
        yield problem_rows(
            unclear.filter(Col(f"p_{column.name}") == Value(case)),
            column.name,
            Col(f"x_{column.name}"),
            Rule.NOT_A_PLACE,
            Severity.WARNING,
            Value(message(Rule.NOT_A_PLACE, case) + COUNTS_AS_BLANK),
        )


def _readings(
    column: Column, reading: ColumnReading
) -> Iterator[tuple[Expression, Rule, str]]:
    """(which rows, rule, what to do) for texts without a valid value.

    The first that holds for a row counts.
    """
    if column.kind is Kind.ID:
        yield (
            Value(True),
            Rule.NOT_AN_ID,
            message(Rule.NOT_AN_ID),
        )
    elif column.kind is Kind.DATE:
        yield from _unclear_dates(column, reading)
    elif column.kind in (Kind.INTEGER, Kind.NUMBER):
        yield from _unclear_numbers(column, reading)
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


def _unclear_dates(
    column: Column, reading: ColumnReading
) -> Iterator[tuple[Expression, Rule, str]]:
    text = Col(f"x_{column.name}")
    # In any order.
    days = [Call("cell_date", text, Value(order), Value(False)) for order in ORDER_WORDS]
    limits = Value(EARLIEST), Value(LATEST)
    fault = Call("date_fault", Call("list_value", *days), *limits)
    case, order = "none shown", {}
    if reading.date_order == BOTH_ORDERS:
        case = "both shown"
    elif reading.date_order:
        case, order = "another order", {"order": ORDER_WORDS[reading.date_order]}
    out = message(Rule.OUT_OF_RANGE, "date", low=EARLIEST, high=LATEST)
    yield fault == Value("out"), Rule.OUT_OF_RANGE, out
    unclear = message(Rule.AMBIGUOUS_DATE, case, **order)
    yield fault == Value("unclear"), Rule.AMBIGUOUS_DATE, unclear
    yield Value(True), Rule.NOT_A_DATE, message(Rule.NOT_A_DATE)


def _unclear_numbers(
    column: Column, reading: ColumnReading
) -> Iterator[tuple[Expression, Rule, str]]:
    text = Col(f"x_{column.name}")
    units = [(Value(True), replace(column.unit, low=column.low, high=column.high))]
    if column.unit is OF_THE_METRIC:
        unit_of_row = Col("metric_unit")
        units = [(unit_of_row == Value(code), unit) for code, unit in METRIC_UNITS.items()]
        # Of a metric that is not known, whose row is rejected.
        units.append((unit_of_row.isnull(), NO_UNIT))
    if reading.decimal_sign == UNCLEAR_SIGN:
        is_ambiguous = Call("is_ambiguous_number", text)
        yield is_ambiguous, Rule.AMBIGUOUS_NUMBER, message(Rule.AMBIGUOUS_NUMBER)
    has_unit = Call("regexp_full_match", text, Value(ANY_UNIT), Value("i"))
    for is_of_unit, unit in units:
        is_number = as_number(column, text, unit, reading).isnotnull()
        yield is_of_unit & is_number, Rule.OUT_OF_RANGE, _out_of_range(column, unit)
        other = message(Rule.OTHER_UNIT, column=column.name, unit=unit.name)
        yield is_of_unit & has_unit, Rule.OTHER_UNIT, other
    rule = Rule.NOT_A_WHOLE_NUMBER if column.kind is Kind.INTEGER else Rule.NOT_A_NUMBER
    yield Value(True), rule, message(rule)


def _out_of_range(column: Column, unit: Unit) -> str:
    low, high = (None if end is None else f"{end:,.0f}" for end in (unit.low, unit.high))
    if column.unit is not OF_THE_METRIC:
        return message(Rule.OUT_OF_RANGE, "number", low=low, high=high)
    return message(Rule.OUT_OF_RANGE, "metric", unit=unit.name, low=low, high=high)
