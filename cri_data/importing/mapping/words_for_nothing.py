"""Words for "no value", which count as blank and never delete values."""

import pyarrow as pa
import pyarrow.compute as pc

from cri_data.importing.cells import words_for_nothing
from cri_data.model.counted import count_of
from cri_data.model.datasets import Column


def blank_words(
    column: Column, texts: pa.ChunkedArray
) -> tuple[pa.ChunkedArray, pa.ChunkedArray, str] | None:
    """The texts without these words, in which rows they are, and what to tell about them.

    None if there are none.
    """
    is_word = pc.is_in(texts, value_set=words_for_nothing(column.kind))
    if not pc.any(is_word).as_py():
        return None
    note = _said_of_words(column.name, texts.filter(is_word))
    return pc.if_else(is_word, pa.scalar(None, pa.string()), texts), is_word, note


def _said_of_words(name: str, words: pa.ChunkedArray) -> str:
    counted = sorted(pc.value_counts(words).to_pylist(), key=lambda one: -one["counts"])
    said = ", ".join(
        f"'{one['values']}' ({count_of(one['counts'], 'row')})" for one in counted
    )
    return f"{name}: {said} means no value. It counts as blank, and stored values are kept."
