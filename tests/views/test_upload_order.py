"""The order of files on the Upload page, and what is loaded already."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from cri_ui.session import session
from tests.support.tables import tables_of
from tests.support.uploads import loaded

pytestmark = pytest.mark.slow

Opened = Callable[..., AppTest]

PAGE = "pages/data/upload.py"


def order(page: AppTest) -> list[list[str]]:
    assert not page.exception
    (table,) = [table for table in tables_of(page) if "Loaded" in table]
    return table.to_numpy().tolist()


def said(page: AppTest) -> str:
    return "\n".join(text.value for text in page.markdown)


def test_an_empty_store_says_what_comes_first(empty_app: Opened) -> None:
    page = empty_app(PAGE)
    assert order(page) == [
        ["1. Agencies", "nothing", "Not yet"],
        ["2. Partners", "nothing", "Not yet"],
        ["3. Requests", "agencies, topics", "Not yet"],
        ["4. Engagements", "requests, partners", "Not yet"],
        ["5. Outcomes", "engagements, metrics", "Not yet"],
    ]
    assert "**Next:** load agencies." in said(page)


def test_what_is_loaded_is_counted_and_the_next_file_named(empty_app: Opened) -> None:
    page = empty_app(PAGE)
    content = b"agency_id,agency_name,state\nA1,Elm,TX\nA2,Oak,TX\n"
    page.file_uploader[0].upload("a.csv", content).run()
    next(one for one in page.button if one.label == "Commit 2 rows").click().run()
    assert order(page)[0] == ["1. Agencies", "nothing", "2"]
    assert said(page).count("**Next:** load partners.") == 2


def test_a_file_that_comes_too_early_is_said_to(empty_app: Opened) -> None:
    page = empty_app(PAGE, dataset="engagements")
    assert page.info[0].value == (
        "Engagements refer to requests and partners, and none are loaded yet. Load "
        "requests and partners first."
    )
    loaded(session.store(), "partners", "partner_id,partner_name\nP1,Fir\n")
    page.run()
    assert page.info[0].value.startswith("Engagements refer to requests, and")
    page.selectbox(key="upload_dataset").set_value("agencies").run()
    assert not page.info


def test_where_all_is_loaded_nothing_comes_next(empty_app: Opened) -> None:
    store = session.store()
    for dataset, text in (
        ("agencies", "agency_id,agency_name,state\nA1,Elm,TX\n"),
        ("partners", "partner_id,partner_name\nP1,Fir\n"),
        (
            "requests",
            "request_id,agency_id,received_on,topic_ids\nR1,A1,2024-01-31,training\n",
        ),
        ("engagements", "engagement_id,request_id,lead_partner_id\nE1,R1,P1\n"),
        ("outcomes", "outcome_id,engagement_id,metric_id\nO1,E1,community-trust\n"),
    ):
        loaded(store, dataset, text)
    page = empty_app(PAGE)
    assert [row[2] for row in order(page)] == ["1"] * 5
    assert "**Next:**" not in said(page)
    (expander,) = [one for one in page.expander if one.label == "Order of files"]
    assert not expander.proto.expanded
