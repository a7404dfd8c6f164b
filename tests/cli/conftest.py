"""What the tests of the commands share: a store, and the command line on a copy of it."""

from pathlib import Path

import pytest

from tests.support.commands import Commands, make_store


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("prepared") / "cri.duckdb")


@pytest.fixture
def run(prepared: Path, tmp_path: Path, monkeypatch, capsys) -> Commands:
    return Commands(prepared, tmp_path / "cri.duckdb", monkeypatch, capsys)
