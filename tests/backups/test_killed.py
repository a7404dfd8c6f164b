"""A backup that is killed, or finds no room: nothing half under its name, nothing left."""

import os
import random
import resource
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cri_data.audit import log
from cri_data.audit.log import Action
from cri_data.backups.backup import backup
from cri_data.backups.copy import BackupError, atomic_file
from cri_data.backups.restore import restore
from cri_data.checks.store import findings
from cri_data.jobs.maintenance import Upkeep
from cri_data.store.connection import open_store
from cri_data.store.store import Store, StoreError
from tests.backups.test_backup import fill
from tests.redaction.test_redact import HEAD
from tests.support.other_process import other_process
from tests.support.stores import prepared
from tests.support.uploads import AGENCIES, contents, loaded

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
PART = ".*.cri-part*"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store, closed."""
    path = tmp_path / "store" / "cri.duckdb"
    path.parent.mkdir(mode=0o700)
    return Path(shutil.copy(prepared("two uploads", fill), path))


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = open_store(path)
    yield opened
    opened.close()


def killed_midway(path: Path, folder: Path, moment: float, at_least: int = 0) -> list[str]:
    """The backups that a process says it made: at_least so many, and then a moment."""
    forever = ("-m", "tests.support.back_up_forever", path, folder)
    with other_process("ready", *forever) as process:
        said = [process.stdout.readline().strip() for _ in range(at_least)]
        time.sleep(moment)
        process.kill()
        return said + process.stdout.read().split()


def test_a_kill_leaves_no_half_backup_under_its_name(path, tmp_path):
    folder = tmp_path / "backups"
    # In its first backup, right after it, and in the second.
    for at_least, moment in ((0, 0.05), (1, 0.0), (1, 0.02), (1, 0.2)):
        for copy in folder.glob("*.duckdb"):
            copy.unlink()
        said = killed_midway(path, folder, moment, at_least)
        made = {copy.name for copy in folder.glob("[!.]*.duckdb")}
        assert set(said) <= made
        assert len(made) >= at_least
        for name in made:
            copy = open_store(folder / name)
            assert findings(copy) == []
            assert len(contents(copy)["agencies"]) == 2
            copy.close()
        # None has its name without an entry in the trail.
        assert made <= told_of(path)


def told_of(path: Path) -> set[str]:
    """The backups that the trail tells of."""
    opened = open_store(path)
    with opened.cursor() as cursor:
        rows = cursor.execute(
            "select what->>'file' from audit where action = 'backed_up'"
        ).fetchall()
    opened.close()
    return {name for (name,) in rows}


def left_by_a_kill(path: Path, folder: Path) -> list[Path]:
    """What a backup left that was killed in the middle of it."""
    for moment in (0.1, 0.15, 0.22, 0.3, 0.05, 0.18, 0.26):
        killed_midway(path, folder, moment)
        if left := list(folder.glob(PART)):
            return left
    raise AssertionError("No kill came midway.")


def test_the_next_backup_clears_what_a_kill_left(path, tmp_path):
    folder = tmp_path / "backups"
    assert left_by_a_kill(path, folder)
    mine = folder / ".mine.part"
    mine.write_text("of somebody else")
    opened = open_store(path)
    backup(opened, folder / "next.duckdb", "a test")
    opened.close()
    assert list(folder.glob(PART)) == []
    assert mine.exists()


def test_the_start_clears_what_a_kill_left(path, tmp_path, monkeypatch, capsys):
    folder = tmp_path / "backups"
    assert left_by_a_kill(path, folder)
    # As of a restore that was killed.
    for ending in ("", ".wal", ".lock"):
        (path.parent / f".cri.duckdb.1.cri-part{ending}").write_text("half")
    monkeypatch.setenv("CRI_BACKUP_DIR", str(folder))
    opened = open_store(path)
    Upkeep(lambda: opened).do_what_is_due(datetime.now(UTC))
    assert list(folder.glob(PART)) == list(path.parent.glob(PART)) == []
    opened.close()
    assert capsys.readouterr().out == ""


WRITES = """
import pathlib, sys
from cri_data.backups.copy import atomic_file
with atomic_file(pathlib.Path(sys.argv[1])) as part:
    part.write_text("slowly")
    print("writing", flush=True)
    input()
"""


def test_what_a_living_process_writes_is_left_alone(store, tmp_path):
    folder = tmp_path / "backups"
    with other_process("writing", "-c", WRITES, folder / "slow.duckdb") as process:
        backup(store, folder / "fast.duckdb", "a test")
        assert len(list(folder.glob(PART))) == 2
        process.communicate("\n")
    assert process.returncode == 0
    assert (folder / "slow.duckdb").read_text() == "slowly"
    assert list(folder.glob(PART)) == []


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file of this process can be larger."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


# Of the last three there is room for DuckDB's log, and none to bring it into the file.
@pytest.mark.parametrize(
    "room", [0, 20_000, 100_000, 1_000_000, 2_300_000, 2_800_000, 3_300_000]
)
def test_where_there_is_no_room_it_is_said_and_nothing_is_left(store, tmp_path, room: int):
    folder = tmp_path / "backups"
    with room_for(room), pytest.raises(BackupError, match="Check the free space"):
        backup(store, folder / "b.duckdb", "a test")
    assert list(folder.iterdir()) == []
    # The store itself is none the worse.
    log.record(store, "a test", Action.EXPORTED, rows=1)
    assert findings(store) == []
    backup(store, folder / "b.duckdb", "a test")


def test_where_the_trail_cannot_be_written_no_backup_is_kept(store, tmp_path):
    folder = tmp_path / "backups"
    with store.cursor() as cursor:
        # As it is where another program laid the store.
        cursor.execute("alter table audit rename column who to by_whom")
    with pytest.raises(BackupError, match="The audit log cannot be written, so no backup"):
        backup(store, folder / "b.duckdb", "a test")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("room", [0, 100_000, 1_000_000, 2_300_000, 2_800_000, 3_300_000])
def test_a_restore_that_finds_no_room_does_not_blame_the_backup(
    store, path, tmp_path, room: int
):
    copy = tmp_path / "backups" / "b.duckdb"
    backup(store, copy, "a test")
    store.close()
    before = path.read_bytes()
    with room_for(room), pytest.raises(BackupError, match="Check the free space"):
        restore(copy, path, "a test")
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == ["cri.duckdb"]
    restore(copy, path, "a test")
    after = open_store(path)
    assert findings(after) == []
    assert len(contents(after)["agencies"]) == 2
    after.close()


@pytest.mark.parametrize("room", [1_000, 100_000, 1_000_000])
def test_an_upload_that_finds_no_room_loses_nothing(store, path, room: int):
    chance = random.Random(1)  # noqa: S311
    rows = "".join(
        f"Q{n},A1,2024-01-31,training,{chance.getrandbits(400):x}\n" for n in range(20_000)
    )
    with (
        room_for(room),
        pytest.raises(StoreError, match="Check the free space on its disk"),
    ):
        loaded(store, "requests", HEAD + rows)
    assert len(contents(store)["requests"]) == 1
    loaded(store, "agencies", AGENCIES + "A3,Ash,TX\n")
    store.close()
    again = open_store(path)
    assert findings(again) == []
    assert len(contents(again)["requests"]) == 1
    assert len(contents(again)["agencies"]) == 3
    again.close()


def test_two_backups_under_one_name_at_once_do_not_mix(store, tmp_path):
    folder = tmp_path / "backups"
    with atomic_file(folder / "b.duckdb") as part:
        part.write_text("first")
        with pytest.raises(BackupError, match="is already being written"):
            backup(store, folder / "b.duckdb", "a test")
    assert [path.name for path in folder.iterdir()] == ["b.duckdb"]
    assert (folder / "b.duckdb").read_text() == "first"
