"""Who signed in stays in until the limits, a sign-out or a change of the list."""

import time

import pytest

from cri_data.accounts import users
from cri_data.accounts.login_sessions import SignIns, end_all
from cri_data.accounts.oidc_claims import Ended, Refused, identity_of
from cri_data.model.roles import Viewer
from tests.support.small_store import empty_store

NOW = 1_800_000_000
ANN = "ann@office.gov"
MINUTE, HOUR = 60, 3600


def claims(**other: object) -> dict[str, object]:
    """What a provider says of Ann, who signed in now."""
    own = {"email": ANN, "email_verified": True, "iat": NOW, "exp": NOW + 24 * HOUR}
    given = own | {"provider": "office", "nonce": "n1"} | other
    return {name: value for name, value in given.items() if value is not None}


@pytest.fixture
def store():
    store = empty_store()
    users.add(store, ANN, "staff", None, "test")
    yield store
    store.close()


def actions(store) -> list[tuple[str, str]]:
    with store.cursor() as cursor:
        statement = "select who, action from audit order by entry_number"
        return [row for row in cursor.execute(statement).fetchall() if "role" not in row[1]]


@pytest.mark.long
def test_one_on_the_list_is_let_in_and_told_of_once(store):
    known, ann = SignIns(store), identity_of(claims())
    assert known.admit(store, ann, NOW) == Viewer("staff")
    assert known.admit(store, ann, NOW + 5) == Viewer("staff")
    assert actions(store) == [(ANN, "account_bound"), (ANN, "signed_in")]


@pytest.mark.parametrize(
    ("other", "error"),
    [
        ({"email": None}, Refused),
        ({"email": ""}, Refused),
        ({"email": ["ann@office.gov"]}, Refused),
        ({"email_verified": False}, Refused),
        ({"email_verified": "true"}, Refused),
        ({"email_verified": None}, Refused),
        ({"iat": None}, Ended),
        ({"iat": True}, Ended),
        ({"iat": "now"}, Ended),
        ({"iat": float("nan")}, Ended),
        ({"exp": "never"}, Ended),
        ({"exp": float("inf")}, Ended),
    ],
)
def test_what_a_claim_does_not_say_counts_against_it(other, error):
    with pytest.raises(error):
        identity_of(claims(**other))


def test_a_provider_can_be_vouched_for_but_not_against_its_own_word(monkeypatch):
    monkeypatch.setenv("CRI_VOUCHED_PROVIDERS", "other, office")
    assert identity_of(claims(email_verified=None)).email == ANN
    with pytest.raises(Refused):
        identity_of(claims(email_verified=False))
    with pytest.raises(Refused):
        identity_of(claims(email_verified=None, provider="stranger"))


def test_without_iat_the_time_of_the_password_counts():
    assert identity_of(claims(iat=None, auth_time=NOW - 9)).began_at == NOW - 9


@pytest.mark.long
@pytest.mark.parametrize(
    ("other", "later", "says"),
    [
        ({"exp": NOW + 60}, 60, "has expired"),
        ({}, 60 * MINUTE, "You were inactive for 60 minutes"),
        ({"iat": NOW - 12 * HOUR}, 0, "signed in 12 hours ago"),
        ({"iat": NOW - 20 * 24 * HOUR}, 0, "hours ago"),
        ({"iat": NOW + HOUR}, 0, "future"),
    ],
)
def test_a_sign_in_ends_in_time_and_stays_ended(store, other, later, says):
    known, ann = SignIns(store), identity_of(claims(**other))
    with pytest.raises(Ended, match=says):
        known.admit(store, ann, NOW + later)
    # Also for a server that starts now, and with a clock that was set back.
    with pytest.raises(Ended):
        SignIns(store).admit(store, ann, NOW)
    assert actions(store) == []


def test_clicks_keep_it_open_until_the_absolute_limit(store):
    known, ann = SignIns(store), identity_of(claims())
    for minutes in range(0, 12 * 60, 59):
        assert known.admit(store, ann, NOW + minutes * MINUTE)
    with pytest.raises(Ended, match="12 hours"):
        known.admit(store, ann, NOW + 12 * HOUR)


def test_a_page_that_looks_whether_it_holds_is_no_click(store):
    known, ann = SignIns(store), identity_of(claims())
    staff = known.admit(store, ann, NOW)
    for minutes in range(1, 60):
        assert known.holds(store, ann, staff, NOW + minutes * MINUTE)
    assert not known.holds(store, ann, staff, NOW + 60 * MINUTE)


def test_another_tab_or_a_restart_does_not_start_anew(store):
    ann = identity_of(claims())
    known = SignIns(store)
    known.admit(store, ann, NOW)
    with pytest.raises(Ended, match="You were inactive"):
        SignIns(store).admit(store, ann, NOW + 61 * MINUTE)


def test_the_limits_are_settings(store, monkeypatch):
    monkeypatch.setenv("CRI_SESSION_HOURS", "1")
    monkeypatch.setenv("CRI_IDLE_MINUTES", "5")
    known, ann = SignIns(store), identity_of(claims())
    assert known.admit(store, ann, NOW + 4 * MINUTE)
    with pytest.raises(Ended, match="5 minutes\\."):
        known.admit(store, ann, NOW + 9 * MINUTE)
    monkeypatch.setenv("CRI_IDLE_MINUTES", "1")
    bob = identity_of(claims(sub="bob"))
    with pytest.raises(Ended, match="for 1 minute\\."):
        known.admit(store, bob, NOW + MINUTE)


def test_signed_out_is_out_everywhere_and_told_once(store):
    known, ann = SignIns(store), identity_of(claims())
    known.admit(store, ann, NOW)
    known.end(store, ann, NOW)
    known.end(store, ann, NOW)
    for one in (known, SignIns(store)):
        with pytest.raises(Ended, match="signed out"):
            one.admit(store, ann, NOW + 1)
    # Signing in again, even within the same second, is another sign-in.
    assert known.admit(store, identity_of(claims(nonce="n2")), NOW + 1)
    assert [action for _, action in actions(store)] == [
        "account_bound",
        "signed_in",
        "signed_out",
        "signed_in",
    ]


def test_a_stranger_is_refused_and_told_of_once(store):
    known, who = SignIns(store), identity_of(claims(email="bob@elsewhere.org"))
    for later in range(3):
        with pytest.raises(Refused, match="does not have access"):
            known.admit(store, who, NOW + later)
    assert actions(store) == [("bob@elsewhere.org", "refused")]


def test_a_change_of_role_holds_at_once(store):
    known, ann = SignIns(store), identity_of(claims())
    staff = known.admit(store, ann, NOW)
    assert known.holds(store, ann, staff, NOW)
    users.add(store, ANN, "leadership", None, "test")
    assert not known.holds(store, ann, staff, NOW)
    assert known.admit(store, ann, NOW) == Viewer("leadership")
    users.add(store, "ada@office.gov", "administrator", None, "test")
    users.remove(store, ANN, "ada@office.gov")
    with pytest.raises(Refused):
        known.admit(store, ann, NOW)


@pytest.mark.parametrize("is_removed_first", [False, True])
def test_who_is_added_again_signs_in_anew_and_may_be_another(store, is_removed_first):
    """The old account is out before the new one came: it binds nothing again."""
    began, later = time.time() - 60, time.time() + 60
    known = SignIns(store)
    old = identity_of(claims(iat=began, exp=None, sub="old"))
    staff = known.admit(store, old, began)
    if is_removed_first:
        users.remove(store, ANN, "test")
    users.add(store, ANN, "staff", None, "test")
    for one in (known, SignIns(store)):
        assert not one.holds(store, old, staff, later)
        with pytest.raises(Ended, match="were ended"):
            one.admit(store, old, later)
    new = identity_of(claims(iat=later, exp=None, sub="new"))
    assert known.admit(store, new, later) == staff
    assert known.holds(store, new, staff, later)
    again = identity_of(claims(iat=later, exp=None, sub="old", nonce="n2"))
    assert not known.holds(store, again, staff, later)
    with pytest.raises(Refused, match="another account"):
        known.admit(store, again, later)


@pytest.mark.parametrize(
    "other",
    [
        {"sub": "2"},
        {"iss": "https://other"},
        {"sub": None},
        {"iss": None, "provider": "other"},
    ],
)
def test_an_email_is_one_account_until_an_administrator_says_otherwise(store, other):
    first = {"iss": "https://office", "sub": "1"}
    known = SignIns(store)
    known.admit(store, identity_of(claims(**first)), NOW)
    # A second provider claims the e-mail, or it passed to somebody else.
    posing = identity_of(claims(nonce="n2", **(first | other)))
    for _ in range(2):
        with pytest.raises(Refused, match="another account"):
            known.admit(store, posing, NOW + 1)
    with pytest.raises(Refused, match="another account"):
        SignIns(store).admit(store, posing, NOW + 1)
    again = identity_of(claims(nonce="n3", provider="renamed", **first))
    assert known.admit(store, again, NOW + 2)
    assert [action for _, action in actions(store)].count("refused") == 1
    users.add(store, ANN, "staff", None, "test")
    assert known.admit(store, posing, NOW + 3)


def test_all_sign_ins_of_one_end_and_no_other(store):
    users.add(store, "bob@office.gov", "staff", None, "test")
    known = SignIns(store)
    first, second = identity_of(claims()), identity_of(claims(nonce="n2"))
    # Of a provider whose clock is ahead.
    ahead = identity_of(claims(iat=NOW + 200))
    bob = identity_of(claims(email="bob@office.gov"))
    for one in (first, second, ahead, bob):
        known.admit(store, one, NOW + 5)
    assert len(known.open_of(store, ANN, NOW + 6)) == 3
    end_all(store, "Ann@office.gov", "ada@office.gov", NOW + 10)
    assert known.open_of(store, ANN, NOW + 11) == []
    for one in (first, second, ahead):
        assert not known.holds(store, one, Viewer("staff"), NOW + 11)
        # After a restart too, whatever the provider's clock says.
        assert not SignIns(store).holds(store, one, Viewer("staff"), NOW + 201)
        with pytest.raises(Ended, match="were ended"):
            known.admit(store, one, NOW + 11)
    # And only what had begun by then.
    assert known.admit(store, identity_of(claims(iat=NOW + 11)), NOW + 11)
    assert known.holds(store, bob, Viewer("staff"), NOW + 11)
    assert ("ada@office.gov", "sign_ins_ended") in actions(store)
    with pytest.raises(users.PeopleError):
        end_all(store, "nobody", "ada@office.gov")
