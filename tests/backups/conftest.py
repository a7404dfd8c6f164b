"""A store with people and a text, and a backup of it, for what restores."""

import shutil
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


@pytest.fixture(scope="session")
def backed_up(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The store, closed, and a backup of it: to copy, and never to open."""
    folder = tmp_path_factory.mktemp("backed up")
    paths = folder / "cri.duckdb", folder / "b.duckdb"
    store = copied(prepared("two administrators", fill), paths[0])
    backup(store, paths[1], ADA)
    store.close()
    return paths


@pytest.fixture
def store(backed_up: tuple[Path, Path], path: Path) -> Iterator[Store]:
    """Two administrators, R1 with its text, and a backup made."""
    opened = copied(backed_up[0], path)
    yield opened
    opened.close()


@pytest.fixture
def copy(backed_up: tuple[Path, Path], tmp_path: Path) -> Path:
    """That backup."""
    return Path(shutil.copy(backed_up[1], tmp_path / "b.duckdb"))
