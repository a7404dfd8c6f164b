"""The store: one DuckDB file, opened by one process, with safe reads and writes."""

import importlib
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa

from cri_data import settings
from cri_data.local_time import local_day
from cri_data.model.filters import as_struct
from cri_data.model.refusal import Refusal
from cri_data.model.roles import Viewer
from cri_data.store import facts, query_files
from cri_data.store.rows import only_row


class StoreError(Refusal):
    """The store can't be used. The message says why and what to do."""


class StoreInUse(StoreError):
    """Another process has the store open."""


@dataclass(frozen=True)
class StoreInfo:
    """A store's description of itself. `as_of_on` is the as-of date."""

    schema_version: int
    is_demonstration: bool
    as_of_on: date
    data_version: int


# As stored: null if the as-of date is today.
_Info = tuple[int, bool, date | None, int]


class Store:
    """An open store. A cursor belongs to one thread; only one writer works at a time."""

    def __init__(self, path: Path | None, connection: duckdb.DuckDBPyConnection):
        self.path = path
        self._connection = connection
        self._info = _info(connection)
        self._writer = threading.Lock()
        # Held from reading the newest audit log entry until the next one is committed.
        self.audit_lock = threading.Lock()
        # Held while stored files are searched and rewritten.
        self.redacting = threading.Lock()
        # Held while the list of people changes. It never waits for an upload.
        self.users_lock = threading.Lock()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A separate connection to the store, for this thread."""
        return self._connection.cursor()

    def close(self) -> None:
        """Close the file, so that another process can open it."""
        self._connection.close()

    def info(self) -> StoreInfo:
        """The store's current description, kept in memory and updated at each COMMIT."""
        version, demonstration, as_of_on, data_version = self._info
        # For real data, the as-of date is today, at the office.
        today = local_day(datetime.now(UTC))
        return StoreInfo(version, demonstration, as_of_on or today, data_version)

    def ask(self, name: str, viewer: Viewer, /, **values: object) -> pd.DataFrame:
        """The result of one query of queries/ for this viewer.

        `values` are fields of Filters and the query's own parameters, by name. One left
        out is null, except `as_of` (the store's as-of date), `suppress_below`, and
        `target_days` (the settings). No value can replace the viewer. Raises
        query_files.QueryError for an unknown query, and duckdb.Error for a value that
        doesn't fit its parameter.
        """
        with self.cursor() as cursor:
            return self.ask_within(cursor, name, viewer, **values)

    def ask_within(
        self,
        cursor: duckdb.DuckDBPyConnection,
        name: str,
        viewer: Viewer,
        /,
        **values: object,
    ) -> pd.DataFrame:
        """A query's result as seen inside this cursor's transaction."""
        rows = self._answer(cursor, name, viewer, values).df()
        then = query_files.question_named(name).then
        return _with_statistics(then, rows) if then else rows

    def ask_arrow(self, name: str, viewer: Viewer, /, **values: object) -> pa.Table:
        """A query's result as an Arrow table, which keeps whole numbers."""
        if query_files.question_named(name).then:
            return pa.Table.from_pandas(
                self.ask(name, viewer, **values), preserve_index=False
            )
        with self.cursor() as cursor:
            return self._answer(cursor, name, viewer, values).to_arrow_table()

    def _answer(
        self,
        cursor: duckdb.DuckDBPyConnection,
        name: str,
        viewer: Viewer,
        values: dict[str, object],
    ) -> duckdb.DuckDBPyConnection:
        query = query_files.question_named(name)
        given = {
            "as_of": self.info().as_of_on,
            "suppress_below": settings.SUPPRESS_BELOW.whole_number(),
            "target_days": settings.target_days(),
        }
        given |= values | {"filters": as_struct(values)} | viewer.params()
        for param in query_files.MADE.keys() & set(query.params):
            given[param] = _made(cursor, query_files.MADE[param], given)
        bound = {param: given.get(param) for param in query.params}
        return cursor.execute(query.sql, bound)

    def rows(self, statement: str, **values: object) -> list[tuple]:
        """The rows of one statement under queries/, such as 'store/info'."""
        with self.cursor() as cursor:
            return cursor.execute(query_files.statement(statement), values).fetchall()

    @contextmanager
    def writing(
        self,
        before_commit: Callable[[], None] = lambda: None,
        touched: Callable[[], Sequence[str] | None] = lambda: None,
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        """A transaction: all or nothing, with a new data version.

        `touched` names, once all is written, the uploads that changed records or
        were undone: their facts are made again. None: the facts of all records.

        Waits for another writer of this process. What a person does goes through
        audit.log.audited_transaction(), which writes the audit log entry in
        `before_commit`. Raises StoreError if another process changed the store in
        between, or the disk is full.
        """
        with self._writer, self.cursor() as cursor:
            cursor.begin()
            try:
                yield cursor
                uploads = touched()
                if uploads is None or uploads or not facts.are_current(cursor):
                    facts.bring_after(cursor, uploads)
                cursor.execute(query_files.statement("store/next_data_version"))
                facts.keep_state(cursor)
                info = _info(cursor)
                with self.audit_lock:
                    before_commit()
                    cursor.commit()
                self._info = info
            except duckdb.TransactionException as error:
                _roll_back(cursor)
                # Someone else may have changed the store.
                self._info = _info(cursor)
                raise why_not_committed(error) from error
            except BaseException:
                _roll_back(cursor)
                raise

    def holds_rows(self) -> bool:
        """Whether the store has any rows besides the starting topics and metrics."""
        return self.rows("store/holds_rows")[0][0]


def _info(connection: duckdb.DuckDBPyConnection) -> _Info:
    """The store's description of itself, as this connection sees it."""
    found = only_row(connection.execute(query_files.statement("store/info")))
    version, is_demonstration, as_of_on, data_version = found
    return version, is_demonstration, as_of_on, data_version


def why_not_committed(error: duckdb.TransactionException) -> StoreError:
    """The message for a failed COMMIT: another writer was faster, or the disk failed."""
    if "conflict" in str(error).lower():
        return StoreError(
            "Someone else changed the store at the same moment. Nothing was saved. "
            "Try again."
        )
    return StoreError(
        "The store cannot be written. Nothing was saved. Check the free space on its disk "
        "and your permission to write to its folder."
    )


def refuse_demonstration(store: Store) -> None:
    """Raise StoreError for a demonstration store, which doesn't accept real data."""
    if store.info().is_demonstration:
        raise StoreError(
            "This store has demonstration data and does not accept real data. "
            "Start an empty store on the Upload page, or name a new file in "
            f"{settings.STORE.name} and run: python -m cri_data init"
        )


def _roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
    try:
        cursor.rollback()
    except duckdb.Error:
        # A failed COMMIT has already rolled back.
        return


def load_statistics() -> None:
    """Load what all queries need, so that nobody who asks waits seconds for it."""
    for query in query_files.questions().values():
        if query.then:
            importlib.import_module(f"cri_data.statistics.{query.then}")


def _with_statistics(module: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the columns that a module of cri_data/statistics adds to them."""
    # Loaded when first needed: some of these libraries take seconds.
    adding = importlib.import_module(f"cri_data.statistics.{module}")
    added: pd.DataFrame = adding.answer(rows)
    return added


def _made(
    cursor: duckdb.DuckDBPyConnection, name: str, given: dict[str, object]
) -> dict[str, object]:
    """The one row of a statement about the filters and the as-of date, as a struct."""
    statement = query_files.statement(name)
    (parsed,) = duckdb.extract_statements(statement)
    asked = {param: given[param] for param in parsed.named_parameters}
    found = cursor.execute(statement, asked)
    names = [column[0] for column in found.description or ()]
    return dict(zip(names, only_row(found), strict=True))
