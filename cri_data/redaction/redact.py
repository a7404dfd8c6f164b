"""Redaction: free text deleted from the store, changes, stored files, and saved choices."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import reduce
from typing import TypeVar

from duckdb import ColumnExpression as Col
from duckdb import ConstantExpression as Value
from duckdb import DuckDBPyConnection, DuckDBPyRelation
from duckdb import FunctionExpression as Call

from cri_data.audit.log import Action, audited_transaction
from cri_data.model.datasets import DATASETS, Dataset
from cri_data.model.refusal import Refusal
from cri_data.redaction.file_rows import Wanted
from cri_data.redaction.stored_files import LookedTooEarly, Seen, look_through, rewrite
from cri_data.store import query_files
from cri_data.store.rows import only_row
from cri_data.store.store import Store

# How often the files are searched before other writers have to wait.
_TRIES = 3

Looked = TypeVar("Looked")
Done = TypeVar("Done")


class RedactionError(Refusal):
    """Nothing can be redacted. The message says why."""


@dataclass(frozen=True)
class Places:
    """Where text was deleted. Files that could not be rewritten were deleted."""

    records: int = 0
    changes: int = 0
    files_rewritten: int = 0
    files_let_go: int = 0
    remembered: int = 0

    @property
    def total(self) -> int:
        """The number of all places."""
        return sum(asdict(self).values())

    def __str__(self) -> str:
        """The places in words."""
        return ", ".join(
            f"{count:,} {one if count == 1 else several}"
            for count, one, several in (
                (self.records, "record", "records"),
                (self.changes, "change", "changes"),
                (self.files_rewritten, "file rewritten", "files rewritten"),
                (self.files_let_go, "file deleted", "files deleted"),
                (self.remembered, "saved choice", "saved choices"),
            )
        )

    def __add__(self, other: "Places") -> "Places":
        mine, others = asdict(self), asdict(other)
        return Places(**{name: mine[name] + others[name] for name in mine})


def redactable() -> list[str]:
    """The datasets whose records have free text."""
    return [name for name, dataset in DATASETS.items() if dataset.free_texts]


def redact(store: Store, dataset_name: str, record_id: str, who: str) -> Places:
    """Permanently delete one record's free text everywhere. Returns the places.

    Works for withdrawn and never accepted records too. Undoing an earlier upload doesn't
    restore the text. Earlier backups still contain it. Raises RedactionError if there is
    no such text.
    """
    dataset = DATASETS[dataset_name]
    if not dataset.free_texts:
        raise RedactionError(
            f"{dataset_name.capitalize()} hold no free text. These do: "
            f"{', '.join(redactable())}."
        )

    def keep(cursor: DuckDBPyConnection) -> None:
        cursor.execute(
            query_files.statement("redaction/keep_record"), {"record_id": record_id}
        )

    def take_out(seen: Seen | None) -> Places:
        with audited_transaction(store, who) as transaction:
            keep(transaction.cursor)
            places = take_out_texts(transaction.cursor, dataset, seen)
            if not places.total:
                raise RedactionError(
                    f"Nothing holds free text of the {dataset.row_is} '{record_id}'."
                )
            transaction.record(
                Action.REDACTED, dataset=dataset_name, record_id=record_id, **asdict(places)
            )
        return places

    return after_looking(store, lambda: look(store, dataset, keep), take_out)


def after_looking(
    store: Store, look_first: Callable[[], Looked], write: Callable[[Looked | None], Done]
) -> Done:
    """Search first and then write, so that uploads wait only for the writing.

    If an upload changed the search in the meantime, search again, and finally while
    others wait.
    """
    # One redaction at a time, so that none restores text that another one deleted.
    with store.redacting:
        for _ in range(_TRIES):
            try:
                return write(look_first())
            except LookedTooEarly:
                continue
        return write(None)


def look(
    store: Store, dataset: Dataset, keep: Callable[[DuckDBPyConnection], object]
) -> Seen:
    """Search the stored files for the records that `keep` puts in `redacting`."""
    with store.cursor() as cursor:
        cursor.begin()
        keep(cursor)
        _keep_texts(cursor, dataset)
        seen = look_through(cursor, _wanted(cursor, dataset))
        cursor.rollback()
    return seen


def _keep_texts(cursor: DuckDBPyConnection, dataset: Dataset) -> None:
    _texts(cursor, dataset).query("texts", query_files.statement("redaction/keep_texts"))


def take_out_texts(
    cursor: DuckDBPyConnection, dataset: Dataset, seen: Seen | None = None
) -> Places:
    """Delete the free text of the records in the table `redacting`.

    Files that were `seen` are not searched again. Raises LookedTooEarly.
    """
    _keep_texts(cursor, dataset)
    rewritten, deleted = rewrite(cursor, _wanted(cursor, dataset), seen)
    return Places(
        records=_count(cursor, f"redaction/blank_{dataset.name}"),
        changes=_count(
            cursor,
            "redaction/blank_changes",
            dataset=dataset.name,
            columns=list(dataset.free_texts),
            blank=json.dumps(dict.fromkeys(dataset.free_texts)),
        ),
        files_rewritten=rewritten,
        files_let_go=deleted,
        remembered=_forget(cursor),
    )


def _texts(cursor: DuckDBPyConnection, dataset: Dataset) -> DuckDBPyRelation:
    """All free text of each record, current and past."""
    stored = cursor.table(dataset.name)
    changes = cursor.table("changes").filter(Col("dataset") == Value(dataset.name))
    found = []
    for name in dataset.free_texts:
        found.append(
            stored.select(Col(dataset.key).alias("record_id"), Col(name).alias("text"))
        )
        for when in ("before", "after"):
            text = Call("json_extract_string", Col(when), Value(f'$."{name}"'))
            found.append(changes.select(Col("record_id"), text.alias("text")))
    return reduce(DuckDBPyRelation.union, found)


def _wanted(cursor: DuckDBPyConnection, dataset: Dataset) -> Wanted:
    ids, texts = (
        frozenset(
            text for (text,) in cursor.execute(query_files.statement(name)).fetchall()
        )
        for name in ("redaction/ids", "redaction/texts")
    )
    return Wanted(dataset, ids, texts)


def _count(cursor: DuckDBPyConnection, statement: str, **values: object) -> int:
    return int(only_row(cursor.execute(query_files.statement(statement), values))[0])


def _forget(cursor: DuckDBPyConnection) -> int:
    """Delete choices and names that repeat the text. Returns how many."""
    texts = {
        text
        for (text,) in cursor.execute(query_files.statement("redaction/texts")).fetchall()
    }
    forgotten = _count(cursor, "redaction/forget_aliases")
    recipes = cursor.execute(query_files.statement("redaction/recipes")).fetchall()
    for dataset, headings_key, recipe in recipes:
        if not texts.isdisjoint(_strings(json.loads(recipe))):
            cursor.execute(
                query_files.statement("upload/forget_recipe"),
                {"dataset": dataset, "headings_key": headings_key},
            )
            forgotten += 1
    return forgotten


def _strings(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for name, value in part.items():
            yield name
            yield from _strings(value)
    elif isinstance(part, list):
        for value in part:
            yield from _strings(value)
