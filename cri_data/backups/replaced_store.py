"""What can be read of the store that a restore replaces, and what to report."""

import duckdb
import pyarrow as pa
from duckdb import DuckDBPyConnection

from cri_data.audit.verify import faults_of
from cri_data.store import query_files
from cri_data.store.rows import only_row

# Rows read at once.
_ROWS = 50_000

_TRAIL = {"audit", "audit_seals"}


def readable_tables(present: DuckDBPyConnection, names: set[str]) -> set[str]:
    """The tables that can be read completely. Damage may be the reason for a restore."""
    return {n for n in names & _tables(present) if _can_be_read(present, n)}


def _tables(present: DuckDBPyConnection) -> set[str]:
    rows = present.execute(query_files.statement("backup/tables")).fetchall()
    return {name for (name,) in rows}


def _can_be_read(present: DuckDBPyConnection, name: str) -> bool:
    try:
        for _ in present.table(name).to_arrow_reader(_ROWS):
            continue
    except (duckdb.Error, OSError, pa.ArrowException):
        return False
    return True


def damage_in_words(present: DuckDBPyConnection, unread: set[str]) -> list[str]:
    """A sentence about tables that exist but can't be read."""
    damaged = sorted(unread & _tables(present))
    if not damaged:
        return []
    return [
        f"In the replaced store, {', '.join(damaged)} cannot be read, so the backup's "
        "content is used."
    ]


def trail_faults(present: DuckDBPyConnection, readable: set[str]) -> list[str]:
    """The faults in its audit log, a sentence each."""
    if readable >= _TRAIL:
        return faults_of(present)
    return ["Part of it cannot be read."]


def deleted_entries_in_words(
    present: DuckDBPyConnection, backup: DuckDBPyConnection
) -> list[str]:
    """A sentence for an audit log that begins after the backup's log ended."""
    oldest = only_row(present.execute(query_files.statement("restore/oldest_entry")))[0]
    found = backup.execute(query_files.statement("audit/last_entry")).fetchone()
    newest = found[0] if found else 0
    if oldest <= newest + 1:
        return []
    return [
        "Audit log entries were deleted since the backup, up to entry "
        f"{oldest - 1:,}. If text was "
        "redacted by then, it is back. Redact it again."
    ]
