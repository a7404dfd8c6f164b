"""The trail as people see it: in words, found, taken away, on page and command line."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from cri_data.audit import log
from cri_data.audit.log import Action
from cri_data.audit.wording import IN_WORDS, action_in_words, what_in_words
from cri_data.cli.command import WHO
from cri_data.cli.main import main
from cri_data.model.roles import Viewer
from cri_data.store.connection import open_store
from cri_data.store.store import Store
from cri_ui.session import session
from tests.support.clock import Clock
from tests.support.stores import new_store

Opened = Callable[..., AppTest]

PAGE = "pages/administration/trail.py"
ADMINISTRATOR = Viewer("administrator")


@pytest.fixture
def clicks(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], bytes]]:
    """What each download button runs when it is pressed, by its label."""
    found = {}
    monkeypatch.setattr(
        st, "download_button", lambda label, data, **_: found.__setitem__(label, data)
    )
    return found


def said(store: Store) -> list[tuple[str, str, dict]]:
    rows = store.ask("trail_list", ADMINISTRATOR).itertuples()
    return [(row.who, row.action, json.loads(row.what)) for row in rows]


def test_every_action_has_words():
    assert set(IN_WORDS) == set(Action)
    assert len(set(IN_WORDS.values())) == len(IN_WORDS)
    assert action_in_words("signed_in") == "Signed in"
    assert action_in_words("of another time") == "of another time"


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("{}", ""),
        (
            '{"upload_id": "U-1", "new": 1200, "filters": null}',
            "upload id: U-1; new: 1,200",
        ),
        ('{"only_rest": false, "roles": ["a", "b"]}', "only rest: no; roles: a, b"),
        (
            '{"trail_up_to": 3, "files_let_go": 1}',
            "entries deleted up to number: 3; files deleted: 1",
        ),
        ("no JSON", "no JSON"),
        ("[1]", "[1]"),
    ],
)
def test_what_an_entry_says_is_read(what: str, words: str):
    assert what_in_words(what) == words


@pytest.mark.parametrize(
    ("chosen", "numbers"),
    [
        ({}, [3, 2, 1]),
        ({"who": "B@"}, [2]),
        ({"who": "a@"}, [3, 1]),
        ({"actions": ["refused"]}, [3]),
        ({"actions": []}, []),
        ({"row_limit": 2}, [3, 2]),
        ({"trail_from": "today", "trail_to": "today"}, [3, 2, 1]),
        ({"trail_from": "tomorrow"}, []),
        ({"trail_to": "yesterday"}, []),
    ],
)
def test_the_trail_is_found_by_who_what_and_when(chosen: dict, numbers: list[int]):
    store = new_store()
    days = {"yesterday": -1, "today": 0, "tomorrow": 1}
    today = datetime.now(UTC).date()
    given = {
        name: today + timedelta(days=days[value]) if value in days else value
        for name, value in chosen.items()
        if not isinstance(value, list)
    } | {name: value for name, value in chosen.items() if isinstance(value, list)}
    log.record(store, "a@x.org", Action.SIGNED_IN)
    log.record(store, "b@x.org", Action.SIGNED_IN)
    log.record(store, "a@x.org", Action.REFUSED)
    found = store.ask("trail_list", ADMINISTRATOR, **given)
    store.close()
    assert list(found.entry_number) == numbers


@pytest.mark.parametrize(
    ("day", "zone", "numbers"),
    [
        ("2026-03-07", "America/New_York", [1]),
        ("2026-03-08", "America/New_York", [3, 2]),
        ("2026-03-09", "America/New_York", [4]),
        ("2026-03-08", None, [2, 1]),
        ("2026-03-09", None, [4, 3]),
    ],
)
def test_a_day_of_the_trail_is_one_of_the_time_zone(
    day: str, zone: str | None, numbers: list[int], monkeypatch: pytest.MonkeyPatch
):
    """March 8, 2026 has 23 hours in New York: from 5:00 UTC to 4:00 UTC."""
    store = new_store()
    for at in ("08T04:59", "08T05:00", "09T03:59", "09T04:00"):
        instant = datetime.fromisoformat(f"2026-03-{at}").replace(tzinfo=UTC)
        monkeypatch.setattr(log, "datetime", Clock(instant))
        log.record(store, "a@x.org", Action.SIGNED_IN)
    found = store.ask(
        "trail_list", ADMINISTRATOR, trail_from=day, trail_to=day, time_zone=zone
    )
    store.close()
    assert list(found.entry_number) == numbers


def test_the_page_shows_that_the_trail_is_whole_and_finds_entries(empty_app: Opened):
    opened = empty_app(PAGE, "administrator")
    assert "No entries match" in opened.info[0].value
    log.record(session.store(), "a@x.org", Action.SIGNED_IN)
    log.record(session.store(), "b@x.org", Action.UPLOADED, upload_id="U-1")
    opened.run()
    assert "The newest is entry 2." in opened.success[0].value
    (entries,) = (table.value for table in opened.dataframe)
    assert list(entries.action) == ["Uploaded a file", "Signed in"]
    assert list(entries.what) == ["upload id: U-1", ""]
    opened.multiselect(key="trail_actions").set_value([Action.SIGNED_IN]).run()
    assert not opened.exception
    assert list(opened.dataframe[0].value.who) == ["a@x.org"]
    opened.text_input(key="trail_who").set_value("b@").run()
    assert "No entries match" in opened.info[0].value


def test_the_page_says_what_is_wrong_with_the_trail(empty_app: Opened):
    empty_app(PAGE, "administrator")
    for _ in range(2):
        log.record(session.store(), "a@x.org", Action.SIGNED_IN)
    with session.store().cursor() as cursor:
        cursor.execute("delete from audit where entry_number = 1")
    opened = empty_app(PAGE, "administrator")
    assert "Entry 1 is missing." in opened.error[0].value
    assert not opened.success


def test_taking_the_trail_away_is_in_the_trail(empty_app: Opened, clicks: dict):
    opened = empty_app(PAGE, "administrator")
    log.record(session.store(), "=cmd()", Action.REFUSED)
    opened.run()
    assert [action for _, action, _ in said(session.store())] == ["refused"]
    taken = clicks["Download CSV (all entries that match)"]().decode("utf-8-sig")
    assert "'=cmd()" in taken
    assert said(session.store())[0] == (
        session.LOCAL,
        "exported",
        {"filters": "every entry", "rows": 1, "table": "trail"},
    )


@pytest.mark.long
def test_what_is_taken_away_is_in_the_trail(app: Opened, clicks: dict):
    app("pages/dashboards/demand.py", state="TX")
    before = len(said(session.store()))
    take_all = next(data for label, data in clicks.items() if "all" in label)
    content = take_all().decode("utf-8-sig")
    who, action, what = said(session.store())[0]
    assert len(said(session.store())) == before + 1
    assert (who, action) == (session.LOCAL, "exported")
    assert f"# Rows: {what['rows']}\r\n" in content
    assert "Texas" in what["filters"]


@pytest.mark.long
def test_files_and_rejected_rows_that_are_taken_away_are_in_the_trail(
    empty_app: Opened, clicks: dict
):
    opened = empty_app("pages/data/upload.py")
    content = b"agency_id,agency_name,state\nA1,Elm,TX\nA2,Oak,ZZ\n"
    opened.file_uploader[0].upload("Secret.csv", content).run()
    clicks["Download 1 rejected row"]()
    (commit,) = (button for button in opened.button if button.label == "Commit 1 row")
    commit.click().run()
    history = empty_app("pages/data/upload_history.py")
    assert not history.exception
    assert clicks["Download CSV (1 row)"]()
    about = empty_app("pages/data/about.py")
    assert not about.exception
    assert b"A1" in clicks["Download all agencies as CSV"]()
    details = [what for _, action, what in said(session.store()) if action == "exported"]
    assert [(what["table"], what["rows"]) for what in details] == [
        *(("all agencies", 1), ("uploads", 1), ("rejected agencies", 1)),
    ]
    assert "Secret" not in str(said(session.store()))


def test_no_button_takes_away_without_a_word():
    """Only templates, which hold nothing of the store, are handed out silently."""
    root = Path(session.__file__).resolve().parents[2]
    found = {
        path.name
        for folder in ("cri_ui", "pages")
        for path in (root / folder).rglob("*.py")
        if "st.download_button(" in path.read_text("utf-8")
    }
    assert found == {"downloads.py", "upload.py"}


def test_the_command_line_prints_the_trail(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CRI_STORE", str(tmp_path / "cri.duckdb"))
    store = open_store(tmp_path / "cri.duckdb")
    log.record(store, "a@x.org", Action.SIGNED_IN)
    store.close()
    assert main(["export", str(tmp_path / "out")]) == 0
    capsys.readouterr()
    assert main(["trail"]) == 0
    first, second, last = capsys.readouterr().out.splitlines()
    assert f"{WHO}  Downloaded data  rows: 30; table: every dataset" in first
    assert second.endswith("a@x.org  Signed in")
    # The third is that this was printed.
    assert last.startswith("The audit log is intact. Entry 3 has seal ")
    assert main(["trail", "--json"]) == 0
    newest, export, _ = map(json.loads, capsys.readouterr().out.splitlines())
    assert newest["what"] == {"rows": 2, "table": "trail"}
    assert export["what"] == {"rows": 30, "table": "every dataset"}
    assert newest["recorded_at"].endswith("Z")


def test_the_command_line_says_that_the_trail_is_not_whole(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CRI_STORE", str(tmp_path / "cri.duckdb"))
    store = open_store(tmp_path / "cri.duckdb")
    log.record(store, "a@x.org", Action.SIGNED_IN)
    with store.cursor() as cursor:
        cursor.execute("update audit set who = 'b@x.org'")
    store.close()
    assert main(["trail"]) == 1
    assert "Entry 1 was changed" in capsys.readouterr().out
    assert main(["check"]) == 1
    assert "trail: Entry 1 was changed" in capsys.readouterr().out
