"""The page of one agency, through the app: search, link, profile, lists, and peers."""

import html
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from cri_data.importing.commit.undo import undo
from cri_data.model.roles import STAFF
from cri_data.records import merge_agencies, withdraw
from cri_ui.session import session
from tests.support.uploads import loaded

pytestmark = pytest.mark.slow

Opened = Callable[..., AppTest]

PAGE = "pages/dashboards/agency.py"
HOSTILE = "<img src=x onerror=alert(1)> **bold** [a](http://evil.example)"

AGENCIES = (
    "agency_id,agency_name,state,city,agency_type,sworn_officers,zip\n"
    "TX0010100,Elm Police Department,TX,Austin,municipal,8,78701\n"
    f"TX0020000,{HOSTILE},TX,Oak,sheriff,9,\n"
    "OH0010100,Oak Police Department,OH,Oak,municipal,,\n"
)
REQUESTS = (
    "request_id,agency_id,received_on,topic_ids,status\n"
    "R1,TX0010100,2024-01-10,training,accepted\n"
    "R2,TX0020000,2024-02-10,tribal;training,completed\n"
)


@pytest.fixture
def page(empty_app: Opened) -> Opened:
    """Opens the page over three agencies, with parameters in its address."""
    loaded(session.store(), "agencies", AGENCIES)
    loaded(session.store(), "requests", REQUESTS)

    def opened(**params: object) -> AppTest:
        shown = empty_app(PAGE, "leadership", **params)
        assert not shown.exception
        return shown

    return opened


def text_of(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


def headings(app: AppTest) -> list[str]:
    return [header.value for header in app.header]


def links(app: AppTest) -> list[tuple[str, str]]:
    """The links to agencies: label and parameters."""
    found = [link.proto for link in app.get("page_link")]
    return [(link.label, link.query_string) for link in found]


def search(app: AppTest, text: str) -> AppTest:
    found = app.text_input(key="find").set_value(text).run()
    assert not found.exception
    return found


def test_without_an_agency_those_with_the_most_requests_are_offered(page: Opened) -> None:
    opened = page()
    assert headings(opened) == ["Agencies with the most requests"]
    assert links(opened)[0] == (
        "Elm Police Department · Austin, TX · 1 request",
        "agency=TX0010100",
    )
    assert opened.get("download_button")


def test_an_agency_is_found_by_its_place_and_the_link_leads_to_it(page: Opened) -> None:
    found = search(page(), "oak ohio")
    assert links(found) == [
        ("Oak Police Department · Oak, OH · OH0010100", "agency=OH0010100")
    ]
    assert headings(found) == []


def test_a_misspelled_name_is_understood_and_said_to_be_so(page: Opened) -> None:
    found = search(page(), "Elm Polce Dept")
    assert "These have similar names" in text_of(found)
    assert [query for _, query in links(found)] == ["agency=TX0010100"]


def test_what_is_like_nothing_is_said(page: Opened) -> None:
    found = search(page(), "Zzyzx")
    assert "No agency has these words or a similar name" in text_of(found)
    assert links(found) == []


@pytest.mark.parametrize("agency", ["TX0010100", "tx00101"])
def test_a_link_shows_the_agency(page: Opened, agency: str) -> None:
    opened = page(agency=agency)
    assert headings(opened)[:3] == ["Elm Police Department", "Profile", "Timeline"]
    assert opened.query_params["agency"] == "TX0010100"
    profile = "".join(one.value for one in opened.html)
    assert "<td>Municipal police</td>" in profile
    assert "The dot is the center of ZIP 78701" in profile
    assert {metric.label: metric.value for metric in opened.metric} == {
        "Requests": "1",
        "Open requests": "1",
        "Engagements": "0",
        "Hours": "–",
        "Outcomes measured": "0",
        "Outcomes improved": "–",
    }


def test_an_agency_that_never_asked_has_a_profile_and_no_empty_lists(page: Opened) -> None:
    opened = page(agency="OH0010100")
    assert "**never requested assistance**" in text_of(opened)
    assert headings(opened) == ["Oak Police Department", "Profile", "Peers"]
    assert "size is not reported, so it has no peers" in text_of(opened)
    # Neither coordinates nor a ZIP.
    profile = "".join(one.value for one in opened.html)
    assert html.escape("The agency's place in the state is not known.") in profile


def test_peers_are_compared_and_linked(page: Opened) -> None:
    opened = page(agency="TX0010100")
    assert (
        "**1 peer**: agencies with under 10 sworn officers in the South, of any type. "
        "**1** of them (100%) requested assistance. The median peer has **1** request, "
        "this agency **1**: 0 peers have fewer, 1 as many, and 0 more."
    ) in text_of(opened)
    assert [query for _, query in links(opened)] == ["agency=TX0020000"]


def test_an_unknown_agency_of_a_link_is_named_and_the_search_is_offered(
    page: Opened,
) -> None:
    opened = page(agency="<b>NOPE</b>")
    (warning,) = (one.value for one in opened.warning)
    assert "not known: \\<b\\>NOPE\\</b\\>. Search for it above." in warning
    assert opened.text_input(key="find")


def test_the_link_of_a_merged_agency_shows_the_kept_one(page: Opened) -> None:
    page()
    merge_agencies(session.store(), "TX0020000", "TX0010100", "Ann")
    opened = page(agency="TX0020000")
    assert "TX0020000, which was merged on" in opened.info[0].value
    assert headings(opened)[0] == "Elm Police Department"
    assert opened.metric[0].value == "2"


def test_the_link_of_a_withdrawn_agency_says_what_happened(page: Opened) -> None:
    page()
    upload_id = withdraw(session.store(), "agencies", "OH0010100", "Ann")
    (warning,) = (one.value for one in page(agency="OH0010100").warning)
    assert "an agency that was removed on" in warning
    assert f"(upload {upload_id})" in warning
    undo(session.store(), upload_id, "Ann")
    assert headings(page(agency="OH0010100"))[0] == "Oak Police Department"


def test_hostile_names_are_text(page: Opened) -> None:
    opened = page(agency="TX0020000")
    assert headings(opened)[0].startswith("\\<img src=x onerror=alert(1)\\> \\*\\*bold")
    assert not any("<img src=x" in one.value for one in opened.html)
    for label, _ in links(page(agency="TX0010100")):
        assert "<img" not in label.replace("\\<", "")
    found = search(page(), "bold")
    assert all("\\*\\*bold" in label for label, _ in links(found))


def test_the_rows_are_in_words_and_a_request_opens(app: Opened) -> None:
    busiest = session_row("agencies_with_most_requests_list")
    opened = app(PAGE, agency=busiest["agency_id"], tables=True)
    assert not opened.exception
    requests, engagements, outcomes = (one.value for one in opened.dataframe)
    assert len(requests) == busiest["requests"]
    for table in (requests, engagements, outcomes):
        for name in set(table) & {"status", "delivery_mode", "unit", "better", "result"}:
            assert not table[name].dropna().str.contains("_").any()
            assert table[name].dropna().str.match("[A-Z]").all()
    chosen = {"rows": [0], "columns": [], "cells": []}
    opened.session_state["agency_requests_list-0"] = {"selection": chosen}
    opened.run()
    assert f"### Request {requests['request_id'].iloc[0]}" in text_of(opened)


def session_row(question: str) -> dict:
    """The first row of a question's answer in the app's store."""
    return session.store().ask(question, STAFF, row_limit=1).to_dict("records")[0]


def test_the_details_of_a_request_link_to_its_agency(app: Opened) -> None:
    opened = app("pages/dashboards/demand.py")
    chosen = {"rows": [0], "columns": [], "cells": []}
    opened.session_state["requests_rows-0"] = {"selection": chosen}
    opened.run()
    agency_id = opened.dataframe[-1].value["agency_id"].iloc[0]
    assert links(opened) == [("Open the agency's page", f"agency={agency_id}")]


def test_a_partner_has_no_link_to_a_page_that_is_closed(app: Opened) -> None:
    chosen = {"rows": [0], "columns": [], "cells": []}
    for role, shown in (("partner", 0), ("staff", 1)):
        opened = app("pages/engagements/engagement_map.py", role)
        opened.session_state["engagement_rows-0"] = {"selection": chosen}
        opened.run()
        assert not opened.exception
        assert any('class="map-card"' in one.value for one in opened.html)
        assert len(links(opened)) == shown


def test_a_record_links_to_the_page_of_its_agency(empty_app: Opened) -> None:
    loaded(session.store(), "agencies", AGENCIES)
    opened = empty_app("pages/data/records.py")
    opened.text_input(key="records_agencies_record_text").set_value("elm").run()
    assert links(opened) == [("Open the agency's page", "agency=TX0010100")]
    # What is only like the text is offered, and never taken without a choice.
    opened.text_input(key="records_agencies_record_text").set_value("elm polce").run()
    assert links(opened) == []
    assert "These have similar names" in text_of(opened)
