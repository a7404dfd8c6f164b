"""Saved views: own and shared, replaced by name, gone with the person, in the audit log."""

import pytest

from cri_data.accounts import saved_views, users
from cri_data.accounts.saved_views import SavedViewError
from cri_data.store.store import Store
from tests.support.small_store import empty_store

ADA, BEN = "ada@office.gov", "ben@office.gov"


@pytest.fixture
def store() -> Store:
    return empty_store()


def save(store: Store, person: str, name: str, shared: bool = False) -> str:
    address = "region=West&from_fy=FY2024"
    return saved_views.save(store, person, name, "demand", address, shared).view_id


def names(store: Store, person: str, sees_shared: bool = True) -> list[str]:
    return [view.name for view in saved_views.of_person(store, person, sees_shared)]


def test_own_views_stand_first_and_others_see_the_shared_ones(store: Store):
    save(store, ADA, "west")
    save(store, ADA, "East", shared=True)
    save(store, BEN, "aardvark")
    assert names(store, ADA) == ["East", "west"]
    assert names(store, BEN) == ["aardvark", "East"]
    assert names(store, BEN, sees_shared=False) == ["aardvark"]


def test_what_is_saved_is_what_comes_back(store: Store):
    save(store, ADA, "  West \n of  us ")
    (view,) = saved_views.of_person(store, ADA, sees_shared=False)
    assert (view.name, view.page) == ("West of us", "demand")
    assert view.address == "region=West&from_fy=FY2024"
    assert not view.is_shared


def test_a_view_of_the_same_name_is_replaced(store: Store):
    first = save(store, ADA, "West")
    second = save(store, ADA, "WEST", shared=True)
    save(store, BEN, "west")
    (view,) = saved_views.of_person(store, ADA, sees_shared=False)
    assert view.view_id == second != first


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Enter a name"),
        (" \t ", "Enter a name"),
        ("x" * 81, "up to 80 characters"),
        ("a\u202eb", "visible"),
        ("a\x00b", "visible"),
    ],
)
def test_a_name_that_cannot_be_saved(store: Store, name: str, said: str):
    with pytest.raises(SavedViewError, match=said):
        save(store, ADA, name)
    assert not names(store, ADA)


def test_an_address_that_is_too_long_is_refused(store: Store):
    with pytest.raises(SavedViewError, match="Too many filters"):
        saved_views.save(store, ADA, "Long", "demand", "x" * 2001, False)


def test_a_person_has_a_hundred_views_at_most(store: Store):
    for number in range(100):
        save(store, ADA, f"View {number}")
    with pytest.raises(SavedViewError, match="100 saved views"):
        save(store, ADA, "One more")
    save(store, ADA, "view 7")
    save(store, BEN, "Of somebody else")
    assert len(names(store, ADA)) == 100


def test_only_its_owner_removes_a_view(store: Store):
    view_id = save(store, ADA, "West", shared=True)
    with pytest.raises(SavedViewError, match="not there any more"):
        saved_views.remove(store, BEN, view_id)
    saved_views.remove(store, ADA, view_id)
    assert not names(store, ADA)
    with pytest.raises(SavedViewError, match="not there any more"):
        saved_views.remove(store, ADA, view_id)


def test_the_audit_log_names_no_view(store: Store):
    view_id = save(store, ADA, "Secret name")
    saved_views.remove(store, ADA, view_id)
    entries = _entries(store)
    assert [action for action, _ in entries] == ["view_saved", "view_removed"]
    assert not any("Secret" in what for _, what in entries)


def _entries(store: Store) -> list[tuple[str, str]]:
    with store.cursor() as cursor:
        return cursor.execute(
            "select action, what from audit where who = $who order by entry_number",
            {"who": ADA},
        ).fetchall()


def test_a_person_who_is_removed_leaves_no_view(store: Store):
    users.add(store, BEN, "administrator", None, "test")
    users.add(store, ADA, "staff", None, "test")
    save(store, ADA, "West", shared=True)
    save(store, BEN, "East")
    users.remove(store, ADA, BEN)
    assert names(store, BEN) == ["East"]


def test_views_change_no_number(store: Store):
    """What dashboards have answered so far stays good."""
    before = store.info().data_version
    save(store, ADA, "West")
    assert store.info().data_version == before
