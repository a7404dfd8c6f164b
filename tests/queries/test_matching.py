"""Who waits for a partner, who may be chosen, and what is known of both."""

import pandas as pd
import pytest

from cri_data.model.roles import STAFF, Viewer
from tests.support.matching import matching_store
from tests.support.small_store import day, small_store

TEXAS = {"states": ["TX"]}


@pytest.fixture(scope="module")
def store():
    store = matching_store()
    yield store
    store.close()


@pytest.fixture(scope="module")
def fits(store):
    pairs = store.ask("partner_fits_list", STAFF)
    return pairs.set_index(["request_id", "partner_id"])


def test_who_waits_is_who_needs_attention(store):
    waiting = store.ask("requests_without_partner_list", STAFF)
    # R-2 has a canceled engagement only. Oldest decision first.
    assert list(waiting.request_id) == ["R-2", "R-1", "R-3"]
    assert list(waiting.days_waiting) == [60, 29, 10]
    for chosen in ({}, TEXAS):
        waiting = store.ask("requests_without_partner_list", STAFF, **chosen)
        attention = store.ask(
            "attention_list", STAFF, attention="accepted_without_partner", **chosen
        )
        assert list(waiting.request_id) == list(attention.request_id)
        assert list(waiting.days_waiting) == list(attention.days)
    totals = store.ask("attention_totals", STAFF).set_index("attention")
    assert totals["items"]["accepted_without_partner"] == 3


def test_one_request_and_the_longest_waiting(store):
    named = store.ask("requests_without_partner_list", STAFF, request_id="R-3")
    assert list(named.request_id) == ["R-3"]
    assert list(named.topics) == ["21st Century COMPSTAT"]
    assert store.ask("requests_without_partner_list", STAFF, request_id="R-4").empty
    first = store.ask("partner_fits_list", STAFF, row_limit=2)
    assert list(first.request_id.unique()) == ["R-2", "R-1"]


def test_only_who_is_selected_on_the_day_is_offered(store, fits):
    assert set(fits.index.get_level_values(1)) == {"P1", "P2", "P9"}
    assert len(fits) == 9
    # A day later P4 is a partner; a day earlier P5 still was.
    for on, partner_id in (("2024-07-01", "P4"), ("2024-06-29", "P5")):
        pairs = store.ask("partner_fits_list", STAFF, as_of=day(on), request_id="R-1")
        assert set(pairs.partner_id) == {"P1", "P2", "P9", partner_id}
    later = store.ask("partner_fits_list", STAFF, as_of=day("2024-09-01"))
    assert "P2" not in set(later.partner_id)


def test_expertise(fits):
    of_one = fits.xs("P1", level=1)
    assert dict(of_one.expertise) == {"R-2": "none", "R-1": "primary", "R-3": "primary"}
    assert pd.isna(fits.expertise["R-1", "P2"])
    assert fits.expertise["R-1", "P9"] == "none"
    assert "; " in fits.topics_of_expertise["R-1", "P1"]


def test_outcomes_in_the_topic_with_their_number(fits):
    # E4's: 4 of 6 are better. P2 supported it.
    for partner_id in ("P1", "P2"):
        pair = fits.loc[("R-1", partner_id)]
        assert (pair.n, pair.outcomes_improved, pair.is_suppressed) == (6, 4, False)
    # Two are too few to be shown.
    few = fits.loc[("R-1", "P9")]
    assert pd.isna(few.n)
    assert pd.isna(few.outcomes_improved)
    assert few.is_suppressed
    # None in that topic is known to be none. The hidden two count nowhere.
    assert fits.n["R-3", "P1"] == 0
    assert not fits.is_suppressed["R-3", "P1"]
    assert fits.share_improved_by_all["R-1", "P9"] == pytest.approx(4 / 6)


def test_distances(fits):
    # From JFK to LAX, as published: 2,475 miles.
    assert fits.miles_from_base["R-1", "P1"] == pytest.approx(2_475, rel=0.005)
    # E1 and E3 are at the agency itself.
    assert fits.miles_from_work["R-1", "P1"] == pytest.approx(0, abs=1e-6)
    assert fits.places_of_work["R-1", "P1"] == 2
    # A2 has no place, P9 no base, and P2 no engagement under way.
    assert pd.isna(fits.miles_from_base["R-2", "P1"])
    assert pd.isna(fits.miles_from_base["R-1", "P9"])
    assert pd.isna(fits.miles_from_work["R-1", "P2"])
    # P2's base is the middle of Austin, and A3's ZIP is there.
    assert fits.miles_from_base["R-3", "P2"] < 15


# Distances between airports, as the Great Circle Mapper publishes them.
AIRPORTS = {
    "JFK": (40.639751, -73.778925),
    "LAX": (33.942536, -118.408075),
    "ORD": (41.978603, -87.904842),
    "DFW": (32.896828, -97.037997),
    "SEA": (47.449, -122.309306),
    "MIA": (25.79325, -80.290556),
    "ANC": (61.174361, -149.996361),
    "HNL": (21.318681, -157.922428),
    "SJU": (18.439417, -66.001833),
    "GUM": (13.4838, 144.797083),
}


@pytest.mark.parametrize(
    ("one", "other", "miles"),
    [
        ("JFK", "LAX", 2_475),
        ("ORD", "DFW", 802),
        ("SEA", "MIA", 2_724),
        ("ANC", "HNL", 2_777),
        ("SJU", "JFK", 1_598),
        # Across the date line.
        ("GUM", "HNL", 3_801),
    ],
)
def test_known_distances(store, one, other, miles):
    statement = "select miles_between($a, $b, $c, $d), miles_between($c, $d, $a, $b)"
    (a, b), (c, d) = AIRPORTS[one], AIRPORTS[other]
    with store.cursor() as cursor:
        there, back = cursor.execute(statement, {"a": a, "b": b, "c": c, "d": d}).fetchone()
    assert there == pytest.approx(miles, rel=0.005)
    assert back == pytest.approx(there)


def test_similar_agencies_served(fits):
    # A1 is municipal with 8 officers: E1, E3, and E4. E2 has not begun.
    pair = fits.loc[("R-1", "P1")]
    assert (pair.engagements, pair.engagements_of_type) == (3, 3)
    assert pair.engagements_of_size == 3
    other = fits.loc[("R-2", "P1")]
    assert (other.engagements_of_type, other.engagements_of_size) == (0, 0)
    # Type and size of A3 are not known.
    assert pd.isna(fits.engagements_of_type["R-3", "P1"])
    assert pd.isna(fits.engagements_of_size["R-3", "P1"])


def test_load_against_capacity_in_the_planned_period(store, fits):
    pair = fits.loc[("R-1", "P1")]
    assert (pair.start_on.date(), pair.end_on.date()) == (
        day("2024-07-30"),
        day("2024-10-27"),
    )
    assert pair.days_planned == 90
    assert pair.hours_of_capacity == pytest.approx(1000 * 90 / 91.3125)
    # E1: an hour on each of 30 days. E3 is late: 90 of its 301 days until the end.
    assert pair.hours_booked == pytest.approx(30 + 100 * 90 / 301)
    assert (pair.engagements_booked, pair.engagements_booked_without_hours) == (3, 1)
    assert pd.isna(fits.hours_of_capacity["R-1", "P2"])
    assert fits.hours_of_capacity["R-1", "P9"] == 0
    # In a later period only what is late goes on.
    dates = {"start_on": day("2024-09-01"), "end_on": day("2024-09-10")}
    later = store.ask("partner_fits_list", STAFF, request_id="R-1", **dates)
    later = later.set_index("partner_id")
    assert later.engagements_booked["P1"] == 1
    # From January 1 to September 10 are 254 days.
    assert later.hours_booked["P1"] == pytest.approx(100 * 10 / 254)


def test_selection_over_the_planned_days(fits):
    assert fits.days_selected["R-1", "P1"] == 90
    # July 30 to August 31.
    assert fits.days_selected["R-1", "P2"] == 33
    # Neither date is known.
    assert fits.days_selected["R-1", "P9"] == 90


def test_usual_hours_of_the_topic_else_of_all(fits):
    # Of 89, 100, 20, and 40; E2-1 is canceled and E2 has no hours.
    assert fits.hours_usual["R-1", "P1"] == 64.5
    # No engagement is about tribal policing.
    assert fits.hours_usual["R-2", "P1"] == 64.5


@pytest.mark.parametrize("partner_id", ["P1", "P2", "P7"])
def test_no_partner_sees_who_else_may_be_chosen(store, partner_id):
    viewer = Viewer("partner", partner_id)
    assert store.ask("partner_fits_list", viewer).empty
    # Not even R-2, of which P1 has a canceled engagement.
    assert store.ask("requests_without_partner_list", viewer).empty


def test_partners_without_a_selection_status_are_never_offered():
    small = small_store()
    assert len(small.ask("requests_without_partner_list", STAFF)) == 2
    assert small.ask("partner_fits_list", STAFF).empty
    small.close()
