"""Redact one record and say so, until killed: for test_redaction_killed.py."""

import sys
from pathlib import Path

from cri_data.redaction.redact import redact
from cri_data.store.connection import open_store


def redact_once(path: Path) -> None:
    """Say when it begins, and when it is done."""
    store = open_store(path)
    print("ready", flush=True)
    redact(store, "requests", "R1", "a test")
    print("done", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    redact_once(Path(sys.argv[1]))
