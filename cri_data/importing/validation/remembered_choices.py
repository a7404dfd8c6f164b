"""What the choices for an earlier file did to this one, and where they are refused."""

import pyarrow as pa
import pyarrow.compute as pc
from duckdb import ColumnExpression as Col
from duckdb import ConstantExpression as Value
from duckdb import DuckDBPyConnection

from cri_data.importing.mapping.mapped_file import MappedFile, with_texts
from cri_data.importing.recipe import Remembered
from cri_data.model.code_lists import plain
from cri_data.model.counted import count_of
from cri_data.model.datasets import Column, Kind

# Other constants are read only later, so stored values can't be compared with their text.
_COMPARED = (Kind.ID, Kind.TEXT, Kind.CODE)


def with_remembered(
    cursor: DuckDBPyConnection, prepared: MappedFile
) -> tuple[MappedFile, tuple[str, ...]]:
    """The file without remembered constants that stored records contradict, and notes."""
    remembered = prepared.recipe.remembered
    if remembered is None:
        return prepared, prepared.notes
    notes = []
    for name, text in remembered.constants.items():
        if prepared.recipe.constants.get(name) == text and name in prepared.filled:
            prepared, refused = _without_contradicted(cursor, prepared, name)
            notes.append(_said_of_constant(prepared, name, text, refused, remembered))
    return prepared, (*notes, *prepared.notes)


def _said_of_constant(
    prepared: MappedFile, name: str, text: str, refused: int, remembered: Remembered
) -> str:
    rows = prepared.filled[name] - refused
    said = (
        f"{name} is '{text}' in {count_of(rows, 'row')}, as chosen for {remembered.source}."
    )
    if refused:
        theirs = "record has" if refused == 1 else "records have"
        said += (
            f" It was not used in {count_of(refused, 'row')}, whose stored {theirs} "
            f"another {name}."
        )
    return said


def _without_contradicted(
    cursor: DuckDBPyConnection, prepared: MappedFile, name: str
) -> tuple[MappedFile, int]:
    """The file, with the constant made blank where the stored record has another value."""
    dataset, texts = prepared.dataset, prepared.texts
    column, is_whole = dataset.column(name), prepared.filled[name] == texts.num_rows
    if column.kind not in _COMPARED or not is_whole or not texts.num_rows:
        return prepared, 0
    meant = _value(column, texts[name][0].as_py())
    others = cursor.table(dataset.name).filter(Col(name) != Value(meant))
    ids = others.select(Col(dataset.key)).to_arrow_table()[dataset.key]
    is_other = pc.is_in(texts[dataset.key], value_set=ids.combine_chunks())
    refused = pc.sum(is_other).as_py() or 0
    if not refused:
        return prepared, 0
    kept = pc.if_else(is_other, pa.scalar(None, pa.string()), texts[name])
    return with_texts(prepared, name, kept), refused


def _value(column: Column, text: str) -> str:
    if column.kind is Kind.CODE:
        return column.code_list.aliases.get(plain(text), text)
    return text
