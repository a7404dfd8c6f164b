"""Every page, with every role: what it is called, who may see it, what it shows."""

import html
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from cri_data.importing.commit.undo import undo
from cri_data.model.roles import ROLES, STAFF, Viewer
from cri_ui.components import columns, page
from cri_ui.navigation import PAGES
from cri_ui.navigation import Page as Entry
from cri_ui.session import services, session
from cri_ui.session.services import Services
from cri_ui.views.headlines import STAGE_TILES
from tests.support.access_matrix import DOWNLOADS
from tests.support.tables import tables_of, tiles_of
from tests.support.uploads import AGENCIES, loaded

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]

HEADINGS = {
    "our_work": "Our work",
    "overview": "Overview",
    "demand": "Demand for assistance",
    "reach": "Reach",
    "timeliness": "Timeliness",
    "agency": "Agency",
    "outcomes": "Outcomes",
    "partners": "Partners",
    "engagement_map": "Engagement map",
    "matching": "Matching",
    "published_demand": "Demand (published)",
    "upload": "Upload",
    "records": "Records",
    "upload_history": "Upload history",
    "about": "About the data",
    "trail": "Audit log",
    "backups": "Backups",
    "people": "People and access",
}

MAY_SEE = {
    "our_work": {"partner"},
    "overview": {"leadership", "staff", "administrator"},
    "demand": {"leadership", "staff", "administrator"},
    "reach": {"leadership", "staff", "administrator"},
    "timeliness": {"leadership", "staff", "administrator"},
    "agency": {"leadership", "staff", "administrator"},
    "outcomes": {"leadership", "staff", "partner", "administrator"},
    "partners": {"leadership", "staff", "administrator"},
    "engagement_map": {"leadership", "staff", "partner", "administrator"},
    "matching": {"leadership", "staff", "administrator"},
    "published_demand": {"leadership", "staff", "partner", "administrator"},
    "upload": {"staff", "administrator"},
    "records": {"staff", "administrator"},
    "upload_history": {"staff", "administrator"},
    "about": {"leadership", "staff", "partner", "administrator"},
    "trail": {"administrator"},
    "backups": {"administrator"},
    "people": {"administrator"},
}

Opened = Callable[..., AppTest]


def text_of(app: AppTest) -> str:
    """All the Markdown of a page."""
    return "\n".join(element.value for element in app.markdown)


def test_every_page_is_in_the_tables_of_this_test() -> None:
    assert {page.url for page in PAGES} == set(HEADINGS) == set(MAY_SEE)


def test_every_file_of_pages_is_in_the_menu() -> None:
    files = {str(path.relative_to(ROOT)) for path in (ROOT / "pages").rglob("*.py")}
    assert files == {page.path for page in PAGES}


# These give files away once there is an upload, or a backup: see their own tests.
LATER = {"upload", "upload_history", "backups"}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.url)
def test_a_page_opens_and_gives_files_to_the_roles_in_the_tables_alone(
    entry: Entry, role: str, app: Opened
) -> None:
    assert Viewer(role).may(entry.permission) == (role in MAY_SEE[entry.url])
    who = set().union(*DOWNLOADS.get(entry.url, {}).values())
    assert who <= MAY_SEE[entry.url]
    if role not in MAY_SEE[entry.url]:
        with pytest.raises(ValueError, match="page"):
            app(entry.path, role)
        return
    opened = app(entry.path, role, tables=True)
    assert not opened.exception
    assert [title.value for title in opened.title] == [HEADINGS[entry.url]]
    assert any("Demonstration data" in warning.value for warning in opened.warning)
    if entry.url not in LATER:
        assert bool(opened.get("download_button")) == (role in who)


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.url)
def test_a_page_run_for_a_role_without_the_right_refuses(
    entry: Entry, app: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The menu is the first wall. With it gone, the page itself is the second.
    refused = next((role for role in ROLES if role not in MAY_SEE[entry.url]), None)
    if refused is None:
        assert MAY_SEE[entry.url] == set(ROLES)
        return
    monkeypatch.setattr("cri_ui.navigation._may_open", lambda *_: True)
    opened = app(entry.path, refused)
    assert [error.value for error in opened.error] == [
        "You don't have access to this page. If you need it, ask the program office."
    ]
    assert not opened.metric
    assert not tiles_of(opened)
    assert not opened.dataframe


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.url)
def test_an_empty_store_says_so_and_what_to_do(entry: Entry, empty_app: Opened) -> None:
    role = next(
        role for role in ("staff", "administrator", "partner") if role in MAY_SEE[entry.url]
    )
    opened = empty_app(entry.path, role)
    assert not opened.exception
    if entry.url in (
        "overview",
        "demand",
        "reach",
        "timeliness",
        "outcomes",
        "partners",
        "engagement_map",
    ):
        assert "Staff can add data on the Upload page." in opened.info[0].value


def test_the_same_number_stands_on_every_page(app: Opened) -> None:
    overview = app(OVERVIEW, region="South", period="all")
    demand = app("pages/dashboards/demand.py", region="South")
    requests = tiles_of(overview)["Requests received"]
    assert 0 < int(requests) < 400
    assert f"**{requests} requests** from" in text_of(demand)


@pytest.mark.parametrize("page", ["overview", "outcomes"])
@pytest.mark.parametrize(("chosen", "is_few"), [({}, False), ({"state": "TX"}, True)])
def test_what_n_below_the_threshold_stands_for_is_said(
    app: Opened, chosen: dict[str, str], is_few: bool, page: str
) -> None:
    # By region and over all years, no group is that small.
    chosen = {"period": "all", "outcomes_by": "Region"} | chosen
    opened = app(f"pages/dashboards/{page}.py", tables=True, **chosen)
    assert any("n < 5" in table.to_string() for table in tables_of(opened)) == is_few
    assert ("n < 5: hidden because few pairs were measured" in text_of(opened)) == is_few


def test_whose_numbers_these_are_is_said_and_there_is_a_way_back(app: Opened) -> None:
    opened = app("pages/dashboards/outcomes.py", "partner")
    assert "Viewing as partner" in text_of(opened)
    (back,) = [button for button in opened.button if button.label == "Back to staff"]
    back.click().run()
    assert "Viewing as" not in text_of(opened)
    assert opened.selectbox(key="view_as").value == "staff"


def test_filters_of_a_link_govern_the_page(app: Opened) -> None:
    everything = app("pages/dashboards/demand.py")
    texas = app("pages/dashboards/demand.py", state="TX", from_fy="FY2024", to_fy="FY2026")
    assert texas.session_state["_shown"].filters_in_words == (
        "FY2024 to FY2026; states: Texas"
    )
    assert len(texas.dataframe[-1].value) < len(everything.dataframe[-1].value)
    assert set(texas.dataframe[-1].value["state"]) == {"TX"}


def test_a_link_with_nonsense_shows_everything(app: Opened) -> None:
    opened = app("pages/dashboards/demand.py", state="ZZ", topic="<script>", from_fy="1")
    assert not opened.exception
    assert opened.session_state["_shown"].filters_in_words == "no filters, all years"


def test_a_filter_that_leaves_nothing_says_what_to_do(app: Opened) -> None:
    opened = app("pages/dashboards/demand.py", **{"from": "1999-01-01", "to": "1999-12-31"})
    assert "No results" in opened.info[0].value


def test_a_partner_sees_its_own_engagements_alone(app: Opened) -> None:
    staff = app("pages/engagements/engagement_map.py")
    everything = staff.dataframe[0].value
    name = everything["lead_partner_name"].iloc[0]
    options = app("pages/engagements/engagement_map.py", "partner")
    partner = options.selectbox(key="view_as_partner").value
    own = options.dataframe[0].value
    assert 0 < len(own) < len(everything)
    assert options.session_state["view_as_partner"] == partner
    assert name


OVERVIEW = "pages/dashboards/overview.py"


def test_overview_opens_on_this_fiscal_year_and_compares_it_with_last_year(
    app: Opened,
) -> None:
    opened = app(OVERVIEW)
    assert [opened.selectbox(key=key).value for key in ("from_fy", "to_fy")] == [
        "FY2026",
        "FY2026",
    ]
    expected = session.store().ask(
        *("headlines", STAFF), date_from=date(2025, 10, 1), date_to=date(2026, 9, 30)
    )
    shown = tiles_of(opened)
    assert len(shown) == len(expected) + len(STAGE_TILES)
    stages = session.store().ask("stage_times_this_year_by_stage", STAFF)
    medians = dict(zip(stages.stage, stages.median_days, strict=True))
    assert shown["Days to assignment"] == f"{medians['received_to_assigned']:,.0f}"
    assert shown["Requests received"] == f"{expected.value[0]:,.0f}"
    assert "compared with the same period last year (Oct 1, 2024" in text_of(opened)
    (drawn,) = [one.value for one in opened.html if 'class="tiles"' in one.value]
    assert drawn.count(">Last year ") == len(shown)


def test_overview_shows_all_years_once_they_are_chosen(app: Opened) -> None:
    opened = app(OVERVIEW)
    opened.selectbox(key="from_fy").set_value("All years")
    opened.selectbox(key="to_fy").set_value("All years").run()
    everything = session.store().ask("headlines", STAFF).value[0]
    assert tiles_of(opened)["Requests received"] == f"{everything:,.0f}"
    assert opened.query_params["period"] in ("all", ["all"])
    # So does a link that says so.
    linked = app(OVERVIEW, period="all")
    assert tiles_of(linked) == tiles_of(opened)


def test_what_changed_adds_up(app: Opened) -> None:
    opened = app(OVERVIEW, tables=True)
    (changed,) = [one for one in tables_of(opened) if "Kind" in one]
    total = session.store().ask(
        *("headlines", STAFF), date_from=date(2025, 10, 1), date_to=date(2026, 9, 30)
    )
    by_kind = changed.groupby("Kind")["Change"].apply(
        lambda texts: texts.astype(float).sum()
    )
    assert len(by_kind) == 3
    assert by_kind.to_numpy() == pytest.approx(total.change_from_last_year[0], abs=1)


def choose(opened: AppTest, key: str, place: int) -> AppTest:
    """Choose a row of a list as a click on its box does."""
    chosen = {"rows": [place], "columns": [], "cells": []}
    opened.session_state[f"{key}-0"] = {"selection": chosen}
    return opened.run()


@pytest.mark.parametrize(
    "kind", ["accepted_without_partner", "engagements_past_planned_end"]
)
def test_what_needs_attention_leads_to_the_requests(app: Opened, kind: str) -> None:
    opened = app(OVERVIEW)
    opened.radio(key="attention").set_value(kind).run()
    assert not opened.exception
    (listed,) = [one.value for one in opened.dataframe if "record_id" in one.value]
    assert "Status" in [columns.label(name) for name in listed.columns]
    assert "What" not in [columns.label(name) for name in listed.columns]

    behind = session.store().ask("attention_list", STAFF, attention=kind)
    assert list(listed["record_id"]) == list(behind["record_id"])
    choose(opened, f"rows_{kind}", 1)
    assert not opened.exception
    assert f"### Request {behind['request_id'][1]}" in text_of(opened)


def test_an_upload_that_was_chosen_is_let_go_when_another_arrives(
    empty_app: Opened,
) -> None:
    """Kept by its place, it would be the other one, with its button to undo."""
    loaded(session.store(), "agencies", f"{AGENCIES}A1,Elm,TX\n")
    opened = empty_app("pages/data/upload_history.py")
    choose(opened, "uploads", 0)
    assert "### Upload U-000001" in text_of(opened)
    loaded(session.store(), "agencies", f"{AGENCIES}A2,Oak,TX\n")
    opened.run()
    assert not opened.exception
    assert "### Upload" not in text_of(opened)
    assert "Choose an upload to see what it changed" in text_of(opened)


def test_whether_an_upload_was_undone_stands_beside_its_number(empty_app: Opened) -> None:
    store = session.store()
    for name in ("Elm", "Oak"):
        loaded(store, "agencies", f"{AGENCIES}A1,{name},TX\n")
    undo(store, "U-000002", "a test", only_rest=False)
    opened = empty_app("pages/data/upload_history.py")
    (listed,) = [one.value for one in opened.dataframe]
    assert list(listed)[:2] == ["upload_id", "status"]
    assert list(listed["status"]) == ["Undone", "Committed"]
    choose(opened, "uploads", 1)
    assert not opened.exception
    (details,) = [one.value for one in opened.html if "SHA-256" in one.value]
    assert '<th scope="row">Status</th><td>Committed</td>' in details


def test_a_reason_for_which_nothing_waits_is_no_choice(app: Opened) -> None:
    opened = app(OVERVIEW, state="WY")
    totals = session.store().ask("attention_totals", STAFF, states=["WY"])
    waiting = int((totals["items"] > 0).sum())
    assert waiting < 6
    if waiting:
        assert len(opened.radio(key="attention").options) == waiting
    else:
        assert "Nothing needs attention." in text_of(opened)


def test_a_request_chosen_shows_who_answers_it(app: Opened) -> None:
    opened = app("pages/dashboards/demand.py")
    listed = opened.dataframe[-1].value
    place = int(listed["lead_partners"].notna().to_numpy().argmax())
    choose(opened, "requests_rows", place)
    assert not opened.exception
    request_id = listed["request_id"].iloc[place]
    assert f"### Request {request_id}" in text_of(opened)
    behind = session.store().ask("request_engagements_list", STAFF, request_id=request_id)
    shown = tables_of(opened)[-1]
    assert list(shown["Engagement"]) == list(behind["engagement_id"])
    assert set(shown["Lead partner"]) >= set(
        listed["lead_partners"].iloc[place].split("; ")
    )


def test_a_list_that_is_sent_first_stands_below_the_pictures(app: Opened) -> None:
    demand = app("pages/dashboards/demand.py")
    assert [header.value for header in demand.main.header] == [
        "Requests by topic",
        "Agencies with requests, by agency size",
        "Rising and falling topics",
        "Requests by topic and region",
        "Requested and delivered, by topic",
        "Requests by state",
        "Requests",
    ]
    engagements = app("pages/engagements/engagement_map.py").main
    drawn = [element.type for element in engagements]
    assert drawn.index("deck_gl_json_chart") < drawn.index("dataframe")


DEMAND = "pages/dashboards/demand.py"


@pytest.mark.parametrize(
    ("chosen", "headings"),
    [
        ({"by": "fiscal_year"}, ["Requests by topic and fiscal year"]),
        ({"by": "agency_type"}, ["Requests by topic and agency type"]),
        (
            {"delivered_by": "size_band", "states_as": "funnel"},
            ["Requested and delivered, by agency size", "Requests by state: funnel plot"],
        ),
        ({"states_as": "demand_index", "measure": "demand_index"}, ["Requests by state"]),
    ],
)
def test_demand_shows_what_its_link_says(
    app: Opened, chosen: dict[str, str], headings: list[str]
) -> None:
    opened = app(DEMAND, tables=True, **chosen)
    assert not opened.exception
    assert set(headings) <= {one.value for one in opened.main.header}
    assert not opened.main.warning[1:]


def test_demand_says_which_topic_grew_most(app: Opened) -> None:
    chosen = {"region": "West", "size": ["Under 10", "10-24"]}
    opened = app(DEMAND, **chosen)
    changes = session.store().ask(
        "requests_by_topic_this_year_and_last",
        STAFF,
        regions=["West"],
        size_bands=["Under 10", "10-24"],
    )
    most = changes.iloc[0]
    said = f"Largest increase: {most.topic_name} {most.requests_change:+.0f}"
    assert most.requests_change > 0
    assert said in text_of(opened)
    assert "Oct 1, 2025 to Sep 30, 2026 (FY2026)" in text_of(opened)


def test_demand_of_the_first_year_compares_with_nothing(app: Opened) -> None:
    opened = app(DEMAND, to_fy="FY2018")
    assert "No data that far back, so no changes are shown." in text_of(opened)


REACH = "pages/dashboards/reach.py"


def test_reach_lists_as_many_agencies_as_it_says_made_no_request(app: Opened) -> None:
    opened = app(REACH, tables=True, state="WY")
    totals = session.store().ask("reach_totals", STAFF, states=["WY"])
    without = int(totals.agencies_without_request[0])
    assert f"**{without}** made none so far, including" in text_of(opened)
    listed = opened.dataframe[0].value
    assert len(listed) == without > 60
    assert set(listed["state"]) == {"WY"}
    counts = next(one for one in tables_of(opened) if "Agencies not served" in one)
    assert sum(map(int, counts["Agencies not served"])) == without


def test_reach_of_agencies_with_requests_but_no_engagement(app: Opened) -> None:
    opened = app(REACH, state="TX", unserved="no_engagement", reach_by="state")
    assert not opened.exception
    behind = session.store().ask(
        "unserved_agencies_list", STAFF, states=["TX"], unserved="no_engagement"
    )
    listed = opened.dataframe[0].value
    assert list(listed["agency_id"]) == list(behind["agency_id"])
    assert "Municipal police" in set(listed["agency_type"])


def test_an_agency_never_served_leads_to_its_page(app: Opened) -> None:
    opened = app(REACH, state="WY")
    first = opened.dataframe[0].value.iloc[0]
    choose(opened, "unserved_no_request", 0)
    assert not opened.exception
    links = [one.proto for one in opened.get("page_link")]
    label = f"Open the page of {first.agency_name}"
    (link,) = [one for one in links if one.label == label]
    assert link.query_string == f"agency={first.agency_id}"


def test_reach_where_nobody_asked_has_no_concentration(app: Opened) -> None:
    opened = app(REACH, **{"from": "1999-01-01", "to": "1999-12-31"})
    assert not opened.exception
    assert "**0 of 17,708 agencies** (**0.0%**)" in text_of(opened)
    assert "Concentration of requests" not in [one.value for one in opened.header]


def test_a_chosen_engagement_is_described_in_words_not_codes(app: Opened) -> None:
    opened = app("pages/engagements/engagement_map.py", status=["completed"])
    listed = opened.dataframe[-1].value
    place = int(listed["delivery_mode"].notna().to_numpy().argmax())
    choose(opened, "engagement_rows", place)
    assert not opened.exception
    (card,) = [one.value for one in opened.html if 'class="map-card"' in one.value]
    assert f"<dd>{html.escape(listed['delivery_mode'].iloc[place])}</dd>" in card
    assert ">Completed</b>" in card
    assert html.escape(listed["agency_name"].iloc[place]) in card
    assert "Last activity" in card
    assert not re.search(r"<d[dt]>[a-z]+(_[a-z]+)*</d[dt]>", card)


@pytest.mark.parametrize(
    "page", ["pages/dashboards/demand.py", "pages/engagements/engagement_map.py"]
)
def test_how_a_row_is_chosen_by_keyboard_is_said(page: str, app: Opened) -> None:
    assert "press Shift+Space" in text_of(app(page))


def test_overview_says_who_answers_as_the_tile_counts(app: Opened) -> None:
    opened = app(OVERVIEW, tables=True, region="South", from_fy="FY2025", to_fy="FY2025")
    (partners,) = [one for one in tables_of(opened) if "Lead partner" in one]
    led = [int(count.replace(",", "")) for count in partners["Engagements"]]
    tiles = tiles_of(opened)
    assert sum(led) == int(tiles["Engagements"].replace(",", "")) > 0
    (regions,) = [one for one in tables_of(opened) if "Region" in one]
    assert dict(zip(regions["Region"], regions["Requests"], strict=True)) == {
        "South": tiles["Requests received"]
    }


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.url)
def test_headings_go_down_one_rank_at_a_time(entry: Entry, app: Opened) -> None:
    role = next(role for role in ROLES if role in MAY_SEE[entry.url])
    opened = app(entry.path, role)
    assert len(opened.title) == 1
    assert not opened.subheader


MAP = "pages/engagements/engagement_map.py"


def drawn_map(opened: AppTest) -> dict:
    """The map of a page as the browser reads it."""
    assert not opened.exception
    return json.loads(opened.get("deck_gl_json_chart")[0].proto.json)


def layer_of(drawn: dict, name: str) -> dict:
    (layer,) = [one for one in drawn["layers"] if one["id"] == name]
    return layer


def test_a_filter_changes_what_is_on_the_map_and_not_where_it_stands(app: Opened) -> None:
    whole, texas = drawn_map(app(MAP)), drawn_map(app(MAP, state="TX"))
    assert whole["initialViewState"] == texas["initialViewState"]
    counts = [len(layer_of(one, "engagements")["data"]) for one in (whole, texas)]
    assert counts[0] > counts[1] > 0
    # Alaska, Hawaii, and the territories are there, too.
    places = {one["p"] for one in layer_of(whole, "places")["data"]}
    assert {"AK", "HI", "PR"} & places


def test_a_place_in_the_address_moves_the_map_and_lists_what_is_there(app: Opened) -> None:
    whole, ohio = app(MAP), app(MAP, place="OH")
    views = [drawn_map(one)["initialViewState"] for one in (whole, ohio)]
    assert views[1]["zoom"] > views[0]["zoom"]
    # All stay on the map.
    marks = [layer_of(drawn_map(one), "engagements")["data"] for one in (whole, ohio)]
    assert marks[0] == marks[1]
    assert set(ohio.dataframe[0].value["state"]) == {"OH"}
    assert "engagements here" in text_of(ohio)
    named = ohio.dataframe[0].value["agency_name"].iloc[0]
    found = app(MAP, find=named)
    assert drawn_map(found)["initialViewState"]["zoom"] > views[0]["zoom"]
    assert named in set(found.dataframe[0].value["agency_name"])


def test_the_legend_filters_map_and_list(app: Opened) -> None:
    opened = app(MAP, color="status", show_status=["cancelled"])
    shown = layer_of(drawn_map(opened), "engagements")["data"]
    listed = opened.dataframe[0].value
    assert 0 < len(shown) <= len(listed)
    assert set(listed["status"]) == {"Canceled"}
    assert f"{len(listed)} engagements" in text_of(opened)


def test_a_step_of_the_timeline_narrows_map_and_list(app: Opened) -> None:
    opened = app(MAP, map_step="FY2025")
    dates = opened.dataframe[0].value["period_on"]
    assert str(dates.min().date()) >= "2024-10-01"
    assert str(dates.max().date()) <= "2025-09-30"
    whole, of_year = (
        len(layer_of(drawn_map(one), "engagements")["data"]) for one in (app(MAP), opened)
    )
    assert 0 < of_year < whole


@pytest.mark.parametrize(
    ("layer", "name"),
    [
        ("waiting", "states"),
        ("reach", "states-by-number"),
        ("coverage", "coverage"),
        ("network", "network"),
    ],
)
def test_each_layer_is_drawn_with_its_table(layer: str, name: str, app: Opened) -> None:
    opened = app(MAP, layer=layer)
    assert layer_of(drawn_map(opened), name)["data"]
    assert opened.get("download_button")
    assert tables_of(opened) or opened.dataframe


def test_a_partner_is_offered_no_layer_of_what_it_may_not_see(app: Opened) -> None:
    opened = app(MAP, "partner", layer="waiting")
    # What a partner may not see falls back to the engagements.
    assert layer_of(drawn_map(opened), "engagements")["data"]
    (switch,) = [one for one in opened.get("button_group") if one.key == "layer"]
    named = [option.content for option in switch.proto.options]
    assert named == [
        "Engagements",
        "Published demand",
        "Partner coverage",
        "Partner network",
    ]
    assert not app(MAP, "partner", layer="published").exception


def test_a_link_shows_the_card_of_its_engagement(app: Opened) -> None:
    listed = app(MAP).dataframe[0].value
    engagement_id = str(listed["engagement_id"].iloc[7])
    linked = app(MAP, engagement=engagement_id)
    (card,) = [one.value for one in linked.html if "map-card" in one.value]
    assert f"<small>{engagement_id}</small>" in card
    # Another link in the same visit: a saved view, or the way back.
    another = str(listed["engagement_id"].iloc[2])
    linked.query_params["engagement"] = another
    (card,) = [one.value for one in linked.run().html if "map-card" in one.value]
    assert f"<small>{another}</small>" in card
    # Whoever lets it go finds it in the address no more.
    linked.button(key="map_all").click().run()
    assert "engagement" not in linked.query_params
    assert not [one for one in linked.html if "map-card" in one.value]


@pytest.mark.parametrize("role", ["staff", "partner"])
def test_a_link_to_no_engagement_of_the_viewers_says_so(app: Opened, role: str) -> None:
    everyones = set(session.store().ask("engagements_list", STAFF)["engagement_id"])
    linked = app(MAP, role, engagement="<b>none")
    name = "There is no engagement \\<b\\>none, or you don't have access to it."
    if role == "partner":
        partner = Viewer("partner", linked.session_state["view_as_partner"])
        own = session.store().ask("engagements_list", partner)["engagement_id"]
        another = min(everyones - set(own))
        linked = app(MAP, role, engagement=another)
        assert not [one for one in linked.html if "map-card" in one.value]
        name = f"There is no engagement {another}, or you don't have access to it."
    assert name in [one.value for one in linked.warning]


def test_uploading_needs_a_store_without_demonstration(app: Opened) -> None:
    opened = app("pages/data/upload.py")
    assert (
        "demonstration data, which is never mixed with real records" in opened.info[0].value
    )
    assert not opened.file_uploader


def test_a_file_is_looked_at_committed_and_taken_back(empty_app: Opened) -> None:
    opened = empty_app("pages/data/upload.py")
    content = b"ORI,Agency Name,State\nTX0010100,Elm Police,TX\n,Nameless,ZZ\n"
    opened.file_uploader[0].upload("agencies.csv", content).run()
    assert [metric.value for metric in opened.metric] == ["2", "1", "0", "0", "1"]

    next(button for button in opened.button if button.label == "Commit 1 row").click().run()
    assert "U-000001 is committed" in opened.success[0].value

    opened.button(key="undo_last").click().run()
    assert not opened.error
    assert "U-000001 was undone." in [said.value for said in opened.success]
    assert [metric.value for metric in opened.metric] == ["2", "1", "0", "0", "1"]


def test_a_file_of_another_dataset_is_recognized(empty_app: Opened) -> None:
    opened = empty_app("pages/data/upload.py")
    content = b"request_id,agency_id,received_on,topic_ids\nR-1,A,2024-01-31,training\n"
    opened.file_uploader[0].upload("requests.csv", content).run()
    assert "needs the columns agency" in opened.error[0].value.replace("\\", "")
    assert opened.info[0].value.startswith("This looks like a file of requests.")


def test_hostile_text_of_a_file_is_shown_as_text(empty_app: Opened) -> None:
    opened = empty_app("pages/data/upload.py")
    name = "<script>alert(1)</script> [x](http://x) :red[y] ![z](http://x/z.png)"
    content = f"ORI,Agency Name,State\nTX0010100,{name},TX\n".encode()
    opened.file_uploader[0].upload("a.csv", content).run()
    assert not opened.exception
    new = next(table.value for table in opened.dataframe if "agency_name" in table.value)
    assert new["agency_name"].iloc[0] == name
    # As text: every mark that Markdown would take is written as a mark.
    shown = text_of(opened)
    assert "\\<script\\>" in shown
    assert "<script" not in shown.replace("\\<", "")
    assert "[x]" not in shown.replace("\\[", "")


def test_an_unusable_store_is_said_on_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes.txt").write_text("These are notes, not a store. " * 50)
    monkeypatch.setenv("CRI_STORE", str(tmp_path / "notes.txt"))
    services.provide(Services())
    opened = AppTest.from_file(str(ROOT / "cri_ui" / "main.py"), default_timeout=60).run()
    services.provide(None)
    assert opened.title[0].value == "The store cannot be opened"
    assert "is not a store" in opened.error[0].value


def test_many_engagements_are_put_together_near_too(
    app: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    each = app(MAP)
    assert "near ones stay grouped" not in text_of(each)
    monkeypatch.setattr("cri_ui.views.map_engagements._MOST_MARKS", 10)
    together = app(MAP)
    assert "near ones stay grouped" in text_of(together)
    near = layer_of(drawn_map(together), "near-places")["data"]
    assert len(near) > len(layer_of(drawn_map(together), "places")["data"])
    assert len(together.dataframe[0].value) == len(each.dataframe[0].value) > 10


def test_a_file_of_a_published_quarter_says_what_no_number_means(
    app: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: list[Callable[[], bytes]] = []

    def keep(label: str, data: Callable[[], bytes], **_: object) -> None:
        if label.startswith("Download CSV"):
            files.append(data)

    monkeypatch.setattr(st, "download_button", keep)
    app("pages/engagements/published_demand.py", "partner", tables=True)
    # The first page ran too, before this one was opened.
    by_topic = files[-1]().decode("utf-8-sig")
    said = (
        "Fiscal quarter FY2026 Q3. A missing number is hidden to protect agencies: it is "
    )
    assert f"{said}under 5" in by_topic
    assert "< 5" not in by_topic
    assert ",,True,5\r\n" in by_topic


def test_states_with_a_number_are_shown_and_the_others_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(page, "download", lambda *_: None)
    opened = AppTest.from_function(_published_cells).run()
    assert not opened.exception
    (matrix,) = [one.value for one in opened.dataframe]
    assert matrix.to_numpy().tolist() == [["Texas", "7", "–"]]
    assert "States whose numbers are all hidden: 1." in text_of(opened)


def _published_cells() -> None:
    import pandas as pd  # noqa: PLC0415

    from cri_ui.views import published_demand  # noqa: PLC0415

    rows = [
        ("FY2024 Q1", state, code, topic, topic, count, count is None)
        for state, code, topic, count in (
            ("Texas", "TX", "a", 7),
            ("Texas", "TX", "b", None),
            ("Ohio", "OH", "a", None),
            ("Ohio", "OH", "b", None),
        )
    ]
    names = ("quarter", "state_name", "state", "topic_id", "topic_name", "requests")
    published_demand.cells(pd.DataFrame(rows, columns=[*names, "is_suppressed"]), "said")


def test_a_partner_sees_the_published_quarter_and_nothing_newer(app: Opened) -> None:
    opened = app(
        "pages/engagements/published_demand.py",
        "partner",
        tables=True,
        quarter="FY1999 Q1",
    )
    assert not opened.exception
    quarters = opened.selectbox(key="quarter")
    assert quarters.value == quarters.options[0] == "FY2026 Q3"
    # No cell of so few requests can be shown: a table of dashes would say nothing.
    assert not opened.dataframe
    assert "No state has a number that can be shown for this quarter." in text_of(opened)
    # The words say what is not shown; "< 5" would be false of a partner's own many.
    hidden = tables_of(opened)[0]["Requests"].tolist().count("hidden")
    assert 0 < hidden <= 14
    assert f"Totals of {hidden} of 14 topics are hidden." in text_of(opened)
    assert "falls under that number when any one partner's requests" in text_of(opened)
    assert "< 5" not in text_of(opened)
    assert "as of Sep 30, 2026" in text_of(opened)

    older = quarters.options[3]
    quarters.set_value(older).run()
    assert not opened.exception
    assert opened.selectbox(key="quarter").value == older
    assert opened.header[0].value == f"Requests by topic, all states, {older}"
