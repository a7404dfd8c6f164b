"""What is said of a file for which this computer has too little memory."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from cri_data.upload.reading.kinds import UnreadableFile


@contextmanager
def within_memory(name: str) -> Iterator[None]:
    """Raise UnreadableFile where reading or checking the file runs out of memory."""
    try:
        yield
    except (MemoryError, duckdb.OutOfMemoryException) as error:
        raise UnreadableFile(
            f"{name} needs more memory than there is, and nothing of it was kept. Split "
            "it into several files, take out columns that are not needed, or try again "
            "when nobody else is loading one."
        ) from error
