"""Problems between rows and columns: keys, references, and the order of dates."""

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

from cri_data.importing.mapping.mapped_file import MappedFile
from cri_data.importing.problems import add_problems, broken_rules, problem_rows
from cri_data.importing.shaping.origins import ROWS
from cri_data.importing.staging import MERGED, PROBLEMS, REPEATED_IDS, REPEATED_ROWS, TYPED
from cri_data.model.datasets import DATASETS, Column, Dataset, Kind
from cri_data.model.problem_rules import Rule, Severity, message
from cri_data.reading import FileRead
from cri_data.store import query_files

# Two words, which no ID has.
_NAME = r"[A-Za-z]{2,}\.? +[A-Za-z]"


def add_repeated_keys(
    cursor: DuckDBPyConnection, prepared: MappedFile, present: list[Column]
) -> None:
    """Add problems for rows of the same key: conflicts and repetitions."""
    dataset, file = prepared.dataset, prepared.file
    known_by = "engagement and metric" if prepared.matching.makes_ids else dataset.key
    typed = TYPED.rows(cursor)
    repeated = cursor.execute(query_files.statement("upload/repeated_ids")).to_arrow_table()
    if not repeated.num_rows:
        return
    REPEATED_IDS.hand_over(cursor, repeated)
    content = Call("hash", *(Col(f"v_{column.name}") for column in present))
    repeated_rows = typed.join(REPEATED_IDS.rows(cursor), "record_id", how="semi")
    said = repeated_rows.select(
        Col("row"),
        _row_name(file).alias("row_name"),
        Col("record_id"),
        content.alias("content"),
    )
    REPEATED_ROWS.run(said, "keep_repeated_keys")
    REPEATED_IDS.take_back(cursor)
    cursor.execute(
        query_files.statement("upload/repeated_key_problems"),
        {
            "key": dataset.key,
            "conflict": message(Rule.KEY_REPEATED, key=known_by, rows="{}"),
            "duplicate": message(Rule.ROW_REPEATED, row="{}"),
        },
    )


def _row_name(file: FileRead) -> Expression:
    """The number of a row for people. In several sheets, with its sheet."""
    row = Call("mod", Col("row"), Value(ROWS))
    if not file.has_sheets:
        return row.cast("VARCHAR")
    names = [
        CaseExpression(
            (row > Value(block.before)) & (row <= Value(block.before + block.last_row)),
            Call("concat", row - Value(block.before), Value(f" of '{block.sheet}'")),
        )
        for block in file.blocks
    ]
    return CoalesceOperator(*names, row.cast("VARCHAR"))


def add_unknown_references(
    cursor: DuckDBPyConnection, dataset: Dataset, present: list[Column]
) -> None:
    """Add problems for rows that refer to records neither stored nor in the file."""
    for column in present:
        if column.refers_to is None:
            continue
        target = DATASETS[column.refers_to]
        unknown = _unknown_texts(cursor, column, target)
        if unknown.limit(1).fetchone() is None:
            continue
        rows = TYPED.rows(cursor).join(unknown.set_alias("unknown"), f"x_{column.name}")
        while _add_unknown(
            cursor, column, target, _not_in_file(cursor, dataset, column, rows)
        ):
            # A row that refers to a rejected row of the same file is rejected
            # in turn, and so on.
            if column.refers_to != dataset.name:
                break


def _unknown_texts(
    cursor: DuckDBPyConnection, column: Column, target: Dataset
) -> DuckDBPyRelation:
    """(text, ID) of each ID that is not stored, checking each different text once."""
    text = f"x_{column.name}"
    known = cursor.table(target.name).select(Col(target.key).alias("id"))
    value = Call("any_value", Col(f"v_{column.name}")).alias("given")
    given = TYPED.rows(cursor).aggregate([Col(text), value], text)
    is_list = column.kind is Kind.ID_LIST
    ids = Call("unnest", Col("given")) if is_list else Col("given")
    referred = given.select(Col(text), ids.alias("id")).filter(Col("id").isnotnull())
    return referred.join(known, "id", how="anti")


def _not_in_file(
    cursor: DuckDBPyConnection, dataset: Dataset, column: Column, rows: DuckDBPyRelation
) -> DuckDBPyRelation:
    """The rows without those that refer to a valid row of the same file."""
    if column.refers_to == dataset.name:
        rejected = cursor.sql(query_files.statement("upload/rejected_rows"))
        good = TYPED.rows(cursor).join(rejected, "row", how="anti")
        new = good.select(Col("record_id").alias("id"))
        return rows.join(rejected, "row", how="anti").join(new, "id", how="anti")
    if column.refers_to == "agencies":
        # A name without a certain agency already has a better message.
        of_names = Col("rule") == Value(Rule.AGENCY_NOT_CERTAIN.value)
        uncertain = PROBLEMS.rows(cursor).filter(of_names).select(Col("row"))
        return rows.join(uncertain, "row", how="anti")
    return rows


def _add_unknown(
    cursor: DuckDBPyConnection, column: Column, target: Dataset, rows: DuckDBPyRelation
) -> bool:
    """Add a problem for each of these rows. Returns whether there are any."""
    found = problem_rows(
        rows,
        column.name,
        Col("id"),
        Rule.UNKNOWN_REFERENCE,
        Severity.ERROR,
        Call("format", _unknown_reference(target), Call("left", Col("id"), Value(100))),
    )
    before = PROBLEMS.rows(cursor).shape[0]
    add_problems(found)
    return PROBLEMS.rows(cursor).shape[0] > before


def _unknown_reference(target: Dataset) -> Expression:
    """The message, with braces in place of the ID."""
    given = {"row_is": target.row_is, "id": "{}"}
    correct = Value(message(Rule.UNKNOWN_REFERENCE, dataset=target.name, **given))
    if target.name != "agencies":
        return correct
    # If the file has a state, names are searched within it (agency_ids.py).
    is_name = Call("regexp_matches", Col("id"), Value(_NAME))
    by_name = Value(message(Rule.UNKNOWN_REFERENCE, "name", **given))
    return CaseExpression(is_name, by_name).otherwise(correct)


def date_order_problems(
    cursor: DuckDBPyConnection, dataset: Dataset
) -> Iterator[DuckDBPyRelation]:
    """Rows whose dates, together with stored ones, would be out of order."""
    merged = MERGED.rows(cursor)
    # Only neighboring known dates are compared, so each fault is reported once.
    nearest: dict[tuple[str, str], Expression] = {}
    for chain in dataset.date_chains:
        for i, earlier in enumerate(chain):
            for j in range(i + 1, len(chain)):
                is_nearest = Value(True)
                for name in chain[i + 1 : j]:
                    is_nearest = is_nearest & Col(name).isnull()
                pair = (earlier, chain[j])
                nearest[pair] = nearest.get(pair, Value(False)) | is_nearest
    backwards = {
        (earlier, later): (Col(earlier) > Col(later)) & is_nearest
        for (earlier, later), is_nearest in nearest.items()
    }
    are_broken = broken_rules(merged, list(backwards.values()))
    for is_broken, ((earlier, later), rule) in zip(
        are_broken, backwards.items(), strict=True
    ):
        if not is_broken:
            continue
        said = message(Rule.DATES_OUT_OF_ORDER, later=later, earlier=earlier, day="{}")
        yield problem_rows(
            merged.filter(rule),
            later,
            Col(later).cast("VARCHAR"),
            Rule.DATES_OUT_OF_ORDER,
            Severity.ERROR,
            Call("format", Value(said), Col(earlier).cast("VARCHAR")),
        )


def merged_agency_problems(
    cursor: DuckDBPyConnection, dataset: Dataset, merged: dict[str, str]
) -> DuckDBPyRelation:
    """Rows that would restore an agency that was merged into another one."""
    is_gone = Call("list_contains", Value(list(merged)), Col("record_id"))
    rows = TYPED.rows(cursor).filter(
        is_gone if dataset.name == "agencies" and merged else Value(False)
    )
    return problem_rows(
        rows,
        dataset.key,
        Col("record_id"),
        Rule.MERGED_AGENCY,
        Severity.ERROR,
        Value(message(Rule.MERGED_AGENCY)),
    )
