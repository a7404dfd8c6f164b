"""Rows that a person excludes from a file, such as all but one of a repeated ID."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from cri_data.importing.cells import cell_texts
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


# The most rows without an ID that are searched for a label in another column.
_MOST_WITHOUT_ID = 1_000

# What the label of a row of totals begins or ends with.
_TOTAL = (
    r"(?i)^\s*(?:(?:grand|overall|sub|report|column)?[-\s]?totals?\b.*|(?:sum|count|average|mean)"
    r"(?: of .*)?:?|.*[-\s](?:sub)?totals?:?)\s*$"
)


def total_rows(file: FileRead, dataset: Dataset, matching: Matching) -> tuple[Fault, ...]:
    """The rows that begin with "Total" or the like, and lack a required value.

    All their other cells are numbers. A row with all required values is a record, whatever
    its ID is.
    """
    named = [name for name in dataset.required if name in matching.columns]
    # A file of outcomes without IDs begins with the engagement. In one with a column for
    # each metric, nothing else is required.
    if not named or not (dataset.key in named or matching.makes_ids):
        return ()
    key, *required = (matching.columns[name] for name in named)
    if not required and not matching.shape:
        return ()
    rows = file.rows.filter(_may_be_totals(file.rows, key))
    said = message(Rule.TOTAL_ROW, row_is=dataset.row_is)
    return tuple(
        Fault(row["row"], Rule.TOTAL_ROW, label, said)
        for row in rows.to_pylist()
        if (label := _label_of_total(row, required))
    )


def _may_be_totals(rows: pa.Table, key: int) -> pa.ChunkedArray:
    """Whether the ID or the first cell of a row says so, or it has no ID."""
    ids = rows[f"c{key}"]
    says_so = pc.match_substring_regex(ids, _TOTAL)
    if key:
        says_so = pc.or_(says_so, pc.match_substring_regex(rows["c0"], _TOTAL))
    is_blank = pc.equal(pc.utf8_trim_whitespace(ids), "")
    # A file with more rows without an ID has another fault.
    few = (pc.sum(is_blank).as_py() or 0) <= _MOST_WITHOUT_ID
    return pc.or_(says_so, is_blank) if few else says_so


def _label_of_total(row: dict[str, Any], required: list[int]) -> str:
    """The first cell of a row of totals. "" for any other row."""
    filled = [cell.strip() for name, cell in row.items() if name != "row" and cell.strip()]
    is_total = (
        filled
        and re.match(_TOTAL, filled[0])
        and not (required and all(row[f"c{place}"].strip() for place in required))
        and all(is_lost(cell) or _is_number(cell) for cell in filled[1:])
    )
    return filled[0] if is_total else ""


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"[-+($€\s]*[\d.,'\s]*\d[\d.,'\s]*[%)]*", cell) is not None


def file_without_rows(file: FileRead, left_out: tuple[Fault, ...]) -> FileRead:
    """The file without these rows."""
    return file_without(file, pa.array([fault.row for fault in left_out], pa.int64()))


def file_without(file: FileRead, rows: pa.Array) -> FileRead:
    """The file without the rows with these numbers."""
    if not len(rows):
        return file
    is_left_out = pc.is_in(file.rows["row"], value_set=rows)
    return replace(file, rows=file.rows.filter(pc.invert(is_left_out)))
