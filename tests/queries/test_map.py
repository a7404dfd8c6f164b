"""What the map asks, counted by hand, and distances against known pairs of cities."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from cri_data.model.roles import STAFF, Viewer
from tests.support.small_store import add, day, empty_store, small_store
from tests.support.stores import demonstration_store

P1 = Viewer("partner", "P1")


@pytest.fixture(scope="module")
def store():
    store = small_store()
    yield store
    store.close()


@pytest.fixture(scope="module")
def demonstration():
    store = demonstration_store(400)
    yield store
    store.close()


def column(answer: pd.DataFrame, name: str) -> list:
    values = answer[name].astype(object)
    return values.where(values.notna(), None).tolist()


# Great-circle miles between cities, as airports publish them (WGS 84), to half a percent.
CITIES = [
    ("New York to Los Angeles", (40.6398, -73.7789), (33.9425, -118.4081), 2475),
    ("Honolulu to Guam", (21.3187, -157.9225), (13.4839, 144.7971), 3801),
    ("Seattle to Anchorage", (47.4490, -122.3093), (61.1744, -149.9964), 1448),
    ("Miami to San Juan", (25.7932, -80.2906), (18.4394, -66.0018), 1045),
    ("here to here", (39.0, -77.0), (39.0, -77.0), 0),
]


@pytest.mark.parametrize(("pair", "one", "other", "miles"), CITIES)
def test_distances_are_those_of_known_pairs(pair, one, other, miles):
    store = empty_store()
    add(store, "partners", ("P1", pair))
    with store.writing() as cursor:
        cursor.execute(
            "update partners set base_latitude = $latitude, base_longitude = $longitude",
            {"latitude": one[0], "longitude": one[1]},
        )
    # Without a state nothing is outside of it.
    add(store, "agencies", ("A1", "Alder PD", None, None, 8, None, None, *other))
    add(store, "requests", ("R1", "A1", day("2024-01-01"), "assigned", ["training"]))
    add(store, "engagements", ("E1", "R1", "P1"))
    answer = store.ask("partner_coverage_list", STAFF, partner_id="P1")
    assert answer["miles_from_base"][0] == pytest.approx(miles, rel=0.005)
    store.close()


def test_groups_of_the_legend(store):
    # E1 and E4 are training, E5 too, E2 is compstat, and E3, of tribal, is canceled.
    by_topic = store.ask("engagements_by_map_group", STAFF)
    assert dict(zip(by_topic.map_group, by_topic.points, strict=True)) == {
        "coordination": 1,
        "officers": 3,
        "tribal_shared": 1,
    }
    assert dict(zip(by_topic.map_group, by_topic.engagements, strict=True)) == {
        "coordination": 1,
        "officers": 3,
        "tribal_shared": 0,
    }
    by_status = store.ask("engagements_by_map_group", STAFF, colored_by="status")
    assert dict(zip(by_status.map_group, by_status.points, strict=True)) == {
        "active": 1,
        "cancelled": 1,
        "completed": 2,
        "planned": 1,
    }
    # A1 has 8 officers (E1, E4), A2 120 (E2, E5), A4 30 (E3).
    by_size = store.ask("engagements_by_map_group", STAFF, colored_by="size")
    assert dict(zip(by_size.map_group, by_size.points, strict=True)) == {
        "25_49": 1,
        "50_249": 2,
        "under_10": 2,
    }
    by_partner = store.ask("engagements_by_map_group", STAFF, colored_by="partner")
    assert column(by_partner, "map_group") == ["partner P1", "partner P2"]
    assert column(by_partner, "partner_name") == ["Partner One", "Partner Two"]
    assert column(by_partner, "points") == [3, 2]


def test_a_filter_leaves_a_partner_its_color(store):
    answer = store.ask(
        "engagements_by_map_group", STAFF, colored_by="partner", statuses=["active"]
    )
    # P2 leads the active one.
    assert column(answer, "map_group") == ["partner P1", "partner P2"]
    assert column(answer, "partner_order") == [1, 2]
    assert column(answer, "points") == [0, 1]


def test_five_partners_have_a_color_and_the_others_none():
    store = empty_store()
    add(store, "agencies", ("A1", "Alder PD", "municipal", "TX", 8))
    add(store, "requests", ("R1", "A1", day("2024-01-01"), "assigned", ["training"]))
    led = [f"P{n}" for n in range(1, 8) for _ in range(n)]
    add(store, "engagements", *((f"E{n}", "R1", one) for n, one in enumerate(led)))
    add(store, "engagements", ("E99", "R1", None))
    answer = store.ask("engagements_by_map_group", STAFF, colored_by="partner")
    points = dict(zip(answer.map_group, answer.points, strict=True))
    assert points == {f"partner P{n}": n for n in range(3, 8)} | {"other": 1 + 2 + 1}
    assert sum(points.values()) == len(store.ask("engagements_list", STAFF))
    store.close()


@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        ({}, "E1 E2 E3 E4 E5"),
        ({"map_groups": ["officers"]}, "E1 E4 E5"),
        ({"map_groups": []}, ""),
        ({"colored_by": "status", "map_groups": ["cancelled", "active"]}, "E2 E3"),
        ({"place_state": "PR"}, "E3"),
        ({"cell_degrees": 3.2, "place": "PR"}, "E3"),
        # 30 north, 97.5 west: E1's site alone, in row 11 of 2.56 and column -31 of 3.2.
        ({"cell_degrees": 3.2, "place": "11 -31", "place_state": "TX"}, "E1"),
        ({"agency_id": "A1"}, "E1 E4"),
        ({"agency_id": "A9"}, ""),
        ({"agency_id": "A1", "map_groups": ["coordination"]}, ""),
        ({"states": ["TX"], "statuses": ["planned"]}, "E4"),
    ],
)
def test_the_list_holds_what_legend_place_and_filters_hold(store, chosen, left):
    answer = store.ask("map_engagements_list", STAFF, **chosen)
    assert " ".join(sorted(answer.engagement_id)) == left
    assert (answer.engagements_of_all == len(answer)).all()
    newest = store.ask("map_engagements_list", STAFF, row_limit=1, **chosen)
    assert list(newest.engagements_of_all) == [len(answer)][: len(newest)]


def test_circles_marks_legend_states_and_steps_count_the_same(demonstration):
    for by in ("topic", "partner", "status", "size"):
        for groups in (None, ["officers", "completed", "10_24", "partner SAPC", "other"]):
            asked = {"colored_by": by, "map_groups": groups}
            rows = demonstration.ask("map_engagements_list", STAFF, **asked)
            placed = rows.dropna(subset=["latitude"])
            for degrees in (3.2, 0.4, None):
                places = demonstration.ask(
                    "engagements_by_place", STAFF, cell_degrees=degrees, **asked
                )
                assert places.points.sum() == len(placed) > 0
                assert not places.place.duplicated().any()
            states = demonstration.ask("engagements_by_state", STAFF, **asked)
            assert (states.engagements + states.engagements_cancelled).sum() == len(rows)
            legend = demonstration.ask("engagements_by_map_group", STAFF, colored_by=by)
            shown = legend if groups is None else legend[legend.map_group.isin(groups)]
            assert shown.points.sum() == len(rows)
            for kind in ("year", "quarter"):
                steps = demonstration.ask(
                    "engagements_by_step", STAFF, step_kind=kind, **asked
                )
                assert steps.points.sum() == rows.period_on.notna().sum()


def test_a_cell_holds_its_engagements_and_an_inset_is_one(demonstration):
    rows = demonstration.ask("map_engagements_list", STAFF).dropna(subset=["latitude"])
    insets = {"AK", "AS", "GU", "HI", "MP", "PR", "VI"}
    cells = (
        np.floor(rows.latitude / 2.56).astype(int).astype(str)
        + " "
        + np.floor(rows.longitude / 3.2).astype(int).astype(str)
    ).where(~rows.state.isin(insets), rows.state)
    places = demonstration.ask("engagements_by_place", STAFF, cell_degrees=3.2)
    assert dict(zip(places.place, places.points, strict=True)) == (
        cells.value_counts().to_dict()
    )
    assert insets & set(places.place)
    most = places.iloc[0]
    own = demonstration.ask(
        "map_engagements_list", STAFF, cell_degrees=3.2, place=most.place
    )
    assert len(own) == most.points
    assert own.map_group.value_counts().max() == most.engagements_of_map_group
    assert own.map_group.value_counts()[most.map_group] == most.engagements_of_map_group


def test_steps_are_fiscal_years_or_quarters(store):
    years = store.ask("engagements_by_step", STAFF)
    # E2 began in December 2022, E5 on September 1, 2023; E1, E3, and E4 in FY2024.
    assert column(years, "step") == ["FY2023", "FY2024"]
    assert column(years, "engagements") == [2, 2]
    assert column(years, "engagements_cancelled") == [0, 1]
    first, last = years.step_from_on[0].date(), years.step_to_on[0].date()
    assert (first, last) == (date(2022, 10, 1), date(2023, 9, 30))
    quarters = store.ask("engagements_by_step", STAFF, step_kind="quarter")
    assert column(quarters, "step") == [
        *("FY2023 Q1", "FY2023 Q4", "FY2024 Q2", "FY2024 Q3", "FY2024 Q4"),
    ]
    first, third = quarters.iloc[0], quarters.iloc[2]
    assert first.step_from_on.date() == date(2022, 10, 1)
    assert first.step_to_on.date() == date(2022, 12, 31)
    assert third.step_from_on.date() == date(2024, 1, 1)
    assert third.step_to_on.date() == date(2024, 3, 31)


def test_waiting_are_open_requests_without_a_partner(store):
    # R2 of A1 and R3 of A2, both in Texas; R5's only engagement is canceled.
    answer = store.ask("waiting_by_state", STAFF)
    assert column(answer, "state") == ["TX", "PR"]
    assert column(answer, "requests_waiting") == [2, 1]
    assert column(answer, "requests_accepted") == [1, 1]
    # Since August 1, 2023, and May 30, 2024.
    assert column(answer, "oldest_days") == [334, 31]
    assert store.ask("waiting_by_state", P1).empty


def test_agencies_served_have_an_engagement_that_is_not_canceled(store):
    answer = store.ask("agencies_served_by_state", STAFF).set_index("state")
    # A1 and A2 of Texas; Puerto Rico's only one is canceled.
    assert answer.agencies_served.to_dict() == {"TX": 2, "OH": 0, "PR": 0, "CA": 0}
    assert answer.agencies.to_dict() == {"TX": 2, "OH": 1, "PR": 1, "CA": 1}
    assert answer.share_of_agencies_served["TX"] == 1
    # A partner's own agencies alone are in the whole that it sees.
    assert set(store.ask("agencies_served_by_state", P1).state) == {"TX", "PR"}


def test_who_supports_whom(store):
    answer = store.ask("partner_pairs", STAFF)
    # P2 beside P1 in E1.
    assert column(answer, "lead_partner_id") == ["P1"]
    assert column(answer, "supporting_partner_id") == ["P2"]
    assert column(answer, "engagements") == [1]
    assert column(answer, "hours") == [10.0]
    assert store.ask("partner_pairs", STAFF, statuses=["active"]).empty


def test_coverage_is_of_agencies_led_and_supported(store):
    own = store.ask("partner_coverage_list", STAFF, partner_id="P2")
    # E1 and E4 for A1, E2 for A2. The base is not known, so neither are miles.
    assert dict(zip(own.agency_id, own.engagements, strict=True)) == {"A1": 2, "A2": 1}
    assert own.miles_from_base.isna().all()
    assert store.ask("partner_coverage_list", STAFF).empty
    # P1 sees of P2 what they share.
    shared = store.ask("partner_coverage_list", P1, partner_id="P2")
    assert dict(zip(shared.agency_id, shared.engagements, strict=True)) == {"A1": 1}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("alder", ["A1"]),
        ("PD tx", ["A1"]),
        # A3 and A5 have no engagements.
        ("pd", ["A1", "A4"]),
        ("cedar", []),
        ("a2", ["A2"]),
        ("%", []),
        ("  ", []),
        (None, []),
    ],
)
def test_agencies_are_found_by_name_city_state_and_id(store, text, found):
    answer = store.ask("map_places_found_list", STAFF, text=text)
    assert column(answer, "agency_id") == found
    assert len(store.ask("map_places_found_list", STAFF, text=text, row_limit=1)) <= 1


def test_published_counts_are_those_that_are_shown(demonstration):
    answer = demonstration.ask("published_by_state", STAFF).set_index("state")
    cells = demonstration.ask("published_requests_by_state_and_topic", STAFF)
    expected = cells.groupby("state")["requests"].sum(min_count=1)
    shown = answer.requests_by_topic_published.astype("Float64")
    assert shown.dropna().to_dict() == expected.dropna().to_dict()
    assert answer.counts_hidden.sum() == cells.is_suppressed.sum()
    of_one = demonstration.ask("published_by_state", STAFF, topics_of_map=["training"])
    assert of_one.counts_shown.sum() + of_one.counts_hidden.sum() == (
        (cells.topic_id == "training").sum()
    )


def test_outcomes_of_one_engagement(store):
    answer = store.ask("engagement_outcomes_list", STAFF, engagement_id="E1")
    assert column(answer, "outcome_id") == ["O1", "O2", "O3"]
    # E5 is P1's, not P2's.
    other = Viewer("partner", "P2")
    assert store.ask("engagement_outcomes_list", other, engagement_id="E5").empty
