"""Rows that a person excludes from a file, such as all but one of a repeated ID."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from cri_data.importing.mapping.cells import cell_texts
from cri_data.importing.mapping.headings import Matching
from cri_data.importing.mapping.templates import EXAMPLES
from cri_data.importing.recipe import Recipe
from cri_data.model.datasets import Dataset, Kind
from cri_data.model.problem_rules import Rule, message
from cri_data.reading import Fault, FileRead


@dataclass(frozen=True)
class RepeatedId:
    """An ID whose rows have conflicting values, and the numbers of these rows."""

    record_id: str
    rows: tuple[int, ...]


def rows_left_out(
    file: FileRead, dataset: Dataset, matching: Matching, recipe: Recipe
) -> tuple[Fault, ...]:
    """The rows of the file that the recipe excludes, with their IDs."""
    if not recipe.left_out:
        return ()
    is_left_out = pc.is_in(file.rows["row"], pa.array(recipe.left_out, pa.int64()))
    rows = file.rows.filter(is_left_out)
    place = matching.columns.get(dataset.key)
    ids = [""] * rows.num_rows
    if place is not None:
        ids = pc.fill_null(cell_texts(rows[f"c{place}"]), "").to_pylist()
    return tuple(
        Fault(row, Rule.ROW_LEFT_OUT, record_id, message(Rule.ROW_LEFT_OUT))
        for row, record_id in zip(rows["row"].to_pylist(), ids, strict=True)
    )


def recipe_excluding(recipe: Recipe, rows: Iterable[int]) -> Recipe:
    """The recipe that also excludes these rows."""
    return replace(recipe, left_out=tuple(sorted({*recipe.left_out, *rows})))


def repeated_ids(problems: pd.DataFrame) -> list[RepeatedId]:
    """The IDs of which one row must be chosen, in the order of the file."""
    repeated = problems[problems["rule"] == Rule.KEY_REPEATED]
    return [
        RepeatedId(str(record_id), tuple(map(int, rows)))
        for record_id, rows in repeated.groupby("value", sort=False)["row"]
    ]


# Only words are compared, because spreadsheets reformat dates and numbers.
_WORDS = (Kind.ID, Kind.TEXT, Kind.CODE, Kind.ID_LIST)


def example_rows(file: FileRead, dataset: Dataset, matching: Matching) -> tuple[Fault, ...]:
    """The rows with the same words as the example in all columns."""
    example, places = EXAMPLES[dataset.name], matching.columns
    if dataset.key not in places:
        return ()
    keys = cell_texts(file.rows[f"c{places[dataset.key]}"])
    rows = file.rows.filter(pc.fill_null(pc.equal(keys, example[dataset.key]), False))
    for column in dataset.columns:
        if column.kind in _WORDS and column.name in places and rows.num_rows:
            texts = pc.fill_null(cell_texts(rows[f"c{places[column.name]}"]), "")
            rows = rows.filter(pc.equal(texts, example[column.name]))
    said = message(Rule.EXAMPLE_ROW)
    return tuple(
        Fault(row, Rule.EXAMPLE_ROW, example[dataset.key], said)
        for row in rows["row"].to_pylist()
    )


def file_without_rows(file: FileRead, left_out: tuple[Fault, ...]) -> FileRead:
    """The file without these rows."""
    if not left_out:
        return file
    numbers = pa.array([fault.row for fault in left_out], pa.int64())
    is_left_out = pc.is_in(file.rows["row"], value_set=numbers)
    return replace(file, rows=file.rows.filter(pc.invert(is_left_out)))
