"""Checks of records: keys, references, codes, and dates; and of the audit log."""

from collections.abc import Iterator
from dataclasses import dataclass

from duckdb import ColumnExpression as Col
from duckdb import ConstantExpression as Value
from duckdb import DuckDBPyConnection, DuckDBPyRelation, Expression
from duckdb import FunctionExpression as Call

from cri_data.audit.verify import chain_faults
from cri_data.model.datasets import DATASETS, Column, Dataset, Kind
from cri_data.store import query_files
from cri_data.store.rows import only_row
from cri_data.store.store import Store

_TRAIL, _FACTS = "trail", "facts"

# Checks of other tables that refer to records.
MERGED_AGENCIES, PEOPLE = "merged_agencies", "people"
_ALSO_REFERRING = {
    "agencies": (MERGED_AGENCIES, "check/merged_agencies"),
    "partners": (PEOPLE, "check/people_of_partners"),
}


@dataclass(frozen=True)
class Finding:
    """A fault in the store: where, what, how many, and the first key."""

    dataset: str
    what: str
    records: int
    example: str | None

    def __str__(self) -> str:
        """The finding on one line."""
        if self.example is None and self.dataset == _TRAIL:
            return f"{_TRAIL}: {self.what}"
        return f"{self.dataset}: {self.what}: {self.records:,} (first: {self.example})"


def findings_of_records(store: Store) -> list[Finding]:
    """All faults in records and the audit log."""
    with store.cursor() as cursor:
        of_rows = [
            finding
            for dataset in DATASETS.values()
            for finding in _of_dataset(cursor, dataset)
        ]
        of_rows += _of_facts(cursor)
    return of_rows + [Finding(_TRAIL, fault, 1, None) for fault in chain_faults(store)]


def _of_facts(cursor: DuckDBPyConnection) -> list[Finding]:
    """Whether the facts differ from the tables."""
    differ = cursor.execute(query_files.statement("check/facts_differ"))
    if not only_row(differ)[0]:
        return []
    # Finding which facts differ would take much longer.
    faults = cursor.execute(query_files.statement("check/facts")).fetchall()
    return [Finding(_FACTS, *fault) for fault in faults]


def broken_references(cursor: DuckDBPyConnection, dataset: Dataset) -> list[Finding]:
    """References from or to this dataset's rows that have no target.

    Includes those of merged agencies and of the list of people.
    """
    found = [
        finding
        for referring in DATASETS.values()
        for column in referring.columns
        if dataset.name in (referring.name, column.refers_to)
        for finding in _reference(cursor, referring, column)
    ]
    if dataset.name in _ALSO_REFERRING:
        name, statement = _ALSO_REFERRING[dataset.name]
        rows = cursor.execute(query_files.statement(statement)).fetchall()
        found += [Finding(name, *row) for row in rows]
    return found


def _of_dataset(cursor: DuckDBPyConnection, dataset: Dataset) -> Iterator[Finding]:
    rows, key = cursor.table(dataset.name), Col(dataset.key)
    faults = _faults_of_rows(dataset)
    # One look at the table counts all of them: there are rarely any.
    counts = only_row(rows.aggregate([Call("count_if", of) for of in faults.values()]))
    for (what, is_wrong), count in zip(faults.items(), counts, strict=True):
        if count:
            yield from _found(dataset, what, rows.filter(is_wrong))
    repeated = rows.aggregate(
        [key.alias(dataset.key), Call("count", key).alias("times")], dataset.key
    ).filter(Col("times") > Value(1))
    yield from _found(dataset, "key more than once", repeated)
    for column in dataset.columns:
        yield from _reference(cursor, dataset, column)


def _faults_of_rows(dataset: Dataset) -> dict[str, Expression]:
    """What can be wrong with a row by itself, and when it is."""
    faults = {"no key": Col(dataset.key).isnull()}
    for column in dataset.columns:
        if column.required and column.name != dataset.key:
            faults[f"no {column.name}"] = Col(column.name).isnull()
        if column.codes:
            codes = Value(list(column.codes.values))
            is_known = Call("list_contains", codes, Col(column.name))
            faults[f"unknown {column.name}"] = ~is_known
    for chain in dataset.date_chains:
        for place, later in enumerate(chain):
            for earlier in chain[:place]:
                faults[f"{later} before {earlier}"] = Col(earlier) > Col(later)
    return faults


def _reference(
    cursor: DuckDBPyConnection, dataset: Dataset, column: Column
) -> Iterator[Finding]:
    if column.refers_to is None:
        return
    target = DATASETS[column.refers_to]
    given = Col(column.name)
    ids = Call("unnest", given) if column.kind is Kind.ID_LIST else given
    orphans = (
        cursor.table(dataset.name)
        .select(Col(dataset.key), ids.alias("id"))
        .filter(Col("id").isnotnull())
        .join(
            cursor.table(target.name)
            .set_alias("known")
            .select(Col(target.key).alias("id")),
            "id",
            how="anti",
        )
    )
    what = f"{column.name} names none of the {target.name}"
    yield from _found(dataset, what, orphans)


def _found(dataset: Dataset, what: str, rows: DuckDBPyRelation) -> Iterator[Finding]:
    count = rows.shape[0]
    if count:
        example = rows.select(Col(dataset.key)).sort(Col(dataset.key)).limit(1)
        yield Finding(dataset.name, what, count, only_row(example)[0])
