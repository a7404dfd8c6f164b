"""The values to choose from in a column: names by code or ID."""

from cri_data.importing.validation.reference_ids import value_names
from cri_data.model.datasets import Column
from cri_data.store.store import Store


def choices(store: Store, column: Column) -> dict[str, str]:
    """The names of the allowed values, by code or ID: codes in their order, others by name.

    Empty for a column of other values, such as IDs of agencies.
    """
    with store.cursor() as cursor:
        named = value_names(cursor, column)
    if column.codes:
        return named
    return dict(sorted(named.items(), key=lambda one: (one[1].casefold(), one[0])))
