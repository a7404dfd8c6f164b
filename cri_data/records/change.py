"""The transaction that all changes of single records share."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from cri_data.audit.log import AuditedTransaction, audited_transaction
from cri_data.checks.references import keeping_references
from cri_data.model.datasets import PARTNERS, Dataset
from cri_data.records.find import RecordError, cells_of
from cri_data.store.store import Store, refuse_demonstration


@contextmanager
def record_change(
    store: Store,
    who: str,
    datasets: Sequence[Dataset],
    record_ids: Sequence[str],
) -> Iterator[AuditedTransaction]:
    """One transaction on these records of the first dataset, all of which must be stored.

    `datasets` are all datasets that change. Nobody else can change them until the COMMIT.
    Raises RecordError if a record is not stored or a reference would break, and StoreError
    for demonstration data.
    """

    def refusal(broken: str) -> RecordError:
        return RecordError(
            f"'{record_ids[0]}' cannot be removed, because other records refer to it: "
            f"{broken}"
        )

    with audited_transaction(store, who) as transaction:
        if PARTNERS in datasets:
            # Keeps administrators from assigning a partner while it is removed.
            transaction.hold(store.users_lock)
        refuse_demonstration(store)
        for record_id in record_ids:
            cells_of(transaction.cursor, datasets[0], record_id)
        with keeping_references(transaction.cursor, datasets, refusal):
            yield transaction
