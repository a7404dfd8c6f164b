"""A restore takes no role, no sign-out, no entry and no redaction back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cri_data.accounts import users
from cri_data.accounts.login_sessions import SignIns
from cri_data.accounts.oidc_claims import Ended, Identity
from cri_data.audit import log
from cri_data.audit.log import Action
from cri_data.audit.verify import newest_seal
from cri_data.backups.backup import backup
from cri_data.backups.replaced_store import readable_tables
from cri_data.backups.restore import Restored, restore
from cri_data.checks.store import findings
from cri_data.cli.main import main
from cri_data.importing.commit.undo import undo
from cri_data.jobs.publish import publish_closed_quarters
from cri_data.model.roles import Viewer
from cri_data.redaction.redact import redact
from cri_data.redaction.retention import delete_expired
from cri_data.store.connection import connect, open_store
from cri_data.store.store import Store, StoreError
from tests.audit.test_wording import said
from tests.backups.conftest import ADA, BO
from tests.redaction.test_redact import HEAD, TEXT, tables_with
from tests.support.clock import Clock
from tests.support.stores import new_store
from tests.support.uploads import loaded, stored

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
CY = "cy@partner.org"


def restored(store: Store, copy: Path, path: Path) -> tuple[Restored, Store]:
    store.close()
    done = restore(copy, path, "a test")
    return done, open_store(path)


def test_a_role_that_was_taken_away_since_stays_away(store, copy, path):
    users.remove(store, BO, ADA)
    users.add(store, ADA, "administrator", None, ADA)
    users.add(store, CY, "staff", None, ADA)
    done, after = restored(store, copy, path)
    assert users.viewer_of(after, BO) is None
    assert users.viewer_of(after, CY) == Viewer("staff")
    # And what differs is said, line by line.
    assert done.notes == (
        f"{BO}: administrator in the backup; stays without access.",
        f"{CY}: without access in the backup; stays staff.",
    )
    assert findings(after) == []
    after.close()


def test_a_role_that_was_made_less_since_stays_so(store, copy, path):
    users.add(store, BO, "leadership", None, ADA)
    done, after = restored(store, copy, path)
    assert users.viewer_of(after, BO) == Viewer("leadership")
    assert done.notes == (f"{BO}: administrator in the backup; stays leadership.",)
    after.close()


def test_where_no_list_can_be_read_the_backups_is_taken_and_said(store, copy, path):
    users.remove(store, BO, ADA)
    store.close()
    path.write_bytes(b"broken" * 5000)
    done = restore(copy, path, "a test")
    assert "no store that can be read" in done.notes[0]
    assert f"{ADA} as administrator; {BO} as administrator." in done.notes[1]
    after = open_store(path)
    entry = said(after)[0]
    assert entry[1] == "restored"
    assert (entry[2]["goes_on"], entry[2]["seal_put_aside"]) == ([], None)
    assert findings(after) == []
    after.close()


def sign_in(moment: float) -> Identity:
    return Identity(ADA, f"sign-in {moment}", moment, None)


def test_no_sign_in_of_before_holds_after_it(store, copy, path):
    now = datetime.now(UTC).timestamp()
    signed_out, open_still = sign_in(now - 60), sign_in(now - 30)
    sign_ins = SignIns(store)
    for identity in (signed_out, open_still):
        sign_ins.admit(store, identity, now)
    sign_ins.end(store, signed_out, now)
    _, after = restored(store, copy, path)
    again, later = SignIns(after), datetime.now(UTC).timestamp() + 1
    with pytest.raises(Ended, match="signed out"):
        again.admit(after, signed_out, later)
    with pytest.raises(Ended, match="A backup was restored"):
        again.admit(after, open_still, later)
    assert again.admit(after, sign_in(later), later) == Viewer("administrator")
    after.close()


def test_a_sign_in_that_no_store_remembers_is_not_revived(store, copy, path):
    now = datetime.now(UTC).timestamp()
    SignIns(store).admit(store, sign_in(now - 60), now)
    SignIns(store).end(store, sign_in(now - 60), now)
    store.close()
    path.unlink()
    restore(copy, path, "a test")
    after = open_store(path)
    with pytest.raises(Ended):
        SignIns(after).admit(after, sign_in(now - 60), now)
    after.close()


def test_the_trail_goes_on_and_names_what_was_put_aside(store, copy, path):
    log.record(store, BO, Action.EXPORTED, table="requests", rows=9)
    number, seal = newest_seal(store)
    before = said(store)
    done, after = restored(store, copy, path)
    newest, *others = said(after)
    assert others == before
    assert newest[:2] == ("a test", "restored")
    assert (newest[2]["entry_put_aside"], newest[2]["seal_put_aside"]) == (number, seal)
    assert newest[2]["goes_on"] == ["people", "audit", "audit_seals"]
    assert findings(after) == []
    after.close()
    # The store that was put aside has the same trail up to there.
    aside = open_store(done.put_aside)
    assert newest_seal(aside) == (number, seal)
    aside.close()


def test_a_trail_that_is_not_whole_stays_with_its_store(store, copy, path):
    log.record(store, BO, Action.EXPORTED, table="requests", rows=9)
    with store.cursor() as cursor:
        cursor.execute("update audit set who = 'x@x.org' where action = 'exported'")
    number, seal = newest_seal(store)
    done, after = restored(store, copy, path)
    assert (
        "is not complete, so it stays with that store. Entry 6 was changed" in done.notes[0]
    )
    assert findings(after) == []
    newest = said(after)[0]
    assert (newest[2]["entry_put_aside"], newest[2]["seal_put_aside"]) == (number, seal)
    after.close()


def test_the_trail_of_a_younger_store_is_followed_too(copy, tmp_path):
    """Where the store that is there has fewer entries than the backup."""
    other = tmp_path / "other" / "cri.duckdb"
    opened = new_store(other)
    users.add(opened, CY, "administrator", None, "a test")
    opened.close()
    restore(copy, other, "a test")
    after = open_store(other)
    assert [action for _, action, _ in said(after)] == ["restored", "role_given"]
    assert findings(after) == []
    assert users.viewer_of(after, ADA) is None
    after.close()


def test_an_empty_store_takes_list_and_trail_of_the_backup(copy, tmp_path):
    other = tmp_path / "other" / "cri.duckdb"
    new_store(other).close()
    done = restore(copy, other, "a test")
    assert done.notes == (
        "No one had access, so people can sign in with their roles from the backup: 2.",
    )
    after = open_store(other)
    assert users.viewer_of(after, ADA) == Viewer("administrator")
    assert [action for _, action, _ in said(after)][:2] == ["restored", "uploaded"]
    assert findings(after) == []
    after.close()


def test_what_was_redacted_since_is_redacted_again(store, copy, path):
    redact(store, "requests", "R1", ADA)
    _, after = restored(store, copy, path)
    assert tables_with(after, TEXT) == set()
    assert said(after)[0][2]["redacted_again"] > 0
    undo(after, "U-000002", "a test")
    assert tables_with(after, TEXT) == set()
    after.close()


def change(store: Store, sql: str) -> None:
    with store.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "fault",
    [
        "update audit set who = 'x@x.org' where entry_number = 1",
        "delete from audit where entry_number = 2",
        "delete from audit_seals",
        "update audit set what = '{' where action = 'exported'",
        "update audit set what = '{', action = 'redacted' where action = 'exported'",
        "delete from audit where entry_number < 6",
    ],
)
def test_no_fault_of_the_trail_brings_a_redacted_text_back(store, copy, path, fault):
    log.record(store, BO, Action.EXPORTED, table="requests", rows=9)
    redact(store, "requests", "R1", ADA)
    change(store, fault)
    done, after = restored(store, copy, path)
    assert tables_with(after, TEXT) == set()
    assert "The audit log of the previous store is not complete" in done.notes[0]
    assert "Check whether more was redacted" in done.notes[0]
    assert done.notes[-1] == (
        "Redacted since the backup, and now redacted again: requests R1. Places: 3."
    )
    assert findings(after) == []
    # The trail that stayed behind told of it: the next restore must know it too.
    _, again = restored(after, copy, path)
    assert tables_with(again, TEXT) == set()
    assert findings(again) == []
    again.close()


def test_a_clock_that_was_set_back_brings_no_redacted_text_back(
    store, copy, path, monkeypatch
):
    with monkeypatch.context() as patched:
        patched.setattr(log, "datetime", Clock(datetime(2020, 1, 1, tzinfo=UTC)))
        redact(store, "requests", "R1", ADA)
    done, after = restored(store, copy, path)
    assert tables_with(after, TEXT) == set()
    assert done.notes == (
        "Redacted since the backup, and now redacted again: requests R1. Places: 3.",
    )
    # It is told once: by the entry that came with the trail.
    actions = [action for _, action, _ in said(after)]
    assert actions.count("redacted") == 1
    after.close()


def test_where_the_entry_was_let_go_it_is_said(store, copy, path, monkeypatch):
    redact(store, "requests", "R1", ADA)
    monkeypatch.setenv("CRI_KEEP_TRAIL_DAYS", "1")
    delete_expired(store, datetime.now(UTC) + timedelta(days=2), "the dashboard")
    number = newest_seal(store)[0]
    done, after = restored(store, copy, path)
    assert "it is back. Redact it again" in done.notes[0]
    assert f"deleted since the backup, up to entry {number - 1}." in done.notes[0]
    after.close()


def with_damaged_sign_ins(path: Path) -> None:
    """Break the first of the file's blocks in which sign-ins are."""
    sound = path.read_bytes()
    for block in range(0x3000, len(sound), 0x40000):
        content = bytearray(sound)
        content[block + 0x1000 : block + 0x1100] = b"damaged!" * 32
        path.write_bytes(content)
        try:
            connection = connect(path, read_only=True)
        except StoreError:
            continue
        with connection:
            if "sign_ins" not in readable_tables(connection, {"sign_ins"}):
                return
    raise AssertionError("No block is of the sign-ins.")


def test_a_damaged_table_of_the_store_before_keeps_no_backup_out(store, copy, path):
    """A restore is for such a store above all. What can be read of it goes on."""
    redact(store, "requests", "R1", ADA)
    users.remove(store, BO, ADA)
    change(
        store,
        "insert into sign_ins by name select md5(n::varchar) as sign_in_id, "
        "md5((n + 1)::varchar) as state, now() as recorded_at from range(20000) of(n)",
    )
    change(store, "checkpoint")
    store.close()
    with_damaged_sign_ins(path)
    done = restore(copy, path, "a test")
    after = open_store(path)
    assert "sign_ins cannot be read, so the backup's content is used" in done.notes[0]
    assert tables_with(after, TEXT) == set()
    assert users.viewer_of(after, BO) is None
    assert findings(after) == []
    after.close()


def test_what_was_redacted_before_the_backup_takes_nothing_of_later(store, tmp_path, path):
    redact(store, "requests", "R1", ADA)
    loaded(store, "requests", f"{HEAD}R1,A1,2024-01-31,training,A new text of it\n")
    copy = tmp_path / "later.duckdb"
    backup(store, copy, ADA)
    _, after = restored(store, copy, path)
    assert stored(after, "requests", "R1")["summary"] == "A new text of it"
    after.close()


def test_what_was_published_stays_published(store, copy, path):
    # Closed: an open one may be given to a partner, and then counts as its own.
    head = "request_id,agency_id,received_on,topic_ids,status,closed_on\n"
    rows = "".join(f"Q{n},A1,2024-01-31,training,completed,2024-02-01\n" for n in range(9))
    loaded(store, "requests", head + rows)
    assert publish_closed_quarters(store, 5) == ["FY2024 Q2"]
    before = store.ask("published_requests_by_topic", Viewer("partner", "P1"))
    _, after = restored(store, copy, path)
    # With the one request of the backup it would be another table.
    assert publish_closed_quarters(after, 1) == []
    now = after.ask("published_requests_by_topic", Viewer("partner", "P1"))
    assert now.equals(before)
    after.close()


def test_the_command_line_says_what_differs(store, copy, path, monkeypatch, capsys):
    users.remove(store, BO, ADA)
    store.close()
    monkeypatch.setenv("CRI_STORE", str(path))
    assert main(["restore", str(copy)]) == 0
    assert (
        f"{BO}: administrator in the backup; stays without access.\n"
        in capsys.readouterr().out
    )
