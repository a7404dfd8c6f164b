"""What loading a file costs, fully checked and committed, against a bare COPY.

Without a fault and with 1 % of rows rejected, both against the COPY of the
former, for a COPY takes no fault; and how long others wait for an answer meanwhile.

Both load the same file into a store's file of their own, each in a process of
its own, so that its memory is its own. `load` here is what the command line
and the page call, from the bytes on the disk to the commit.
"""

import json
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

import pyarrow as pa

from cri_data.store.connection import open_store
from tests.bench import rows

# A load of a million rows is long enough to repeat less.
_MOST_RUNS = 3


def measured(demonstration: Path, folder: Path, row_count: int, runs: int) -> dict:
    """Seconds, stages and memory of both loads, medians, and the ratio."""
    agencies, topics = _known_to(demonstration)
    file, empty = folder / "requests.csv", folder / "empty.duckdb"
    rows.write_requests(file, row_count, agencies, topics)
    _make_empty_store(empty, agencies)
    faulty = folder / "faulty.csv"
    faults = rows.write_faulty(faulty, file)
    ours, bare, with_faults = [], [], []
    for _ in range(min(runs, _MOST_RUNS)):
        bare.append(_in_process("bare", folder / "bare.duckdb", file))
        shutil.copy(empty, folder / "ours.duckdb")
        ours.append(_in_process("ours", folder / "ours.duckdb", file))
        shutil.copy(empty, folder / "ours.duckdb")
        with_faults.append(_in_process("ours", folder / "ours.duckdb", faulty, faults))
    shutil.copy(empty, folder / "ours.duckdb")
    ours_s, bare_s = _median(ours, "seconds"), _median(bare, "seconds")
    ours_processor_s = _median(ours, "processor_seconds")
    bare_processor_s = _median(bare, "processor_seconds")
    return {
        "ratio": round(ours_s / bare_s, 2),
        "processor_ratio": round(ours_processor_s / bare_processor_s, 2),
        "seconds": ours_s,
        "bare_seconds": bare_s,
        "processor_seconds": ours_processor_s,
        "bare_processor_seconds": bare_processor_s,
        "memory_mb": _median(ours, "memory_mb"),
        "bare_memory_mb": _median(bare, "memory_mb"),
        "memory_before_mb": _median(ours, "memory_before_mb"),
        "faulty": {
            "rows": faults,
            "ratio": round(_median(with_faults, "seconds") / bare_s, 2),
            "seconds": _median(with_faults, "seconds"),
            "memory_mb": _median(with_faults, "memory_mb"),
        },
        "meanwhile": _in_process("meanwhile", folder / "ours.duckdb", file),
        "file_mb": round(file.stat().st_size / 1e6, 1),
        "stages": {
            stage: _median([one["stages"] for one in ours], stage)
            for stage in ours[0]["stages"]
        },
        "stage_memory_mb": {
            stage: _median([one["stage_memory_mb"] for one in ours], stage)
            for stage in ours[0]["stage_memory_mb"]
        },
    }


def _median(results: list[dict], name: str) -> float:
    return round(statistics.median(one[name] for one in results), 3)


def _known_to(demonstration: Path) -> tuple[pa.Table, pa.Table]:
    store = open_store(demonstration)
    try:
        with store.cursor() as cursor:
            agencies = cursor.execute("from agencies").to_arrow_table()
            return agencies, cursor.execute("from topics").to_arrow_table()
    finally:
        store.close()


def _make_empty_store(path: Path, agencies: pa.Table) -> None:
    """A store for real rows, with agencies and the starting topics, nothing else."""
    path.unlink(missing_ok=True)
    store = open_store(path)
    try:
        with store.writing() as cursor:
            cursor.register("agencies_known", agencies)
            cursor.execute("insert into agencies by name from agencies_known")
            cursor.unregister("agencies_known")
    finally:
        store.close()


def _in_process(which: str, store: Path, file: Path, faulty_rows: int = 0) -> dict:
    command = [sys.executable, "-m", "tests.bench.load_once", which]
    command += [str(store), str(file), str(faulty_rows)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    store.unlink()
    return json.loads(done.stdout.splitlines()[-1])
