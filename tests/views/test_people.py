"""The page People and access: what an administrator does there."""

import time

import pytest

from cri_data.accounts import users
from cri_data.accounts.oidc_claims import Ended, identity_of
from cri_ui.session import services, session
from tests.support.tables import tables_of
from tests.views.test_pages import Opened, text_of

PAGE = "pages/administration/people.py"


def test_a_person_is_added_and_removed_once_that_is_confirmed(empty_app: Opened) -> None:
    opened = empty_app(PAGE, "administrator")
    opened.text_input(key="people_email").set_value("Ada@office.gov")
    opened.selectbox(key="people_role").set_value("leadership")
    opened.button(key="people_add").click().run()
    assert "can now sign in as leadership" in opened.success[0].value
    assert opened.dataframe[0].value["Email"].tolist() == ["ada@office.gov"]

    opened.selectbox(key="people_remove").set_value("ada@office.gov").run()
    # Pressed over the wire, though it is drawn disabled.
    button = opened.button(key="people_remove_now")
    assert button.disabled
    button.proto.disabled = False
    button.click().run()
    assert len(users.listed(session.store())) == 1
    opened.checkbox[0].check().run()
    opened.button(key="people_remove_now").click().run()
    assert users.listed(session.store()) == []


def test_an_administrator_ends_the_sign_ins_of_a_person(empty_app: Opened) -> None:
    opened = empty_app(PAGE, "administrator")
    users.add(session.store(), "ada@office.gov", "staff", None, "test")
    now = time.time()
    claims = {"email": "ada@office.gov", "email_verified": True, "iat": now - 5}
    ada = identity_of(claims)
    services.current().sign_ins().admit(session.store(), ada, now)
    opened.run()
    opened.selectbox(key="people_end").set_value("ada@office.gov").run()
    assert "seen by this dashboard: 1." in text_of(opened)
    opened.button(key="people_end_now").click().run()
    assert "signed out everywhere and can sign in again" in opened.success[0].value
    with pytest.raises(Ended):
        services.current().sign_ins().admit(session.store(), ada, time.time())
    # The role stays, and a new sign-in is let in.
    later = identity_of(claims | {"iat": time.time()})
    assert services.current().sign_ins().admit(session.store(), later, time.time())


def test_an_address_copied_from_a_page_is_the_same(empty_app: Opened) -> None:
    opened = empty_app(PAGE, "administrator")
    assert "this list has no effect yet" in text_of(opened)
    for email, role in (
        ("ada@office.gov", "leadership"),
        ("Ada@\u200boffice.gov", "staff"),
    ):
        opened.text_input(key="people_email").set_value(email)
        opened.selectbox(key="people_role").set_value(role).run()
        warned = "has the role Leadership. Saving changes it." in text_of(opened)
        assert warned == (role == "staff")
        opened.button(key="people_add").click().run()
    (person,) = users.listed(session.store())
    assert (person.email, person.role) == ("ada@office.gov", "staff")


def test_what_cannot_be_is_said(empty_app: Opened) -> None:
    opened = empty_app(PAGE, "administrator")
    opened.text_input(key="people_email").set_value("<b>nobody</b>")
    opened.button(key="people_add").click().run()
    assert "is not a valid email address" in opened.error[0].value
    assert "<b" not in opened.error[0].value.replace("\\<", "")
    opened.text_input(key="people_email").set_value("ada@office.gov")
    opened.button(key="people_add").click().run()
    assert "Choose a role" in opened.error[0].value
    opened.selectbox(key="people_role").set_value("partner").run()
    opened.button(key="people_add").click().run()
    assert "Choose the partner" in opened.error[0].value
    assert users.listed(session.store()) == []


def test_every_role_is_told_with_its_pages(empty_app: Opened) -> None:
    opened = empty_app(PAGE, "administrator")
    table = tables_of(opened)[-1]
    assert table["Role"].tolist() == ["Leadership", "Staff", "Partner", "Administrator"]
    has_page = ["People and access" in pages for pages in table["Pages"]]
    assert has_page == [False, False, False, True]
    assert "on the person's next click" in text_of(opened)
