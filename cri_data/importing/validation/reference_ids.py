"""Find the topics, partners, and metrics that a file names instead of giving IDs."""

import re
from collections import Counter, defaultdict

import pyarrow as pa
import pyarrow.compute as pc
from duckdb import ColumnExpression as Col
from duckdb import DuckDBPyConnection

from cri_data.importing.cells import mapped
from cri_data.importing.mapping.mapped_file import MappedFile, with_texts
from cri_data.importing.matching import match
from cri_data.model.code_lists import plain
from cri_data.model.datasets import DATASETS, Column, Kind

# Datasets with a few dozen rows, and the columns that name their records.
SHORT_LISTS = {
    "topics": ("topic_name",),
    "partners": ("partner_name", "acronym"),
    "metrics": ("metric_name",),
}


# What may separate the items of a list besides semicolons, most certain first.
_OTHER_SEPARATORS = (
    re.compile(r"[\r\n]+"),
    re.compile(r"[,|\r\n]+"),
    re.compile(r"[,|/\r\n]+"),
    re.compile(r"[,|/+&\r\n]+|\s+and\s+", re.IGNORECASE),
)

# More items than there are topics are no list of them.
_MOST_ITEMS = 50


def known_names(cursor: DuckDBPyConnection, dataset_name: str) -> dict[str, str]:
    """The IDs by the plain text of each way to write them.

    These are IDs in any case, names, acronyms, and confirmed names, except texts that could
    mean two records.
    """
    key = DATASETS[dataset_name].key
    columns = [Col(key), *(Col(name) for name in SHORT_LISTS[dataset_name])]
    rows = cursor.table(dataset_name).select(*columns).fetchall()
    known = _meaning_one(
        [(text, record_id) for record_id, *texts in rows for text in texts]
    )
    if dataset_name in match.NAMED:
        confirmed = match.confirmed_names(cursor, dataset_name)
        for text, record_id in zip(
            confirmed["name"].to_pylist(), confirmed["record_id"].to_pylist(), strict=True
        ):
            known[plain(text)] = record_id
    # An ID always means itself, even if it is another record's name.
    return known | _meaning_one([(record_id, record_id) for record_id, *_ in rows])


def value_names(cursor: DuckDBPyConnection, column: Column) -> dict[str, str]:
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
    rows = cursor.table(dataset.name).select(key, name).fetchall()
    named = {record_id: text or record_id for record_id, text in rows}
    shared = {text for text, records in Counter(named.values()).items() if records > 1}
    return {
        record_id: f"{text} ({record_id})" if text in shared else text
        for record_id, text in named.items()
    }


def _meaning_one(pairs: list[tuple[str | None, str]]) -> dict[str, str]:
    """The ID of each plain text that belongs to only one ID."""
    meant: dict[str, set[str]] = defaultdict(set)
    for text, record_id in pairs:
        meant[plain(text or "")].add(record_id)
    meant.pop("", None)
    return {text: ids.pop() for text, ids in meant.items() if len(ids) == 1}


def with_named_ids(cursor: DuckDBPyConnection, prepared: MappedFile) -> MappedFile:
    """The file with the IDs of named topics, partners, and metrics."""
    for column in prepared.dataset.columns:
        is_given = column.name in prepared.texts.column_names
        if is_given and column.refers_to in SHORT_LISTS:
            known = known_names(cursor, column.refers_to)
            texts = prepared.texts[column.name]
            # A row may refer to another row of the same file.
            own = column.refers_to == prepared.dataset.name
            new = prepared.texts[prepared.dataset.key] if own else None
            instead = _instead(texts, column, known, new)
            if instead:
                prepared = with_texts(prepared, column.name, mapped(texts, instead))
    return prepared


def _instead(
    texts: pa.ChunkedArray,
    column: Column,
    known: dict[str, str],
    new: pa.ChunkedArray | None,
) -> dict[str, str]:
    """The replacement for each different text with a name. `new` has more IDs."""
    ids = {*known.values(), *(new.to_pylist() if new else ())}
    different = pc.unique(pc.drop_null(texts)).to_pylist()
    is_list = column.kind is Kind.ID_LIST
    return {
        text: meant
        for text in different
        if text not in ids and (meant := _meant(text, is_list, ids, known)) != text
    }


def _meant(text: str, is_list: bool, ids: set[str], known: dict[str, str]) -> str:
    parts = [part.strip() for part in text.split(";")] if is_list else [text]
    meant = [
        named
        for part in parts
        for named in (_ids_of(part, ids, known) if is_list else _id_of(part, ids, known))
    ]
    # A list without a name stays as it is in the file.
    return text if meant == parts else ";".join(meant)


def _id_of(part: str, ids: set[str], known: dict[str, str]) -> list[str]:
    return [part if part in ids else known.get(plain(part), part)]


def _ids_of(part: str, ids: set[str], known: dict[str, str]) -> list[str]:
    """The IDs of an item that may itself be a list, such as "training, tribal".

    Other separators than semicolons only count if each item between them is known, since
    they may be part of a name. The longest names are tried first.
    """
    (whole,) = _id_of(part, ids, known)
    if whole in ids:
        return [whole]
    for separator in _OTHER_SEPARATORS:
        items = [item.strip() for item in separator.split(part)]
        found = _all_known([item for item in items if item], ids, known)
        if found:
            return found
    return [whole]


def _all_known(items: list[str], ids: set[str], known: dict[str, str]) -> list[str] | None:
    """The IDs of these items, of which neighbors may be one name with a comma."""
    if len(items) > _MOST_ITEMS:
        return None
    if not items:
        return []
    for length in range(len(items), 0, -1):
        (first,) = _id_of(", ".join(items[:length]), ids, known)
        if first in ids:
            rest = _all_known(items[length:], ids, known)
            if rest is not None:
                return [first, *rest]
    return None
