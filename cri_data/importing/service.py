"""A file from its bytes to the store: what the command line and the page call."""

from dataclasses import dataclass

import duckdb

from cri_data.importing.commit.commit import check, commit
from cri_data.importing.commit.rejected_rows import rejects_csv
from cri_data.importing.mapping.headings import HeadingsError
from cri_data.importing.mapping.mapped_file import MappedFile
from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.recipe import Recipe, RecipeError
from cri_data.importing.validation.bulk_repairs import likely_values, with_values
from cri_data.importing.validation.validate import Progress, ValidationResult
from cri_data.reading import UnreadableFile, within_memory
from cri_data.store.store import Store, StoreError, refuse_demonstration

# Everything that a file or a store can do to be refused whole.
REFUSALS = (UnreadableFile, HeadingsError, RecipeError, StoreError)


@dataclass(frozen=True)
class ImportResult:
    """A file that has been read, matched and checked.

    `upload_id` is set once its good rows are in the store and changed something.
    """

    prepared: MappedFile
    checked: ValidationResult
    upload_id: str | None = None

    @property
    def rejects(self) -> bytes:
        """The rejected rows, as a CSV to correct and load again."""
        return rejects_csv(self.prepared.file, self.checked)


def preview(
    store: Store,
    dataset_name: str,
    source: SourceFile,
    recipe: Recipe,
    progress: Progress,
) -> ImportResult:
    """Read and check a file against the store. Changes nothing.

    Raises UnreadableFile or HeadingsError for a file that is no file of this
    dataset.
    """
    progress("Reading the file")
    with within_memory(source.name, duckdb.OutOfMemoryException):
        prepared = source.mapped(dataset_name, recipe)
        return ImportResult(prepared, check(store, prepared, progress))


def load(
    store: Store,
    dataset_name: str,
    source: SourceFile,
    recipe: Recipe,
    who: str,
    progress: Progress,
) -> ImportResult:
    """Read a file and write its good rows. Raises one of REFUSALS otherwise."""
    refuse_demonstration(store)
    progress("Reading the file")
    with within_memory(source.name, duckdb.OutOfMemoryException):
        prepared = source.mapped(dataset_name, recipe)
        committed = commit(store, prepared, who, progress=progress)
    return ImportResult(prepared, committed.checked, committed.upload_id)


def likely_recipe(store: Store, looked: ImportResult) -> Recipe:
    """The recipe with what every unknown value of the file most likely means."""
    problems, recipe = looked.checked.problems, looked.prepared.recipe
    with store.cursor() as cursor:
        likely = likely_values(cursor, looked.prepared.dataset, problems)
    return with_values(recipe, {pair: meant for pair, (meant, _) in likely.items()})
