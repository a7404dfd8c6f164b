"""Repairs for a whole class of problems, each with its number of cells."""

from dataclasses import dataclass, replace
from typing import cast

import pandas as pd
import pyarrow.compute as pc
from duckdb import DuckDBPyConnection

from cri_data.importing.mapping.mapped_file import MappedFile
from cri_data.importing.problems import LONGEST, MOST_VALUES, UNKNOWN
from cri_data.importing.recipe import Recipe
from cri_data.importing.validation.agency_repairs import likely_agencies, with_agencies
from cri_data.importing.validation.did_you_mean import known_values, likely_meaning
from cri_data.importing.validation.reference_ids import value_names
from cri_data.importing.validation.validate import ValidationResult
from cri_data.model.datasets import Column, Dataset
from cri_data.model.problem_rules import Rule, Severity
from cri_data.model.units import OF_THE_METRIC

# The replacement of a cell that counts as blank.
_BLANK = ""


# The beginnings of rules about values that have no valid meaning.
_NOT_UNDERSTOOD = ("not_a", "out_of_range", "other_unit", "ambiguous_number")


@dataclass(frozen=True)
class ClassRepair:
    """The repair in words for people, and the recipe that makes it."""

    name: str
    recipe: Recipe


def class_repairs(
    cursor: DuckDBPyConnection,
    prepared: MappedFile,
    checked: ValidationResult,
    recipe: Recipe,
) -> list[ClassRepair]:
    """All repairs of more than one cell, those with most cells first."""
    dataset, problems = prepared.dataset, checked.problems
    likely = likely_values(cursor, dataset, problems)
    agencies = likely_agencies(checked.unknown_agencies)
    repairs = _replacements(cursor, dataset, likely, recipe)
    suggestions = len(likely) + len(agencies)
    if suggestions > 1:
        cells = sum(rows for _, rows in likely.values())
        cells += sum(len(agency.rows) for agency, _ in agencies)
        meanings = {pair: meant for pair, (meant, _) in likely.items()}
        repairs.insert(
            0,
            ClassRepair(
                f"Apply all {suggestions:,} suggestions ({cells:,} cells)",
                with_agencies(prepared, with_values(recipe, meanings), agencies),
            ),
        )
    return repairs + _blanks(prepared, problems, recipe)


def _replacements(
    cursor: DuckDBPyConnection,
    dataset: Dataset,
    likely: dict[tuple[str, str], tuple[str, int]],
    recipe: Recipe,
) -> list[ClassRepair]:
    """A repair for each text of several cells with a likely meaning, which has its name."""
    names = {
        column: value_names(cursor, dataset.column(column))
        for column in {column for column, _ in likely}
    }
    return [
        ClassRepair(
            f"Replace all {rows:,} '{text}' in {column} with "
            f"{names[column].get(meant, meant)}",
            with_values(recipe, {(column, text): meant}),
        )
        for (column, text), (meant, rows) in likely.items()
        if rows > 1
    ]


def likely_values(
    cursor: DuckDBPyConnection, dataset: Dataset, problems: pd.DataFrame
) -> dict[tuple[str, str], tuple[str, int]]:
    """(column, text) -> its likely meaning and number of rows, most frequent first."""
    likely: dict[tuple[str, str], tuple[str, int]] = {}
    for name, texts in _texts(problems[problems["rule"].isin(UNKNOWN)]).items():
        column = dataset.column(name)
        known = known_values(cursor, column)
        for text, rows in texts.items():
            meant = likely_meaning(text, known)
            if meant:
                likely[name, text] = (meant, rows)
    return dict(sorted(likely.items(), key=lambda pair: -pair[1][1]))


def _blanks(
    prepared: MappedFile, problems: pd.DataFrame, recipe: Recipe
) -> list[ClassRepair]:
    """Repairs that treat a class of values as blank, only in optional columns."""
    not_understood = problems["rule"].str.startswith(_NOT_UNDERSTOOD) | problems[
        "rule"
    ].isin(UNKNOWN)
    repairs = [
        ClassRepair(
            f"Leave {sum(texts.values()):,} unrecognized values of {name} blank",
            with_values(recipe, {(name, text): _BLANK for text in texts}),
        )
        for name, texts in _texts_to_blank(
            prepared.dataset, problems[not_understood]
        ).items()
        if sum(texts.values()) > 1
    ]
    unlikely = problems[problems["rule"] == Rule.UNLIKELY]
    return repairs + [
        ClassRepair(
            f"Leave {len(of_column):,} unlikely values of {name} blank",
            unlikely_as_blank(prepared, of_column, recipe),
        )
        for name, of_column in unlikely.groupby("column")
        if len(of_column) > 1 and not prepared.dataset.column(str(name)).required
    ]


def unlikely_as_blank(
    prepared: MappedFile, problems: pd.DataFrame, recipe: Recipe
) -> Recipe:
    """The recipe that treats all unlikely values as blank, only in optional columns."""
    unlikely = problems[problems["rule"] == Rule.UNLIKELY]
    texts = _texts_to_blank(prepared.dataset, unlikely)
    pairs = [(name, text) for name, of_column in texts.items() for text in of_column]
    recipe = with_values(recipe, dict.fromkeys(pairs, _BLANK))
    columns = prepared.dataset.columns
    of_metrics = [column.name for column in columns if column.unit is OF_THE_METRIC]
    return _shares_as_blank(prepared, unlikely[unlikely["column"].isin(of_metrics)], recipe)


def _shares_as_blank(prepared: MappedFile, shares: pd.DataFrame, recipe: Recipe) -> Recipe:
    """The recipe that treats these cells as blank, and the same texts nowhere else."""
    texts: dict[tuple[str, str], str] = {}
    repairs = {row: dict(cells) for row, cells in recipe.repairs.items()}
    for pair, rows in shares.groupby(["column", "value"])["row"]:
        name, text = map(str, cast("tuple[str, str]", pair))
        in_file = pc.sum(pc.equal(prepared.texts[name], text)).as_py()
        place = prepared.matching.columns.get(name)
        if in_file == len(rows):
            texts[name, text] = _BLANK
        elif place is not None:
            # Beside a metric in another unit, the same number may be right.
            heading = prepared.file.headings[place]
            for row in rows:
                repairs.setdefault(int(row), {})[heading] = _BLANK
    return replace(with_values(recipe, texts), repairs=repairs)


def _texts_to_blank(dataset: Dataset, problems: pd.DataFrame) -> dict[str, dict[str, int]]:
    """The number of rows by column and text, of texts that may be blank everywhere."""
    warned = problems[
        (problems["severity"] == Severity.WARNING) & (problems["rule"] != Rule.NOT_A_PLACE)
    ]
    return {
        name: texts
        for name, texts in _texts(warned).items()
        if _may_be_blank(dataset.column(name))
    }


def _may_be_blank(column: Column) -> bool:
    # Whether a text fits a metric, or a place, depends on the rest of its row. The same
    # text in another row may be right.
    return not column.required and column.unit is not OF_THE_METRIC


def _texts(problems: pd.DataFrame) -> dict[str, dict[str, int]]:
    """The number of rows by column and text, only for texts that are shown in full."""
    whole = problems[problems["value"].str.len().between(1, LONGEST - 1)]
    return {
        str(name): {
            str(text): int(rows)
            for text, rows in group.value_counts().head(MOST_VALUES).items()
        }
        for name, group in whole.groupby("column")["value"]
    }


def with_values(recipe: Recipe, taken: dict[tuple[str, str], str]) -> Recipe:
    """The recipe with more replacements: (column, text) -> text."""
    values = {column: dict(instead) for column, instead in recipe.values.items()}
    for (column, text), instead in taken.items():
        values.setdefault(column, {})[text] = instead
    return replace(recipe, values=values)
