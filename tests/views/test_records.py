"""The page of single records and the confirmation of names, through the app."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from cri_data.model.roles import STAFF
from cri_ui.session import session

pytestmark = pytest.mark.slow

Opened = Callable[..., AppTest]

AGENCIES = b"""agency_id,agency_name,state,city
TX0010100,Elm Police Department,TX,Elm
TX0020000,Oak County Sheriff's Office,TX,Oak
"""


def loaded(empty_app: Opened) -> AppTest:
    """The upload page with two agencies committed."""
    opened = empty_app("pages/data/upload.py")
    opened.file_uploader[0].upload("a.csv", AGENCIES).run()
    (commit,) = (button for button in opened.button if button.label == "Commit 2 rows")
    commit.click().run()
    assert not opened.exception
    return opened


def press(opened: AppTest, label: str) -> AppTest:
    (button,) = (button for button in opened.button if button.label == label)
    button.click().run()
    assert not opened.exception
    return opened


def cities() -> list[str | None]:
    with session.store().cursor() as cursor:
        rows = cursor.execute("select city from agencies order by agency_id").fetchall()
    return [city for (city,) in rows]


def test_a_record_is_found_corrected_and_withdrawn(empty_app: Opened) -> None:
    loaded(empty_app)
    page = empty_app("pages/data/records.py")
    page.text_input(key="records_agencies_record_text").set_value("elm").run()
    (city,) = (field for field in page.text_input if field.label == "City")
    assert city.value == "Elm"
    city.set_value("Elmwood").run()
    press(page, "Save")
    assert cities() == ["Elmwood", "Oak"]
    assert page.success[0].value.startswith("Saved as U-")
    press(page, "Withdraw TX0010100")
    assert page.success[0].value.startswith("Withdrawn as U-")
    assert cities() == ["Oak"]
    kinds = session.store().ask("uploads_list", STAFF).kind
    assert list(kinds) == ["withdrawal", "correction", "file"]


def test_a_wrong_correction_is_explained_and_not_saved(empty_app: Opened) -> None:
    loaded(empty_app)
    page = empty_app("pages/data/records.py")
    page.text_input(key="records_agencies_record_text").set_value("elm").run()
    (state,) = (field for field in page.text_input if field.label == "State")
    state.set_value("Mars").run()
    assert "Not a valid state" in page.error[0].value
    assert "Save" not in [button.label for button in page.button]


def elm(empty_app: Opened) -> AppTest:
    """Somebody's Records page with that agency open."""
    page = empty_app("pages/data/records.py")
    page.text_input(key="records_agencies_record_text").set_value("elm").run()
    assert not page.exception
    return page


def typed(page: AppTest, label: str, text: str) -> AppTest:
    (field,) = (field for field in page.text_input if field.label == label)
    field.set_value(text).run()
    assert not page.exception
    return page


def shown(page: AppTest, *labels: str) -> list[str]:
    found = {field.label: field.value for field in page.text_input}
    return [found[label] for label in labels]


def elm_now() -> tuple[str | None, str | None]:
    with session.store().cursor() as cursor:
        return cursor.execute(
            "select city, county from agencies where agency_id = 'TX0010100'"
        ).fetchone()


def test_two_who_correct_one_record_do_not_take_each_other_back(empty_app: Opened) -> None:
    loaded(empty_app)
    mine, others = elm(empty_app), elm(empty_app)
    typed(mine, "City", "Elmwood")
    press(typed(others, "County", "Ash"), "Save")
    # Pressed on the page as it was, before it shows what the other one did.
    press(mine, "Save")
    assert elm_now() == ("Elm", "Ash")
    assert "changed this record: County is now “Ash”" in mine.warning[0].value
    assert "Save" not in [button.label for button in mine.button]
    press(mine, "Load the current values and keep my edits")
    assert shown(mine, "City", "County") == ["Elmwood", "Ash"]
    press(mine, "Save")
    assert elm_now() == ("Elmwood", "Ash")


def test_what_another_changed_is_shown_where_nothing_is_typed(empty_app: Opened) -> None:
    loaded(empty_app)
    mine, others = elm(empty_app), elm(empty_app)
    press(typed(others, "County", "Ash"), "Save")
    mine.run()
    assert (shown(mine, "County"), len(mine.warning)) == (["Ash"], 0)


def test_a_record_withdrawn_meanwhile_is_not_saved(empty_app: Opened) -> None:
    loaded(empty_app)
    mine, others = elm(empty_app), elm(empty_app)
    typed(mine, "City", "Elmwood")
    press(others, "Withdraw TX0010100")
    press(mine, "Save")
    assert cities() == ["Oak"]


def test_two_agencies_become_one(empty_app: Opened) -> None:
    loaded(empty_app)
    page = empty_app("pages/data/records.py")
    page.text_input(key="records_agencies_record_text").set_value("elm").run()
    page.text_input(key="records_agencies_agency to keep_text").set_value("oak").run()
    press(page, "Merge TX0010100 into TX0020000")
    assert cities() == ["Oak"]


def test_a_name_that_is_not_certain_is_confirmed_and_remembered(empty_app: Opened) -> None:
    loaded(empty_app)
    page = empty_app("pages/data/upload.py")
    page.selectbox(key="upload_dataset").set_value("requests").run()
    requests = (
        b"request_id,received_on,topic_ids,Station Name,State\n"
        b"R1,2024-01-01,training,Elm Public Safety,TX\n"
    )
    page.file_uploader[0].upload("r.csv", requests).run()
    assert [metric.value for metric in page.metric] == ["1", "0", "0", "0", "1"]
    (name,) = (box for box in page.selectbox if box.label.startswith("Elm Public Safety"))
    name.set_value("TX0010100").run()
    assert [metric.value for metric in page.metric] == ["1", "1", "0", "0", "0"]


def test_values_and_dates_are_decided_on_the_page(empty_app: Opened) -> None:
    loaded(empty_app)
    page = empty_app("pages/data/upload.py")
    page.selectbox(key="upload_dataset").set_value("requests").run()
    requests = (
        b"request_id,agency_id,received_on,topic_ids,status\n"
        b"R1,TX0010100,1/2/2024,trainning,complet\n"
    )
    page.file_uploader[0].upload("r.csv", requests).run()
    assert [metric.value for metric in page.metric] == ["1", "0", "0", "0", "1"]
    page.radio[0].set_value("dmy").run()
    (status,) = (box for box in page.selectbox if box.label.startswith("status: complet"))
    status.set_value("completed").run()
    (topics,) = (box for box in page.multiselect if box.label.startswith("topic_ids: tra"))
    topics.set_value(["training"]).run()
    assert not page.exception
    press(page, "Commit 1 row")
    with session.store().cursor() as cursor:
        stored = cursor.execute(
            "select received_on::varchar, topic_ids, status from requests"
        ).fetchone()
    assert stored == ("2024-02-01", ["training"], "completed")
