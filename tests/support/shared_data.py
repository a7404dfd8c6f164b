"""Real files that are no part of the project: where they are, or why a test skips."""

import os
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]


def shared_file(name: str) -> Path:
    """The file of that name; skips the test where it is absent.

    CRI_SHARED_DATA names its folder; unless set it is shared/data beside the
    project.
    """
    folder = os.environ.get("CRI_SHARED_DATA") or _ROOT.parent / "shared" / "data"
    path = Path(folder) / name
    if not path.exists():
        pytest.skip(f"{name} is not here; CRI_SHARED_DATA names its folder.")
    return path
