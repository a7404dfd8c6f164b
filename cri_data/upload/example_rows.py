"""The example row of a template that was left in a file: found, so that it is no data."""

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from cri_data.schema import Dataset, Kind
from cri_data.upload.cells import cell_texts
from cri_data.upload.headings import Matching
from cri_data.upload.problems import EXAMPLE_ROW
from cri_data.upload.reading import Fault, FileRead
from cri_data.upload.templates import EXAMPLES

# A spreadsheet writes dates and numbers its own way: the words tell.
_WORDS = (Kind.ID, Kind.TEXT, Kind.CODE, Kind.ID_LIST)

_SAID = "This is the example row of the file to fill in. It is left out."


def example_rows(file: FileRead, dataset: Dataset, matching: Matching) -> tuple[Fault, ...]:
    """The rows whose words are those of the example, column for column."""
    example, places = EXAMPLES[dataset.name], matching.columns
    if dataset.key not in places:
        return ()
    keys = cell_texts(file.rows[f"c{places[dataset.key]}"])
    rows = file.rows.filter(pc.fill_null(pc.equal(keys, example[dataset.key]), False))
    for column in dataset.columns:
        if column.kind in _WORDS and column.name in places and rows.num_rows:
            texts = pc.fill_null(cell_texts(rows[f"c{places[column.name]}"]), "")
            rows = rows.filter(pc.equal(texts, example[column.name]))
    return tuple(
        Fault(row, EXAMPLE_ROW, example[dataset.key], _SAID)
        for row in rows["row"].to_pylist()
    )


def without_rows(file: FileRead, left_out: tuple[Fault, ...]) -> FileRead:
    """The file as if these rows were not in it."""
    if not left_out:
        return file
    numbers = pa.array([fault.row for fault in left_out], pa.int64())
    is_left_out = pc.is_in(file.rows["row"], value_set=numbers)
    return replace(file, rows=file.rows.filter(pc.invert(is_left_out)))
