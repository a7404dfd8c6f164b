"""One load in a process of its own; prints what it took as JSON.

`python -m tests.bench.load_once ours|bare STORE FILE`
"""

import itertools
import json
import sys
from pathlib import Path
from time import perf_counter

import duckdb

from cri_data.store import open_store
from cri_data.upload.loading import load
from cri_data.upload.recipe import Recipe
from tests.bench.rows import PLAIN_TABLE
from tests.bench.timing import peak_memory_mb, processor_seconds


def ours(path: Path, file: Path) -> dict:
    """Load requests as the command line does: seconds, stages, memory.

    Until the store is closed, so that nothing is left for its next checkpoint.
    """
    store = open_store(path)
    before = peak_memory_mb()
    begun: list[tuple[str, float, float]] = []

    def progress(stage: str) -> None:
        begun.append((stage, perf_counter(), peak_memory_mb()))

    processor_before = processor_seconds()
    progress("Taking the file from the disk")
    loading = load(
        store, "requests", file.name, file.read_bytes(), Recipe(), "benchmark", progress
    )
    progress("Closing the store")
    store.close()
    progress("done")
    processor = processor_seconds() - processor_before
    counts = loading.checked.counts
    if counts.inserted != counts.rows:
        raise RuntimeError(f"Every row is new and right, but: {counts}")
    return {
        "seconds": begun[-1][1] - begun[0][1],
        "processor_seconds": processor,
        "stages": {
            this[0]: after[1] - this[1] for this, after in itertools.pairwise(begun)
        },
        # The highest of the process so far, at the end of each stage.
        "stage_memory_mb": {this[0]: after[2] for this, after in itertools.pairwise(begun)},
        "memory_before_mb": before,
        "memory_mb": peak_memory_mb(),
    }


def bare(path: Path, file: Path) -> dict:
    """COPY the same file into a plain table of a new DuckDB file."""
    connection = duckdb.connect(str(path))
    connection.execute(PLAIN_TABLE)
    start, processor = perf_counter(), processor_seconds()
    connection.execute("copy requests from $file (header)", {"file": str(file)})
    connection.close()
    taken = perf_counter() - start
    processor = processor_seconds() - processor
    return {
        "seconds": taken,
        "processor_seconds": processor,
        "memory_mb": peak_memory_mb(),
    }


if __name__ == "__main__":
    which, store_path, csv_path = sys.argv[1:]
    one = {"ours": ours, "bare": bare}[which]
    print(json.dumps(one(Path(store_path), Path(csv_path))))
