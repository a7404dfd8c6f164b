"""Rows that a person excludes from a file, such as all but one of a repeated ID."""

import re
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
from cri_data.model.lost_cells import is_lost
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


# What a row of totals begins with, or what its label ends with.
_TOTAL = (
    r"(?i)^(?:(?:grand|overall|sub|report|column)?[-\s]?totals?\b.*|(?:sum|count|average|mean)"
    r"(?: of .*)?:?|.*[-\s](?:sub)?totals?:?)$"
)


def total_rows(file: FileRead, dataset: Dataset, matching: Matching) -> tuple[Fault, ...]:
    """The rows that say "Total" where a record has its ID, and lack other required values.

    A row with all required values is a record, whatever its ID is.
    """
    if dataset.key not in matching.columns:
        return ()
    first = [matching.columns[dataset.key], 0]
    required = [
        matching.columns[name]
        for name in dataset.required
        if name in matching.columns and name != dataset.key
    ]
    is_total = None
    for place in dict.fromkeys(first):
        says_so = pc.match_substring_regex(
            file.rows[f"c{place}"], "(?i)total|sum|count|mean|average"
        )
        is_total = says_so if is_total is None else pc.or_(is_total, says_so)
    if not required or not pc.any(is_total).as_py():
        return ()
    rows = file.rows.filter(is_total)
    said = message(Rule.TOTAL_ROW, row_is=dataset.row_is)
    found = []
    for row in rows.to_pylist():
        label = next((row[f"c{n}"].strip() for n in first if row[f"c{n}"].strip()), "")
        if not re.match(_TOTAL, label):
            continue
        cells = [cell.strip() for name, cell in row.items() if name != "row"]
        others = [cell for cell in cells if cell and cell != label]
        lacks = any(not row[f"c{place}"].strip() for place in required)
        if lacks and all(is_lost(cell) or _is_number(cell) for cell in others):
            found.append(Fault(row["row"], Rule.TOTAL_ROW, label, said))
    return tuple(found)


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"[-+($€\s]*[\d.,'\s]*\d[\d.,'\s]*[%)]*", cell) is not None


def file_without_rows(file: FileRead, left_out: tuple[Fault, ...]) -> FileRead:
    """The file without these rows."""
    if not left_out:
        return file
    numbers = pa.array([fault.row for fault in left_out], pa.int64())
    is_left_out = pc.is_in(file.rows["row"], value_set=numbers)
    return replace(file, rows=file.rows.filter(pc.invert(is_left_out)))
