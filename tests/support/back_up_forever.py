"""Make backup after backup and say each that is made, until killed: for test_backup.py."""

import sys
from itertools import count
from pathlib import Path

from cri_data.backups.backup import backup
from cri_data.store.connection import open_store


def back_up_forever(store_path: Path, folder: Path) -> None:
    """One backup after another, each under a name of its own."""
    store = open_store(store_path)
    print("ready", flush=True)
    for number in count():
        backup(store, folder / f"{number}.duckdb", "a test")
        print(f"{number}.duckdb", flush=True)


if __name__ == "__main__":
    back_up_forever(Path(sys.argv[1]), Path(sys.argv[2]))
