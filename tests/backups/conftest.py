"""A store with people and a text, and a backup of it, for what restores."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cri_data.accounts import users
from cri_data.backups.backup import backup
from cri_data.store.store import Store
from tests.redaction.test_redact import HEAD, TEXT
from tests.support.stores import copied, prepared
from tests.support.uploads import AGENCIES, loaded

ADA, BO = "ada@office.gov", "bo@office.gov"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store" / "cri.duckdb"


def fill(store: Store) -> None:
    for email in (ADA, BO):
        users.add(store, email, "administrator", None, "a test")
    loaded(store, "agencies", AGENCIES + "A1,Elm,TX\n")
    loaded(store, "requests", f"{HEAD}R1,A1,2024-01-31,training,{TEXT}\n")


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """Two administrators, and R1 with its text."""
    opened = copied(prepared("two administrators", fill), path)
    yield opened
    opened.close()


@pytest.fixture
def copy(store: Store, tmp_path: Path) -> Path:
    """A backup of it."""
    backup(store, tmp_path / "b.duckdb", ADA)
    return tmp_path / "b.duckdb"
