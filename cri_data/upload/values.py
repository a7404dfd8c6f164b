"""The text of cells as values, and what is wrong with each value by itself."""

from collections.abc import Iterator

from duckdb import (
    CaseExpression,
    CoalesceOperator,
    DuckDBPyConnection,
    DuckDBPyRelation,
    Expression,
)
from duckdb import ColumnExpression as Col
from duckdb import ConstantExpression as Value
from duckdb import FunctionExpression as Call

from cri_data import catalog
from cri_data.codes import STATES
from cri_data.schema import EARLIEST, LATEST, Column, Dataset, Kind
from cri_data.upload.preparing import Prepared
from cri_data.upload.problems import ERROR, WARNING, problem_rows
from cri_data.upload.recipe import Recipe

# A date that needs an order: two small numbers, then the year.
NUMERIC_DATE = r"^\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}"


def keep_typed(cursor: DuckDBPyConnection, prepared: Prepared) -> None:
    """The table `typed`: row, record_id, x_<column> as text, v_<column> as value."""
    dataset, given = prepared.dataset, prepared.texts
    present = [column for column in dataset.columns if column.name in given.column_names]
    names = ["row", *(f"x_{name}" for name in given.column_names if name != "row")]
    cursor.register("file_rows", given.rename_columns(names))
    texts = cursor.table("file_rows")
    if prepared.file.faults:
        broken = cursor.table("problems").select(Col("row"))
        texts = texts.join(broken, "row", how="anti")
    orders = _date_orders(texts, present, prepared.recipe)
    values = texts.select(
        Col("row"),
        *(Col(f"x_{column.name}") for column in present),
        *(
            _in_range(column, _parsed(column, orders)).alias(f"v_{column.name}")
            for column in present
        ),
    )
    values = _with_agency_types_by_name(dataset, values, present)
    values.select(
        Col("row"),
        Col(f"v_{dataset.key}").alias("record_id"),
        Call("hash", *(Col(f"v_{column.name}") for column in present)).alias("content"),
        *(Col(f"x_{column.name}") for column in present),
        *(Col(f"v_{column.name}") for column in present),
    ).query("file_as_typed", catalog.statement("upload/keep_typed"))
    cursor.unregister("file_rows")


def _date_orders(
    texts: DuckDBPyRelation, present: list[Column], recipe: Recipe
) -> dict[str, str | None]:
    """For each date column the order that was decided, else that it proves, if any."""
    orders: dict[str, str | None] = dict(recipe.date_orders)
    for column in present:
        if column.kind is Kind.DATE and column.name not in orders:
            text = Col(f"x_{column.name}")
            others = texts.filter(Call("regexp_matches", text, Value(NUMERIC_DATE)))
            orders[column.name] = others.aggregate(
                [Call("proven_date_order", text).alias("date_order")]
            ).fetchone()[0]
    return orders


def _parsed(column: Column, orders: dict[str, str | None]) -> Expression:
    text = Col(f"x_{column.name}")
    if column.kind is Kind.DATE:
        return Call("cell_date", text, Value(orders[column.name]))
    if column.kind is Kind.INTEGER:
        return Call("cell_integer", text)
    if column.kind is Kind.NUMBER:
        return Call("cell_number", text)
    if column.kind is Kind.ZIP:
        return Call("cell_zip", text)
    if column.kind is Kind.ID_LIST:
        return Call("cell_list", text)
    if column.kind is Kind.CODE:
        return Call(
            "cell_code",
            text,
            Value(list(column.codes.values)),
            Value(list(column.codes.aliases)),
            Value(list(column.codes.aliases.values())),
        )
    return text


def _range(column: Column) -> tuple[object, object] | None:
    if column.kind is Kind.DATE:
        return EARLIEST, LATEST
    if column.low is not None or column.high is not None:
        return column.low, column.high
    return None


def _in_range(column: Column, parsed: Expression) -> Expression:
    limits = _range(column)
    if limits is None:
        return parsed
    low, high = limits
    return CaseExpression((parsed >= Value(low)) & (parsed <= Value(high)), parsed)


def _with_agency_types_by_name(
    dataset: Dataset, values: DuckDBPyRelation, present: list[Column]
) -> DuckDBPyRelation:
    """A "County" agency is a sheriff's office where its name says so.

    National lists have one type for both. Our own code `county` stays itself.
    """
    names = [column.name for column in present]
    if dataset.name != "agencies" or "agency_type" not in names:
        return values
    is_sheriff = (
        (Call("lower", Col("x_agency_type")) == Value("county"))
        & (Col("x_agency_type") != Value("county"))
        & Call("contains", Call("lower", Col("v_agency_name")), Value("sheriff"))
    )
    by_name = CaseExpression(is_sheriff, Value("sheriff")).otherwise(Col("v_agency_type"))
    return values.select(
        *(
            by_name.alias(name) if name == "v_agency_type" else Col(name)
            for name in values.columns
        )
    )


def value_problems(
    cursor: DuckDBPyConnection, present: list[Column]
) -> Iterator[DuckDBPyRelation]:
    """Values that are missing, not understood or out of range, rule by rule."""
    typed = cursor.table("typed")
    blank, unclear = _columns_to_look_at(typed, present)
    for column in present:
        text = Col(f"x_{column.name}")
        if column.required and column.name in blank:
            yield problem_rows(
                typed.filter(text.isnull()),
                column.name,
                text,
                "required_missing",
                ERROR,
                Value(f"{column.name} may not be blank. Fill it in."),
            )
        if column.name in unclear:
            yield from _unclear_values(typed, column)


def _columns_to_look_at(
    typed: DuckDBPyRelation, present: list[Column]
) -> tuple[set[str], set[str]]:
    """The columns with blank cells, and those with texts that gave no good value.

    One look at all columns; most of a large file are without any.
    """
    asked = []
    for column in present:
        text = Col(f"x_{column.name}")
        asked += [
            Call("bool_or", text.isnull()),
            Call("bool_or", _is_unclear(column)),
        ]
    answers = iter(typed.aggregate(asked).fetchone())
    blank, unclear = set(), set()
    for column in present:
        if next(answers):
            blank.add(column.name)
        if next(answers):
            unclear.add(column.name)
    return blank, unclear


def _is_unclear(column: Column) -> Expression:
    text, value = Col(f"x_{column.name}"), Col(f"v_{column.name}")
    if column.kind is Kind.ID:
        return Call("regexp_matches", text, Value(r"[;\x00-\x1f]"))
    return text.isnotnull() & value.isnull()


def _unclear_values(typed: DuckDBPyRelation, column: Column) -> Iterator[DuckDBPyRelation]:
    # An id that is none cannot be stored, whatever it is for.
    is_error = column.required or column.refers_to or column.kind is Kind.ID
    severity = ERROR if is_error else WARNING
    unclear = typed.filter(_is_unclear(column))
    for condition, rule, message in _readings(column):
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
            "or the day comes first. Write it as 2018-01-31.",
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
            "required_missing",
            f"{column.name} holds only semicolons. Write at least one id.",
        )


def _what_to_write(column: Column) -> str:
    if column.codes is STATES:
        return "Write the USPS code of a state, DC or a territory, such as TX."
    return f"Write one of: {', '.join(column.codes.values)}."
