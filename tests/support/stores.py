"""Stores made once in a run of the tests, by whichever process asks first, and copied.

Making a store takes half a second and a demonstration three; a copy, a few hundredths.
"""

import fcntl
import os
import shutil
import tempfile
import weakref
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from cri_data.jobs import demonstration
from cri_data.store.connection import open_store
from cri_data.store.store import Store

# Names the folder that all processes of one run share.
FOLDER = "CRI_TEST_STORES"


def share_folder() -> Path | None:
    """Make the folder of this run; None in a worker, which has the run's already."""
    if FOLDER in os.environ:
        return None
    folder = Path(tempfile.mkdtemp(prefix="cri-test-stores-"))
    os.environ[FOLDER] = str(folder)
    return folder


def prepared(name: str, fill: Callable[[Store], object]) -> Path:
    """A closed store file that `fill` has filled: to copy, and never to open."""
    folder = Path(os.environ[FOLDER])
    path = folder / f"{name}.duckdb"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            making = folder / f"{name}.making.duckdb"
            store = open_store(making)
            fill(store)
            store.close()
            making.rename(path)
    return path


def copied(prepared_path: Path, path: Path | None = None) -> Store:
    """A copy, open. Without a path it is a file of its own, gone with the store."""
    to = path or Path(os.environ[FOLDER]) / f"{uuid4()}.duckdb"
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copy(prepared_path, to)
    store = open_store(to)
    if path is None:
        weakref.finalize(store, to.unlink, missing_ok=True)
    return store


def new_store(path: Path | None = None) -> Store:
    """What open_store() makes where there is none, copied."""
    return copied(prepared("new", lambda _: None), path)


def demonstration_file(requests: int = 3000) -> Path:
    """A closed demonstration of so many requests: to copy, and never to open."""
    return prepared(
        f"demonstration-{requests}", lambda store: demonstration.fill(store, requests)
    )


def demonstration_store(requests: int, path: Path | None = None) -> Store:
    """The same, copied and open."""
    return copied(demonstration_file(requests), path)
