"""The command line run on a small store: what the tests of the commands share."""

import shutil
from pathlib import Path

import pytest

from cri_data.cli.main import main
from cri_data.store.connection import open_store
from cri_data.store.store import Store
from tests.support.small_store import add, add_engagements, add_outcomes, add_requests
from tests.support.stores import prepared
from tests.support.uploads import contents


def make_store(path: Path) -> Path:
    """A store file with what the small store holds, as real rows; closed."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Path(shutil.copy(prepared("commands", _fill), path))


def _fill(store: Store) -> None:
    add(
        store,
        "agencies",
        ("A1", "Alder PD", "municipal", "TX", 8),
        ("A2", "Birch Sheriff", "sheriff", "TX", 120),
        ("A3", "Cedar PD", "municipal", "OH"),
        ("A4", "Dune Tribal PD", "tribal", "PR", 30),
        ("A5", "Elm PD", "municipal", "CA", 49),
    )
    add(store, "partners", ("P1", "Partner One"), ("P2", "Partner Two"))
    for add_rows in (add_requests, add_engagements, add_outcomes):
        add_rows(store)


def change(path: Path, sql: str) -> None:
    """Break something of a store by hand."""
    store = open_store(path)
    with store.writing() as cursor:
        cursor.execute(sql)
    store.close()


class Commands:
    """Runs command lines on a copy of a store."""

    def __init__(
        self,
        prepared: Path,
        path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ):
        self.path = path
        self._capsys = capsys
        shutil.copy(prepared, path)
        monkeypatch.setenv("CRI_STORE", str(path))

    def __call__(self, *arguments: object) -> tuple[int, str, str]:
        """(exit code, what it prints, what it says of errors)."""
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stopped:
            code = stopped.code
        return (code, *self._capsys.readouterr())

    def contents(self) -> dict[str, list[tuple]]:
        """Every row of every dataset in the store."""
        store = open_store(self.path)
        rows = contents(store)
        store.close()
        return rows

    def change(self, sql: str) -> None:
        """Break something by hand."""
        change(self.path, sql)
