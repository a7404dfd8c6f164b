"""The store: one DuckDB file, opened by one process, read and written safely."""

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
from cri_data.model.filters import as_struct
from cri_data.model.refusal import Refusal
from cri_data.model.roles import Viewer
from cri_data.store import facts, query_files


class StoreError(Refusal):
    """The store cannot be used; the message says why and what to do."""


class StoreInUse(StoreError):
    """Another process has the store open."""


@dataclass(frozen=True)
class StoreInfo:
    """What a store says of itself. `as_of_on` is the day that "now" means."""

    schema_version: int
    is_demonstration: bool
    as_of_on: date
    data_version: int


# The same as it is stored: no day where "now" is today.
_Info = tuple[int, bool, date | None, int]


class Store:
    """An open store. Cursors are for one thread each; writes are one at a time."""

    def __init__(self, path: Path | None, connection: duckdb.DuckDBPyConnection):
        self.path = path
        self._connection = connection
        self._info = _info(connection)
        self._writer = threading.Lock()
        # Held from reading the trail's newest entry to the COMMIT of the next.
        self.audit_lock = threading.Lock()
        # Held while kept files are looked through and written anew.
        self.redacting = threading.Lock()
        # Held while the list of people changes: it never waits for an upload.
        self.users_lock = threading.Lock()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of its own to the same store, for this thread."""
        return self._connection.cursor()

    def close(self) -> None:
        """Close the file, so that another process can open it."""
        self._connection.close()

    def info(self) -> StoreInfo:
        """What the store says of itself now: kept in memory, it moves at each COMMIT."""
        version, demonstration, as_of_on, data_version = self._info
        # Of real data, "now" is today.
        today = datetime.now(UTC).date()
        return StoreInfo(version, demonstration, as_of_on or today, data_version)

    def ask(self, name: str, viewer: Viewer, /, **values: object) -> pd.DataFrame:
        """Answer one question of queries/ for this viewer.

        `values` are the fields of Filters and the question's own parameters, by
        name. One left out is null, but for `as_of`, which is the store's as-of
        date, and `suppress_below`, which is the setting. Nothing given can stand in
        for the viewer. Raises catalog.QueryError for an unknown question and
        duckdb.Error for a value that cannot be what the parameter is.
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
        """The same answer as seen inside the transaction of this cursor."""
        return self._answer(cursor, name, viewer, values).df()

    def ask_arrow(self, name: str, viewer: Viewer, /, **values: object) -> pa.Table:
        """The same answer as an Arrow table, in which a whole number stays one."""
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
        }
        given |= values | {"filters": as_struct(values)} | viewer.params()
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
        """One transaction: all of it or nothing, and the data version moves on.

        `touched` says, once all is written, which uploads changed records or were
        taken back: the facts of these are made anew. None: those of all records.

        Waits for another writer of this process. What a person does goes
        through audit.writing(), which says so in the trail `before_commit`.
        Raises StoreError where another one changed the store in between, and
        where there is no room for it.
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
                # Somebody else may have changed the store.
                self._info = _info(cursor)
                raise why_not_committed(error) from error
            except BaseException:
                _roll_back(cursor)
                raise

    def holds_rows(self) -> bool:
        """Whether anything but the starting topics and metrics is stored."""
        return self.rows("store/holds_rows")[0][0]


def _info(connection: duckdb.DuckDBPyConnection) -> _Info:
    """What the store says of itself, as this connection sees it."""
    return connection.execute(query_files.statement("store/info")).fetchone()


def why_not_committed(error: duckdb.TransactionException) -> StoreError:
    """What to say of a COMMIT that failed: another was faster, or it is the disk."""
    if "conflict" in str(error).lower():
        return StoreError(
            "Somebody else changed the store at the same moment. "
            "Nothing of this was kept: try again."
        )
    return StoreError(
        "The store cannot be written. Nothing of this was kept. Is there room on its "
        "disk, and may you write to its folder?"
    )


def refuse_demonstration(store: Store) -> None:
    """Raise StoreError for a demonstration store: it never takes real rows."""
    if store.info().is_demonstration:
        raise StoreError(
            "This store holds invented demonstration data and takes no real rows. "
            "Start an empty store on the Upload page, or name a new file in "
            f"{settings.STORE.name} and run: python -m cri_data init"
        )


def _roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
    try:
        cursor.rollback()
    except duckdb.Error:
        # A failed COMMIT has rolled back already, and there is nothing left to.
        return
