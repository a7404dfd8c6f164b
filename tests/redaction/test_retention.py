"""What is kept for ever unless told otherwise, and what goes when its time is over."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from cri_data import settings
from cri_data.audit import log
from cri_data.audit.log import Action
from cri_data.audit.verify import chain_faults, newest_seal
from cri_data.checks.store import findings
from cri_data.importing.commit.stored_files import kept_file
from cri_data.importing.commit.undo import undo
from cri_data.records import withdraw
from cri_data.redaction.redact import Places
from cri_data.redaction.retention import RetentionResult, delete_expired
from cri_data.settings import SettingError
from cri_data.store.store import Store
from tests.redaction.test_redact import tables_with
from tests.support.clock import Clock
from tests.support.stores import copied, new_store, prepared
from tests.support.uploads import AGENCIES, loaded, stored

NOW = datetime(2026, 11, 24, tzinfo=UTC)
WHO = "the dashboard"
HEAD = "request_id,agency_id,received_on,topic_ids,closed_on,status,summary\n"


@pytest.fixture
def store():
    opened = new_store()
    yield opened
    opened.close()


def change(store: Store, sql: str, **values: object) -> None:
    with store.cursor() as cursor:
        cursor.execute(sql, values)


def said(store: Store) -> list[dict]:
    with store.cursor() as cursor:
        rows = cursor.execute(
            "select what from audit where action = 'let_go' order by entry_number"
        ).fetchall()
    return [json.loads(what) for (what,) in rows]


def load_requests(store: Store) -> None:
    """R1 is closed 100 days before NOW, R2 10 days, R3 is open."""
    loaded(store, "agencies", AGENCIES + "A1,Elm,TX\n")
    text = (
        f"{HEAD}R1,A1,2026-01-31,training,2026-08-16,completed,text of the first\n"
        "R2,A1,2026-01-31,training,2026-11-14,completed,text of the second\n"
        "R3,A1,2026-01-31,training,,received,text of the third\n"
    )
    loaded(store, "requests", text)
    loaded(store, "partners", "partner_id,partner_name\nP1,One\n")
    loaded(
        store,
        "engagements",
        "engagement_id,request_id,lead_partner_id,site_name\n"
        "E1,R1,P1,place of the first\nE2,R2,P1,place of the second\n",
    )


@pytest.fixture
def with_requests():
    opened = copied(prepared("requests to let go", load_requests))
    yield opened
    opened.close()


def entries_of_days(store: Store, *days_ago: int) -> None:
    """One entry of each so many days before NOW, soundly sealed."""
    for days in days_ago:
        with pytest.MonkeyPatch.context() as patched:
            moment = NOW - timedelta(days=days)
            patched.setattr(log, "datetime", Clock(moment))
            log.record(store, "a@x.org", Action.SIGNED_IN)


@pytest.mark.long
def test_all_is_kept_for_ever_unless_told_otherwise(with_requests):
    store = with_requests
    entries_of_days(store, 4000)
    assert delete_expired(store, NOW + timedelta(days=10_000), WHO) == RetentionResult()
    assert said(store) == []
    assert stored(store, "requests", "R1")["summary"] == "text of the first"
    for setting in (
        *(settings.KEEP_FILES_DAYS, settings.KEEP_TEXT_DAYS, settings.KEEP_TRAIL_DAYS),
    ):
        assert setting.default == "0"
        assert ". 0 keeps " in setting.description


def test_files_go_when_their_days_are_over(with_requests, monkeypatch):
    store = with_requests
    monkeypatch.setenv("CRI_KEEP_FILES_DAYS", "30")
    change(
        store,
        "update uploads set uploaded_at = case upload_id when 'U-000001' then $old "
        "else $new end",
        old=NOW - timedelta(days=31),
        new=NOW - timedelta(days=29),
    )
    assert delete_expired(store, NOW, WHO) == RetentionResult(files=1)
    assert kept_file(store, "U-000001").content is None
    assert kept_file(store, "U-000002").content is not None
    assert said(store)[0]["files"] == 1
    # Nothing is left to do, and nothing is said.
    assert delete_expired(store, NOW, WHO) == RetentionResult()
    assert len(said(store)) == 1


@pytest.mark.long
def test_text_goes_so_long_after_the_request_was_closed(with_requests, monkeypatch):
    store = with_requests
    monkeypatch.setenv("CRI_KEEP_TEXT_DAYS", "30")
    gone = delete_expired(store, NOW, WHO)
    assert gone == RetentionResult(texts=Places(records=2, changes=2, files_rewritten=2))
    for text in ("text of the first", "place of the first"):
        assert tables_with(store, text) == set()
    for text, table in (
        *(("text of the second", "requests"), ("text of the third", "requests")),
        ("place of the second", "engagements"),
    ):
        assert tables_with(store, text) == {table, "changes", "upload_files"}
    assert stored(store, "requests", "R1")["status"] == "completed"
    assert said(store)[0]["texts_of_records"] == 2
    assert delete_expired(store, NOW, WHO) == RetentionResult()
    assert findings(store) == []
    undo(store, "U-000004", "a test")
    assert tables_with(store, "place of the first") == set()


def test_the_trail_still_holds_after_its_beginning_is_let_go(store, monkeypatch):
    entries_of_days(store, 100, 50, 31, 29, 1)
    monkeypatch.setenv("CRI_KEEP_TRAIL_DAYS", "30")
    with store.cursor() as cursor:
        seal = cursor.execute("select hash from audit where entry_number = 3").fetchone()[0]
    assert delete_expired(store, NOW, WHO) == RetentionResult(entries=3)
    assert chain_faults(store) == []
    assert said(store) == [{"entries": 3, "trail_up_to": 3, "trail_seal": seal}]
    assert newest_seal(store)[0] == 6
    assert delete_expired(store, NOW, WHO) == RetentionResult()
    # And again, from the new beginning.
    assert delete_expired(store, NOW + timedelta(days=2), WHO) == RetentionResult(entries=1)
    assert chain_faults(store) == []
    log.record(store, "a@x.org", Action.SIGNED_IN)
    assert chain_faults(store) == []


def test_the_trail_may_be_let_go_to_its_end(store, monkeypatch):
    entries_of_days(store, 100, 50)
    monkeypatch.setenv("CRI_KEEP_TRAIL_DAYS", "30")
    assert delete_expired(store, NOW, WHO) == RetentionResult(entries=2)
    assert newest_seal(store)[0] == 3
    assert chain_faults(store) == []


def test_who_cuts_more_off_than_was_said_is_seen(store, monkeypatch):
    entries_of_days(store, 100, 50, 20, 10, 1)
    monkeypatch.setenv("CRI_KEEP_TRAIL_DAYS", "30")
    delete_expired(store, NOW, WHO)
    change(store, "delete from audit where entry_number = 3")
    assert chain_faults(store) == ["Entry 3 is missing."]


def test_an_entry_younger_than_one_after_it_keeps_both(store, monkeypatch):
    # The clock of the computer was put back: the trail is cut before it.
    entries_of_days(store, 100, 10, 100, 1)
    monkeypatch.setenv("CRI_KEEP_TRAIL_DAYS", "30")
    assert delete_expired(store, NOW, WHO) == RetentionResult(entries=1)
    assert chain_faults(store) == []


def test_a_setting_that_is_no_number_is_refused(with_requests, monkeypatch):
    store = with_requests
    monkeypatch.setenv("CRI_KEEP_FILES_DAYS", "-1")
    with pytest.raises(SettingError, match="CRI_KEEP_FILES_DAYS must be a whole number"):
        delete_expired(store, NOW, WHO)
    assert said(store) == []


@pytest.mark.long
def test_a_file_that_tells_of_two_kinds_of_record_loses_both(store, monkeypatch):
    """Looked at for one, it must not come back as it was before the other went."""
    loaded(store, "agencies", AGENCIES + "A1,Elm,TX\n")
    loaded(store, "partners", "partner_id,partner_name\nP1,One\n")
    text = (
        f"{HEAD}R1,A1,2026-01-31,training,2026-08-16,completed,text of the first\n"
        "R3,A1,2026-01-31,training,,received,place of the first\n"
        "R4,A1,2026-01-31,training,,received,all else\n"
    )
    loaded(store, "requests", text)
    change(store, "update requests set summary = 'other' where request_id = 'R3'")
    change(store, "delete from changes where record_id = 'R3'")
    head = "engagement_id,request_id,lead_partner_id,site_name\n"
    loaded(store, "engagements", f"{head}E1,R1,P1,place of the first\n")
    monkeypatch.setenv("CRI_KEEP_TEXT_DAYS", "30")
    delete_expired(store, NOW, WHO)
    for gone in ("text of the first", "place of the first"):
        assert tables_with(store, gone) == set()
    assert b"all else" in kept_file(store, "U-000003").content


@pytest.mark.long
def test_text_of_what_was_withdrawn_or_undone_goes_too(store, monkeypatch):
    """R1 is undone, R2 withdrawn when it was open: its day is the one it went on."""
    loaded(store, "agencies", AGENCIES + "A1,Elm,TX\n")
    for row in (
        *("R1,A1,2026-01-31,training,2026-08-16,completed,text of the first",),
        *("R2,A1,2026-01-31,training,,received,text of the second",),
        *("R3,A1,2026-01-31,training,,received,text of the third",),
    ):
        loaded(store, "requests", f"{HEAD}{row}\n")
    undo(store, "U-000002", "a test")
    withdraw(store, "requests", "R2", "a test")
    withdraw(store, "requests", "R3", "a test")
    taken_out = "update uploads set uploaded_at = $at where upload_id = $id"
    change(store, taken_out, at=NOW - timedelta(days=31), id="U-000005")
    change(store, taken_out, at=NOW - timedelta(days=31), id="U-000003")
    for upload_id in ("U-000004", "U-000006"):
        change(store, taken_out, at=NOW - timedelta(days=29), id=upload_id)
    monkeypatch.setenv("CRI_KEEP_TEXT_DAYS", "30")
    assert delete_expired(store, NOW, WHO).texts.changes == 3
    assert tables_with(store, "text of the first") == set()
    assert tables_with(store, "text of the second") == set()
    assert tables_with(store, "text of the third") == {"changes", "upload_files"}
    assert delete_expired(store, NOW, WHO) == RetentionResult()


@pytest.mark.long
def test_all_three_kinds_go_at_once_and_the_trail_tells_of_each(store, monkeypatch):
    entries_of_days(store, 100, 50)
    load_requests(store)
    change(store, "update uploads set uploaded_at = $old", old=NOW - timedelta(days=31))
    for name in ("FILES", "TEXT", "TRAIL"):
        monkeypatch.setenv(f"CRI_KEEP_{name}_DAYS", "30")
    gone = delete_expired(store, NOW, WHO)
    assert (gone.files, gone.entries, gone.texts.records) == (4, 2, 2)
    of_trail, of_files = said(store)
    assert (of_trail["entries"], of_trail["trail_up_to"]) == (2, 2)
    assert (of_files["files"], of_files["texts_of_records"]) == (4, 2)
    assert findings(store) == []
    assert tables_with(store, "text of the first") == set()
