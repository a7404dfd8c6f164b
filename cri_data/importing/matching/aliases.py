"""What people confirm of names: kept or forgotten at once, with its entry in the trail."""

import pyarrow as pa

from cri_data.audit.log import Action, audited_transaction
from cri_data.importing.matching import match
from cri_data.store.store import Store, refuse_demonstration


def remember_names(store: Store, dataset: str, confirmed: pa.Table, who: str) -> None:
    """Keep which record each name means, as names.remember does.

    Raises UnknownRecord or StoreError: then none is kept, and nothing said.
    """
    refuse_demonstration(store)
    with audited_transaction(store, who) as transaction:
        match.remember(transaction.cursor, dataset, confirmed, who)
        # A count alone: how a file writes a name is a cell of it.
        transaction.record(
            Action.NAMES_REMEMBERED, dataset=dataset, names=confirmed.num_rows
        )


def forget_names(store: Store, dataset: str, forgotten: pa.Table, who: str) -> int:
    """Forget what was confirmed of these names; how many there were."""
    with audited_transaction(store, who) as transaction:
        count = match.forget(transaction.cursor, dataset, forgotten)
        transaction.record(Action.NAMES_FORGOTTEN, dataset=dataset, names=count)
    return count
