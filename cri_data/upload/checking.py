"""What is wrong with the rows of a file, and what they would change.

Set-wise, in the store's own DuckDB: the columns of a dataset's schema become
expressions over the file's text, and each rule is one filter that writes the
rows it finds, with what to do, into the table `problems`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa
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
from cri_data.relations import as_cell
from cri_data.schema import DATASETS, EARLIEST, LATEST, Column, Dataset, Kind
from cri_data.upload.reading import FileRead
from cri_data.upload.recipe import Recipe

ERROR = "error"
WARNING = "warning"

# How many differences and new records a check hands back to be looked at.
SHOWN = 1_000

# A date that needs an order: two small numbers, then the year.
NUMERIC_DATE = r"^\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}"

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Counts:
    """How many rows of the file do what. The first is the sum of the next four."""

    rows: int
    inserted: int
    updated: int
    unchanged: int
    rejected: int
    warnings: int

    @property
    def changes_something(self) -> bool:
        """Whether a commit would write anything."""
        return self.inserted + self.updated > 0


@dataclass(frozen=True)
class Checked:
    """What came of a check.

    `problems` has row, column, value, rule, severity, message; `differences`
    one row per changed value (record_id, column, before, after) and `new` one
    per new record, both the first SHOWN of them.
    """

    counts: Counts
    problems: pd.DataFrame
    differences: pd.DataFrame
    new: pd.DataFrame

    def problem_kinds(self) -> pd.DataFrame:
        """Equal problems together, errors first, then the most frequent.

        Columns severity, column, value, rows, first_row, rule, message.
        """
        by = ["severity", "column", "value", "rule", "message"]
        kinds = self.problems.groupby(by, as_index=False, sort=True).agg(
            rows=("row", "size"), first_row=("row", "min")
        )
        kinds = kinds.sort_values(["severity", "rows"], ascending=[True, False])
        return kinds[[*by[:3], "rows", "first_row", *by[3:]]].reset_index(drop=True)


def check_rows(
    cursor: DuckDBPyConnection,
    dataset: Dataset,
    file: FileRead,
    texts: pa.Table,
    recipe: Recipe,
    progress: Progress,
) -> Checked:
    """Check every row, leaving the temporary tables typed, merged and problems.

    `texts` is of preparing.prepared_texts. `cursor` is inside a transaction, so
    that what is compared is what is written to.
    """
    progress("Checking every value")
    cursor.execute(catalog.statement("upload/problems_table"))
    _add_faults(cursor, file)
    present = [column for column in dataset.columns if column.name in texts.column_names]
    _keep_typed(cursor, dataset, file, texts, recipe)
    for found in _value_problems(cursor, present):
        found.query("found", catalog.statement("upload/add_problems"))
    _add_repeated_keys(cursor, dataset)
    progress("Comparing with what is stored")
    _keep_merged(cursor, dataset, present, recipe.blanks_erase)
    for found in _date_order_problems(cursor, dataset):
        found.query("found", catalog.statement("upload/add_problems"))
    # Last, for a row may refer to another of its file: that one must be good.
    progress("Looking up what the rows refer to")
    _add_unknown_references(cursor, dataset, present)
    return _checked(cursor, dataset, file)


# -- Reading the text ----------------------------------------------------------


def _add_faults(cursor: DuckDBPyConnection, file: FileRead) -> None:
    faults = file.faults
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


def _keep_typed(
    cursor: DuckDBPyConnection,
    dataset: Dataset,
    file: FileRead,
    given: pa.Table,
    recipe: Recipe,
) -> None:
    """The table `typed`: row, record_id, x_<column> as text, v_<column> as value."""
    present = [column for column in dataset.columns if column.name in given.column_names]
    names = ["row", *(f"x_{name}" for name in given.column_names if name != "row")]
    cursor.register("file_rows", given.rename_columns(names))
    texts = cursor.table("file_rows")
    if file.faults:
        broken = cursor.table("problems").select(Col("row"))
        texts = texts.join(broken, "row", how="anti")
    orders = _date_orders(texts, present, recipe)
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


# -- Rules of one value --------------------------------------------------------


def _problem(
    rows: DuckDBPyRelation,
    column: str,
    shown: Expression,
    rule: str,
    severity: str,
    message: Expression,
) -> DuckDBPyRelation:
    return rows.select(
        Col("row"),
        Value(column).alias("column_name"),
        Call("left", CoalesceOperator(shown, Value("")), Value(200)).alias("value"),
        Value(rule).alias("rule"),
        Value(severity).alias("severity"),
        message.alias("message"),
    )


def _value_problems(
    cursor: DuckDBPyConnection, present: list[Column]
) -> Iterator[DuckDBPyRelation]:
    typed = cursor.table("typed")
    for column in present:
        text, parsed = Col(f"x_{column.name}"), Col(f"v_{column.name}")
        severity = ERROR if column.required or column.refers_to else WARNING
        if column.required:
            yield _problem(
                typed.filter(text.isnull()),
                column.name,
                text,
                "required_missing",
                ERROR,
                Value(f"{column.name} may not be blank. Fill it in."),
            )
        if column.kind is Kind.ID:
            yield _problem(
                typed.filter(Call("regexp_matches", text, Value(r"[;\x00-\x1f]"))),
                column.name,
                text,
                "not_an_id",
                ERROR,
                Value(
                    "An id may not hold a semicolon, a tab or a line break. Take it out."
                ),
            )
        not_understood = typed.filter(text.isnotnull() & parsed.isnull())
        for condition, rule, message in _readings(column):
            yield _problem(
                not_understood.filter(condition),
                column.name,
                text,
                rule,
                severity,
                Value(message + _consequence(severity)),
            )


def _consequence(severity: str) -> str:
    return "" if severity == ERROR else " Until then it counts as blank."


def _readings(column: Column) -> Iterator[tuple[Expression, str, str]]:
    """(which rows, rule, what to do) for a text that gave no value."""
    text = Col(f"x_{column.name}")
    if column.kind is Kind.DATE:
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
            f"{column.name} does not know this. {_what_to_write(column)}",
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


# -- Rules of several rows -----------------------------------------------------


def _add_repeated_keys(cursor: DuckDBPyConnection, dataset: Dataset) -> None:
    cursor.sql(catalog.statement("upload/repeated_keys")).query(
        "found", catalog.statement("upload/keep_repeated_keys")
    )
    cursor.execute(catalog.statement("upload/repeated_key_problems"), {"key": dataset.key})


def _add_unknown_references(
    cursor: DuckDBPyConnection, dataset: Dataset, present: list[Column]
) -> None:
    for column in present:
        if column.refers_to is None:
            continue
        target = DATASETS[column.refers_to]
        known = cursor.table(target.name).select(Col(target.key).alias("id"))
        while _add_unknown(cursor, dataset, column, known):
            # A row that refers to a rejected row of its own file is rejected
            # in turn, and so on.
            if target.name != dataset.name:
                break


def _add_unknown(
    cursor: DuckDBPyConnection,
    dataset: Dataset,
    column: Column,
    known: DuckDBPyRelation,
) -> bool:
    """Write a problem for each row whose reference exists nowhere; whether any was."""
    typed = cursor.table("typed")
    if column.refers_to == dataset.name:
        rejected = cursor.sql(catalog.statement("upload/rejected_rows"))
        good = typed.join(rejected, "row", how="anti")
        known = known.union(good.select(Col("record_id").alias("id")))
        typed = good
    parsed = Col(f"v_{column.name}")
    ids = Call("unnest", parsed) if column.kind is Kind.ID_LIST else parsed
    referring = typed.select(Col("row"), ids.alias("id")).filter(Col("id").isnotnull())
    found = _problem(
        referring.join(known, "id", how="anti"),
        column.name,
        Col("id"),
        "unknown_reference",
        ERROR,
        Call(
            "concat",
            Value("There is no "),
            Value(DATASETS[column.refers_to].row_is),
            Value(" '"),
            Call("left", Col("id"), Value(100)),
            Value(f"'. Correct it, or load it first under {column.refers_to}."),
        ),
    )
    before = cursor.table("problems").shape[0]
    found.query("found", catalog.statement("upload/add_problems"))
    return cursor.table("problems").shape[0] > before


# -- Against the store ---------------------------------------------------------


def _keep_merged(
    cursor: DuckDBPyConnection,
    dataset: Dataset,
    present: list[Column],
    blanks_erase: bool,
) -> None:
    """The table `merged`: row, record_id, change, each column and s_<column>.

    One row per whole row of the file, so that all that is wrong with each is
    found. An absent column keeps what is stored, and so does a blank cell
    unless blanks erase. A text that is not understood is no blank.
    """
    stored = cursor.table(dataset.name).select(
        Col(dataset.key).alias("record_id"),
        Value(True).alias("is_stored"),
        *(Col(column.name).alias(f"s_{column.name}") for column in dataset.columns),
    )
    names = {column.name for column in present}
    beside = cursor.table("typed").join(stored, "record_id", how="left")
    is_changed = Value(False)
    after: dict[str, Expression] = {}
    for column in dataset.columns:
        given, was = Col(f"v_{column.name}"), Col(f"s_{column.name}")
        if column.name not in names:
            after[column.name] = was
            continue
        after[column.name] = CoalesceOperator(given, was)
        # Null-safe: a stored null that is given now has changed too.
        differs = CoalesceOperator(
            given.isnotnull() & ((given != was) | was.isnull()), Value(False)
        )
        if blanks_erase:
            erased = Col(f"x_{column.name}").isnull()
            after[column.name] = CaseExpression(~erased, after[column.name])
            differs = differs | (erased & was.isnotnull())
        is_changed = is_changed | differs
    beside.select(
        Col("row"),
        Col("record_id"),
        CaseExpression(Col("is_stored").isnull(), Value("new"))
        .when(is_changed, Value("changed"))
        .otherwise(Value("unchanged"))
        .alias("change"),
        *(after[column.name].alias(column.name) for column in dataset.columns),
        *(Col(f"s_{column.name}") for column in dataset.columns),
    ).query("typed_beside_stored", catalog.statement("upload/keep_merged"))


def _date_order_problems(
    cursor: DuckDBPyConnection, dataset: Dataset
) -> Iterator[DuckDBPyRelation]:
    merged = cursor.table("merged")
    # Two days are compared where a chain knows none between them: what is wrong
    # is said once, of the nearest.
    nearest: dict[tuple[str, str], Expression] = {}
    for chain in dataset.date_chains:
        for i, earlier in enumerate(chain):
            for j in range(i + 1, len(chain)):
                is_nearest = Value(True)
                for name in chain[i + 1 : j]:
                    is_nearest = is_nearest & Col(name).isnull()
                pair = (earlier, chain[j])
                nearest[pair] = nearest.get(pair, Value(False)) | is_nearest
    for (earlier, later), is_nearest in nearest.items():
        yield _problem(
            merged.filter((Col(earlier) > Col(later)) & is_nearest),
            later,
            Col(later).cast("VARCHAR"),
            "dates_out_of_order",
            ERROR,
            Call(
                "concat",
                Value(f"{later} is before {earlier} ("),
                Col(earlier),
                Value("). Correct one of them."),
            ),
        )


def accepted(cursor: DuckDBPyConnection) -> DuckDBPyRelation:
    """The rows of `merged` that nothing is wrong with, the first of equal ones."""
    passed_over = cursor.sql(catalog.statement("upload/passed_over_rows"))
    return cursor.table("merged").join(passed_over, "row", how="anti")


# -- What comes of it ----------------------------------------------------------


def _checked(cursor: DuckDBPyConnection, dataset: Dataset, file: FileRead) -> Checked:
    inserted, updated, rejected, warnings = cursor.execute(
        catalog.statement("upload/counts")
    ).fetchone()
    counts = Counts(
        rows=file.row_count,
        inserted=inserted,
        updated=updated,
        unchanged=file.row_count - inserted - updated - rejected,
        rejected=rejected,
        warnings=warnings,
    )
    return Checked(
        counts=counts,
        problems=cursor.execute(catalog.statement("upload/problems_list")).df(),
        differences=_differences(cursor, dataset),
        new=_new_records(cursor, dataset),
    )


def _differences(cursor: DuckDBPyConnection, dataset: Dataset) -> pd.DataFrame:
    changed = accepted(cursor).filter(Col("change") == Value("changed"))
    parts = [
        changed.filter(_differs(column.name)).select(
            Col("row"),
            Col("record_id"),
            Value(column.name).alias("column"),
            as_cell(column, f"s_{column.name}").alias("before"),
            as_cell(column, column.name).alias("after"),
        )
        for column in dataset.columns
    ]
    differences = parts[0]
    for part in parts[1:]:
        differences = differences.union(part)
    return differences.sort(Col("row"), Col("column")).limit(SHOWN).df()


def _differs(name: str) -> Expression:
    now, was = Col(name), Col(f"s_{name}")
    one_is_null = now.isnull() != was.isnull()
    return one_is_null | CoalesceOperator(now != was, Value(False))


def _new_records(cursor: DuckDBPyConnection, dataset: Dataset) -> pd.DataFrame:
    new = accepted(cursor).filter(Col("change") == Value("new"))
    return (
        new.select(
            Col("row"),
            *(
                as_cell(column, column.name).alias(column.name)
                for column in dataset.columns
            ),
        )
        .sort(Col("row"))
        .limit(SHOWN)
        .df()
    )
