"""The text of cells: without the white space around it, and null where blank."""

import pyarrow as pa
import pyarrow.compute as pc

from cri_data.guard import GUARDED


def cell_texts(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """Trim every cell, make blank ones null, take a formula guard off again.

    Only an apostrophe before what it guards is taken off: a name may begin
    with one.
    """
    texts = pc.utf8_trim_whitespace(cells)
    if pc.any(pc.starts_with(texts, "'")).as_py():
        within = pc.replace_substring_regex(texts, GUARDED, r"\1")
        texts = pc.utf8_trim_whitespace(within)
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)
