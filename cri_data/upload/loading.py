"""A file from its bytes to the store: what the command line and the page call."""

from dataclasses import dataclass

from cri_data import settings
from cri_data.schema import DATASETS, Dataset
from cri_data.store import Store, StoreError
from cri_data.upload.checking import Checked, Progress
from cri_data.upload.committing import check, commit
from cri_data.upload.headings import HeadingsError, Matching, match_headings
from cri_data.upload.reading import FileRead, UnreadableFile, read_file
from cri_data.upload.recipe import Recipe, RecipeError
from cri_data.upload.rejects import rejects_csv

# Everything that a file or a store can do to be refused whole.
REFUSALS = (UnreadableFile, HeadingsError, RecipeError, StoreError)


@dataclass(frozen=True)
class Loading:
    """A file that has been read, matched and checked.

    `upload_id` is set once its good rows are in the store and changed something.
    """

    dataset: Dataset
    file: FileRead
    matching: Matching
    recipe: Recipe
    checked: Checked
    upload_id: str | None = None

    @property
    def rejects(self) -> bytes:
        """The rejected rows, as a CSV to correct and load again."""
        return rejects_csv(self.file, self.checked)


def look_at(
    store: Store,
    dataset_name: str,
    file_name: str,
    content: bytes,
    recipe: Recipe,
    progress: Progress,
) -> Loading:
    """Read and check a file against the store. Changes nothing.

    Raises UnreadableFile or HeadingsError for a file that is no file of this
    dataset.
    """
    dataset = DATASETS[dataset_name]
    progress("Reading the file")
    file = read_file(file_name, content)
    matching = match_headings(file.headings, dataset, recipe)
    checked = check(store, dataset, file, matching, recipe, progress)
    return Loading(dataset, file, matching, recipe, checked)


def load(
    store: Store,
    dataset_name: str,
    file_name: str,
    content: bytes,
    recipe: Recipe,
    who: str,
    progress: Progress,
) -> Loading:
    """Read a file and write its good rows. Raises one of REFUSALS otherwise."""
    dataset = DATASETS[dataset_name]
    refuse_demonstration(store)
    progress("Reading the file")
    file = read_file(file_name, content)
    matching = match_headings(file.headings, dataset, recipe)
    committed = commit(store, dataset, file, matching, recipe, who, progress)
    return Loading(dataset, file, matching, recipe, committed.checked, committed.upload_id)


def refuse_demonstration(store: Store) -> None:
    """Raise StoreError for a demonstration store: it never takes real rows."""
    if store.info().is_demonstration:
        raise StoreError(
            "This store holds invented demonstration data and takes no real rows. "
            "Start an empty store on the Upload page, or name a new file in "
            f"{settings.STORE.name} and run: python -m cri_data init"
        )
