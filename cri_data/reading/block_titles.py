"""The titles of blocks as a column of their rows: "Texas" above the headings of each."""

from dataclasses import replace

import numpy as np
import pyarrow as pa

from cri_data.reading.model import BLOCK_TITLE, FileRead


def with_block_titles(file: FileRead) -> FileRead:
    """The file with the title of each row's block, if its blocks have different titles."""
    if not file.titles:
        return file
    begins = [block.before + block.first_row for block in file.blocks]
    titles = pa.array([block.title for block in file.blocks], pa.string())
    places = np.searchsorted(begins, file.rows["row"].to_numpy(), side="right") - 1
    cells = pa.chunked_array([titles.take(pa.array(np.maximum(places, 0)))])
    rows = file.rows.append_column(f"c{len(file.headings)}", cells)
    return replace(file, headings=(*file.headings, BLOCK_TITLE), rows=rows)
