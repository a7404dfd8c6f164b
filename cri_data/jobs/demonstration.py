"""Demonstration data: a realistic, invented set of requests."""

import duckdb

from cri_data import settings
from cri_data.audit import log
from cri_data.audit.log import Action
from cri_data.jobs import publish
from cri_data.store import query_files
from cri_data.store.store import Store, StoreError

# After this script, the initial topics and metrics are added, which later scripts need.
_EMPTIED = "01_empty"
_STARTING_SET = "build/21_topics_and_metrics"


def fill(store: Store, requests: int = 3000, seed: int = 1, who: str = publish.WHO) -> None:
    """Fill the store with demonstration data of exactly `requests` requests.

    About 18,000 agencies at real places, invented partners, and their requests,
    engagements and outcomes up to the demonstration's own as-of date. The same seed gives
    the same rows. An existing demonstration is replaced in one transaction. Raises
    StoreError, and changes nothing, if the store has real data; ValueError for a negative
    count.
    """
    if requests < 0:
        raise ValueError(f"A demonstration cannot have {requests} requests.")
    values = {"requests": requests, "seed": seed}
    with log.audited_transaction(store, who) as transaction:
        _refuse_real_rows(store)
        for path in sorted((query_files.QUERIES / "demo").glob("*.sql")):
            _run(transaction.cursor, path.read_text(encoding="utf-8"), values)
            if path.stem == _EMPTIED:
                transaction.cursor.execute(query_files.statement(_STARTING_SET))
        transaction.record(Action.FILLED, **values)
    publish.publish_closed_quarters(store)


def start_empty(store: Store, who: str) -> None:
    """Delete demonstration data. The store is then empty and accepts real data.

    The starting topics and metrics stay, and so do people, except those of the invented
    partners, because a real partner may have the same ID. Raises StoreError, and changes
    nothing, if the store is not a demonstration.
    """
    with log.audited_transaction(store, who) as transaction:
        # Keeps administrators from assigning an invented partner.
        transaction.hold(store.users_lock)
        if not store.info().is_demonstration:
            raise StoreError(
                "This store has no demonstration data to delete. You can load your files "
                "into it."
            )
        cursor = transaction.cursor
        gone = cursor.execute(query_files.statement("people/remove_of_partners")).fetchall()
        cursor.execute(query_files.statement(f"demo/{_EMPTIED}"))
        cursor.execute(query_files.statement(_STARTING_SET))
        cursor.execute(query_files.statement("store/becomes_real"))
        for email, partner_id in gone:
            cursor.execute(query_files.statement("people/forget_account"), {"email": email})
            transaction.record(
                Action.ROLE_TAKEN, email=email, role="partner", partner=partner_id
            )
        transaction.record(Action.STARTED_EMPTY)


def _refuse_real_rows(store: Store) -> None:
    if store.holds_rows() and not store.info().is_demonstration:
        raise StoreError(
            f"The store {store.path or 'in memory'} has real data, which is never mixed "
            f"with demonstration data. Set {settings.STORE.name} to a file that does not "
            "exist yet, and fill that store."
        )


def _run(cursor: duckdb.DuckDBPyConnection, script: str, values: dict[str, int]) -> None:
    # DuckDB accepts only the parameters that a statement uses.
    for statement in duckdb.extract_statements(script):
        bound = {name: values[name] for name in statement.named_parameters}
        cursor.execute(statement, bound)
