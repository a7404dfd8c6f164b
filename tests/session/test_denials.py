"""What somebody asks for without the right to it is in the trail, and floods nothing."""

from pathlib import Path

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash

from cri_data.store.connection import open_store
from cri_ui.session import session
from tests.server.test_hardening import running, session_of
from tests.views.test_pages import Opened

ENTRIES = "select who, what from audit where action = 'denied' order by entry_number"


def entries(store) -> list[tuple[str, str]]:
    with store.cursor() as cursor:
        return cursor.execute(ENTRIES).fetchall()


@pytest.fixture
def opened(empty_app: Opened):
    return empty_app("pages/dashboards/overview.py", "staff")


def test_a_page_asked_for_without_the_right_is_told_once_an_hour(opened):
    assert entries(session.store()) == []
    for _ in range(3):
        opened._page_hash = calc_hash("people")
        opened.run()
        assert opened.title[0].value == "You don't have access to this page"
        assert "ask the program office" in opened.text[-1].value
    assert entries(session.store()) == [("staff (local)", '{"page": "people"}')]
    opened._page_hash = calc_hash("trail")
    opened.run()
    assert len(entries(session.store())) == 2


def test_who_looks_as_another_has_lost_no_right(opened):
    opened.session_state["view_as"] = "leadership"
    # The second is no page at all.
    for page_hash in (calc_hash("upload"), "f" * 32):
        opened._page_hash = page_hash
        opened.run()
    assert entries(session.store()) == []


def test_a_page_that_refuses_tells_too(empty_app: Opened, monkeypatch):
    monkeypatch.setattr("cri_ui.navigation._may_open", lambda *_: True)
    empty_app("pages/administration/trail.py", "staff")
    assert entries(session.store()) == [("staff (local)", '{"permission": "view_trail"}')]


@pytest.mark.long
def test_an_address_typed_into_a_browser_is_told(tmp_path: Path):
    path, log = tmp_path / "store" / "cri.duckdb", tmp_path / "log"
    settings = {"CRI_STORE": str(path), "CRI_DEMO": "0"}
    with running("app.py", log, **settings) as port:
        for name in ("people", "people\n<b>", "overview"):
            with session_of(port, name) as (_, page):
                finished(page)
    store = open_store(path)
    assert entries(store) == [("staff (local)", '{"page": "people"}')]
    store.close()


def finished(page) -> None:
    while ForwardMsg.FromString(page.recv(30)).WhichOneof("type") != "script_finished":
        pass
