"""Generated stores to measure on, kept for the next run.

A store of a million requests takes half a minute to make, one of ten millions some
minutes. They are kept under var/, which is no part of the repository, by the hash of
the scripts that make them: where a script changes, a new store is made.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.servers import ROOT

FOLDER = ROOT / "var" / "bench"

# What decides a demonstration store.
_SCRIPTS = ("queries/build/*.sql", "queries/demo/*.sql", "queries/store/*.sql")

# A store of other scripts is thrown away once nobody asked for it in a day.
_SECONDS_KEPT = 24 * 60 * 60


def filled(folder: Path, requests: int) -> Path:
    """A demonstration store of so many requests, made where there is none yet.

    Open a copy of it only: see `copied`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    store = folder / f"{requests}-{scripts_hash()}.duckdb"
    if not store.exists():
        _throw_away_old(folder)
        print(f"Filling a store with {requests:,} requests …", flush=True)
        _fill(store, requests)
    os.utime(store)
    return store


def copied(store: Path, folder: Path) -> Path:
    """A copy to serve or open, in a folder of the caller's: the original stays as is."""
    return Path(shutil.copyfile(store, folder / f"copy-of-{store.name}"))


def scripts_hash() -> str:
    """Twelve hexadecimal digits that change with the scripts that make a store."""
    digest = hashlib.sha256()
    for pattern in _SCRIPTS:
        for script in sorted(ROOT.glob(pattern)):
            digest.update(script.read_bytes())
    return digest.hexdigest()[:12]


def _fill(store: Path, requests: int) -> None:
    """Fill a new store by the dashboard's own command, in a process of its own."""
    unfinished = store.with_suffix(f".{os.getpid()}.duckdb")
    try:
        subprocess.run(
            [sys.executable, "-m", "cri_data", "demo", "--requests", str(requests)],
            cwd=ROOT,
            env=os.environ | {"CRI_STORE": str(unfinished)},
            check=True,
            stdout=subprocess.DEVNULL,
        )
        unfinished.rename(store)
    finally:
        unfinished.unlink(missing_ok=True)


def _throw_away_old(folder: Path) -> None:
    for store in folder.glob("*.duckdb"):
        if time.time() - store.stat().st_mtime > _SECONDS_KEPT:
            store.unlink(missing_ok=True)
