"""The page of single records and the confirmation of names, through the app."""

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from cri_data.model.roles import STAFF
from cri_ui.session import session
from tests.support.tables import tables_of
from tests.support.uploads import loaded as stored

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
    page = typed(elm(empty_app), "Sworn officers (full-time officers)", "many")
    assert page.error[0].value.startswith("Sworn officers: Not a whole number.")
    assert "blank" not in page.error[0].value
    # Not even what else was typed is saved without it.
    typed(page, "City", "Elmwood")
    assert "Save" not in [button.label for button in page.button]
    typed(page, "Sworn officers (full-time officers)", "12")
    press(page, "Save")
    assert cities() == ["Elmwood", "Oak"]


REQUESTS = (
    b"request_id,agency_id,received_on,topic_ids,status\n"
    b"R1,TX0010100,2025-11-30,training,received\n"
    b"R2,TX0020000,2025-11-30,training,received\n"
)


def with_requests(empty_app: Opened) -> AppTest:
    """The Records page for requests; each agency has one."""
    loaded(empty_app)
    page = empty_app("pages/data/upload.py", dataset="requests")
    page.file_uploader[0].upload("r.csv", REQUESTS).run()
    press(page, "Commit 2 rows")
    page = empty_app("pages/data/records.py")
    page.selectbox(key="records_dataset").set_value("requests").run()
    return page


def test_a_request_is_found_by_its_agency_and_corrected_by_names_and_dates(
    empty_app: Opened,
) -> None:
    page = with_requests(empty_app)
    page.text_input(key="records_requests_record_text").set_value("oak sheriff").run()
    (found,) = (table.value for table in page.dataframe)
    assert list(found["request_id"]) == ["R2"]
    assert list(found["status"]) == ["Received"]
    (received,) = (field for field in page.date_input if field.label == "Received")
    assert str(received.value) == "2025-11-30"
    received.set_value(date(2025, 12, 1)).run()
    (status,) = (field for field in page.selectbox if field.label == "Status")
    assert "Under review" in status.options
    status.set_value("under_review").run()
    (topics,) = (field for field in page.multiselect if field.label == "Topics")
    topics.select("gang-prevention").run()
    press(page, "Save")
    with session.store().cursor() as cursor:
        stored = cursor.execute(
            "select received_on::varchar, status, topic_ids from requests "
            "where request_id = 'R2'"
        ).fetchone()
    assert stored == ("2025-12-01", "under_review", ["training", "gang-prevention"])


def test_of_several_results_one_is_chosen_in_a_list(empty_app: Opened) -> None:
    page = with_requests(empty_app)
    page.text_input(key="records_requests_record_text").set_value("r").run()
    (found,) = (table.value for table in page.dataframe)
    assert list(found["request_id"]) == ["R1", "R2"]
    assert not [one for one in page.header if one.value.startswith("Correct")]
    chosen = {"rows": [1], "columns": [], "cells": []}
    page.session_state["records_requests_record_found-0"] = {"selection": chosen}
    page.run()
    assert [one.value for one in page.header] == ["Correct R2"]


def test_values_of_an_outcome_have_the_unit_of_its_metric(empty_app: Opened) -> None:
    with_requests(empty_app)
    store = session.store()
    stored(store, "partners", "partner_id,partner_name\nP1,Oak Association\n")
    stored(
        store,
        "metrics",
        "metric_id,metric_name,unit,better,goal\nM1,Trust,percent,higher,public_respect\n"
        "M2,Wait,days,lower,local_capacity\n",
    )
    stored(store, "engagements", "engagement_id,request_id,lead_partner_id\nE1,R1,P1\n")
    stored(store, "outcomes", "outcome_id,engagement_id,metric_id\nO1,E1,M1\n")
    page = empty_app("pages/data/records.py")
    page.selectbox(key="records_dataset").set_value("outcomes").run()
    page.text_input(key="records_outcomes_record_text").set_value("elm police trust").run()
    assert "Baseline (percent)" in [field.label for field in page.text_input]
    (metric,) = (field for field in page.selectbox if field.label == "Metric")
    metric.set_value("M2").run()
    assert "Baseline (days)" in [field.label for field in page.text_input]


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
    # Nothing can be merged before somebody has said that they are the same.
    (merge,) = (one for one in page.button if one.label.startswith("Merge TX"))
    assert merge.disabled
    (same,) = (box for box in page.checkbox if box.label == "They are the same agency")
    same.check().run()
    press(page, "Merge TX0010100 into TX0020000")
    assert cities() == ["Oak"]


def test_two_agencies_are_compared_before_they_become_one(empty_app: Opened) -> None:
    with_requests(empty_app)
    page = elm(empty_app)
    page.text_input(key="records_agencies_agency to keep_text").set_value("oak").run()
    (beside,) = tables_of(page)
    assert list(beside) == ["", "This agency is removed", "You keep this agency"]
    assert beside.to_numpy().tolist() == [
        ["Agency (ORI)", "TX0010100", "TX0020000"],
        ["Agency", "Elm Police Department", "Oak County Sheriff's Office"],
        ["City", "Elm", "Oak"],
        ["State", "Texas", "Texas"],
        ["Requests", "1", "1"],
    ]
    said = " ".join(text.value for text in page.markdown)
    assert "**1 request moves** to Oak County Sheriff's Office (TX0020000)" in said
    assert "which then has 2 requests" in said


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
    said = [text.value for text in page.markdown]
    assert "**Elm Public Safety** · TX · 1 row" in said
    press(page, "Elm Police Department (Elm, TX; TX0010100)")
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


WRONG_IDS = (
    b"request_id,received_on,topic_ids,ORI,Agency Name,State\n"
    b"R1,2024-01-01,training,77,Elm Polise,TX\n"
    b"R2,2024-01-01,training,78,Elm Polise,TX\n"
    b"R3,2024-01-01,training,79,Ash Police,TX\n"
)


def agencies_of_requests() -> list[str]:
    with session.store().cursor() as cursor:
        rows = cursor.execute("select agency_id from requests order by 1").fetchall()
    return [agency_id for (agency_id,) in rows]


def test_rows_of_an_unknown_agency_are_repaired_together_and_others_by_search(
    empty_app: Opened,
) -> None:
    loaded(empty_app)
    page = empty_app("pages/data/upload.py", dataset="requests")
    page.file_uploader[0].upload("r.csv", WRONG_IDS).run()
    said = [text.value for text in page.markdown if " · TX · " in text.value]
    assert said == [
        "**Elm Polise** (ID 77 is not known) · TX · 2 rows",
        "**Ash Police** (ID 79 is not known) · TX · 1 row",
    ]
    press(page, "Elm Police Department (Elm, TX; TX0010100)")
    assert [metric.value for metric in page.metric] == ["3", "2", "0", "0", "1"]
    press(page, "Find the agency")
    (text,) = (field for field in page.text_input if field.key.endswith("_find_text"))
    assert text.label == "Find the agency by name, city, state, or ID"
    text.set_value("oak texas").run()
    press(page, "Use Oak County Sheriff's Office (Oak, TX; TX0020000)")
    press(page, "Commit 3 rows")
    assert agencies_of_requests() == ["TX0010100", "TX0010100", "TX0020000"]


def test_blank_agencies_are_filled_by_a_search_and_no_text_box(empty_app: Opened) -> None:
    loaded(empty_app)
    page = empty_app("pages/data/upload.py", dataset="requests")
    head = b"request_id,agency_id,received_on,topic_ids\n"
    rows = b"R1,,2024-01-01,training\nR2,,2024-01-01,training\n"
    page.file_uploader[0].upload("r.csv", head + rows).run()
    assert not [field for field in page.text_input if "agency_id" in field.label]
    assert "**Blank agency ID** · 2 rows" in [text.value for text in page.markdown]
    press(page, "Find the agency")
    (text,) = (field for field in page.text_input if field.key.endswith("_find_text"))
    text.set_value("TX0020").run()
    press(page, "Use Oak County Sheriff's Office (Oak, TX; TX0020000)")
    press(page, "Commit 2 rows")
    assert agencies_of_requests() == ["TX0020000", "TX0020000"]


def test_the_agency_of_one_rejected_row_is_searched_for(empty_app: Opened) -> None:
    loaded(empty_app)
    page = empty_app("pages/data/upload.py", dataset="requests")
    head = b"request_id,agency_id,received_on,topic_ids\n"
    page.file_uploader[0].upload("r.csv", head + b"R1,77,2024-01-01,training\n").run()
    (text,) = (field for field in page.text_input if field.label.startswith("Find the ag"))
    text.set_value("elm").run()
    press(page, "Apply")
    press(page, "Commit 1 row")
    assert agencies_of_requests() == ["TX0010100"]


def test_one_agency_for_all_rows_is_searched_for(empty_app: Opened) -> None:
    loaded(empty_app)
    page = empty_app("pages/data/upload.py", dataset="requests")
    rows = b"request_id,received_on,topic_ids\nR1,2024-01-01,training\n"
    page.file_uploader[0].upload("r.csv", rows).run()
    (constants,) = (one for one in page.multiselect if one.label.startswith("Columns wi"))
    constants.set_value(["agency_id"]).run()
    (text,) = (field for field in page.text_input if field.label.startswith("Find the ag"))
    text.set_value("oak").run()
    press(page, "Commit 1 row")
    assert agencies_of_requests() == ["TX0020000"]


def test_the_agency_of_a_request_is_changed_by_a_search(empty_app: Opened) -> None:
    page = with_requests(empty_app)
    page.text_input(key="records_requests_record_text").set_value("R1").run()
    assert not [field for field in page.text_input if field.label == "Agency (ORI)"]
    shown = [text.value for text in page.markdown if text.value.startswith("Agency")]
    assert shown == ["Agency: **Elm Police Department (Elm, TX; TX0010100)**"]
    (text,) = (field for field in page.text_input if field.label.startswith("Find the ag"))
    text.set_value("sheriff tx").run()
    press(page, "Save")
    assert agencies_of_requests() == ["TX0020000", "TX0020000"]
