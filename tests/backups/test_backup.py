"""A backup is the store at one moment, made while it is in use; a restore proves it."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
import streamlit as st

from cri_data.audit import log
from cri_data.audit.log import Action
from cri_data.backups.backup import backup
from cri_data.backups.copy import BackupError
from cri_data.backups.folder import kept_backups
from cri_data.backups.restore import restore
from cri_data.checks.store import findings
from cri_data.cli.main import main
from cri_data.importing.commit.undo import undo
from cri_data.store.connection import open_store
from cri_data.store.store import Store, StoreInUse
from cri_ui.session import session
from tests.support.other_process import other_process
from tests.support.stores import copied, prepared
from tests.support.tables import tables_of
from tests.support.uploads import AGENCIES, REQUESTS, contents, loaded

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


def fill(store: Store) -> None:
    """Two uploads, one of a list; one of the files has a rejected row."""
    loaded(store, "agencies", AGENCIES + "A1,Elm,TX\nA2,Oak,TX\n,Nameless,ZZ\n")
    loaded(store, "requests", REQUESTS + "R1,A1,2024-01-31,training;tribal\n")


def all_of(store: Store) -> dict[str, tuple]:
    """The columns and rows of every table."""
    with store.cursor() as cursor:
        names = cursor.execute(
            "select table_name from duckdb_tables() order by all"
        ).fetchall()
        return {
            name: (
                [(column[0], str(column[1])) for column in cursor.table(name).description],
                sorted(cursor.table(name).fetchall(), key=str),
            )
            for (name,) in names
        }


# What every copy makes anew of the other tables.
MADE_ANEW = {
    "agency_codes",
    "topic_sets",
    "facts_state",
    "facts_of_middles",
    "facts_of_agencies",
    "facts_of_requests",
    "facts_of_engagements",
    "facts_of_outcomes",
}

# What a restore leaves as it is now: test_restore.py looks at these.
GOES_ON = {"audit", "audit_seals", "sign_ins", "store_info", "facts_state"}


def that_come_back(tables: dict[str, tuple]) -> dict[str, tuple]:
    return {name: of for name, of in tables.items() if name not in GOES_ON}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store" / "cri.duckdb"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = copied(prepared("two uploads", fill), path)
    yield opened
    opened.close()


def actions(path: Path) -> list[str]:
    opened = open_store(path)
    with opened.cursor() as cursor:
        rows = cursor.execute("select action from audit order by entry_number").fetchall()
    opened.close()
    return [action for (action,) in rows]


def test_a_backup_holds_all_and_can_be_read_by_nobody_else(store, tmp_path):
    before = all_of(store)
    assert before["upload_files"][1]
    copy = tmp_path / "backups" / "b.duckdb"
    rows = backup(store, copy, "ann@x.org")
    # Facts are no rows of their own: every copy makes them anew.
    copied = {name: of for name, of in before.items() if name not in MADE_ANEW}
    assert before.keys() - copied.keys() == MADE_ANEW
    assert rows == sum(len(of[1]) for of in copied.values())
    assert copy.stat().st_mode & 0o777 == 0o600
    assert copy.parent.stat().st_mode & 0o777 == 0o700
    assert os.listdir(copy.parent) == ["b.duckdb"]
    restored = open_store(copy)
    assert all_of(restored) == before
    restored.close()
    with store.cursor() as cursor:
        who, what = cursor.execute(
            "select who, what from audit where action = 'backed_up'"
        ).fetchone()
    assert (who, what) == ("ann@x.org", f'{{"file": "b.duckdb", "rows": {rows}}}')


def test_what_is_restored_is_what_was_and_undo_still_works(store, path, tmp_path):
    was = all_of(store)
    copy = tmp_path / "b.duckdb"
    backup(store, copy, "a test")
    loaded(store, "agencies", AGENCIES + "A3,Later,TX\n")
    later = all_of(store)
    store.close()
    done = restore(copy, path, "a test")
    restored = open_store(path)
    assert that_come_back(all_of(restored)) == that_come_back(was)
    assert path.stat().st_mode & 0o777 == 0o600
    assert findings(restored) == []
    undo(restored, "U-000002", "a test")
    undo(restored, "U-000001", "a test")
    assert contents(restored)["agencies"] == contents(restored)["requests"] == []
    restored.close()
    assert actions(path) == [
        *("uploaded", "uploaded", "backed_up", "uploaded"),
        *("restored", "undone", "undone"),
    ]
    # The store before is there still, with its own trail.
    aside = open_store(done.put_aside)
    assert all_of(aside) == later
    aside.close()
    assert done.put_aside.name.startswith("cri.duckdb.before-")


def test_a_restore_where_no_store_is_makes_one(store, tmp_path):
    was = all_of(store)
    backup(store, tmp_path / "b.duckdb", "a test")
    other = tmp_path / "elsewhere" / "cri.duckdb"
    done = restore(tmp_path / "b.duckdb", other, "a test")
    assert done.put_aside is None
    restored = open_store(other)
    assert that_come_back(all_of(restored)) == that_come_back(was)
    restored.close()


def test_a_broken_store_is_put_aside_and_replaced(store, path, tmp_path):
    backup(store, tmp_path / "b.duckdb", "a test")
    store.close()
    path.write_bytes(b"broken" * 5000)
    done = restore(tmp_path / "b.duckdb", path, "a test")
    assert done.put_aside.read_bytes() == b"broken" * 5000
    assert actions(path) == ["uploaded", "uploaded", "restored"]


def test_a_backup_is_one_moment_while_others_write(store, tmp_path):
    end = threading.Event()

    def write() -> None:
        for number in range(1000):
            if end.is_set():
                return
            rows = "".join(f"B{number}-{n},Elm,TX\n" for n in range(20))
            loaded(store, "agencies", AGENCIES + rows)

    def sign_in() -> None:
        while not end.is_set():
            log.record(store, "b@x.org", Action.SIGNED_IN)
            time.sleep(0.01)

    threads = [threading.Thread(target=do) for do in (write, sign_in)]
    for thread in threads:
        thread.start()
    try:
        for number in range(5):
            backup(store, tmp_path / f"{number}.duckdb", "a test")
    finally:
        end.set()
        for thread in threads:
            thread.join()
    for number in range(5):
        copy = open_store(tmp_path / f"{number}.duckdb")
        assert findings(copy) == []
        with copy.cursor() as cursor:
            uploads, entries, agencies = cursor.execute(
                "select (select count(*) from uploads), "
                "(select count(*) from audit where action = 'uploaded'), "
                "(select count(*) from agencies where agency_id like 'B%')"
            ).fetchone()
        copy.close()
        assert uploads == entries
        assert agencies == 20 * (uploads - 2)


def run(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )


def test_no_other_process_gets_the_store_after_a_backup(store, path, tmp_path):
    # DuckDB's lock would be gone had the store's file been opened a second time.
    backup(store, tmp_path / "b.duckdb", "a test")
    done = run(
        "import sys, pathlib; from cri_data.store.connection import open_store; "
        "open_store(pathlib.Path(sys.argv[1]))",
        path,
    )
    assert "StoreInUse" in done.stderr


def test_no_file_is_written_over(store, tmp_path):
    (tmp_path / "b.duckdb").write_text("mine")
    with pytest.raises(BackupError, match="exists already"):
        backup(store, tmp_path / "b.duckdb", "a test")
    assert (tmp_path / "b.duckdb").read_text() == "mine"


def test_where_nothing_can_be_written_it_is_said(store, tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(BackupError, match="cannot be written"):
        backup(store, tmp_path / "file" / "b.duckdb", "a test")


def flipped(copy: Path, place: float) -> None:
    """One byte turned about, so far into the file."""
    content = bytearray(copy.read_bytes())
    content[int(len(content) * place)] ^= 0xFF
    copy.write_bytes(content)


def cut(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[: copy.stat().st_size // 2])


def another_kind(copy: Path) -> None:
    copy.write_text("notes " * 5000)


def another_database(copy: Path) -> None:
    copy.unlink()
    connection = duckdb.connect(str(copy))
    connection.execute("create table cars as select 1 as car")
    connection.close()


def a_newer_store(copy: Path) -> None:
    change(copy, "update store_info set schema_version = 99")


def a_changed_trail(copy: Path) -> None:
    change(copy, "update audit set who = 'x@x.org' where entry_number = 1")


def a_broken_reference(copy: Path) -> None:
    change(copy, "delete from agencies where agency_id = 'A1'")


def change(copy: Path, sql: str) -> None:
    opened = open_store(copy)
    with opened.cursor() as cursor:
        cursor.execute(sql)
    opened.close()


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        *((cut, "is damaged"), (another_kind, "is damaged"), (Path.unlink, "no file")),
        *(
            (another_database, "is damaged, or not a backup"),
            (a_newer_store, "is from a newer"),
        ),
        (a_changed_trail, "is not consistent: trail: Entry 1 was changed"),
        (a_broken_reference, "is not consistent: requests: agency_id names none"),
    ],
)
def test_a_damaged_backup_is_refused_and_nothing_is_touched(
    store, path, tmp_path, damage: Callable[[Path], None], said: str
):
    copy = tmp_path / "b.duckdb"
    backup(store, copy, "a test")
    store.close()
    damage(copy)
    before = path.read_bytes()
    with pytest.raises(BackupError, match=said):
        restore(copy, path, "a test")
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == ["cri.duckdb"]


def test_no_flipped_byte_makes_another_store(store, tmp_path):
    """Refused, or, where the byte belongs to nothing, restored as it was."""
    was = that_come_back(all_of(store))
    copy = tmp_path / "b.duckdb"
    backup(store, copy, "a test")
    store.close()
    sound, refused = copy.read_bytes(), 0
    for place in range(20):
        copy.write_bytes(sound)
        flipped(copy, (place + 0.5) / 20)
        target = tmp_path / f"t{place}" / "cri.duckdb"
        try:
            restore(copy, target, "a test")
        except BackupError:
            refused += 1
            assert not target.exists()
            continue
        restored = open_store(target)
        assert that_come_back(all_of(restored)) == was
        restored.close()
    assert refused > 5


def test_nothing_is_restored_under_a_dashboard_that_runs(path, tmp_path):
    opened = open_store(path)
    backup(opened, tmp_path / "b.duckdb", "a test")
    opened.close()
    holding = (
        "import sys, pathlib; from cri_data.store.connection import open_store; "
        "held = open_store(pathlib.Path(sys.argv[1])); print('open', flush=True); input()"
    )
    with other_process("open", "-c", holding, path), pytest.raises(StoreInUse):
        restore(tmp_path / "b.duckdb", path, "a test")
    assert not list(path.parent.glob("*before*"))


# -- Command line and page -----------------------------------------------------


def test_the_command_line_makes_and_restores_a_backup(
    store, path, tmp_path, monkeypatch, capsys
):
    store.close()
    monkeypatch.setenv("CRI_STORE", str(path))
    copy = tmp_path / "b.duckdb"
    assert main(["backup", str(copy)]) == 0
    assert "holds all" in capsys.readouterr().out
    assert main(["backup", str(copy)]) == 2
    assert "exists already" in capsys.readouterr().err
    assert main(["restore", str(copy)]) == 0
    assert "The previous store is" in capsys.readouterr().out
    assert actions(path) == ["uploaded", "uploaded", "backed_up", "restored"]
    cut(copy)
    assert main(["restore", str(copy)]) == 2
    assert "Nothing was changed" in capsys.readouterr().err


def test_the_page_makes_lists_and_hands_out_backups(empty_app, monkeypatch):
    clicks = {}
    monkeypatch.setattr(
        st, "download_button", lambda label, data, **_: clicks.__setitem__(label, data)
    )
    page = empty_app("pages/administration/backups.py", "administrator")
    assert page.info[0].value.startswith("No backups yet.")
    assert not tables_of(page)
    (make,) = (button for button in page.button if button.label == "Make a backup now")
    make.click().run()
    assert not page.exception
    (kept,) = kept_backups()
    assert f"Backup {kept.path.name} made" in page.success[0].value
    assert clicks[f"Download {kept.path.name}"]() == kept.path.read_bytes()
    with session.store().cursor() as cursor:
        rows = cursor.execute("select action, what from audit").fetchall()
    assert [action for action, _ in rows] == ["backed_up", "exported"]
    assert f"backup {kept.path.name}" in rows[1][1]
