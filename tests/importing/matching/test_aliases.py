"""What is confirmed about names, and forgotten: at once, and in the trail."""

import json
from contextlib import closing

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from cri_data.importing.mapping.saved_recipes import forget
from cri_data.importing.matching.aliases import forget_names, remember_names
from cri_data.importing.matching.match import UnknownRecord, confirmed_names
from cri_data.importing.matching.name_files import forget_file, remember_file
from cri_data.store.store import Store, StoreError
from cri_ui.session import session
from tests.support.stores import demonstration_store, new_store
from tests.support.uploads import AGENCIES, loaded

CONFIRMED = b"name,state,agency_id\nELM PUBLIC SAFETY,TX,A1\nOLD ELM MILL PD,TX,A1\n"


@pytest.fixture
def store():
    opened = new_store()
    loaded(opened, "agencies", AGENCIES + "A1,Elm Police Department,TX\n")
    yield opened
    opened.close()


def entries(store: Store) -> list[tuple[str, str, dict]]:
    """Who, action and what of every entry after the first upload."""
    with store.cursor() as cursor:
        rows = cursor.execute(
            "select who, action, what from audit order by entry_number offset 1"
        ).fetchall()
    return [(who, action, json.loads(what)) for who, action, what in rows]


def aliases(store: Store) -> int:
    with store.cursor() as cursor:
        return confirmed_names(cursor, "agencies").num_rows


def test_what_a_file_confirms_and_forgets_is_in_the_trail_without_the_names(store):
    assert remember_file(store, "agencies", "n.csv", CONFIRMED, "Ann") == 2
    assert forget_file(store, "agencies", "n.csv", CONFIRMED, "Ben") == 2
    what = {"dataset": "agencies", "names": 2}
    assert entries(store) == [
        ("Ann", "names_remembered", what),
        ("Ben", "names_forgotten", what),
    ]


def test_what_is_refused_is_neither_kept_nor_in_the_trail(store):
    confirmed = pa.table({"name": ["X"], "state": ["TX"], "record_id": ["A9"]})
    with pytest.raises(UnknownRecord):
        remember_names(store, "agencies", confirmed, "Ann")
    assert (entries(store), aliases(store)) == ([], 0)
    assert forget_names(store, "agencies", confirmed, "Ann") == 0


def test_forgetting_how_files_are_written_is_in_the_trail(store):
    forget(store, "agencies", ("ORI", "Who"), "Ann")
    assert entries(store) == [("Ann", "decisions_forgotten", {"dataset": "agencies"})]


def test_a_demonstration_remembers_no_real_name():
    with closing(demonstration_store(400)) as store:
        with pytest.raises(StoreError, match="does not accept real data"):
            remember_file(store, "agencies", "n.csv", CONFIRMED, "Ann")
        assert aliases(store) == 0


REQUESTS = b"""request_id,received_on,topic_ids,Station Name,State
R1,2024-01-01,training,Elm Public Safety,TX
"""


@pytest.fixture
def page(empty_app) -> AppTest:
    """The upload page, which asks which agency a name means."""
    page = empty_app("pages/data/upload.py")
    loaded(session.store(), "agencies", AGENCIES + "A1,Elm Police Department,TX\n")
    page.selectbox(key="upload_dataset").set_value("requests").run()
    return page.file_uploader[0].upload("r.csv", REQUESTS).run()


def asked(page: AppTest):
    """The button of the agency that the name may mean."""
    return next(b for b in page.button if b.label.startswith("Elm Police Department (TX"))


@pytest.mark.long
def test_a_name_confirmed_on_the_page_is_in_the_trail(page: AppTest):
    asked(page).click().run()
    assert not page.exception
    (entry,) = entries(session.store())
    assert entry[1:] == ("names_remembered", {"dataset": "agencies", "names": 1})


@pytest.mark.long
def test_an_agency_that_went_meanwhile_is_said_and_nothing_is_kept(page: AppTest):
    with session.store().cursor() as cursor:
        cursor.execute("delete from agencies")
    asked(page).click().run()
    assert not page.exception
    assert "cannot be saved as 'A1'" in page.error[0].value
    assert (entries(session.store()), aliases(session.store())) == ([], 0)


@pytest.mark.long
def test_decisions_forgotten_on_the_page_are_in_the_trail(page: AppTest):
    asked(page).click().run()
    constants = next(m for m in page.multiselect if m.label.startswith("Columns with"))
    constants.set_value(["source"]).run()
    source = next(t for t in page.text_input if t.label == "source in every row")
    source.set_value("Phone").run()
    next(b for b in page.button if b.label == "Commit 1 row").click().run()
    page.file_uploader[0].upload("s.csv", REQUESTS.replace(b"R1", b"R2")).run()
    page.button(key="forget_recipe").click().run()
    assert not page.exception
    assert entries(session.store())[-1][1:] == (
        "decisions_forgotten",
        {"dataset": "requests"},
    )
