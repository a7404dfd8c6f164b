"""The page People and access: what an administrator does there."""

from cri_data import people
from cri_ui import session
from tests.test_pages import Opened, text_of

PAGE = "pages/administration/people.py"


def test_a_person_is_added_and_removed_once_that_is_confirmed(empty_app: Opened) -> None:
    opened = empty_app(PAGE, "administrator")
    opened.text_input(key="people_email").set_value("Ada@office.gov")
    opened.selectbox(key="people_role").set_value("leadership")
    opened.button(key="people_add").click().run()
    assert "may sign in now, as leadership" in opened.success[0].value
    assert opened.dataframe[0].value["E-mail"].tolist() == ["ada@office.gov"]

    opened.selectbox(key="people_remove").set_value("ada@office.gov").run()
    # Pressed over the wire, though it is drawn disabled.
    button = opened.button(key="people_remove_now")
    assert button.disabled
    button.proto.disabled = False
    button.click().run()
    assert len(people.listed(session.store())) == 1
    opened.checkbox[0].check().run()
    opened.button(key="people_remove_now").click().run()
    assert people.listed(session.store()) == []


def test_an_address_copied_from_a_page_is_the_same(empty_app: Opened) -> None:
    opened = empty_app(PAGE, "administrator")
    assert "this list does nothing yet" in text_of(opened)
    for email, role in (
        ("ada@office.gov", "leadership"),
        ("Ada@\u200boffice.gov", "staff"),
    ):
        opened.text_input(key="people_email").set_value(email)
        opened.selectbox(key="people_role").set_value(role).run()
        warned = "is on the list as Leadership: saving changes that." in text_of(opened)
        assert warned == (role == "staff")
        opened.button(key="people_add").click().run()
    (person,) = people.listed(session.store())
    assert (person.email, person.role) == ("ada@office.gov", "staff")


def test_what_cannot_be_is_said(empty_app: Opened) -> None:
    opened = empty_app(PAGE, "administrator")
    opened.text_input(key="people_email").set_value("<b>nobody</b>")
    opened.button(key="people_add").click().run()
    assert "no e-mail address" in opened.error[0].value
    assert "<b" not in opened.error[0].value.replace("\\<", "")
    assert people.listed(session.store()) == []


def test_every_role_is_told_with_its_pages(empty_app: Opened) -> None:
    opened = empty_app(PAGE, "administrator")
    table = opened.table[-1].value
    assert table["Role"].tolist() == ["Leadership", "Staff", "Partner", "Administrator"]
    has_page = ["People and access" in pages for pages in table["Pages"]]
    assert has_page == [False, False, False, True]
    assert "from their next click" in text_of(opened)
