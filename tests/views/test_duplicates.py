"""Probable duplicates on the page of records: which to keep, and their merge at once."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from cri_ui.session import session
from tests.support.uploads import AGENCIES, REQUESTS
from tests.support.uploads import loaded as stored

pytestmark = pytest.mark.slow

DOUBLED = AGENCIES + (
    "TX0010100,Elm Police Department,TX\n"
    "17,ELM PD,TX\n"
    "A1,Oak Police Department,TX\n"
    "A2,Oak Police,TX\n"
    "TX0030100,Ash Police Department,TX\n"
)


@pytest.fixture
def page(empty_app: Callable[..., AppTest]) -> AppTest:
    """The list of duplicates: of one pair, one has an ORI; of the other, a request."""
    opened = empty_app("pages/data/records.py")
    stored(session.store(), "agencies", DOUBLED)
    stored(
        session.store(),
        "requests",
        REQUESTS + "R1,17,2024-01-01,training\nR2,A2,2024-01-01,training\n",
    )
    opened.session_state["records_duplicates"] = True
    return opened.run()


def press(page: AppTest, label: str) -> AppTest:
    (button,) = (button for button in page.button if button.label == label)
    button.click().run()
    assert not page.exception
    return page


def agencies() -> list[tuple[str, int]]:
    with session.store().cursor() as cursor:
        return cursor.execute(
            "select agency_id, (select count(*) from requests "
            "where requests.agency_id = agencies.agency_id) from agencies order by 1"
        ).fetchall()


def test_pairs_stand_side_by_side_with_a_choice_and_its_reason(page: AppTest) -> None:
    assert [(radio.value, len(radio.options)) for radio in page.radio] == [
        ("TX0010100", 2),
        ("A2", 2),
    ]
    said = " ".join(text.value for text in page.markdown)
    assert "Suggested: TX0010100, because its ID is an ORI. 1 request moves." in said
    assert "Suggested: A2, because it has requests. 0 requests move." in said
    (merge,) = (one for one in page.button if one.label == "Merge the checked pairs")
    assert merge.disabled


def test_checked_pairs_are_merged_at_once_as_chosen(page: AppTest) -> None:
    press(page, "Check 2 pairs as suggested")
    page.radio[1].set_value("A1").run()
    press(page, "Merge 2 pairs")
    assert page.success[0].value.startswith(
        "Merged 2 pairs: 17 into TX0010100 (1 request moved, U-000003); A2 into A1 "
        "(1 request moved, U-000004)."
    )
    assert agencies() == [("A1", 1), ("TX0010100", 1), ("TX0030100", 0)]
    assert "No agencies look like duplicates." in [one.value for one in page.info]


def test_what_changed_after_it_was_shown_is_not_merged(page: AppTest) -> None:
    press(page, "Check 2 pairs as suggested")
    (merge,) = (one for one in page.button if one.label == "Merge 2 pairs")
    found = page.session_state["_records_duplicates"]
    row = "R3,A1,2024-01-01,training\n"
    stored(session.store(), "requests", REQUESTS + row)
    # The page still shows the pairs of before.
    version = session.info().data_version
    page.session_state["_records_duplicates"] = (version, found[1])
    merge.click().run()
    assert page.error[0].value.startswith("Someone else changed 'A1' or the requests.")
    assert len(agencies()) == 5
