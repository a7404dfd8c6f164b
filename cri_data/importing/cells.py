"""The text of cells, without white space around it. Blank cells are null."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cri_data.export.formula_guard import GUARDED
from cri_data.model.code_lists import NO_VALUE, NOT_KNOWN
from cri_data.model.columns import Kind

# Bytes up to the space, and bytes of characters outside ASCII, may be white space. An
# apostrophe may be a guard.
_BLANK, _NOT_ASCII, _APOSTROPHE = 0x20, 0x80, 0x27

# Columns where no word can be a value, so that more words mean "unknown".
_NO_WORDS = (Kind.DATE, Kind.INTEGER, Kind.NUMBER, Kind.ZIP)


def _in_any_case(words: tuple[str, ...]) -> pa.Array:
    # Compared as they are, which takes less time than changing the case of each cell.
    cased = (str.lower, str.upper, str.capitalize, str.title)
    return pa.array(sorted({to(word) for word in words for to in cased} | {"NaN"}))


_NOT_KNOWN = _in_any_case(NOT_KNOWN)
_NO_VALUE = _in_any_case(NO_VALUE)


def words_for_nothing(kind: Kind) -> pa.Array:
    """The words that mean "unknown" in a column of this kind."""
    return _NOT_KNOWN if kind in _NO_WORDS else _NO_VALUE


def cell_texts(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """Trim each cell, make blank ones null, and remove guards against formulas.

    Other apostrophes stay, because a name may begin with one.
    """
    chunks = [chunk if _is_plain(chunk) else _trimmed(chunk) for chunk in cells.chunks]
    texts = pa.chunked_array(chunks, pa.string())
    blank = pc.equal(texts, "")
    if not pc.any(blank).as_py():
        return texts
    return pc.if_else(blank, pa.scalar(None, pa.string()), texts)


def _is_plain(cells: pa.StringArray) -> bool:
    """Whether no cell needs trimming, according to its first and last bytes."""
    data = cells.buffers()[2]
    if not data or cells.null_count:
        return False
    offsets = np.frombuffer(cells.buffers()[1], np.int32)
    bounds = offsets[cells.offset : cells.offset + len(cells) + 1]
    starts, ends = bounds[:-1], bounds[1:]
    filled = ends > starts
    octets = np.frombuffer(data, np.uint8)
    first, last = octets[starts[filled]], octets[ends[filled] - 1]
    may_be_blank = (first <= _BLANK) | (last <= _BLANK)
    may_be_wide = (first >= _NOT_ASCII) | (last >= _NOT_ASCII)
    return not (may_be_blank | may_be_wide | (first == _APOSTROPHE)).any()


def _trimmed(cells: pa.StringArray) -> pa.StringArray:
    texts = pc.utf8_trim_whitespace(cells)
    if pc.any(pc.starts_with(texts, "'")).as_py():
        within = pc.replace_substring_regex(texts, GUARDED, r"\1")
        texts = pc.utf8_trim_whitespace(within)
    return texts


def mapped(column: pa.ChunkedArray, instead: Mapping[str, str]) -> pa.ChunkedArray:
    """The column with each of these texts replaced. "" makes the cell blank."""
    found = pc.index_in(column, value_set=pa.array(list(instead), pa.string()))
    taken = pc.take(
        pa.array([text or None for text in instead.values()], pa.string()), found
    )
    return pc.if_else(pc.is_valid(found), taken, column)
