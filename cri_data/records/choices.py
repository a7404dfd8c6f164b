"""The values to choose from in a column: names by code or ID."""

from collections import Counter

from duckdb import ColumnExpression as Col

from cri_data.importing.validation.reference_ids import SHORT_LISTS
from cri_data.model.datasets import DATASETS, Column
from cri_data.store.store import Store


def choices(store: Store, column: Column) -> dict[str, str]:
    """The names of the allowed values: of codes, or of the records of a short list.

    Empty for a column of other values, such as IDs of agencies. A name that several
    records share has the ID behind it.
    """
    if column.codes:
        return dict(column.codes.labels)
    if column.refers_to not in SHORT_LISTS:
        return {}
    dataset = DATASETS[column.refers_to]
    key, name = Col(dataset.key), Col(SHORT_LISTS[dataset.name][0])
    with store.cursor() as cursor:
        rows = cursor.table(dataset.name).select(key, name).fetchall()
    named = {record_id: text or record_id for record_id, text in rows}
    shared = {text for text, records in Counter(named.values()).items() if records > 1}
    in_full = {
        record_id: f"{text} ({record_id})" if text in shared else text
        for record_id, text in named.items()
    }
    return dict(sorted(in_full.items(), key=lambda one: (one[1].casefold(), one[0])))
