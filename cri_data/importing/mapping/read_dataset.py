"""Read a file as a dataset, from the sheet whose headings fit."""

from collections.abc import Collection
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
from cri_data.importing.shaping.shape import Shape, shape_of
from cri_data.importing.shaping.wave_headings import NO_METRICS, Metrics
from cri_data.model.code_lists import plain
from cri_data.model.datasets import DATASETS, OUTCOMES, Dataset
from cri_data.reading import BLOCK_TITLE, FileRead, ReadOptions, other_sheets, read_file

_NO_IDS = (
    "The file has no outcome_id, so an outcome is known by its engagement and metric. The "
    "ID of a new one is made of both."
)


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


def match_dataset(
    file: FileRead, dataset: Dataset, recipe: Recipe, metrics: Metrics = NO_METRICS
) -> Matching:
    """Match the headings. Raises HeadingsError, which names this sheet and the others.

    `metrics` are those that a heading of a file of outcomes may name. If the names of
    sheets or the titles of blocks are values of a missing column, the message or a note
    says how to use them.
    """
    decided = with_oris_as_ids(file, dataset, recipe)
    try:
        shape = shape_of_dataset(file, dataset, decided, metrics)
        _refuse_unclear(file, shape)
        matching = match_headings(file.headings, dataset, decided, shape)
        notes = (
            *note_on_oris(recipe, decided),
            *((_NO_IDS,) if matching.makes_ids else ()),
        )
        said = _said_of_added(file, dataset, matching.present)
        return replace(matching, notes=(*notes, *said))
    except HeadingsError as error:
        sheet, sheets = file.dialect.sheet, file.dialect.sheets
        said = _said_of_added(file, dataset, frozenset())
        if said:
            raise HeadingsError(" ".join([str(error), *said])) from error
        if len(sheets) < 2:
            raise
        raise HeadingsError(
            f"{error} This is the sheet '{sheet}'; the workbook has others: "
            f"{other_sheets(sheet, sheets)}. Choose the one to read."
        ) from error


def _said_of_added(
    file: FileRead, dataset: Dataset, present: Collection[str]
) -> tuple[str, ...]:
    """How the names of sheets and the titles of blocks can be a missing column.

    Of each, only if all are values of one missing column.
    """
    said = []
    for heading, texts in file.added.items():
        what = "titles of the blocks" if heading == BLOCK_TITLE else "names of the sheets"
        fitting = [
            column.name
            for column in dataset.columns
            if column.codes
            and column.name not in present
            and all(plain(text) in column.codes.aliases for text in texts)
        ]
        if len(fitting) == 1:
            said.append(
                f"The {what} are values of {fitting[0]}, which the file does not have as a "
                f"column. To use them, match '{heading}' with {fitting[0]}."
            )
    return tuple(said)


def shape_of_dataset(
    file: FileRead, dataset: Dataset, recipe: Recipe, metrics: Metrics
) -> Shape | None:
    """The shape of a file. None if each of its rows is a record."""
    if dataset is not OUTCOMES:
        return None
    places = heading_places(file.headings, dataset, recipe)
    return shape_of(file, places.columns, recipe, metrics)


def _refuse_unclear(file: FileRead, shape: Shape | None) -> None:
    """Raise HeadingsError for headings that name no known wave, or the same value."""
    if shape is None:
        return
    if shape.unclear:
        names = ", ".join(f"'{n}'" for many in shape.unclear.values() for n in many)
        words = sorted(word or "headings without a wave" for word in shape.unclear)
        raise HeadingsError(
            f"These headings may be baseline or follow-up: {names}. Choose what "
            f"{' and '.join(words)} mean."
        )
    for places in shape.same_value:
        names = " and ".join(f"'{file.headings[place]}'" for place in places)
        raise HeadingsError(
            f"The headings {names} have the same metric and wave. Rename one, or choose "
            "which one to use."
        )
