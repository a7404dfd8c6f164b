"""Connections to the store's file: create it, update it, or refuse it."""

import os
from pathlib import Path

import duckdb

from cri_data import settings
from cri_data.store import facts, query_files
from cri_data.store.rows import only_row
from cri_data.store.store import Store, StoreError, StoreInUse, why_not_committed
from cri_data.store.zip_places import zip_places

SCHEMA_VERSION = 1

# Tables, values, views, and macros are built if another version of the program built the
# store. Initial rows are added only to a new store.
_ONLY_IN_A_NEW_STORE = {"21_topics_and_metrics"}

# The view with the hash of the scripts that last built the store.
_LAID = "laid_scripts"

# Versions without that view build this one each time they open the store.
_OF_OLDER_PROGRAMS = {"agency_facts"}


def open_store(path: Path | None = None) -> Store:
    """Open the store, or create one if there is none.

    `path` is a file; its folder is created. None means a store in memory. Raises
    StoreError, with what to do, for a file that is not a store, is from a newer version,
    is open in another process, or can't be written.
    """
    connection = connect(path)
    try:
        _build(connection, path)
    except duckdb.TransactionException as error:
        connection.close()
        raise why_not_committed(error) from error
    except BaseException:
        connection.close()
        raise
    return Store(path, connection)


def connect(path: Path | None, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection to the file, restricted so that SQL can't reach other files.

    Use open_store() to get a store. Raises StoreError as open_store() does.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": "false",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "python_enable_replacements": "false",
        # DuckDB 1.5.5 also counts deleted rows, so "order by … limit" returns too few.
        "disabled_optimizers": "row_group_pruner",
    }
    if path is None:
        return duckdb.connect(":memory:", config=config)
    try:
        # Only the owner's, because DuckDB writes its log beside the store.
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists() and not read_only and not os.access(path, os.W_OK):
            raise PermissionError(path)
        is_new = not path.exists()
        connection = duckdb.connect(str(path), read_only=read_only, config=config)
        if is_new:
            # Other users of the computer must not read it.
            path.chmod(0o600)
    except OSError as error:
        raise StoreError(
            f"The store {path} cannot be written ({error.strerror or 'refused'}). "
            f"Set {settings.STORE.name} to a folder that you can write to."
        ) from error
    except duckdb.Error as error:
        # The message about a damaged file contains "block".
        if "set lock" in str(error):
            raise StoreInUse(
                f"The store {path} is open in another process, most likely the "
                "dashboard. Stop that one and try again."
            ) from error
        raise StoreError(_why_not_opened(path, str(error))) from error
    return connection


def _why_not_opened(path: Path, message: str) -> str:
    if "not a valid DuckDB" in message:
        return (
            f"{path} is not a store but another kind of file. Set {settings.STORE.name} to "
            "a store, or to a file that does not exist yet."
        )
    if "version" in message:
        return (
            f"The store {path} was written by another version of DuckDB. Use "
            "the program that wrote it, or restore a backup."
        )
    return (
        f"The store {path} cannot be opened. Check that it is a file that you can write "
        f"to, or set {settings.STORE.name} to another one."
    )


def _build(connection: duckdb.DuckDBPyConnection, path: Path | None) -> None:
    # Tables may be built only in a store or an empty file.
    tables = {name for (name,) in connection.execute("show tables").fetchall()}
    if tables and "store_info" not in tables:
        raise StoreError(
            f"{path} is a DuckDB file, but not a store of this dashboard. Set "
            f"{settings.STORE.name} to a store, or to a file that does not exist yet."
        )
    is_new = not tables
    if not is_new:
        _refuse_a_newer_store(connection, path)
    connection.begin()
    is_laid = not is_new and _is_laid(connection)
    if not is_laid:
        _lay(connection, is_new)
    if is_new:
        connection.execute(
            query_files.statement("store/new_info"), {"schema_version": SCHEMA_VERSION}
        )
        connection.register("zip_places_read", zip_places())
        connection.execute(query_files.statement("store/take_zip_places"))
        connection.unregister("zip_places_read")
        connection.execute(query_files.statement("store/take_middles"))
    if not is_laid or not facts.are_current(connection):
        facts.bring_after(connection, None)
        facts.keep_state(connection)
    connection.commit()
    # GLOBAL applies to cursors too. After the lock, no setting can change.
    connection.execute("set global TimeZone = 'UTC'")
    connection.execute("set lock_configuration = true")


def _is_laid(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the store was last built by exactly these scripts."""
    views = {
        name
        for (name,) in connection.execute(query_files.statement("store/views")).fetchall()
    }
    if _LAID not in views or views & _OF_OLDER_PROGRAMS:
        return False
    return connection.table(_LAID).fetchall() == [(query_files.scripts_hash(),)]


def _lay(connection: duckdb.DuckDBPyConnection, is_new: bool) -> None:
    for name, script in query_files.build_scripts():
        if is_new or name not in _ONLY_IN_A_NEW_STORE:
            connection.execute(script)
    # A view, because a copied store has only tables.
    laid = duckdb.ConstantExpression(query_files.scripts_hash())
    connection.values((laid,)).create_view(_LAID, replace=True)


def _refuse_a_newer_store(connection: duckdb.DuckDBPyConnection, path: Path | None) -> None:
    version = only_row(connection.execute(query_files.statement("store/info")))[0]
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"The store {path} is from a newer version of the dashboard (schema "
            f"{version}; this one knows {SCHEMA_VERSION}). Update the dashboard."
        )
