"""Rows that a person leaves out of a file, such as all but one of a repeated id."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from cri_data.schema import Dataset
from cri_data.upload.cells import cell_texts
from cri_data.upload.headings import Matching
from cri_data.upload.problems import KEY_REPEATED, ROW_LEFT_OUT
from cri_data.upload.reading import Fault, FileRead
from cri_data.upload.recipe import Recipe

_SAID = "This row is left out, as was decided."


@dataclass(frozen=True)
class RepeatedId:
    """An id whose rows say different things, and the numbers of these rows."""

    record_id: str
    rows: tuple[int, ...]


def rows_left_out(
    file: FileRead, dataset: Dataset, matching: Matching, recipe: Recipe
) -> tuple[Fault, ...]:
    """The rows of the file that the recipe leaves out, with their ids."""
    if not recipe.left_out:
        return ()
    is_left_out = pc.is_in(file.rows["row"], pa.array(recipe.left_out, pa.int64()))
    rows = file.rows.filter(is_left_out)
    place = matching.columns.get(dataset.key)
    ids = [""] * rows.num_rows
    if place is not None:
        ids = pc.fill_null(cell_texts(rows[f"c{place}"]), "").to_pylist()
    return tuple(
        Fault(row, ROW_LEFT_OUT, record_id, _SAID)
        for row, record_id in zip(rows["row"].to_pylist(), ids, strict=True)
    )


def without(recipe: Recipe, rows: Iterable[int]) -> Recipe:
    """The recipe that leaves these rows out too."""
    return replace(recipe, left_out=tuple(sorted({*recipe.left_out, *rows})))


def repeated_ids(problems: pd.DataFrame) -> list[RepeatedId]:
    """Every id of which one row is to be kept, in the order of the file."""
    repeated = problems[problems["rule"] == KEY_REPEATED]
    return [
        RepeatedId(str(record_id), tuple(map(int, rows)))
        for record_id, rows in repeated.groupby("value", sort=False)["row"]
    ]
