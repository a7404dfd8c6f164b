"""Opening a store, what is refused and how, and that it reaches nothing else."""

import stat
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest

from cri_data.model.code_lists import GOALS
from cri_data.model.datasets import DATASETS
from cri_data.store import query_files
from cri_data.store import store as store_module
from cri_data.store.connection import SCHEMA_VERSION, open_store
from cri_data.store.store import Store, StoreError, StoreInUse
from tests.support.clock import Clock
from tests.support.stores import new_store

HOLDS_OPEN = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""

TOPICS = [
    *("crime-reduction", "gun-violence", "focused-deterrence", "gang-prevention"),
    *("stakeholder-coordination", "information-sharing", "mass-casualty"),
    *("active-shooter", "mass-demonstrations", "compstat", "officer-wellness"),
    *("training", "tribal", "shared-services"),
]


@pytest.fixture(scope="module")
def store():
    store = open_store(None)
    yield store
    store.close()


def tables(store: Store) -> dict[str, list[tuple]]:
    with store.cursor() as cursor:
        found = cursor.execute(
            "select table_name, column_name, data_type from duckdb_columns() "
            "where not internal order by table_name, column_index"
        ).fetchall()
    columns: dict[str, list[tuple]] = {}
    for table, column, kind in found:
        columns.setdefault(table, []).append((column, kind))
    return columns


# A new store


def test_a_new_store_is_made_with_its_folder_for_its_owner_alone(tmp_path: Path):
    path = tmp_path / "new" / "folder" / "cri.duckdb"
    store = open_store(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    info = store.info()
    assert (info.schema_version, info.data_version) == (SCHEMA_VERSION, 1)
    assert not info.is_demonstration
    assert info.as_of_on == datetime.now(ZoneInfo("America/New_York")).date()
    assert not store.holds_rows()
    store.close()


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        # October 1 in UTC is still September 30, the last day of a quarter, at the office.
        ("America/New_York", (2026, 10, 1, 0, 30), date(2026, 9, 30)),
        ("America/New_York", (2026, 10, 1, 4, 0), date(2026, 10, 1)),
        ("Pacific/Guam", (2026, 9, 30, 14, 0), date(2026, 10, 1)),
        ("UTC", (2026, 9, 30, 23, 59), date(2026, 9, 30)),
    ],
)
def test_real_data_is_as_of_the_day_at_the_office(
    zone: str, moment: tuple, day: date, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CRI_TIME_ZONE", zone)
    monkeypatch.setattr(store_module, "datetime", Clock(datetime(*moment, tzinfo=UTC)))
    assert new_store().info().as_of_on == day


def test_what_is_stored_is_there_after_it_is_opened_again(tmp_path: Path):
    path = tmp_path / "cri.duckdb"
    store = open_store(path)
    with store.writing() as cursor:
        cursor.execute("delete from topics where topic_id = 'tribal'")
        cursor.execute("update store_info set as_of_on = date '2024-06-30'")
    store.close()
    store = open_store(path)
    assert store.info().data_version == 2
    assert store.info().as_of_on == date(2024, 6, 30)
    with store.cursor() as cursor:
        count = cursor.execute("select count(*) from topics").fetchone()
        places = cursor.execute("select count(*), count(distinct zip) from zip_places")
        zips = places.fetchone()
    # The starting set is not laid a second time, nor are the places.
    assert count == (13,)
    assert zips[0] == zips[1] > 40_000
    store.close()


def test_topics_are_the_programs_14_in_its_words(store):
    with store.cursor() as cursor:
        topics = cursor.execute("select topic_id, description from topics").fetchall()
    assert [topic_id for topic_id, _ in topics] == TOPICS
    assert topics[6] == ("mass-casualty", "Mass casualty response")
    assert topics[9] == (
        "compstat",
        "21st Century COMPSTAT: management, crime analysis and GIS",
    )


def test_metrics_cover_all_five_goals(store):
    with store.cursor() as cursor:
        goals = cursor.execute("select goal from metrics").fetchall()
    assert len(goals) >= 12
    assert {goal for (goal,) in goals} == set(GOALS.values)


@pytest.mark.parametrize("name", DATASETS)
def test_tables_are_what_the_schema_says(store, name: str):
    columns = [(column.name, column.sql_type) for column in DATASETS[name].columns]
    assert tables(store)[name] == columns
    assert DATASETS[name].columns[0].name == DATASETS[name].key


# What is no store


def another_database(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table t (a integer)")


def a_text(path: Path) -> None:
    path.write_text("agency_id,agency_name\nA1,Alder PD\n" * 1000)


def a_newer_store(path: Path) -> None:
    open_store(path).close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("update store_info set schema_version = schema_version + 1")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (another_database, r"not a store of this dashboard\. Set CRI_STORE to a store"),
        (a_text, r"another kind of file\. Set CRI_STORE to a store"),
        (a_newer_store, r"newer version .*schema 2; this one knows 1.*Update the dash"),
        (Path.mkdir, r"cannot be opened\. Check that it is a file .*set CRI_STORE"),
    ],
    ids=["another database", "a text", "a newer store", "a folder"],
)
def test_what_cannot_be_opened_is_left_as_it_is_and_said(tmp_path: Path, make, said: str):
    path = tmp_path / "x.duckdb"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StoreError, match=said) as refused:
        open_store(path)
    assert str(path) in str(refused.value)
    assert not isinstance(refused.value, StoreInUse)
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match=r"cannot be written .*Set CRI_STORE to a folder"):
        open_store(tmp_path / "file" / "cri.duckdb")


def test_rows_that_were_taken_out_hide_no_other_from_a_list(tmp_path: Path):
    """Higher ones, saved and then deleted: DuckDB 1.5.5 by itself finds no row."""
    add = "insert into audit_seals select n, 'h' from range(1, $to) as seals(n)"
    store = open_store(tmp_path / "cri.duckdb")
    with store.writing() as cursor:
        cursor.execute(add, {"to": 5})
    store.close()
    store = open_store(tmp_path / "cri.duckdb")
    with store.writing() as cursor:
        cursor.execute("delete from audit_seals")
        cursor.execute(add, {"to": 2})
    assert store.rows("audit/last_entry") == [(1, "h")]
    store.close()


def test_a_store_that_another_process_has_open_is_said(tmp_path: Path):
    path = tmp_path / "cri.duckdb"
    open_store(path).close()
    command = [sys.executable, "-c", HOLDS_OPEN, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(StoreInUse, match=r"open in another process.*Stop that one"):
            open_store(path)
        other.stdin.close()
        other.wait()
    open_store(path).close()


# What it can reach


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('/etc/passwd')",
        "select * from '/etc/passwd'",
        "select * from glob('/etc/*')",
        "copy topics to '{}/out.csv'",
        "copy topics from '/etc/passwd'",
        "attach '{}/other.duckdb'",
        "export database '{}/all'",
        "install httpfs",
        "load httpfs",
        "create secret (type s3, key_id 'a', secret 'b')",
        "set enable_external_access = true",
        "set global TimeZone = 'America/Chicago'",
        "set lock_configuration = false",
        "reset lock_configuration",
        "pragma threads = 1",
    ],
)
def test_a_cursor_reaches_nothing_beyond_the_store(store, tmp_path: Path, sql: str):
    with store.cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(sql.format(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_variables_of_the_program_are_no_tables(store):
    rows = duckdb.sql("select 1 as a").arrow()
    with store.cursor() as cursor, pytest.raises(duckdb.CatalogException, match="rows"):
        cursor.execute("select * from rows")
    assert rows is not None


def test_instants_are_in_utc_on_every_cursor(store):
    for _ in range(2):
        with store.cursor() as cursor:
            zone, text = cursor.execute(
                "select current_setting('TimeZone'), "
                "(timestamptz '2024-06-30 12:00:00+02')::varchar"
            ).fetchone()
        assert (zone, text) == ("UTC", "2024-06-30 10:00:00+00")


# AuditedTransaction


def test_writing_is_kept_as_a_whole_and_moves_the_version_on():
    store = open_store(None)
    with store.writing() as cursor:
        cursor.execute("insert into topics (topic_id) values ('a')")
        cursor.execute("insert into topics (topic_id) values ('b')")
    assert store.info().data_version == 2
    with store.cursor() as cursor:
        assert cursor.execute("select count(*) from topics").fetchone() == (16,)
    store.close()


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, duckdb.Error])
def test_writing_that_fails_leaves_nothing_behind(store, error: type[BaseException]):
    version = store.info().data_version

    def fail() -> None:
        with store.writing() as cursor:
            cursor.execute("delete from topics")
            raise error("on purpose")

    with pytest.raises(error, match="on purpose"):
        fail()
    assert store.info().data_version == version
    with store.cursor() as cursor:
        assert cursor.execute("select count(*) from topics").fetchone() == (14,)


def test_another_writer_in_between_loses_nothing(store):
    version = store.info().data_version

    def write_across() -> None:
        with store.writing() as cursor, store.cursor() as other:
            cursor.execute("insert into topics (topic_id) values ('mine')")
            other.execute(query_files.statement("store/next_data_version"))

    with pytest.raises(StoreError, match=r"at the same moment.*Try again"):
        write_across()
    assert store.info().data_version == version + 1
    with store.cursor() as cursor:
        topics = cursor.execute("from topics where topic_id = 'mine'").fetchall()
    assert topics == []
