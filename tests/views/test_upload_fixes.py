"""Fixes on the Upload page: rows side by side, names to choose, and what was fixed."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from cri_ui.session import session
from tests.support.tables import tables_of
from tests.support.uploads import REQUESTS, contents, loaded

pytestmark = pytest.mark.slow

Opened = Callable[..., AppTest]


def button(page: AppTest, words: str):
    return next((one for one in page.button if words in one.label), None)


def sent(opened: Opened, dataset: str, text: str) -> AppTest:
    page = opened("pages/data/upload.py", dataset=dataset)
    loaded(session.store(), "agencies", "agency_id,agency_name,state\nA1,Elm,TX\n")
    page.file_uploader[0].upload("file.csv", text.encode()).run()
    assert not page.exception
    return page


def said(page: AppTest) -> str:
    assert not page.exception
    return "\n".join(text.value for text in page.markdown)


TWICE = """agency_id,agency_name,state,city,sworn_officers
B1,Oak Police,TX,Oak,12
B2,Fir Police,TX,Fir,3
B1,Ash Sheriff,TX,Oak,40
"""


def test_rows_with_the_same_id_stand_side_by_side(empty_app: Opened) -> None:
    page = sent(empty_app, "agencies", TWICE)
    (beside,) = [table for table in tables_of(page) if "Row 2" in table]
    assert beside.to_numpy().tolist() == [
        ["agency_name (differs)", "Oak Police", "Ash Sheriff"],
        ["sworn_officers (differs)", "12", "40"],
        ["agency_id", "B1", "B1"],
        ["state", "TX", "TX"],
        ["city", "Oak", "Oak"],
    ]
    assert list(beside) == ["Heading", "Row 2", "Row 4"]
    button(page, "Keep row 4").click().run()
    assert [one.value for one in page.metric] == ["2", "2", "0", "0", "0"]
    button(page, "Commit 2 rows").click().run()
    names = [row[1] for row in contents(session.store())["agencies"]]
    assert names == ["Elm", "Ash Sheriff", "Fir Police"]


def test_an_excluded_row_is_listed_and_restored(empty_app: Opened) -> None:
    page = sent(empty_app, "agencies", TWICE)
    button(page, "Keep row 4").click().run()
    assert "**1 excluded row.**" in said(page)
    assert "2 rows:** 2 new · 0 changed · 0 unchanged · 1 excluded" in said(page)
    button(page, "Restore row 2").click().run()
    assert [one.value for one in page.metric] == ["3", "1", "0", "0", "2"]


def test_several_topics_are_chosen_by_name_for_one_cell(empty_app: Opened) -> None:
    page = sent(
        empty_app, "requests", REQUESTS + "R1,A1,2024-01-31,guns and gangs;training\n"
    )
    (topics,) = (
        one for one in page.multiselect if one.label.startswith("topic_ids: guns and gangs")
    )
    assert "Gun violence prevention" in topics.options
    assert "Gang prevention" in topics.options
    # Names are shown, and IDs are stored.
    topics.select("gun-violence").select("gang-prevention").run()
    assert not page.exception
    button(page, "Commit 1 row").click().run()
    (request,) = contents(session.store())["requests"]
    assert ["gun-violence", "gang-prevention", "training"] in request


def test_codes_are_chosen_by_name(empty_app: Opened) -> None:
    page = sent(
        empty_app,
        "agencies",
        "agency_id,agency_name,state,agency_type\nB1,Oak,TX,Shrf\nB2,Fir,Texxas,City\n",
    )
    lists = {one.label.split(" (")[0]: one for one in page.selectbox}
    assert "Sheriff's office" in lists["agency_type: Shrf"].options
    assert "Texas" in lists["state: Texxas"].options


UNNAMED = "agency_id,agency_name,state\nB1,,TX\nB2,Fir,XX\n"


def correct(page: AppTest, row: int, heading: str, text: str) -> AppTest:
    chooser = next(one for one in page.selectbox if one.label == "Rejected row")
    chooser.set_value(row).run()
    next(one for one in page.text_input if one.label == heading).set_value(text)
    next(one for one in page.button if one.label == "Apply").click().run()
    assert not page.exception
    return page


def test_a_fixed_row_stays_listed_with_what_was_fixed(empty_app: Opened) -> None:
    page = correct(sent(empty_app, "agencies", UNNAMED), 2, "agency_name", "Oak *Police*")
    assert "**1 fixed row.**" in said(page)
    assert r"Row 2 · agency_name: blank → “Oak \*Police\*”" in said(page)
    assert ":green-badge" in said(page)
    assert "Fixed" in said(page)
    button(page, "Undo row 2").click().run()
    assert "fixed row" not in said(page)
    assert [one.value for one in page.metric] == ["2", "0", "0", "0", "2"]


def test_a_row_that_still_has_a_problem_is_said_to_have_one(empty_app: Opened) -> None:
    page = correct(sent(empty_app, "agencies", UNNAMED), 3, "agency_name", "Fir Police")
    assert "1 of them still has problems." in said(page)
    assert "Still rejected" in said(page)
    correct(page, 3, "state", "OK")
    assert "still has problems" not in said(page)
    assert "“Fir” → “Fir Police”; state: “XX” → “OK”" in said(page)
    button(page, "Undo 2 edits").click().run()
    assert [one.value for one in page.metric] == ["2", "0", "0", "0", "2"]


def test_commit_stands_below_the_problems_with_the_counts(empty_app: Opened) -> None:
    page = sent(empty_app, "agencies", UNNAMED + "B3,Ash,TX\n")
    # All that is drawn after the last problem is the summary with its button.
    assert page.main[len(page.main) - 1].type == "flex_container"
    last = page.main[len(page.main) - 1]
    assert [one.label for one in last.button] == ["Commit 1 row"]
    assert last.markdown[0].value == (
        "**3 rows:** 1 new · 0 changed · 0 unchanged · **2 rejected**, left out"
    )
