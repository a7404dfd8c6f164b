"""The app with sign-in: who comes in, who is turned away, and what each is told."""

import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cri_data.accounts import users
from cri_data.model.roles import Viewer
from cri_data.store.connection import open_store
from cri_ui.session import services
from cri_ui.session.services import Services
from tests.accounts.test_login_sessions import HOUR, claims
from tests.support.tables import tiles_of

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


COMPLETE = {
    "redirect_uri": "http://localhost:8501/oauth2callback",
    "cookie_secret": "c" * 40,
    "office": {"client_id": "d", "client_secret": "s", "server_metadata_url": "https://x"},
}


@pytest.fixture
def app(demonstration_path: Path, tmp_path, monkeypatch):
    """Open the app with sign-in configured, as whom the claims tell of."""
    copy = tmp_path / "cri.duckdb"
    copy.write_bytes(demonstration_path.read_bytes())
    opened = open_store(copy)
    partner_id = opened.ask("partners_options", Viewer("staff")).partner_id[0]
    for role in ("administrator", "leadership", "staff", "partner"):
        of = partner_id if role == "partner" else None
        users.add(opened, f"{role}@office.gov", role, of, "test")
    opened.close()
    monkeypatch.setenv("CRI_STORE", str(copy))
    begun = Services()
    services.provide(begun)

    def opened_as(
        user: dict[str, object], auth: dict = COMPLETE, query: str = "", **state
    ) -> AppTest:
        test = AppTest.from_file(str(ROOT / "cri_ui" / "main.py"), default_timeout=60)
        if query:
            test.query_params["sign_in"] = query
        test.secrets["auth"] = auth
        test.user = user
        for name, value in state.items():
            test.session_state[name] = value
        return test.run()

    yield opened_as
    services.provide(None)
    begun.stop()


def signed_in(email: str, **other: object) -> dict[str, object]:
    now = time.time()
    times = {"iat": now - 5, "exp": now + HOUR}
    return claims(email=email, is_logged_in=True, aud="d", **times) | other


def drawn(test: AppTest) -> str:
    return "\n".join(one.value for one in [*test.title, *test.text, *test.markdown])


def test_not_signed_in_there_is_a_button_per_provider_and_nothing_else(app):
    test = app({"is_logged_in": False}, COMPLETE | {"partners": COMPLETE["office"]})
    assert not test.exception
    assert [button.label for button in test.button] == [
        "Sign in with Office",
        "Sign in with Partners",
    ]
    assert not tiles_of(test)
    assert not test.sidebar.children


def test_who_was_not_let_in_by_the_provider_is_told_whom_to_tell(app):
    test = app({"is_logged_in": False}, query="failed")
    assert "Sign-in failed" in test.error[0].value
    assert "contact the program office" in test.text[0].value
    assert not app({"is_logged_in": False}).error


@pytest.mark.parametrize("user", [{"email": "staff@office.gov"}, {"is_logged_in": "yes"}])
def test_an_identity_that_is_not_signed_in_is_none(app, user):
    test = app({"is_logged_in": False} | user)
    assert test.title[0].value == "Collaborative Reform dashboard"


def test_a_role_taken_away_ends_at_the_next_run(app):
    test = app(signed_in("staff@office.gov"))
    assert "staff@office.gov" in drawn(test)
    # What a callback or a file made later asks, before or without a run.
    still = test.session_state["_shown"].still
    assert still()
    users.remove(services.current().store(), "staff@office.gov", "test")
    assert not still()
    test.run()
    assert test.title[0].value == "You don't have access yet"
    assert "Ask the program office" in drawn(test)
    assert not tiles_of(test)


def test_one_sees_where_one_is_signed_in_and_ends_it_all(app):
    test = app(signed_in("staff@office.gov", nonce="n2"))
    test = app(signed_in("staff@office.gov"))
    assert drawn(test).count("last click") == 2
    assert "administrator@" not in drawn(test)
    test.button(key="end_all_mine").click().run()
    assert not tiles_of(test)
    for nonce in ("n1", "n2"):
        test = app(signed_in("staff@office.gov", nonce=nonce))
        assert "Your sign-ins were ended." in test.info[0].value
        assert not tiles_of(test)


@pytest.mark.parametrize("aud", [None, "another", ["another"], "", ["", None], {"d": 1}])
def test_an_identity_made_for_another_program_is_refused(app, aud):
    test = app(signed_in("staff@office.gov", aud=aud))
    assert test.title[0].value == "You don't have access yet"
    assert not tiles_of(test)
    assert tiles_of(app(signed_in("staff@office.gov", aud=["x", "d"])))


def test_with_half_a_configuration_nobody_is_let_in(app):
    for line in ("cookie_secret", "redirect_uri"):
        auth = {name: value for name, value in COMPLETE.items() if name != line}
        test = app(signed_in("staff@office.gov"), auth)
        assert f"[auth] has no {line}." in drawn(test)
        assert not tiles_of(test)


@pytest.mark.parametrize(
    ("role", "asked", "seen"),
    [
        ("leadership", "staff", "leadership"),
        ("leadership", "administrator", "leadership"),
        ("partner", "staff", "partner"),
        ("staff", "administrator", "staff"),
        ("staff", "leadership", "leadership"),
        ("administrator", "staff", "staff"),
        ("administrator", "director", "administrator"),
    ],
)
def test_nobody_looks_as_one_who_may_do_more(app, role, asked, seen):
    test = app(signed_in(f"{role}@office.gov"), view_as=asked)
    assert not test.exception
    shown = test.session_state["_shown"]
    assert (shown.who, shown.viewer.role) == (f"{role}@office.gov", seen)
