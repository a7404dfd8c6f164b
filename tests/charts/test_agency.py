"""Figures of one agency, drawn from the answers of the small store."""

from xml.etree import ElementTree

import pandas as pd
import pytest

from cri_data.model.roles import STAFF
from cri_ui.charts.agency import (
    agency_peers_by_requests,
    agency_peers_by_topic,
    agency_timeline,
)
from cri_ui.views.agency_records import timeline_in_words
from tests.support.small_store import small_store


@pytest.fixture(scope="module")
def timeline():
    store = small_store()
    yield timeline_in_words(store.ask("agency_timeline", STAFF, agency_id="A1"))
    store.close()


def read(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)  # noqa: S314 (our own)


def texts(drawn: str) -> list[str]:
    return ["".join(item.itertext()) for item in read(drawn).iter("li")]


def test_every_event_of_the_table_is_in_the_figure_in_words(timeline):
    said = texts(agency_timeline(timeline))
    assert len(said) == len(timeline) == 15
    assert said[0].startswith("Jul 15, 2024Engagement planned")
    assert said[1].startswith("May 10, 2024Request closed (completed)")
    assert said[2] == (
        "Apr 10, 2024Follow-up measuredOfficer morale survey: 4 (score, 1 to 5) · O1"
    )
    assert not any("_" in text for text in said)


def test_years_are_groups_and_the_newest_is_open(timeline):
    groups = list(read(agency_timeline(timeline)).iter("details"))
    heads = ["".join(group.find("summary").itertext()) for group in groups]
    assert heads == ["To come · 1 event", "FY2024 · 14 events"]
    assert all("open" in group.attrib for group in groups)


def test_older_years_are_closed(timeline):
    older = timeline.assign(fiscal_year=2020, is_to_come=False)
    drawn = read(agency_timeline(pd.concat([timeline, older], ignore_index=True)))
    opened = ["open" in group.attrib for group in drawn.iter("details")]
    assert opened == [True, True, False]


def test_each_kind_of_record_has_its_lane(timeline):
    strip = read(agency_timeline(timeline)).find("div")
    lanes = {lane.get("class"): len(lane.findall("span/i")) for lane in strip}
    # Days, of which events can share one; the last is the scale of one year.
    assert lanes == {"request": 6, "engagement": 3, "outcome": 2, None: 1}


def test_of_very_many_events_the_newest_are_drawn_and_the_rest_is_counted(timeline):
    many = pd.concat([timeline] * 40, ignore_index=True)
    drawn = agency_timeline(many)
    assert len(texts(drawn)) == 500
    assert "The newest 500 of 600 events. The table has all." in drawn


def test_nothing_in_a_cell_means_anything_to_a_browser(timeline):
    hostile = "<img src=x onerror=alert(1)>"
    drawn = agency_timeline(
        timeline.assign(
            topics=hostile,
            metric_name=hostile,
            record_id=hostile,
            status=hostile,
            lead_partner_name=hostile,
            event=hostile,
            unit=hostile,
        )
    )
    assert "<img" not in drawn
    assert "&lt;img" in drawn
    assert read(drawn).find(".//img") is None


def test_an_empty_timeline_is_no_figure(timeline):
    assert agency_timeline(timeline.head(0)) == ""


def test_peers_by_requests_mark_the_agencys_own_group():
    drawn = agency_peers_by_requests(
        pd.DataFrame(
            {
                "requests_group": ["0", "1", "2-3"],
                "peers": [3, 1, 0],
                "share_of_peers": [0.75, 0.25, 0.0],
                "is_own_group": [False, True, False],
            }
        )
    )
    rows = ["".join(row.itertext()) for row in read(drawn).iter("tr")][1:]
    assert rows == ["03 (75.0%)", "1this agency is here1 (25.0%)", "2-30 (0.0%)"]


def by_topic(*requests: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "topic_name": [f"Topic {place}" for place in range(len(requests))],
            "peers_with_topic": 2,
            "share_of_peers_with_topic": 0.5,
            "requests": requests,
            "is_never_requested": [number == 0 for number in requests],
        }
    )


def test_topics_say_what_the_agency_never_requested():
    drawn = agency_peers_by_topic(by_topic(0, 1))
    assert "never requested by this agency" in drawn
    assert "this agency: 1 request<" in drawn
    assert "2 (50.0%)" in drawn


def test_of_an_agency_without_requests_topics_do_not_repeat_it():
    assert "this agency" not in agency_peers_by_topic(by_topic(0, 0))
