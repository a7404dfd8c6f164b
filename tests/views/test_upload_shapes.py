"""The upload page: outcomes in other shapes, what the page says, and choices about them."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from cri_ui.session import session
from tests.support.uploads import AGENCIES, REQUESTS, loaded, stored

pytestmark = pytest.mark.slow

Opened = Callable[..., AppTest]

THREE_TIMES = (
    b"engagement_id,T1 Training rating,T2 Training rating,T3 Training rating,Note\n"
    b"E1,3,4,5,x\nE2,2,,4,\n"
)
NO_WAVE = b"engagement_id,Training rating,Tactics test\nE1,4,50\nE2,,60\nE9,3,\n"


@pytest.fixture
def page(empty_app: Opened) -> AppTest:
    store = session.store()
    loaded(store, "agencies", f"{AGENCIES}A1,Elm,TX\n")
    loaded(store, "partners", "partner_id,partner_name\nP1,One\n")
    loaded(store, "requests", f"{REQUESTS}R1,A1,2024-01-02,training\n")
    loaded(
        store,
        "engagements",
        "engagement_id,request_id,lead_partner_id\nE1,R1,P1\nE2,R1,P1\n",
    )
    return empty_app("pages/data/upload.py", dataset="outcomes")


def counts(page: AppTest) -> list[str]:
    """Outcomes, new, changed, unchanged, rejected."""
    assert not page.exception
    return [metric.value for metric in page.metric]


def choice(page: AppTest, label: str):
    (found,) = [box for box in page.selectbox if box.label == label]
    return found


def commit(page: AppTest) -> AppTest:
    (button,) = [one for one in page.button if one.label.startswith("Commit")]
    return button.click().run()


def test_the_wave_of_headings_without_one_is_chosen_and_remembered(page: AppTest) -> None:
    page.file_uploader[0].upload("o.csv", NO_WAVE).run()
    assert any(
        "**This file has a column for each metric.**" in m.value for m in page.markdown
    )
    assert "'Training rating', 'Tactics test'" in page.error[0].value
    assert choice(page, "Headings without a wave are").value is None
    assert counts(page) == []
    choice(page, "Headings without a wave are").select("baseline").run()
    assert counts(page) == ["4", "3", "0", "0", "1"]
    commit(page)
    outcome = stored(session.store(), "outcomes", "E1:tactics-test")
    assert (outcome["baseline_value"], outcome["followup_value"]) == (50, None)
    again = NO_WAVE.replace(b"50", b"55")
    page.file_uploader[0].upload("next.csv", again).run()
    assert choice(page, "Headings without a wave are").value == "baseline"
    assert counts(page) == ["4", "0", "1", "2", "1"]


def test_words_that_may_be_either_wave_are_asked_about(page: AppTest) -> None:
    page.file_uploader[0].upload("o.csv", THREE_TIMES).run()
    assert "T2 and T3" in page.error[0].value
    labels = {box.label for box in page.selectbox}
    assert "Note" in labels
    assert not {label for label in labels if "Training rating" in label}
    choice(page, "“T2” means").select("").run()
    choice(page, "“T3” means").select("followup").run()
    assert counts(page) == ["2", "2", "0", "0", "0"]
    commit(page)
    assert stored(session.store(), "outcomes", "E2:training-rating")["followup_value"] == 4


def test_rows_can_be_read_as_they_are_and_back(page: AppTest) -> None:
    page.file_uploader[0].upload("o.csv", NO_WAVE).run()
    page.toggle[0].set_value(v=True).run()
    assert "needs the columns outcome_id, metric_id" in page.error[0].value
    page.toggle[0].set_value(v=False).run()
    choice(page, "Headings without a wave are").select("followup").run()
    assert counts(page) == ["4", "3", "0", "0", "1"]
