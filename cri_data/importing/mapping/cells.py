"""The text of cells: without the white space around it, and null where blank."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cri_data.export.formula_guard import GUARDED

# Up to a blank, and from the first byte of a character outside ASCII, a byte may
# belong to white space; an apostrophe may be a guard.
_BLANK, _NOT_ASCII, _APOSTROPHE = 0x20, 0x80, 0x27


def cell_texts(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """Trim every cell, make blank ones null, take a formula guard off again.

    Only an apostrophe before what it guards is taken off: a name may begin
    with one.
    """
    chunks = [chunk if _is_plain(chunk) else _trimmed(chunk) for chunk in cells.chunks]
    texts = pa.chunked_array(chunks, pa.string())
    blank = pc.equal(texts, "")
    if not pc.any(blank).as_py():
        return texts
    return pc.if_else(blank, pa.scalar(None, pa.string()), texts)


def _is_plain(cells: pa.StringArray) -> bool:
    """Whether no cell can have anything to take off: by its first and last bytes."""
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
