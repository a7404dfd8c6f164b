"""Flat facts of the records, brought after what a transaction changed before its COMMIT."""

from collections.abc import Sequence

from duckdb import DuckDBPyConnection

from cri_data.store import query_files
from cri_data.store.rows import only_row

# In this order: what follows is made of what comes before.
_MADE = (
    "agency_codes",
    "topic_sets",
    "agencies",
    "requests",
    "engagements",
    "outcomes",
)


def are_current(cursor: DuckDBPyConnection) -> bool:
    """Whether the facts are those of the store as it is: else they must be made anew."""
    return bool(only_row(_run(cursor, "state"))[0])


def bring_after(cursor: DuckDBPyConnection, upload_ids: Sequence[str] | None) -> None:
    """Make the facts anew of what these uploads changed, within the transaction.

    None: nobody says what was changed, and all facts are made anew. So are they
    where that is quicker, and where they are not those of the last COMMIT.
    """
    everything = upload_ids is None or not are_current(cursor)
    if not everything:
        _run(cursor, "keep_due", upload_ids=list(upload_ids or ()))
        everything = not only_row(_run(cursor, "is_little_due"))[0]
    if everything:
        _run(cursor, "no_due")
    for name in _MADE:
        _run(cursor, f"drop_{name}", everything=everything)
        _run(cursor, f"add_{name}", everything=everything)


def keep_state(cursor: DuckDBPyConnection) -> None:
    """Note that the facts are those of the data version that the store has now."""
    _run(cursor, "forget_state")
    _run(cursor, "keep_state")


def _run(
    cursor: DuckDBPyConnection, statement: str, **values: object
) -> DuckDBPyConnection:
    return cursor.execute(query_files.statement(f"facts/{statement}"), values)
