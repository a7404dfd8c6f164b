"""An uploaded file: hashed once, read once, and matched again only after a choice."""

from collections.abc import Callable
from dataclasses import dataclass

from cri_data.importing.mapping.mapped_file import MappedFile, map_file, may_be_kept
from cri_data.importing.mapping.read_dataset import read_for
from cri_data.importing.recipe import Recipe
from cri_data.importing.shaping.wave_headings import NO_METRICS, Metrics
from cri_data.reading import FileRead, ReadOptions, UnreadableFile, sha256_of


@dataclass(frozen=True)
class _Read:
    """The result of reading the file, with the dataset and the read options."""

    dataset_name: str
    options: ReadOptions
    outcome: FileRead | UnreadableFile
    # The bytes, if they are few enough to be stored with the upload.
    content: bytes | None

    def answers(self, dataset_name: str, options: ReadOptions) -> bool:
        """Whether reading again would give the same result.

        The dataset matters only for the sheet of a workbook.
        """
        is_text = isinstance(self.outcome, FileRead) and not self.outcome.dialect.sheet
        return options == self.options and (is_text or dataset_name == self.dataset_name)


class SourceFile:
    """A file for headings, preview, and commit.

    `read_bytes` returns the bytes, and is called when the file is hashed or read. Of a
    large file, only the table is kept. The last reading and the last match are cached, so a
    new choice repeats only the steps that depend on it.
    """

    def __init__(self, name: str, read_bytes: Callable[[], bytes]) -> None:
        self.name = name
        self._read_bytes = read_bytes
        self._sha256: str | None = None
        self._read: _Read | None = None
        self._mapped: MappedFile | None = None
        self._metrics: Metrics = NO_METRICS

    @classmethod
    def from_bytes(cls, name: str, content: bytes) -> "SourceFile":
        """A file whose bytes are already in memory."""
        return cls(name, lambda: content)

    @property
    def sha256(self) -> str:
        """The hash of the bytes, calculated once."""
        if self._sha256 is None:
            self._sha256 = sha256_of(self._read_bytes())
        return self._sha256

    def read(self, dataset_name: str, options: ReadOptions) -> FileRead:
        """The file, read as this dataset. Raises UnreadableFile."""
        outcome = self._reading(dataset_name, options).outcome
        if isinstance(outcome, UnreadableFile):
            raise outcome
        return outcome

    def _reading(self, dataset_name: str, options: ReadOptions) -> _Read:
        if self._read is None or not self._read.answers(dataset_name, options):
            # The earlier table is released first, because two may need too much memory.
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

    def mapped(
        self, dataset_name: str, recipe: Recipe, metrics: Metrics = NO_METRICS
    ) -> MappedFile:
        """The file, matched to the dataset with the recipe, ready for the check.

        `metrics` are those that a heading of a file of outcomes may name. Raises
        UnreadableFile or HeadingsError.
        """
        file = self.read(dataset_name, recipe.read_options)
        last = self._mapped
        asked = (dataset_name, recipe, metrics)
        if last is None or (last.dataset.name, last.recipe, self._metrics) != asked:
            self._mapped = last = None
            content = self._reading(dataset_name, recipe.read_options).content
            last = self._mapped = map_file(dataset_name, file, content, recipe, metrics)
            self._metrics = metrics
        return last
