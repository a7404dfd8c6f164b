"""A process killed while it loads: what it said is in is in, whole, and no half more."""

import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cri_data.integrity import findings
from cri_data.store import Store, open_store
from tests.load_forever import ROWS, dataset

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 5
# Stores killed side by side: one for each core of a small machine.
STORES = 2


def said_until_killed(path: Path, at_least: int, moment: float) -> list[str]:
    """The uploads that a process says are in: at_least so many, and then a moment."""
    command = [sys.executable, "-m", "tests.load_forever", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout.readline() == "ready\n"
        said = [process.stdout.readline().strip() for _ in range(at_least)]
        time.sleep(moment)
        process.kill()
        return said + process.stdout.read().split()


def rows_of_files(store: Store, table: str, key: str) -> dict[str, int]:
    """How many rows of each file are there."""
    with store.cursor() as cursor:
        return dict(
            cursor.execute(
                f"select format('U-{{:06d}}', split_part({key}, '-', 1)[2:]::integer), "
                f"count(*) from {table} where {key} like 'F%' group by all"
            ).fetchall()
        )


def said_in_trail(store: Store) -> list[str]:
    """The uploads that the trail tells of, in its order."""
    with store.cursor() as cursor:
        rows = cursor.execute(
            "select what->>'upload_id' from audit where action = 'uploaded' "
            "order by entry_number"
        ).fetchall()
    return [upload_id for (upload_id,) in rows]


def kill_again_and_again(path: Path, seed: int) -> int:
    """Kill ROUNDS times, look at the store each time; how many uploads are in."""
    chance = random.Random(seed)  # noqa: S311
    for number in range(ROUNDS):
        # In its first upload, right after it, and wherever.
        said = said_until_killed(path, number % 2, chance.uniform(0, 0.6))
        store = open_store(path)
        assert findings(store) == []
        with store.cursor() as cursor:
            uploads = dict(
                cursor.execute("select upload_id, dataset from uploads").fetchall()
            )
        there = rows_of_files(store, "agencies", "agency_id")
        there |= rows_of_files(store, "requests", "request_id")
        changed = rows_of_files(store, "changes", "record_id")
        assert there == changed == dict.fromkeys(uploads, ROWS)
        assert set(said) <= set(uploads)
        for upload_id, of in uploads.items():
            assert of == dataset(int(upload_id.removeprefix("U-")))
        assert store.info().data_version == len(uploads) + 1
        # findings() has looked at the chain; an upload and its entry come together.
        assert said_in_trail(store) == sorted(uploads)
        store.close()
    return len(uploads)


def test_what_was_acknowledged_is_there_whole_after_a_kill(tmp_path: Path):
    paths = [tmp_path / f"{number}.duckdb" for number in range(STORES)]
    with ThreadPoolExecutor(STORES) as pool:
        uploads = list(pool.map(kill_again_and_again, paths, range(STORES)))
    assert min(uploads) >= 2
