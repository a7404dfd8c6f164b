"""Backups that are made by themselves: when one is due, and how many stay."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cri_data.backups.folder import Kept, is_backup_due, kept_backups, next_path, remove_old
from cri_data.importing.commit.stored_files import kept_file
from cri_data.jobs.maintenance import Upkeep
from cri_data.store.store import Store, StoreInUse
from cri_ui.session import services
from tests.backups.test_backup import fill
from tests.support.stores import copied, prepared

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = copied(prepared("two uploads", fill), tmp_path / "store" / "cri.duckdb")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("hours", "age", "is_due"),
    [
        *(("24", None, True), ("24", 23, False), ("24", 24, True), ("0", None, False)),
        *(("0", 1000, False), ("1", 2, True)),
    ],
)
def test_a_backup_is_due_when_the_newest_is_old(hours, age, is_due, monkeypatch):
    monkeypatch.setenv("CRI_BACKUP_HOURS", hours)
    kept = [] if age is None else [Kept(Path("b"), NOW - timedelta(hours=age), 1)]
    assert is_backup_due(kept, NOW) == is_due


def test_only_so_many_are_kept_and_nothing_else_is_removed(tmp_path, monkeypatch):
    monkeypatch.setenv("CRI_BACKUP_DIR", str(tmp_path))
    monkeypatch.setenv("CRI_BACKUPS_KEPT", "2")
    (tmp_path / "mine.duckdb").write_text("mine")
    paths = [next_path(NOW + timedelta(days=day)) for day in range(4)]
    for path in paths:
        path.write_text("a backup")
    assert [kept.path for kept in kept_backups()] == paths[::-1]
    assert remove_old() == [paths[1], paths[0]]
    assert set(tmp_path.iterdir()) == {*paths[2:], tmp_path / "mine.duckdb"}
    monkeypatch.setenv("CRI_BACKUPS_KEPT", "0")
    assert remove_old() == []


@pytest.mark.long
def test_the_dashboard_makes_backups_and_lets_go_by_itself(
    store, tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("CRI_BACKUP_DIR", str(tmp_path / "backups"))
    monkeypatch.setenv("CRI_KEEP_FILES_DAYS", "1")
    with store.cursor() as cursor:
        cursor.execute("update uploads set uploaded_at = now() - interval 2 days")
    upkeep = Upkeep(lambda: store)
    upkeep.start()
    for _ in range(600):
        if kept_backups():
            break
        time.sleep(0.05)
    upkeep.stop()
    assert len(kept_backups()) == 1
    with store.cursor() as cursor:
        said = cursor.execute(
            "select who, action from audit order by entry_number offset 2"
        ).fetchall()
    assert said == [("the dashboard", "let_go"), ("the dashboard", "backed_up")]
    assert capsys.readouterr().out == ""
    upkeep.do_what_is_due(datetime.now(UTC))
    assert len(kept_backups()) == 1


@pytest.mark.long
def test_what_fails_is_said_and_tried_again(store, tmp_path, monkeypatch, caplog):
    monkeypatch.setenv("CRI_BACKUP_DIR", str(tmp_path / "file"))
    monkeypatch.setenv("CRI_KEEP_FILES_DAYS", "many")
    (tmp_path / "file").write_text("no folder")
    upkeep = Upkeep(lambda: store)
    upkeep.do_what_is_due(NOW)
    assert (
        "entries could not be deleted: CRI_KEEP_FILES_DAYS must be a whole" in caplog.text
    )
    assert "backup could not be made" in caplog.text
    assert [failure.what for failure in upkeep.failures] == [
        *("Old files and entries could not be deleted", "The backup could not be made")
    ]
    (tmp_path / "file").unlink()
    upkeep.do_what_is_due(NOW)
    assert len(kept_backups()) == 1
    (failure,) = upkeep.failures
    assert failure.tried_at == NOW
    assert failure.why.startswith("CRI_KEEP_FILES_DAYS must be a whole number")
    monkeypatch.setenv("CRI_KEEP_FILES_DAYS", "0")
    upkeep.do_what_is_due(NOW)
    assert upkeep.failures == []


def test_one_thing_that_fails_holds_up_no_other(store, tmp_path, monkeypatch):
    monkeypatch.setenv("CRI_BACKUP_DIR", str(tmp_path / "backups"))
    monkeypatch.setenv("CRI_SUPPRESS_BELOW", "few")
    monkeypatch.setenv("CRI_KEEP_FILES_DAYS", "1")
    upkeep = Upkeep(lambda: store)
    upkeep.do_what_is_due(datetime.now(UTC) + timedelta(days=2))
    assert [failure.what for failure in upkeep.failures] == [
        "Closed quarters could not be published"
    ]
    assert kept_file(store, "U-000001").content is None
    assert len(kept_backups()) == 1


def test_a_store_that_another_process_has_is_kept_up_once_it_is_free(
    store, tmp_path, monkeypatch
):
    monkeypatch.setenv("CRI_BACKUP_DIR", str(tmp_path / "backups"))
    is_free = False

    def store_of():
        if not is_free:
            raise StoreInUse("The store is open in another process.")
        return store

    upkeep = Upkeep(store_of)
    upkeep.do_what_is_due(NOW)
    assert [failure.what for failure in upkeep.failures] == [
        "The store could not be opened"
    ]
    is_free = True
    upkeep.do_what_is_due(NOW)
    assert upkeep.failures == []
    assert len(kept_backups()) == 1


def test_what_nobody_foresaw_ends_nothing(store, tmp_path, monkeypatch, caplog):
    """There is no such person here, and so no folder of theirs."""
    monkeypatch.setenv("CRI_BACKUP_DIR", "~nobody-of-that-name/backups")
    monkeypatch.setattr("cri_data.jobs.maintenance._EVERY_SECONDS", 0.05)
    upkeep = Upkeep(lambda: store)
    upkeep.start()
    for _ in range(600):
        if len(upkeep.failures) == 2:
            break
        time.sleep(0.05)
    left_half, failure = upkeep.failures
    assert left_half.what == "Incomplete files could not be removed"
    assert (failure.what, failure.why) == ("The backup could not be made", None)
    assert "Traceback" in caplog.text
    assert "RuntimeError" in caplog.text
    # Once it can be done it is: the thread lives.
    monkeypatch.setenv("CRI_BACKUP_DIR", str(tmp_path / "backups"))
    for _ in range(600):
        if not upkeep.failures and kept_backups():
            break
        time.sleep(0.05)
    upkeep.stop()
    assert len(kept_backups()) == 1
    assert upkeep.failures == []


def test_the_page_says_what_failed_and_what_to_do(empty_app, tmp_path, monkeypatch):
    page = empty_app("pages/administration/backups.py", "administrator")
    assert not page.warning
    folder = os.environ["CRI_BACKUP_DIR"]
    (tmp_path / "file").write_text("no folder")
    for wrong, said in (
        (str(tmp_path / "file"), "Check the free space on the disk"),
        (
            "~nobody-of-that-name",
            "Send those lines to the person who maintains the dashboard.",
        ),
    ):
        monkeypatch.setenv("CRI_BACKUP_DIR", wrong)
        services.current().upkeep.do_what_is_due(NOW)
        monkeypatch.setenv("CRI_BACKUP_DIR", folder)
        (warning,) = page.run().warning
        assert "could not be made, last tried Nov 24, 2026, 7:00 AM EST: " in warning.value
        assert said in warning.value
    services.current().upkeep.do_what_is_due(NOW)
    assert not page.run().warning
