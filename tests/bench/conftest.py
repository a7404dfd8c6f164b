"""The stores that the tests of the bench measure on: made once in a run."""

import os
from pathlib import Path

import pytest

from tests.support.stores import FOLDER


@pytest.fixture(scope="session")
def kept() -> Path:
    """Where generated stores are kept, for all tests of this run."""
    return Path(os.environ[FOLDER]) / "bench"
