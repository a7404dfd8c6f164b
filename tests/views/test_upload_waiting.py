"""What is kept of a file on the Upload page: on other pages, and where it is forgotten."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from cri_ui.session import session
from tests.conftest import ROOT
from tests.support.uploads import REQUESTS, loaded

pytestmark = pytest.mark.slow

Opened = Callable[..., AppTest]

FILE = b"""ORI,Agncy,State,Kind
TX0010100,Elm Police,Texass,Sherif
TX0010200,,TX,City
TX0010300,Fir Police,TX,City
"""


def button(page: AppTest, words: str):
    return next(button for button in page.button if words in button.label)


def box(page: AppTest, label: str):
    return next(box for box in page.selectbox if box.label.startswith(label))


def counted(page: AppTest) -> list[str]:
    assert not page.exception
    return [metric.value for metric in page.metric]


def look_elsewhere(page: AppTest) -> AppTest:
    page.switch_page(str(ROOT / "pages/data/about.py")).run()
    return page.switch_page(str(ROOT / "pages/data/upload.py")).run()


def type_name(page: AppTest, name: str) -> AppTest:
    """The name of the agency of the row that is rejected last."""
    row = next(box for box in page.selectbox if box.label == "Rejected row")
    row.set_value(3).run()
    next(text for text in page.text_input if text.label == "Agncy").set_value(name)
    return button(page, "Apply").click().run()


def test_repairs_wait_for_their_file_and_the_page_says_so(empty_app: Opened) -> None:
    page = empty_app("pages/data/upload.py")
    page.file_uploader[0].upload("bad.csv", FILE).run()
    box(page, "Kind").set_value("agency_type").run()
    box(page, "Agncy").set_value("agency_name").run()
    box(page, "state: Texass").set_value("TX").run()
    type_name(page, "Oak Police")
    assert counted(page) == ["3", "3", "0", "0", "0"]
    look_elsewhere(page)
    assert page.info[0].value == (
        "Your 2 fixes to bad.csv are saved. Upload the file again under Agencies to "
        "continue."
    )
    page.file_uploader[0].upload("bad.csv", FILE).run()
    assert counted(page) == ["3", "3", "0", "0", "0"]
    # The choice of a heading came back too.
    assert box(page, "Kind").value == "agency_type"
    button(page, "Commit 3 rows").click().run()
    look_elsewhere(page)
    assert not page.info


def test_the_address_names_the_dataset(empty_app: Opened) -> None:
    page = empty_app("pages/data/upload.py", dataset="requests")
    chooser = page.selectbox(key="upload_dataset")
    assert chooser.value == "requests"
    chooser.set_value("outcomes").run()
    assert page.query_params["dataset"] == "outcomes"


def test_an_address_that_names_no_dataset_is_put_right(empty_app: Opened) -> None:
    page = empty_app("pages/data/upload.py", dataset="<b>people")
    assert not page.exception
    assert page.selectbox(key="upload_dataset").value == "agencies"
    assert page.query_params["dataset"] == "agencies"


def test_to_forget_what_was_decided_before_keeps_what_is_decided_now(
    empty_app: Opened,
) -> None:
    page = empty_app("pages/data/upload.py")
    page.file_uploader[0].upload("first.csv", FILE).run()
    box(page, "Kind").set_value("agency_type").run()
    box(page, "Agncy").set_value("agency_name").run()
    button(page, "Commit 1 row").click().run()
    page.file_uploader[0].upload("next.csv", FILE.replace(b"TX00", b"TX01")).run()
    assert box(page, "Kind").value == "agency_type"
    box(page, "state: Texass").set_value("TX").run()
    type_name(page, "Oak Police")
    button(page, "Reset").click().run()
    assert not page.exception
    # What came from the file before is gone.
    assert box(page, "Kind").value == "ignore"
    # And what was typed and chosen here is not.
    assert counted(page) == ["3", "3", "0", "0", "0"]


def test_a_repair_that_was_stored_does_not_wait(empty_app: Opened) -> None:
    page = empty_app("pages/data/upload.py")
    loaded(session.store(), "agencies", "agency_id,agency_name,state\nA1,Elm,TX\n")
    page.selectbox(key="upload_dataset").set_value("requests").run()
    rows = REQUESTS + "R1,A1,2024-01-31,trainning\nR2,A1,2024-01-31,training\n"
    page.file_uploader[0].upload("r.csv", rows.encode()).run()
    topics = next(one for one in page.multiselect if one.label.startswith("topic_ids"))
    topics.set_value(["training"]).run()
    button(page, "Commit 2 rows").click().run()
    button(page, "Undo this upload").click().run()
    look_elsewhere(page)
    # What was undone waits again.
    assert "is saved. Upload the file again under Requests" in page.info[0].value
