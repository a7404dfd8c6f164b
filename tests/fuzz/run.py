"""Read mutated files, load some, and check what must hold of every one."""

import random
from collections import Counter
from collections.abc import Iterator

from cri_data.importing.service import REFUSALS
from cri_data.reading import FileRead, UnreadableFile, read_any, read_headings
from cri_data.store.connection import open_store
from tests.fuzz.mutations import mutated, seeds
from tests.support.uploads import contents, counts, file_name, loaded

# Loading takes a hundred times as long as reading.
_LOADED_OF = 400


def fuzz(files: int, seed: int) -> Counter:
    """How many files were read, refused and loaded. Raises where one is torn."""
    chance = random.Random(seed)  # noqa: S311
    known = seeds()
    found: Counter = Counter()
    for number in range(files):
        content = mutated(chance.choice(known), chance)
        try:
            found[_read(content)] += 1
            if number % _LOADED_OF == 0:
                found[_load(content)] += 1
        except Exception as error:
            error.add_note(f"file {number} of seed {seed}: {content!r}")
            raise
    return found


def _read(content: bytes) -> str:
    try:
        name = file_name("mutated", content)
        file = read_any(name, content)
    except UnreadableFile as error:
        sentence = str(error)
    else:
        check(file)
        assert read_headings(name, content) == file.headings
        return "read"
    assert sentence.endswith(".")
    return "refused"


def check(file: FileRead) -> None:
    """What holds of every file that is read."""
    numbers = [row for row, _ in file.records()]
    above = file.dialect.preamble_rows + file.dialect.header_rows
    assert numbers == sorted(set(numbers))
    assert not numbers or numbers[0] > above
    assert file.rows.num_columns == len(file.headings) + 1
    assert len(numbers) == file.row_count
    broken = {fault.row for fault in file.faults}
    assert broken | set(file.rows["row"].to_pylist()) == set(numbers)
    for row, cells in file.records():
        assert row in broken or len(cells) == len(file.headings)


def _load(content: bytes) -> str:
    """Load a file into an empty store: every good row of it, or nothing."""
    store = open_store()
    try:
        loading = loaded(store, "agencies", content)
    except REFUSALS:
        assert not any(contents(store)[name] for name in ("agencies", "requests"))
        return "not loaded"
    finally_there = len(contents(store)["agencies"])
    rows, new, *_ = counts(loading)
    assert rows == loading.prepared.file.row_count
    assert finally_there == new
    store.close()
    return "loaded"


def lines(found: Counter) -> Iterator[str]:
    """The counts, for reading."""
    for what, count in sorted(found.items()):
        yield f"{what}: {count:,}"
