"""Problems of single values: missing, not valid, or out of range."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc
from duckdb import CaseExpression, DuckDBPyConnection, Expression
from duckdb import ColumnExpression as Col
from duckdb import ConstantExpression as Value
from duckdb import FunctionExpression as Call

from cri_data.importing.matching.id_forms import unusual_bytes
from cri_data.importing.problems import problem_table
from cri_data.importing.staging import CELLS_IN_QUESTION
from cri_data.importing.validation.column_readings import (
    BOTH_ORDERS,
    ORDER_WORDS,
    UNCLEAR_SIGN,
    ColumnReading,
)
from cri_data.importing.validation.typed_values import (
    LONGEST_VALUE,
    Typed,
    are_unclear,
    as_number,
)
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

# What no ID has, and these characters as bytes.
_NOT_AN_ID = r"[;\x00-\x1f]"
_NEVER_IN_IDS = frozenset(range(0x20)) | {ord(";")}


def value_problems(
    cursor: DuckDBPyConnection, typed: Typed, present: list[Column]
) -> list[pa.Table]:
    """The problems of the columns of `typed`: a table for each column with some.

    Their columns are those of FOUND_PROBLEMS. Only the cells in question are judged, so
    the cost depends on the number of faults, not of rows.
    """
    found = []
    for column in present:
        cells = _cells_in_question(typed.table, column)
        if cells is not None:
            reading = typed.readings.get(column.name, ColumnReading())
            found.append(_judged(cursor, cells, column, reading))
    return found


def _cells_in_question(typed: pa.Table, column: Column) -> pa.Table | None:
    """The cells without a required or a valid value, as in CELLS_IN_QUESTION.

    None if there are none, as in most columns.
    """
    texts = typed[f"x_{column.name}"]
    masks = [_are_unclear(texts, typed[f"v_{column.name}"], column)]
    if column.required and texts.null_count:
        masks.append(pc.is_null(texts))
    masks = [mask for mask in masks if mask is not None]
    if not masks:
        return None
    cells = {"row": typed["row"], "text": texts}
    beside = {"fault": f"p_{column.name}", "metric_unit": "metric_unit"}
    cells |= {name: typed[of] for name, of in beside.items() if of in typed.column_names}
    return pa.table(cells).filter(functools.reduce(pc.or_, masks))


def _are_unclear(
    texts: pa.ChunkedArray, values: pa.ChunkedArray, column: Column
) -> pa.ChunkedArray | None:
    """Whether each text is not valid. None if all are, as in most columns."""
    if column.kind is Kind.ID:
        if not unusual_bytes(texts) & _NEVER_IN_IDS:
            return None
        return pc.fill_null(pc.match_substring_regex(texts, _NOT_AN_ID), fill_value=False)
    if column.kind is Kind.TEXT or values.null_count <= texts.null_count:
        return None
    return are_unclear(texts, values)


@dataclass(frozen=True)
class _Case:
    """A kind of fault: which cells have it, and what to say."""

    condition: Expression
    rule: Rule
    severity: Severity
    message: str


def _judged(
    cursor: DuckDBPyConnection, cells: pa.Table, column: Column, reading: ColumnReading
) -> pa.Table:
    """The problem of each of these cells: the first case that it is."""
    cases = list(_cases(column, reading, "fault" in cells.column_names))
    CELLS_IN_QUESTION.hand_over(cursor, cells)
    rows = CELLS_IN_QUESTION.rows(cursor)
    if column.kind is Kind.DATE:
        limits = Value(EARLIEST), Value(LATEST)
        fault = Call("date_fault", Col("text"), Value(list(ORDER_WORDS)), *limits)
        # Found once for each text, because it takes long to plan.
        rows = rows.select(Col("row"), Col("text"), fault.alias("date_fault"))
    place = CaseExpression(cases[0].condition, Value(0))
    for number, case in enumerate(cases[1:], start=1):
        place = place.when(case.condition, Value(number))
    judged = rows.select(Col("row"), Col("text"), place.alias("place")).to_arrow_table()
    CELLS_IN_QUESTION.take_back(cursor)
    texts = pc.fill_null(judged["text"].cast(pa.string()), "")
    said = pa.table(
        {
            "rule": [case.rule.value for case in cases],
            "severity": [case.severity.value for case in cases],
            "message": [case.message for case in cases],
        }
    )
    return problem_table(judged["row"], column.name, texts, said.take(judged["place"]))


def _cases(column: Column, reading: ColumnReading, has_faults: bool) -> Iterator[_Case]:
    text = Col("text")
    if column.required:
        missing = message(Rule.REQUIRED_MISSING, column=column.name)
        yield _Case(text.isnull(), Rule.REQUIRED_MISSING, Severity.ERROR, missing)
    if has_faults:
        for case in RULES[Rule.NOT_A_PLACE].cases:
            said = message(Rule.NOT_A_PLACE, case) + COUNTS_AS_BLANK
            is_case = Col("fault") == Value(case)
            yield _Case(is_case, Rule.NOT_A_PLACE, Severity.WARNING, said)
    # An invalid ID can't be stored in any column.
    is_error = column.required or column.refers_to or column.kind is Kind.ID
    for condition, rule, said in _readings(column, reading):
        # A list without an ID has no references.
        by_column = Severity.ERROR if is_error else Severity.WARNING
        severity = RULES[rule].severity or by_column
        said += "" if severity is Severity.ERROR else COUNTS_AS_BLANK
        yield _Case(condition, rule, severity, said)


def _readings(
    column: Column, reading: ColumnReading
) -> Iterator[tuple[Expression, Rule, str]]:
    """(which cells, rule, what to do) for texts without a valid value. The first counts."""
    # IDs of any length are parsed fast.
    if column.kind is not Kind.ID:
        too_long = Call("length", Col("text")) > Value(LONGEST_VALUE)
        limit = f"{LONGEST_VALUE:,}"
        yield too_long, Rule.TOO_LONG, message(Rule.TOO_LONG, limit=limit)
    if column.kind is Kind.ID:
        yield (
            Value(True),
            Rule.NOT_AN_ID,
            message(Rule.NOT_AN_ID),
        )
    elif column.kind is Kind.DATE:
        yield from _unclear_dates(reading)
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


def _unclear_dates(reading: ColumnReading) -> Iterator[tuple[Expression, Rule, str]]:
    case, order = "none shown", {}
    if reading.date_order == BOTH_ORDERS:
        case = "both shown"
    elif reading.date_order:
        case, order = "another order", {"order": ORDER_WORDS[reading.date_order]}
    out = message(Rule.OUT_OF_RANGE, "date", low=EARLIEST, high=LATEST)
    yield Col("date_fault") == Value("out"), Rule.OUT_OF_RANGE, out
    unclear = message(Rule.AMBIGUOUS_DATE, case, **order)
    yield Col("date_fault") == Value("unclear"), Rule.AMBIGUOUS_DATE, unclear
    yield Value(True), Rule.NOT_A_DATE, message(Rule.NOT_A_DATE)


def _unclear_numbers(
    column: Column, reading: ColumnReading
) -> Iterator[tuple[Expression, Rule, str]]:
    text = Col("text")
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
