"""The list of people: who is on it, who may never leave it, what the trail says."""

import json

import pytest

from cri_data.accounts import users
from cri_data.accounts.users import PeopleError
from cri_data.cli.command import WHO
from cri_data.model.roles import Viewer
from tests.support.commands import Commands, make_store
from tests.support.small_store import add, empty_store

ADMIN = "ada@office.gov"


@pytest.fixture
def store():
    store = empty_store()
    add(store, "partners", ("P1", "Partner One"))
    users.add(store, ADMIN, "administrator", None, "test")
    yield store
    store.close()


def trail(store) -> list[tuple]:
    with store.cursor() as cursor:
        rows = cursor.execute(
            "select who, action, what from audit order by entry_number"
        ).fetchall()
    return [(who, action, json.loads(what)) for who, action, what in rows]


def emails(store) -> list[str]:
    return [person.email for person in users.listed(store)]


def test_an_email_is_kept_in_lower_case_and_once(store):
    users.add(store, "  Bo@Office.GOV ", "staff", None, ADMIN)
    users.add(store, "bo@office.gov", "leadership", None, ADMIN)
    assert emails(store) == [ADMIN, "bo@office.gov"]
    assert users.viewer_of(store, "BO@office.gov") == Viewer("leadership")


def test_a_partners_person_is_bound_to_it(store):
    users.add(store, "cy@partner.org", "partner", "P1", ADMIN)
    assert users.viewer_of(store, "cy@partner.org") == Viewer("partner", "P1")


@pytest.mark.parametrize("email", ["", "stranger@office.gov", "%", "ada@office.gov\x00"])
def test_who_is_on_no_list_is_nobody(store, email: str):
    assert users.viewer_of(store, email) is None


def test_a_letter_that_becomes_another_in_lower_case_is_not_that_other(store):
    users.add(store, "kim@office.gov", "staff", None, ADMIN)
    kelvin = "\N{KELVIN SIGN}im@office.gov"
    assert kelvin.lower() == "kim@office.gov"
    assert users.viewer_of(store, kelvin) is None


def test_a_role_that_is_none_lets_nobody_in(store):
    with store.cursor() as cursor:
        cursor.execute("update people set role = 'director'")
    assert users.viewer_of(store, ADMIN) is None


@pytest.mark.long
@pytest.mark.parametrize(
    ("email", "role", "partner", "says"),
    [
        ("nobody", "staff", None, "is not a valid email address"),
        ("a@b@c", "staff", None, "is not a valid email address"),
        ("a b@c", "staff", None, "is not a valid email address"),
        ("a@c", "director", None, "There are: leadership"),
        ("a@c", "staff", "P1", "Leave the partner out"),
        ("a@c", "partner", None, "Choose the partner"),
        ("a@c", "partner", "P9", "no partner 'P9'"),
        (ADMIN, "staff", None, "only administrator"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(store, email, role, partner, says):
    before = users.listed(store), trail(store)
    with pytest.raises(PeopleError, match=says):
        users.add(store, email, role, partner, ADMIN)
    assert (users.listed(store), trail(store)) == before


def test_the_last_administrator_stays_until_there_is_another(store):
    with pytest.raises(PeopleError, match="only administrator"):
        users.remove(store, ADMIN, ADMIN)
    users.add(store, "bo@office.gov", "administrator", None, ADMIN)
    users.remove(store, ADMIN, "bo@office.gov")
    assert emails(store) == ["bo@office.gov"]


def test_one_who_is_not_listed_cannot_be_removed(store):
    with pytest.raises(PeopleError, match="not on the list"):
        users.remove(store, "x@office.gov", ADMIN)


def test_the_trail_tells_of_every_change(store):
    users.add(store, "cy@partner.org", "partner", "P1", ADMIN)
    users.remove(store, "cy@partner.org", ADMIN)
    what = {"email": "cy@partner.org", "role": "partner", "partner": "P1"}
    assert trail(store)[1:] == [(ADMIN, "role_given", what), (ADMIN, "role_taken", what)]


def test_the_first_administrator_comes_from_the_setting(monkeypatch):
    store = empty_store()
    monkeypatch.setenv("CRI_ADMIN", "First@office.gov")
    users.add_first_administrator(store)
    users.add_first_administrator(store)
    assert [(p.email, p.role, p.added_by) for p in users.listed(store)] == [
        ("first@office.gov", "administrator", "CRI_ADMIN")
    ]
    monkeypatch.setenv("CRI_ADMIN", "second@office.gov")
    users.add_first_administrator(store)
    assert emails(store) == ["first@office.gov"]
    store.close()


@pytest.mark.long
def test_the_command_line_adds_lists_and_removes(tmp_path, monkeypatch, capsys):
    path = make_store(tmp_path / "made.duckdb")
    run = Commands(path, tmp_path / "cri.duckdb", monkeypatch, capsys)
    assert run("people", "add", "Ada@office.gov", "administrator")[0] == 0
    added = run("people", "add", "cy@partner.org", "partner", "--partner", "P1")
    assert added[:2] == (0, "cy@partner.org can sign in as partner of P1.\n")
    assert "cy@partner.org  partner  P1" in run("people", "list")[1]
    listed = json.loads(run("people", "list", "--json")[1])
    assert [one["added_by"] for one in listed] == [WHO] * 2
    assert run("people", "end", "cy@partner.org")[1] == (
        "cy@partner.org is signed out everywhere.\n"
    )
    assert "Ended sign-ins" in run("trail")[1]
    assert run("people", "remove", "cy@partner.org")[0] == 0
    code, _, error = run("people", "remove", "ada@office.gov")
    assert (code, "only administrator" in error) == (2, True)
