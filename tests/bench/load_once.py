"""One load in a process of its own; prints what it took as JSON.

`python -m tests.bench.load_once ours|bare|meanwhile STORE FILE FAULTY_ROWS`
"""

import itertools
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter, sleep

import duckdb

from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.recipe import Recipe
from cri_data.importing.service import load
from cri_data.model.roles import STAFF
from cri_data.store.connection import open_store
from cri_data.store.store import Store
from tests.bench.rows import PLAIN_TABLE
from tests.bench.timing import median_ms, peak_memory_mb, processor_seconds, seconds

# Answers that are timed alone, and seconds between those during the load.
_ANSWERS = 20
_PAUSE = 0.05


def ours(path: Path, file: Path, faulty_rows: int) -> dict:
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
        store,
        "requests",
        SourceFile(file.name, file.read_bytes),
        Recipe(),
        "benchmark",
        progress,
    )
    progress("Closing the store")
    store.close()
    progress("done")
    processor = processor_seconds() - processor_before
    counts = loading.checked.counts
    if (counts.inserted, counts.rejected) != (counts.rows - faulty_rows, faulty_rows):
        raise RuntimeError(f"Every row is new, {faulty_rows} are faulty, but: {counts}")
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


def bare(path: Path, file: Path, faulty_rows: int) -> dict:
    """COPY the same file into a plain table of a new DuckDB file."""
    if faulty_rows:
        raise RuntimeError("A bare COPY takes no row with a fault")
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


def meanwhile(path: Path, file: Path, faulty_rows: int) -> dict:
    """How long one viewer waits for an answer, alone and while the file is loaded again.

    The answer is over the rows of the first load; the second gives every row
    another id, as large as the first.
    """
    ours(path, file, faulty_rows)
    store = open_store(path)
    content = file.read_bytes().replace(b"B-", b"C-")
    again = SourceFile(file.name, lambda: content)
    alone = [_waited(store) for _ in range(_ANSWERS)]
    waited: list[float] = []
    with ThreadPoolExecutor(1) as pool:
        loading = pool.submit(
            load, store, "requests", again, Recipe(), "benchmark", lambda _: None
        )
        while not loading.done():
            waited.append(_waited(store))
            sleep(_PAUSE)
        loading.result()
    store.close()
    return {
        "alone_ms": median_ms(alone),
        "meanwhile_ms": median_ms(waited),
        "meanwhile_worst_ms": round(max(waited) * 1000),
        "answers": len(waited),
    }


def _waited(store: Store) -> float:
    return seconds(lambda: store.ask("requests_by_topic", STAFF))


if __name__ == "__main__":
    which, store_path, csv_path, faults = sys.argv[1:]
    one = {"ours": ours, "bare": bare, "meanwhile": meanwhile}[which]
    print(json.dumps(one(Path(store_path), Path(csv_path), int(faults))))
