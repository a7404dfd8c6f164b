"""What the command line hands out is in the trail first, or is not handed out."""

import json
import os
import pwd
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cri_data.audit import log
from cri_data.audit.log import Action
from cri_data.cli.command import WHO
from cri_data.cli.main import main
from cri_data.export.dataset_csv import export
from cri_data.store.connection import open_store
from cri_data.store.store import StoreError
from tests.support.commands import Commands, change, make_store
from tests.support.uploads import AGENCIES

ROOT = Path(__file__).resolve().parents[2]

# Each command that hands rows out, and what the trail says of it.
HANDED_OUT = {
    "ask requests_list --param states=TX --param date_from=2024-01-01": {
        "table": "requests_list",
        "filters": "states: TX; date_from: 2024-01-01",
        "rows": 2,
    },
    "ask requests_totals --as leadership": {
        "table": "requests_totals",
        "filters": None,
        "rows": 1,
    },
    "export OUT": {"table": "every dataset", "rows": 5 + 14 + 2 + 16 + 6 + 5 + 6},
    "match NAMES": {"table": "agencies that names mean", "rows": 1},
    "match NAMES --json": {"table": "agencies that names mean", "rows": 1},
    "trail": {"table": "trail", "rows": 1},
    "trail --json": {"table": "trail", "rows": 1},
    "uploads": {"table": "uploads", "rows": 1},
    "people list": {"table": "people", "rows": 0},
    "people list --json": {"table": "people", "rows": 0},
    "kept U-000001 OUT": {"table": "original file of U-000001"},
}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one upload, whose entry is the trail's first; closed."""
    path = make_store(tmp_path_factory.mktemp("prepared") / "cri.duckdb")
    file = path.with_name("a.csv")
    file.write_text(f"{AGENCIES}A1,Alder PD,TX\nA1,,TX\nA5,Elm PD,OH\n")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("CRI_STORE", str(path))
        assert main(["load", "agencies", str(file)]) == 1
    return path


@pytest.fixture(scope="module")
def prepared_full(prepared: Path) -> Path:
    """The same, where no entry can be added to the trail any more."""
    path = Path(shutil.copy(prepared, prepared.with_name("full.duckdb")))
    for by_hand in (
        "alter table audit add column sealed_by varchar",
        "update audit set sealed_by = 'x'",
        "alter table audit alter sealed_by set not null",
    ):
        change(path, by_hand)
    return path


@pytest.fixture
def run(prepared: Path, tmp_path: Path, monkeypatch, capsys) -> Commands:
    """The command line on a store with one upload."""
    return Commands(prepared, tmp_path / "cri.duckdb", monkeypatch, capsys)


@pytest.fixture
def run_full(prepared_full: Path, tmp_path: Path, monkeypatch, capsys) -> Commands:
    """The command line where the trail takes no entry."""
    return Commands(prepared_full, tmp_path / "cri.duckdb", monkeypatch, capsys)


def entries(path: Path) -> list[tuple[str, str, dict]]:
    opened = open_store(path)
    with opened.cursor() as cursor:
        rows = cursor.execute(
            "select who, action, what from audit order by entry_number"
        ).fetchall()
    opened.close()
    return [(who, action, json.loads(what)) for who, action, what in rows]


def _written(command: str, folder: Path) -> list[str]:
    """The command with its files: one of names, and one that is not there yet."""
    names = folder / "names.csv"
    names.write_text("name,state\nALDER POLICE DEPT,TX\n")
    return command.replace("OUT", str(folder / "out")).replace("NAMES", str(names)).split()


@pytest.mark.long
def test_who_runs_a_command_is_the_account_and_no_variable(monkeypatch):
    assert pwd.getpwuid(os.getuid()).pw_name in WHO
    for name in ("USER", "LOGNAME", "SUDO_USER"):
        monkeypatch.setenv(name, "somebody else")
    done = subprocess.run(
        [sys.executable, "-c", "from cri_data.cli.command import WHO; print(WHO)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"{WHO}\n"


@pytest.mark.long
@pytest.mark.parametrize(("command", "what"), HANDED_OUT.items())
def test_what_is_handed_out_is_in_the_trail(run, tmp_path: Path, command: str, what: dict):
    code, *_ = run(*_written(command, tmp_path))
    assert code == 0
    _, newest = entries(run.path)
    assert newest == (WHO, "exported", newest[2])
    assert {name: newest[2][name] for name in what} == what


@pytest.mark.long
@pytest.mark.parametrize("command", HANDED_OUT)
def test_what_the_trail_cannot_say_is_not_handed_out(
    run_full, tmp_path: Path, command: str
):
    out = tmp_path / "out"
    code, said, errors = run_full(*_written(command, tmp_path))
    assert (code, said) == (2, "")
    assert "cannot be used" in errors
    assert not out.is_file()
    assert list(out.glob("*")) == []


def test_a_refused_question_leaves_no_entry(run):
    assert run("ask", "requests_list", "--param", "row_limit=few")[0] == 2
    assert run("ask", "requests_by_moon")[0] == 2
    assert len(entries(run.path)) == 1


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
from cri_data.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.long
@pytest.mark.parametrize("command", ["ask requests_list", "trail", "export OUT"])
def test_a_store_that_can_only_be_read_hands_nothing_out(run, tmp_path, command: str):
    """As where its folder is read only, or its disk full: nothing can be appended."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, *command.replace("OUT", str(tmp_path)).split()],
        cwd=ROOT,
        env=os.environ | {"CRI_STORE": str(run.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("The store cannot be written.")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "requests.csv").exists()
    assert len(entries(run.path)) == 1


def test_where_the_disk_is_full_no_entry_and_no_file_is_made(run, tmp_path: Path):
    store = open_store(run.path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def say(counts: dict[str, int]) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
        try:
            log.record(store, WHO, Action.EXPORTED, rows=sum(counts.values()))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    with pytest.raises(StoreError, match="Check the free space on its disk"):
        export(store, tmp_path / "out", before=say)
    assert list((tmp_path / "out").iterdir()) == []
    log.record(store, WHO, Action.EXPORTED, rows=1)
    store.close()
    assert [action for _, action, _ in entries(run.path)] == ["uploaded", "exported"]
