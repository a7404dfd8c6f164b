"""What every change of single records shares: its premise first, references last."""

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
    """One transaction on these records, all of which must be stored.

    They are of the first of the datasets; others are changed with it. All is
    asked where nobody else can change it until the COMMIT. Raises RecordError
    where one is none, and where something would refer to nothing; StoreError for
    a demonstration.
    """

    def refusal(broken: str) -> RecordError:
        return RecordError(
            f"'{record_ids[0]}' cannot be removed: other records refer to it: {broken}"
        )

    with audited_transaction(store, who) as transaction:
        if PARTNERS in datasets:
            # Nobody is given a partner that goes at the same moment.
            transaction.hold(store.users_lock)
        refuse_demonstration(store)
        for record_id in record_ids:
            cells_of(transaction.cursor, datasets[0], record_id)
        with keeping_references(transaction.cursor, datasets, refusal):
            yield transaction
