"""Files with names: match them, and save or delete their confirmed meanings."""

import duckdb
import pyarrow as pa

from cri_data.importing.cells import cell_texts
from cri_data.importing.mapping.headings import (
    NAMES_ELSEWHERE,
    HeadingsError,
    match_headings,
)
from cri_data.importing.matching.aliases import forget_names, remember_names
from cri_data.importing.matching.match import NAMED, match_names
from cri_data.importing.recipe import Recipe
from cri_data.model.datasets import DATASETS, Column, Dataset, Kind
from cri_data.reading import FileRead, read_file, within_memory
from cri_data.store.store import Store

# Headings of names in files about other records, such as requests.
_ELSEWHERE = {
    "agencies": NAMES_ELSEWHERE,
    "partners": ("partner", "association", "organization", "lead partner"),
    "topics": ("topic", "topic of assistance", "primary topic"),
}
# Columns that help to identify an agency besides its name.
_BESIDE = ("state", "city", "agency_type")


def match_file(
    store: Store, dataset: str, file_name: str, content: bytes, headings: dict[str, str]
) -> pa.Table:
    """The match of each name in a file; see match_names().

    `headings` maps headings to name, state, city, or agency_type. Raises UnreadableFile, or
    HeadingsError if no heading matches the name.
    """
    named = _names(dataset, file_name, content, headings)
    with within_memory(file_name, duckdb.OutOfMemoryException), store.cursor() as cursor:
        return match_names(cursor, dataset, named)


def remember_file(
    store: Store, dataset: str, file_name: str, content: bytes, who: str
) -> int:
    """Save which record each name in a file means, from its column record_id.

    Returns the number of rows. Raises UnknownRecord if one can't be saved. Then none is.
    """
    confirmed = _names(dataset, file_name, content, {})
    if "record_id" not in confirmed.column_names:
        key = DATASETS[dataset].key
        raise HeadingsError(
            f"The file needs the column record_id, with the {key} that each name means."
        )
    remember_names(store, dataset, confirmed, who)
    return confirmed.num_rows


def forget_file(
    store: Store, dataset: str, file_name: str, content: bytes, who: str
) -> int:
    """Delete the confirmed meanings of the names in a file. Returns how many there were."""
    names = _names(dataset, file_name, content, {})
    return forget_names(store, dataset, names, who)


def names_in(file: FileRead, dataset: str, headings: dict[str, str]) -> pa.Table:
    """The names in a file: row, name, and other columns about the agency.

    For a file of requests, match.agency_ids() then gives the agency of each row. Raises
    HeadingsError if no heading matches the name.
    """
    recipe = Recipe(headings=headings)
    places = match_headings(file.headings, _NAME_FILES[dataset], recipe).columns
    texts = {name: cell_texts(file.rows[f"c{place}"]) for name, place in places.items()}
    return pa.table({"row": file.rows["row"], **texts})


def _names(
    dataset: str, file_name: str, content: bytes, headings: dict[str, str]
) -> pa.Table:
    return names_in(read_file(file_name, content), dataset, headings)


def _name_file(dataset: Dataset) -> Dataset:
    """A dataset whose rows are names of this dataset."""
    (own,) = (column for column in dataset.columns if column.name.endswith("_name"))
    headings = (own.name, *own.headings, *_ELSEWHERE[dataset.name])
    beside = [
        Column(column.name, Kind.TEXT, column.description, headings=column.headings)
        for column in dataset.columns
        if column.name in _BESIDE
    ]
    return Dataset(
        f"names of {dataset.name}",
        f"{dataset.row_is} name",
        f"What a file calls the {dataset.row_is}.",
        "name",
        (
            Column("name", Kind.TEXT, own.description, required=True, headings=headings),
            *beside,
            Column(
                "record_id",
                Kind.ID,
                "The record that the name means.",
                headings=(dataset.key,),
            ),
        ),
    )


_NAME_FILES = {name: _name_file(DATASETS[name]) for name in NAMED}
