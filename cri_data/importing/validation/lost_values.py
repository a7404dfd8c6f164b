"""Cells with an error, a formula without a result, or a ditto mark: not blank, no value."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cri_data.importing.mapping.mapped_file import MappedFile, with_texts
from cri_data.importing.problems import LONGEST, CellProblem
from cri_data.model.datasets import Column, Kind
from cri_data.model.lost_cells import (
    DITTO,
    LOST,
    LOST_STARTS,
    LOST_WORD_SIZES,
    LOST_WORD_STARTS,
    NO_RESULT,
)
from cri_data.model.problem_rules import COUNTS_AS_BLANK, Rule, Severity, message

_TEXT = pa.string()
_AS_THEY_ARE = (Kind.ID, Kind.TEXT)

# By byte, whether a lost cell can begin with it, in any case and if it is a word.
_LOST_STARTS = np.isin(np.arange(256), [sign.encode()[0] for sign in LOST_STARTS])
_WORD_STARTS = np.isin(np.arange(256), list(LOST_WORD_STARTS.encode()))


@dataclass(frozen=True)
class LostCells:
    """The lost cells of a column: their texts, and null in all other rows."""

    column: Column
    texts: pa.ChunkedArray


def without_lost_cells(prepared: MappedFile) -> tuple[MappedFile, list[LostCells]]:
    """The file with its lost cells made blank, and these cells by column."""
    lost = []
    for column in prepared.dataset.columns:
        if column.name not in prepared.texts.column_names:
            continue
        texts = prepared.texts[column.name]
        is_lost = _are_lost(texts)
        if is_lost is None:
            continue
        nothing = pa.scalar(None, _TEXT)
        lost.append(LostCells(column, pc.if_else(is_lost, texts, nothing)))
        prepared = with_texts(prepared, column.name, pc.if_else(is_lost, nothing, texts))
    return prepared, lost


def _are_lost(texts: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """Whether each text is a lost cell. None if none is, as in most columns."""
    if not any(_may_hold_lost(chunk) for chunk in texts.chunks):
        return None
    is_lost = pc.fill_null(pc.match_substring_regex(texts, LOST), fill_value=False)
    return is_lost if pc.any(is_lost).as_py() else None


def _may_hold_lost(texts: pa.StringArray) -> bool:
    """Whether some text begins like a lost cell, judged by all first bytes at once."""
    places, data = texts.buffers()[1:3]
    if not data or not len(texts):
        return False
    offsets = np.frombuffer(places, np.int32)
    bounds = offsets[texts.offset : texts.offset + len(texts) + 1]
    is_filled = bounds[1:] > bounds[:-1]
    first = np.frombuffer(data, np.uint8)[bounds[:-1][is_filled]]
    if _LOST_STARTS[first].any():
        return True
    is_word = _WORD_STARTS[first]
    sizes = np.diff(bounds)[is_filled][is_word] if is_word.any() else ()
    return bool(np.isin(sizes, LOST_WORD_SIZES).any())


def with_lost_texts(typed: pa.Table, lost: list[LostCells], as_they_are: bool) -> pa.Table:
    """The rows with the texts of lost cells, whose values stay null.

    So they don't count as blank, which might erase a stored value. `as_they_are` selects
    columns whose texts need no other check.
    """
    for cells in lost:
        if (cells.column.kind in _AS_THEY_ARE) == as_they_are:
            name = f"x_{cells.column.name}"
            texts = pc.coalesce(cells.texts, typed[name].cast(_TEXT))
            typed = typed.set_column(typed.schema.get_field_index(name), name, texts)
    return typed


def lost_cell_problems(
    prepared: MappedFile, lost: list[LostCells]
) -> Iterator[CellProblem]:
    """A problem for each lost cell: an error where a value is needed."""
    for cells in lost:
        column = cells.column
        is_error = column.required or column.refers_to or column.kind is Kind.ID
        severity = Severity.ERROR if is_error else Severity.WARNING
        is_lost = pc.is_valid(cells.texts)
        rows = prepared.texts["row"].filter(is_lost).to_pylist()
        for row, text in zip(rows, pc.drop_null(cells.texts).to_pylist(), strict=True):
            case = _case(text)
            said = message(Rule.LOST_CELL, case) + ("" if is_error else COUNTS_AS_BLANK)
            yield row, column.name, text[:LONGEST], Rule.LOST_CELL, severity, said


def _case(text: str) -> str:
    if text.lower() == NO_RESULT:
        return "formula"
    return "ditto" if re.match(DITTO, text) else "error"
