"""Kill a process that loads, again and again, and look at what it leaves.

`python -m tests.support.kill_loop 200` kills 200 times; test_killed.py does the same a few
times.
"""

import random
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cri_data.checks.store import findings
from cri_data.store.connection import open_store
from cri_data.store.store import Store
from tests.support.load_forever import ROWS, dataset

ROOT = Path(__file__).resolve().parents[2]
# Stores killed side by side: one for each core of a small machine.
STORES = 2


def said_until_killed(path: Path, at_least: int, moment: float) -> list[str]:
    """The uploads that a process says are in: at_least so many, and then a moment."""
    command = [sys.executable, "-m", "tests.support.load_forever", str(path)]
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


def kill_again_and_again(path: Path, seed: int, rounds: int) -> int:
    """Kill so often, look at the store each time; how many uploads are in."""
    chance = random.Random(seed)  # noqa: S311
    for number in range(rounds):
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


def uploads_that_survived(folder: Path, rounds: int) -> list[int]:
    """Kill in STORES stores at once, so often in each; the uploads in each."""
    paths = [folder / f"{number}.duckdb" for number in range(STORES)]
    with ThreadPoolExecutor(STORES) as pool:
        uploads = list(
            pool.map(kill_again_and_again, paths, range(STORES), [rounds] * STORES)
        )
    # Nothing is left beside the stores: no half-written file, no copy.
    left = {path.name for path in folder.iterdir()}
    assert left <= {path.name for path in paths}, left
    return uploads


def main() -> None:
    """Kill as often as the first argument says, and say what came of it."""
    kills = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        uploads = uploads_that_survived(Path(folder), -(-kills // STORES))
    print(f"{kills} kills: {sum(uploads)} uploads in, each whole, none acknowledged lost.")


if __name__ == "__main__":
    main()
