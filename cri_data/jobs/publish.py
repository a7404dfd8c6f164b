"""Publication: counts of a closed fiscal quarter's requests, written once."""

from cri_data import settings
from cri_data.audit.log import Action, audited_transaction
from cri_data.store import query_files
from cri_data.store.store import Store

# Publication is automatic.
WHO = "the dashboard"


def publish_closed_quarters(store: Store, suppress_below: int | None = None) -> list[str]:
    """Publish each closed fiscal quarter that is not yet published. Returns labels.

    Publishes counts by state and topic, except those that are small, or small once a
    partner subtracts what it knows or may yet be given; and the totals that reveal none
    of them. A quarter is written once, so later uploads don't change it. A quarter that
    is itself small in this sense waits for more requests. Raises SettingError if the
    threshold is not a number.
    """
    if suppress_below is None:
        suppress_below = settings.SUPPRESS_BELOW.whole_number()
    # Checked before the lock, so that the data version stays if nothing is due.
    if not _due_quarters(store, suppress_below):
        return []
    with audited_transaction(store, WHO) as transaction:
        cursor = transaction.cursor
        known = {"suppress_below": suppress_below, "as_of": store.info().as_of_on}
        due = cursor.execute(
            query_files.statement("published/due_quarters"), known
        ).fetchall()
        quarters = [quarter for (quarter,) in due]
        cursor.execute(
            query_files.statement("published/add_requests"), known | {"quarters": quarters}
        )
        cursor.execute(
            query_files.statement("published/add_totals"), {"quarters": quarters}
        )
        seals = dict(cursor.execute(query_files.statement("published/seals")).fetchall())
        # `check` uses these to detect a later change to the table.
        published = {quarter: seals[quarter] for quarter in quarters}
        transaction.record(Action.PUBLISHED, quarters=quarters, seals=published)
    return quarters


def _due_quarters(store: Store, suppress_below: int) -> list[tuple]:
    return store.rows(
        "published/due_quarters",
        suppress_below=suppress_below,
        as_of=store.info().as_of_on,
    )
