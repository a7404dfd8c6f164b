"""Warnings about possible but unusual values. They never reject a row."""

from collections.abc import Iterator

from duckdb import ColumnExpression as Col
from duckdb import ConstantExpression as Value
from duckdb import DuckDBPyConnection, DuckDBPyRelation, Expression
from duckdb import FunctionExpression as Call

from cri_data.importing.problems import broken_rules, problem_rows
from cri_data.importing.staging import MERGED
from cri_data.model.datasets import Column, Dataset
from cri_data.model.problem_rules import Rule, Severity, message
from cri_data.store import query_files

# More hours are rare for one engagement, and such a change is rare for one agency.
_MOST_HOURS = 2_000
_TIMES = 10

# The statements that find places far from the agency's state.
_FAR_AWAY = {
    "agencies": "upload/far_from_state",
    "engagements": "upload/far_from_agency",
}

_E_MAIL = r"[\w.+-]+@[\w-]+\.[\w.]+"
_PHONE = r"(^|\D)(\+?1[-. ]?)?\(?[2-9]\d{2}\)?[-. ]\d{3}[-. ]\d{4}(\D|$)"


def unusual_values(
    cursor: DuckDBPyConnection, dataset: Dataset, present: list[Column]
) -> Iterator[DuckDBPyRelation]:
    """Rows of the file with unusual values, also compared with stored ones."""
    merged = MERGED.rows(cursor)
    names = {column.name for column in present}
    rules = [rule for rule in (*_rules(names), *_personal(dataset)) if rule[0] in names]
    are_broken = broken_rules(merged, [condition for _, condition, _ in rules])
    for is_broken, (name, condition, said) in zip(are_broken, rules, strict=True):
        if is_broken:
            yield _warning(merged.filter(condition), name, said)
    if dataset.name in _FAR_AWAY and {"latitude", "longitude"} <= names:
        yield _warning(
            cursor.sql(query_files.statement(_FAR_AWAY[dataset.name])),
            "latitude",
            message(Rule.UNUSUAL, "far away"),
        )
    if dataset.name == "agencies" and "zip" in names:
        said = message(Rule.UNUSUAL, "ZIP elsewhere", state="{}")
        yield _warning(
            cursor.sql(query_files.statement("upload/zip_elsewhere")),
            "zip",
            Call("format", Value(said), Col("zip_state")),
        )


def _rules(names: set[str]) -> Iterator[tuple[str, Expression, str | Expression]]:
    yield (
        "closed_on",
        Col("closed_on") == Col("received_on"),
        message(Rule.UNUSUAL, "closed at once"),
    )
    yield (
        "closed_on",
        Col("closed_on").isnotnull()
        & Col("status").isnotnull()
        & Call("is_open_request", Col("status"), Col("closed_on")),
        message(Rule.UNUSUAL, "closed, but open"),
    )
    is_open = Col("status").isnotnull() & Call(
        "is_open_request", Col("status"), Col("closed_on")
    )
    yield (
        "closed_reason",
        Col("closed_reason").isnotnull() & is_open,
        message(Rule.UNUSUAL, "reason, but open"),
    )
    yield (
        "delivery_started_on",
        Col("delivery_started_on").isnotnull()
        & Call("list_contains", Value(["received", "under_review"]), Col("status")),
        message(Rule.UNUSUAL, "delivery, but not accepted"),
    )
    yield (
        "hours",
        Col("hours") > Value(_MOST_HOURS),
        message(Rule.UNUSUAL, "hours", hours=f"{_MOST_HOURS:,}"),
    )
    invited, responded = Col("respondents_invited"), Col("respondents_responded")
    more = Call(
        "format", Value(message(Rule.UNUSUAL, "more responded", invited="{}")), invited
    )
    is_given = "respondents_responded" in names
    name = "respondents_responded" if is_given else "respondents_invited"
    yield name, responded > invited, more
    before, now = Col("s_sworn_officers"), Col("sworn_officers")
    yield (
        "sworn_officers",
        (now >= before * Value(_TIMES)) & (before > Value(0)),
        message(Rule.UNUSUAL, "sworn officers", times=_TIMES),
    )


def _personal(dataset: Dataset) -> Iterator[tuple[str, Expression, str]]:
    for name in dataset.free_texts:
        private = Call("regexp_matches", Col(name), Value(f"{_E_MAIL}|{_PHONE}"))
        yield name, private, message(Rule.UNUSUAL, "personal")


def _warning(rows: DuckDBPyRelation, name: str, said: str | Expression) -> DuckDBPyRelation:
    shown = Col(name).cast("VARCHAR")
    message_of = Value(said) if isinstance(said, str) else said
    return problem_rows(rows, name, shown, Rule.UNUSUAL, Severity.WARNING, message_of)
