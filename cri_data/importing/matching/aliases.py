"""Save or delete the confirmed meanings of names, with audit log entries."""

import pyarrow as pa

from cri_data.audit.log import Action, audited_transaction
from cri_data.importing.matching import match
from cri_data.store.store import Store, refuse_demonstration


def remember_names(store: Store, dataset: str, confirmed: pa.Table, who: str) -> None:
    """Save which record each name means; see match.remember().

    Raises UnknownRecord or StoreError. Then nothing is saved.
    """
    refuse_demonstration(store)
    with audited_transaction(store, who) as transaction:
        match.remember(transaction.cursor, dataset, confirmed, who)
        # Only the number, because a name is a cell of a file.
        transaction.record(
            Action.NAMES_REMEMBERED, dataset=dataset, names=confirmed.num_rows
        )


def forget_names(store: Store, dataset: str, forgotten: pa.Table, who: str) -> int:
    """Delete the confirmed meanings of these names. Returns how many there were."""
    with audited_transaction(store, who) as transaction:
        count = match.forget(transaction.cursor, dataset, forgotten)
        transaction.record(Action.NAMES_FORGOTTEN, dataset=dataset, names=count)
    return count
