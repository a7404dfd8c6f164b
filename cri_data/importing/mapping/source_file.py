"""A file that somebody brings: hashed once, read once, matched once per decision."""

from collections.abc import Callable
from dataclasses import dataclass

from cri_data.importing.mapping.mapped_file import MappedFile, map_file, may_be_kept
from cri_data.importing.mapping.read_dataset import read_for
from cri_data.importing.recipe import Recipe
from cri_data.reading import FileRead, ReadOptions, UnreadableFile, sha256_of


@dataclass(frozen=True)
class _Read:
    """What came of reading the file, for which dataset and with which options."""

    dataset_name: str
    options: ReadOptions
    outcome: FileRead | UnreadableFile
    # The bytes, where they are few enough to be stored with the upload.
    content: bytes | None

    def answers(self, dataset_name: str, options: ReadOptions) -> bool:
        """Whether another reading would give the same.

        The dataset only chooses the sheet of a workbook.
        """
        is_text = isinstance(self.outcome, FileRead) and not self.outcome.dialect.sheet
        return options == self.options and (is_text or dataset_name == self.dataset_name)


class SourceFile:
    """A file from which headings, preview and commit all work.

    `read_bytes` hands over the bytes. They are asked for when the file is hashed or
    read, and a large file is not kept here: only its table is. The last reading and
    the last match are kept; another decision repeats only what depends on it.
    """

    def __init__(self, name: str, read_bytes: Callable[[], bytes]) -> None:
        self.name = name
        self._read_bytes = read_bytes
        self._sha256: str | None = None
        self._read: _Read | None = None
        self._mapped: MappedFile | None = None

    @classmethod
    def from_bytes(cls, name: str, content: bytes) -> "SourceFile":
        """A file whose bytes are in memory already."""
        return cls(name, lambda: content)

    @property
    def sha256(self) -> str:
        """The hash of the bytes, worked out once."""
        if self._sha256 is None:
            self._sha256 = sha256_of(self._read_bytes())
        return self._sha256

    def read(self, dataset_name: str, options: ReadOptions) -> FileRead:
        """The file as one of this dataset. Raises UnreadableFile, the same each time."""
        outcome = self._reading(dataset_name, options).outcome
        if isinstance(outcome, UnreadableFile):
            raise outcome
        return outcome

    def _reading(self, dataset_name: str, options: ReadOptions) -> _Read:
        if self._read is None or not self._read.answers(dataset_name, options):
            # The table before it is let go first: two may be too many for the memory.
            self._read = self._mapped = None
            content = self._read_bytes()
            outcome: FileRead | UnreadableFile
            try:
                outcome = read_for(dataset_name, self.name, content, options, self._sha256)
                self._sha256 = outcome.sha256
            except UnreadableFile as error:
                outcome = error.with_traceback(None)
            kept = content if may_be_kept(content) else None
            self._read = _Read(dataset_name, options, outcome, kept)
        return self._read

    def mapped(self, dataset_name: str, recipe: Recipe) -> MappedFile:
        """The file matched to the dataset as the recipe says, ready to be checked.

        Raises UnreadableFile or HeadingsError.
        """
        file = self.read(dataset_name, recipe.read_options)
        last = self._mapped
        if last is None or (last.dataset.name, last.recipe) != (dataset_name, recipe):
            self._mapped = last = None
            content = self._reading(dataset_name, recipe.read_options).content
            last = self._mapped = map_file(dataset_name, file, content, recipe)
        return last
