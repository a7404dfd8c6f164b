"""Cells of one record as a file with one row, which is checked and stored like any file."""

import hashlib

import pyarrow as pa

from cri_data.importing.mapping.headings import Matching
from cri_data.importing.mapping.mapped_file import MappedFile, prepared_texts
from cri_data.importing.recipe import Recipe
from cri_data.model.datasets import Dataset
from cri_data.reading import Dialect, FileRead
from cri_data.records.find import Cells

# The row number of a single record: the first row under the headings.
_ROW = 2


def one_row_file(dataset: Dataset, cells: Cells) -> MappedFile:
    """The cells, of which one is the record's key. A blank cell deletes the value."""
    names = tuple(cells)
    recipe = Recipe(blanks_erase=True)
    rows = {"row": pa.array([_ROW], pa.int64())} | {
        f"c{place}": pa.chunked_array([pa.array([text], pa.string())])
        for place, text in enumerate(cells.values())
    }
    content = "\n".join(f"{name}={text}" for name, text in cells.items()).encode()
    file = FileRead(
        name=cells[dataset.key],
        sha256=hashlib.sha256(content).hexdigest(),
        dialect=Dialect("utf-8", ",", '"', '"', "\n"),
        headings=names,
        header=names,
        rows=pa.table(rows),
        faults=(),
    )
    matching = Matching({name: place for place, name in enumerate(names)}, ())
    texts = prepared_texts(file, dataset, matching, recipe).texts
    return MappedFile(dataset, file, b"", recipe, matching, texts)
