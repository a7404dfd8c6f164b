"""Read a file as a dataset, from the sheet whose headings fit."""

from dataclasses import replace
from functools import partial

from cri_data.importing.mapping.headings import (
    HeadingsError,
    Matching,
    heading_places,
    match_headings,
)
from cri_data.importing.mapping.ori_headings import note_on_oris, with_oris_as_ids
from cri_data.importing.recipe import Recipe
from cri_data.model.datasets import DATASETS, Dataset
from cri_data.reading import FileRead, ReadOptions, other_sheets, read_file


def read_for(
    dataset_name: str,
    file_name: str,
    content: bytes,
    options: ReadOptions,
    sha256: str | None = None,
) -> FileRead:
    """Read a file. From a workbook, reads the sheet with most of the required columns.

    Raises UnreadableFile. Choices about headings don't matter here, so the same sheet is
    read each time.
    """
    known = partial(_required_known, DATASETS[dataset_name])
    return read_file(file_name, content, options, known, sha256)


def _required_known(dataset: Dataset, headings: tuple[str, ...]) -> int:
    places = heading_places(headings, dataset, Recipe())
    return len({*places.columns, *places.unclear} & set(dataset.required))


def match_dataset(file: FileRead, dataset: Dataset, recipe: Recipe) -> Matching:
    """Match the headings. Raises HeadingsError, which names this sheet and the others."""
    decided = with_oris_as_ids(file, dataset, recipe)
    try:
        matching = match_headings(file.headings, dataset, decided)
        return replace(matching, notes=note_on_oris(recipe, decided))
    except HeadingsError as error:
        sheet, sheets = file.dialect.sheet, file.dialect.sheets
        if len(sheets) < 2:
            raise
        raise HeadingsError(
            f"{error} This is the sheet '{sheet}'; the workbook has others: "
            f"{other_sheets(sheet, sheets)}. Choose the one to read."
        ) from error
