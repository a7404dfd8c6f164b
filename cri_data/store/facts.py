"""Flat facts of the records, updated in the transaction that changes the records."""

from collections.abc import Sequence

from duckdb import DuckDBPyConnection

from cri_data.store import query_files
from cri_data.store.rows import only_row

# In this order, because later facts use earlier ones.
_MADE = (
    "agency_codes",
    "topic_sets",
    "agencies",
    "requests",
    "engagements",
    "outcomes",
)


def are_current(cursor: DuckDBPyConnection) -> bool:
    """Whether the facts fit the current data version. If not, they must be rebuilt."""
    return bool(only_row(_run(cursor, "state"))[0])


def bring_after(cursor: DuckDBPyConnection, upload_ids: Sequence[str] | None) -> None:
    """Update the facts of the records that these uploads changed, in the transaction.

    None means that the changes are not known, so all facts are rebuilt. They are also
    rebuilt if that is faster, or if they don't fit the last COMMIT.
    """
    touched = list(upload_ids or ())
    everything = (
        upload_ids is None
        or not are_current(cursor)
        or only_row(_run(cursor, "is_much_touched", upload_ids=touched))[0]
    )
    if not everything:
        _run(cursor, "keep_due", upload_ids=touched)
        everything = not only_row(_run(cursor, "is_little_due"))[0]
    if everything:
        _run(cursor, "no_due")
    for name in _MADE:
        _run(cursor, f"drop_{name}", everything=everything)
        _run(cursor, f"add_{name}", everything=everything)


def keep_state(cursor: DuckDBPyConnection) -> None:
    """Record that the facts fit the current data version."""
    _run(cursor, "forget_state")
    _run(cursor, "keep_state")


def _run(
    cursor: DuckDBPyConnection, statement: str, **values: object
) -> DuckDBPyConnection:
    return cursor.execute(query_files.statement(f"facts/{statement}"), values)
