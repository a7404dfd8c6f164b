"""Checks of people, merged agencies, and the published table."""

import json

from duckdb import DuckDBPyConnection

from cri_data.audit.log import Action
from cri_data.checks.records import MERGED_AGENCIES, PEOPLE, Finding, findings_of_records
from cri_data.model.roles import ROLES
from cri_data.store import query_files
from cri_data.store.store import Store

_PUBLISHED = "published"


def findings(store: Store) -> list[Finding]:
    """All faults in the store."""
    found = findings_of_records(store)
    is_real = not store.info().is_demonstration
    with store.cursor() as cursor:
        found += _of(cursor, PEOPLE, roles=list(ROLES))
        found += _of(cursor, MERGED_AGENCIES)
        found += _of(cursor, _PUBLISHED)
        # Invented data was published to no one.
        if is_real:
            found += _changed_quarters(cursor)
    return found


def _of(cursor: DuckDBPyConnection, name: str, **values: object) -> list[Finding]:
    rows = cursor.execute(query_files.statement(f"check/{name}"), values).fetchall()
    return [Finding(name, *row) for row in rows]


def _changed_quarters(cursor: DuckDBPyConnection) -> list[Finding]:
    """Quarters that differ from what the audit log says was published."""
    named = {
        "published": Action.PUBLISHED.value,
        "restored": Action.RESTORED.value,
        "begun_anew": [Action.FILLED.value, Action.STARTED_EMPTY.value],
    }
    entries = cursor.execute(query_files.statement("published/told"), named).fetchall()
    published: dict[str, str] = {}
    for (what,) in entries:
        try:
            published |= json.loads(what).get("seals") or {}
        except (AttributeError, TypeError, ValueError):
            # Changed by hand. The check of the seals reports it.
            continue
    seals = dict(cursor.execute(query_files.statement("published/seals")).fetchall())
    changed = sorted(
        quarter for quarter, seal in published.items() if seals.get(quarter) != seal
    )
    if not changed:
        return []
    what = "a quarter that is not as it was published"
    return [Finding(_PUBLISHED, what, len(changed), changed[0])]
