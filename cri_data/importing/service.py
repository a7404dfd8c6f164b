"""Preview and load a file, for the command line and the page."""

from dataclasses import dataclass

import duckdb

from cri_data.importing.commit.commit import check, commit
from cri_data.importing.commit.rejected_rows import rejects_csv
from cri_data.importing.mapping.headings import HeadingsError
from cri_data.importing.mapping.mapped_file import MappedFile
from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.recipe import Recipe, RecipeError
from cri_data.importing.shaping.wave_headings import metrics_of
from cri_data.importing.validation.agency_repairs import likely_agencies, with_agencies
from cri_data.importing.validation.bulk_repairs import (
    likely_values,
    unlikely_as_blank,
    with_values,
)
from cri_data.importing.validation.validate import Progress, ValidationResult
from cri_data.reading import UnreadableFile, within_memory
from cri_data.store.store import Store, StoreError, refuse_demonstration

# All reasons to refuse a whole file.
REFUSALS = (UnreadableFile, HeadingsError, RecipeError, StoreError)


@dataclass(frozen=True)
class ImportResult:
    """A file that has been read, matched, and checked.

    `upload_id` is set if its valid rows were stored and changed something.
    """

    prepared: MappedFile
    checked: ValidationResult
    upload_id: str | None = None

    @property
    def rejects(self) -> bytes:
        """The rejected rows, as a CSV file to correct and load again."""
        return rejects_csv(self.prepared.file, self.checked)


def preview(
    store: Store,
    dataset_name: str,
    source: SourceFile,
    recipe: Recipe,
    progress: Progress,
) -> ImportResult:
    """Read and check a file against the store. Changes nothing.

    Raises UnreadableFile or HeadingsError if the file does not fit this
    dataset.
    """
    progress("Reading the file")
    with within_memory(source.name, duckdb.OutOfMemoryException):
        prepared = source.mapped(dataset_name, recipe, metrics_of(store, dataset_name))
        return ImportResult(prepared, check(store, prepared, progress))


def load(
    store: Store,
    dataset_name: str,
    source: SourceFile,
    recipe: Recipe,
    who: str,
    progress: Progress,
) -> ImportResult:
    """Read a file and store its valid rows. Otherwise raises one of REFUSALS."""
    refuse_demonstration(store)
    progress("Reading the file")
    with within_memory(source.name, duckdb.OutOfMemoryException):
        prepared = source.mapped(dataset_name, recipe, metrics_of(store, dataset_name))
        committed = commit(store, prepared, who, progress=progress)
    return ImportResult(prepared, committed.checked, committed.upload_id)


def unlikely_blank_recipe(looked: ImportResult) -> Recipe:
    """The recipe that leaves unlikely values of optional columns blank."""
    prepared, problems = looked.prepared, looked.checked.problems
    return unlikely_as_blank(prepared, problems, prepared.recipe)


def likely_recipe(store: Store, looked: ImportResult) -> Recipe:
    """The recipe with the most likely meaning of each unknown value and agency."""
    prepared, checked = looked.prepared, looked.checked
    with store.cursor() as cursor:
        likely = likely_values(cursor, prepared.dataset, checked.problems)
    meanings = {pair: meant for pair, (meant, _) in likely.items()}
    recipe = with_values(prepared.recipe, meanings)
    return with_agencies(prepared, recipe, likely_agencies(checked.unknown_agencies))
