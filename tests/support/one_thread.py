"""DuckDB on one thread in the tests' own processes: there are as many as processors.

A store starts a thread for each processor. On the few rows of a test they only wait, and
waking them takes a quarter of the processor time. What the tests start, servers above all,
has all its threads.
"""

import functools

import duckdb


def use_one_thread() -> None:
    """For every connection that this process opens from now on."""
    connect = duckdb.connect

    @functools.wraps(connect)
    def on_one_thread(
        database: str = ":memory:",
        read_only: bool = False,
        config: dict[str, object] | None = None,
    ) -> duckdb.DuckDBPyConnection:
        return connect(database, read_only, {"threads": 1, **(config or {})})

    duckdb.connect = on_one_thread
