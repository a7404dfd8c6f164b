"""The trail: whole whatever happens, and any hand laid on it is seen."""

import json
import re
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cri_data.audit import log
from cri_data.audit.log import Action, MissingEntry
from cri_data.audit.verify import chain_faults, newest_seal
from cri_data.checks.store import findings
from cri_data.importing.commit.undo import TouchedLater, undo
from cri_data.records import correct, merge_agencies, record_cells, withdraw
from cri_data.store import query_files
from cri_data.store.store import Store
from tests.support.stores import new_store
from tests.support.uploads import AGENCIES, REQUESTS, loaded

ROOT = Path(__file__).resolve().parents[2]

# Changes the store without a word in the trail, and why that is right.
MAY_WRITE_WITHOUT_A_WORD = {
    "cri_data/importing/commit/commit.py": "what would be, asked and rolled back",
    "cri_data/audit/log.py": "the trail itself",
}


@pytest.fixture
def store():
    opened = new_store()
    yield opened
    opened.close()


def entries(store: Store) -> list[tuple]:
    with store.cursor() as cursor:
        return cursor.execute(
            "select who, action, what from audit order by entry_number"
        ).fetchall()


def actions(store: Store) -> list[str]:
    return [action for _, action, _ in entries(store)]


def with_five_entries(store: Store) -> None:
    for place in range(5):
        log.record(store, "a@b.org", Action.SIGNED_IN, place=place)


def change(store: Store, sql: str) -> None:
    with store.cursor() as cursor:
        cursor.execute(sql)


def test_a_whole_trail_has_no_fault(store):
    assert chain_faults(store) == []
    with_five_entries(store)
    assert chain_faults(store) == []
    assert newest_seal(store)[0] == 5


TAMPERED = {
    "changed": (
        "update audit set who = 'x@b.org' where entry_number = 3",
        ["Entry 3 was changed"],
    ),
    "its time changed": (
        "update audit set recorded_at = recorded_at - interval 1 microsecond "
        "where entry_number = 3",
        ["Entry 3 was changed"],
    ),
    "removed in the middle": (
        "delete from audit where entry_number in (2, 3)",
        ["Entries 2 to 3 are missing"],
    ),
    "removed at the beginning": (
        "delete from audit where entry_number = 1",
        ["Entry 1 is missing"],
    ),
    "removed at the end": (
        "delete from audit where entry_number = 5",
        ["Entry 5 is missing. The end of the audit log was cut off."],
    ),
    "all removed": ("delete from audit", ["Entries 1 to 5 are missing."]),
    "put in once more": (
        "insert into audit from audit where entry_number = 4",
        ["Entry 4 is duplicated or was inserted."],
    ),
    "put in at the end": (
        "insert into audit by name select * replace (6 as entry_number) from audit "
        "where entry_number = 5",
        ["Entry 6 does not follow", "Entry 6 was changed"],
    ),
    "swapped": (
        "update audit set entry_number = case entry_number when 2 then 3 else 2 end "
        "where entry_number in (2, 3)",
        [
            *("Entry 2 does not follow", "Entry 2 was changed"),
            *("Entry 3 does not follow", "Entry 3 was changed", "Entry 4 does not follow"),
        ],
    ),
    "a number taken away": (
        "update audit set entry_number = null where entry_number = 5",
        ["Entry None is duplicated", "Entry 5 is missing."],
    ),
    "said to have been let go": (
        "delete from audit where entry_number = 1; update audit set action = 'let_go', "
        'what = \'{"trail_up_to": 1, "trail_seal": "0"}\' where entry_number = 5',
        ["Entry 2 does not follow", "Entry 5 was changed"],
    ),
}


@pytest.mark.long
@pytest.mark.parametrize("how", TAMPERED)
def test_a_hand_laid_on_the_trail_is_seen(store, how):
    with_five_entries(store)
    sql, expected = TAMPERED[how]
    change(store, sql)
    faults = chain_faults(store)
    assert len(faults) == len(expected)
    for fault, begins in zip(faults, expected, strict=True):
        assert fault.startswith(begins)
    assert [str(finding) for finding in findings(store)] == [
        f"trail: {fault}" for fault in faults
    ]


def test_an_entry_sealed_anew_is_seen(store):
    log.record(store, "a@b.org", Action.SIGNED_IN)
    entry = {
        "entry_number": 1,
        "recorded_at": "2024-01-01T00:00:00.000000+00:00",
        "who": "x@b.org",
        "action": "signed_in",
        "what": "{}",
        "hash_before": log.BEGINNING,
    }
    change(store, "delete from audit")
    with store.cursor() as cursor:
        cursor.execute(
            "insert into audit by name select $entry_number as entry_number, "
            "$recorded_at::timestamptz as recorded_at, $who as who, $action as action, "
            "$what as what, $hash_before as hash_before, $hash as hash",
            entry | {"hash": log.seal(entry)},
        )
    (fault,) = chain_faults(store)
    assert fault.startswith("Entry 1 is not the entry that was sealed")


@pytest.mark.long
def test_all_that_is_done_to_records_is_in_the_trail(store):
    loaded(store, "agencies", AGENCIES + "A1,Elm,TX\nA2,Oak,TX\n,Nameless,ZZ\n")
    loaded(store, "requests", REQUESTS + "R1,A1,2024-01-31,training\n")
    seen = record_cells(store, "agencies", "A1")
    correct(store, "agencies", seen, {"city": "Elm"}, "a test")
    merge_agencies(store, "A1", "A2", "a test")
    withdraw(store, "requests", "R1", "a test")
    undo(store, "U-000005", "a test")
    assert actions(store) == [
        *("uploaded", "uploaded", "corrected", "merged", "withdrawn", "undone")
    ]
    # A number of an upload is given out again after a restore: an id is not.
    details = [json.loads(what) for *_, what in entries(store)]
    assert [details[2]["record_id"], details[4]["record_id"]] == ["A1", "R1"]
    assert (details[3]["agency_id"], details[3]["into_agency_id"]) == ("A1", "A2")
    assert entries(store)[0] == (
        "a test",
        "uploaded",
        '{"changed": 0, "dataset": "agencies", "new": 2, "rejected": 1, '
        '"upload_id": "U-000001"}',
    )
    assert chain_faults(store) == []


def test_what_was_not_done_is_not_in_the_trail(store):
    loaded(store, "agencies", AGENCIES + "A1,Elm,TX\n")
    loaded(store, "agencies", AGENCIES + "A1,Elm Police,TX\n")
    loaded(store, "agencies", AGENCIES + "A1,Elm Police,TX\n")
    with pytest.raises(TouchedLater):
        undo(store, "U-000001", "a test")
    assert actions(store) == ["uploaded", "uploaded"]


def test_what_is_written_without_a_word_is_not_written(store):
    with (
        pytest.raises(MissingEntry),
        log.audited_transaction(store, "a test") as transaction,
    ):
        transaction.cursor.execute("insert into topics by name select 'x' as topic_id")
    with store.cursor() as cursor:
        assert cursor.execute("from topics where topic_id = 'x'").fetchall() == []


def test_several_words_of_one_transaction_follow_each_other(store):
    log.record(store, "a test", Action.SIGNED_IN)
    with log.audited_transaction(store, "a test") as transaction:
        transaction.record(Action.REDACTED, places=1)
        transaction.record(Action.OLD_DATA_DELETED, files=1)
    assert actions(store) == ["signed_in", "redacted", "let_go"]
    assert chain_faults(store) == []


def test_what_is_noted_and_its_entry_are_both_or_neither(store):
    with (
        pytest.raises(log.MissingEntry),
        log.append_transaction(store, "a test") as transaction,
    ):
        _keep_a_sign_in(transaction, "without a word")
    with pytest.raises(TypeError), log.append_transaction(store, "a test") as transaction:  # noqa: PT012
        _keep_a_sign_in(transaction, "with a word that cannot be written")
        transaction.record(Action.SIGNED_IN, since=object())
    assert actions(store) == []
    with log.append_transaction(store, "a test") as transaction:
        _keep_a_sign_in(transaction, "whole")
        transaction.record(Action.SIGNED_IN)
    assert actions(store) == ["signed_in"]
    with store.cursor() as cursor:
        kept = cursor.execute("select sign_in_id from sign_ins").fetchall()
    assert kept == [("whole",)]


def _keep_a_sign_in(transaction: log.AuditedTransaction, sign_in_id: str) -> None:
    row = {"sign_in_id": sign_in_id, "state": "admitted", "recorded_at": datetime.now(UTC)}
    transaction.cursor.execute(query_files.statement("people/add_sign_in"), row)


def test_who_signs_in_does_not_wait_for_an_upload(store):
    with log.audited_transaction(store, "a test") as transaction:
        transaction.record(Action.UPLOADED, upload_id="U-000001")
        signs_in = threading.Thread(
            target=log.record, args=(store, "b@c.org", Action.SIGNED_IN)
        )
        signs_in.start()
        signs_in.join(timeout=10)
        assert not signs_in.is_alive()
        assert actions(store) == ["signed_in"]
    assert actions(store) == ["signed_in", "uploaded"]
    assert chain_faults(store) == []


@pytest.mark.long
def test_many_at_once_make_one_chain(store):
    def sign_in() -> None:
        for _ in range(25):
            log.record(store, "b@c.org", Action.SIGNED_IN)

    def upload() -> None:
        for place in range(10):
            with log.audited_transaction(store, "a test") as transaction:
                transaction.record(Action.UPLOADED, upload_id=f"U-{place:06}")

    threads = [threading.Thread(target=do) for do in (sign_in, sign_in, upload, upload)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(actions(store)) == 70
    assert chain_faults(store) == []


def test_nothing_else_writes_without_a_word():
    found = {
        str(path.relative_to(ROOT))
        for folder in ("cri_data", "cri_ui", "pages")
        for path in (ROOT / folder).rglob("*.py")
        if re.search(r"\bstore(\(\))?\.writing\(", path.read_text("utf-8"))
    }
    assert found == set(MAY_WRITE_WITHOUT_A_WORD)


def test_rows_are_read_and_not_written_but_for_what_ends_by_itself():
    """Store.rows() commits at once, and says nothing."""
    writes = re.compile(
        r"^\s*(insert|update|delete|merge|create|drop|alter)\b", re.M | re.I
    )
    found = {
        (str(path.relative_to(ROOT)), name)
        for folder in ("cri_data", "cri_ui", "pages")
        for path in (ROOT / folder).rglob("*.py")
        for name in re.findall(r"\.rows\(\s*\"([\w/]+)\"", path.read_text("utf-8"))
        if writes.search((ROOT / "queries" / f"{name}.sql").read_text("utf-8"))
    }
    # A sign-in that ran out is no deed of anybody.
    assert found == {("cri_data/accounts/login_sessions.py", "people/add_sign_in")}
