"""What the questions about engagements and attention answer, counted by head."""

import numpy as np
import pandas as pd
import pytest

from cri_data.model.roles import STAFF, Viewer
from tests.support.small_store import add, day, empty_store, small_store
from tests.support.stores import demonstration_store


@pytest.fixture(scope="module")
def store():
    store = small_store()
    yield store
    store.close()


def test_totals_leave_out_what_is_cancelled(store):
    (row,) = store.ask("engagements_totals", STAFF).to_dict("records")
    assert row == {
        "engagements": 4,
        "engagements_cancelled": 1,
        "engagements_active": 1,
        "engagements_with_hours": 2,
        "hours": 15,
        # 12 in Town hall, 3 and 4 online.
        "participants": 19,
        "agencies_served": 2,
        # E2 and E5 are for A2, E3 for A4, of which the state is known at least.
        "engagements_without_place": 0,
        "engagements_outside_state": 0,
        # E2, E3, and E5, whose cities are not in their states.
        "engagements_placed_roughly": 3,
    }


@pytest.mark.long
@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        ({}, "E1 E2 E3 E4 E5"),
        # A period is of the first day, planned where there is none.
        ({"date_from": day("2024-02-20")}, "E1 E3 E4"),
        ({"date_to": day("2024-02-19")}, "E2 E5"),
        ({"date_from": day("2024-07-15"), "date_to": day("2024-07-15")}, "E4"),
        # E1 names no topic: it is of its request's primary one.
        ({"topics": ["training"]}, "E1 E4 E5"),
        ({"topics": []}, ""),
        ({"regions": ["Territories"]}, "E3"),
        ({"divisions": ["West South Central"]}, "E1 E2 E4 E5"),
        ({"states": ["TX"], "topics": ["compstat"]}, "E2"),
        ({"states": []}, ""),
        ({"size_bands": ["Under 10"]}, "E1 E4"),
        ({"agency_types": ["tribal"]}, "E3"),
        # A partner's engagements are those that it leads and those it supports.
        ({"partners": ["P2"]}, "E1 E2 E4"),
        ({"partners": ["P1"]}, "E1 E3 E5"),
        ({"partners": []}, ""),
        ({"statuses": ["completed", "planned"]}, "E1 E4 E5"),
        ({"statuses": []}, ""),
        ({"partners": ["P2"], "statuses": ["active"]}, "E2"),
        ({"delivery_modes": ["web_training"]}, "E4"),
        ({"delivery_modes": ["Not reported"], "partners": ["P1"]}, "E1 E3 E5"),
        # By their request.
        ({"request_statuses": ["completed"]}, "E1 E4"),
        ({"sources": ["IACP"]}, ""),
        ({"sources": ["Not reported"], "statuses": ["planned"]}, "E4"),
    ],
)
def test_each_filter(store, chosen, left):
    answer = store.ask("engagements_list", STAFF, **chosen)
    assert " ".join(sorted(answer.engagement_id)) == left
    (totals,) = store.ask("engagements_totals", STAFF, **chosen).to_dict("records")
    assert totals["engagements"] + totals["engagements_cancelled"] == len(answer)


def test_what_nobody_tells_is_not_zero(store):
    """E4 is planned: neither its hours nor who came are known."""
    (row,) = store.ask("engagements_totals", STAFF, date_from=day("2024-07-01")).to_dict(
        "records"
    )
    assert row["engagements"] == 1
    assert row["engagements_with_hours"] == 0
    assert pd.isna(row["hours"])
    assert pd.isna(row["participants"])


def test_list_is_newest_first_with_names(store):
    answer = store.ask("engagements_list", STAFF)
    assert list(answer.engagement_id) == ["E4", "E3", "E1", "E5", "E2"]
    rows = answer.set_index("engagement_id")
    assert rows.topic_id["E1"] == "training"
    assert rows.topic_name["E1"] == "De-escalation and crisis training"
    assert rows.lead_partner_name["E1"] == "Partner One"
    assert rows.supporting_partners["E1"] == "Partner Two"
    assert pd.isna(rows.supporting_partners["E3"])
    assert rows.period_on["E3"] == pd.Timestamp("2024-06-20")
    newest = store.ask("engagements_list", STAFF, row_limit=1)
    assert list(newest.engagement_id) == ["E4"]


def test_a_place_is_the_most_exact_that_is_known():
    """The site's, the agency's, its ZIP's, city's, county's, or state's, in this order."""
    store = empty_store()
    texas = ("municipal", "TX", 8)
    add(
        store,
        "agencies",
        ("A1", "Alder PD", *texas, "78701", "Austin", 31.0, -97.0),
        # Half a place is none: both coordinates come from the ZIP code.
        ("A2", "Birch PD", *texas, "78701", "Austin", 31.0, None),
        # A ZIP that is not known; then a city, in another case.
        ("A3", "Cedar PD", *texas, "00000", "AUSTIN"),
        ("A4", "Dune PD", *texas, None, "Nowhere"),
        # Austin's county is Travis County.
        ("A5", "Elm PD", *texas, None, "Nowhere"),
        # In the Pacific, as coordinates with a lost sign or degrees in the wrong order are.
        ("A6", "Fir PD", *texas, "78701", "Austin", 31.0, 97.0),
        # A ZIP code of unknown place, which is at 0, 0 in the list of ZIP codes.
        ("A7", "Gum PD", "municipal", "TX", 8, "77352", "Livingston"),
        ("A8", "Hay PD", "municipal", None, 8, None, "Austin"),
    )
    with store.writing() as cursor:
        cursor.execute("update agencies set county = 'Travis' where agency_id = 'A5'")
    received = day("2024-01-01")
    rest = (received, "assigned", ["training"])
    agencies = ("A1", "A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A1")
    numbered = list(enumerate(agencies, 1))
    add(store, "requests", *((f"R{n}", agency, *rest) for n, agency in numbered))
    blank = [None] * 11
    places = {1: (30.0, -97.5), 10: (-30.0, -97.5)}
    add(
        store,
        "engagements",
        *((f"E{n}", f"R{n}", "P1", *blank, *places.get(n, ())) for n, _ in numbered),
    )
    rows = store.ask("engagements_list", STAFF).set_index("engagement_id")

    def place(number: int) -> tuple[float, float]:
        return (rows.latitude[f"E{number}"], rows.longitude[f"E{number}"])

    def placed_by(number: int) -> str | None:
        answer = store.ask("engagement_detail", STAFF, engagement_id=f"E{number}")
        return answer.placed_by[0]

    assert place(1) == (30.0, -97.5)
    assert place(2) == (31.0, -97.0)
    for number in (3, 4, 6):
        assert place(number) == pytest.approx((30.27, -97.74), abs=0.15)
    # The middle of Texas's ZIP codes.
    assert place(5) == pytest.approx((31.0, -97.5), abs=1)
    assert place(8) == pytest.approx((30.71, -94.93), abs=0.1)
    assert [placed_by(number) for number in range(1, 11)] == [
        *("site", "agency", "zip", "city", "state", "county", "outside", "city", None),
        "outside",
    ]
    for number in (7, 9, 10):
        assert all(map(pd.isna, place(number)))
    totals = store.ask("engagements_totals", STAFF)
    assert totals.engagements_without_place[0] == 3
    assert totals.engagements_outside_state[0] == 2


def test_detail_shows_the_request_that_it_answers(store):
    answer = store.ask("engagement_detail", STAFF, engagement_id="E1")
    (row,) = answer.to_dict("records")
    assert row["request_received_on"] == pd.Timestamp("2024-01-10")
    assert row["request_status"] == "completed"
    assert row["request_summary"] == "Help with training"
    assert store.ask("engagement_detail", STAFF, engagement_id="E99").empty


PARTNER_COLUMNS = [
    *("engagements", "agencies_served", "engagements_with_hours", "hours"),
    *("median_days_to_delivery_started", "n", "share_improved"),
]


def by_partner(store, **chosen) -> dict[str, list]:
    given = {"suppress_below": 0} | chosen
    answer = store.ask("engagements_by_partner", STAFF, **given)
    figures = answer[PARTNER_COLUMNS].astype(object)
    rows = figures.where(figures.notna(), None).to_numpy().tolist()
    return dict(zip(answer.lead_partner_id, rows, strict=True))


def test_by_partner_who_leads_answers(store):
    # E1 and E5 are P1's, E2 and E4 are P2's; E3 is cancelled. Each answers R1, whose
    # delivery began after 41 days, and R6, after 30. All that was measured is P1's,
    # but for E2, which was measured once.
    assert by_partner(store) == {
        "P1": [2, 2, 1, 10.0, 35.5, 4, 0.75],
        "P2": [2, 2, 1, 5.0, 35.5, 0, None],
    }
    answer = store.ask("engagements_by_partner", STAFF)
    assert list(answer.lead_partner_name) == ["Partner One", "Partner Two"]


@pytest.mark.parametrize(
    ("chosen", "rows"),
    [
        # What nobody tells is not zero.
        ({"date_from": day("2024-07-01")}, {"P2": [1, 1, 0, None, 41.0, 0, None]}),
        ({"size_bands": ["100-249"]}, {"P1": [1, 1, 0, None, 30.0, 1, 1.0]}),
        # R6 alone names compstat in its engagement E2.
        ({"topics": ["compstat"]}, {"P2": [1, 1, 1, 5.0, 30.0, 0, None]}),
        # Measured in the period, delivered before it.
        (
            {"date_from": day("2024-04-02"), "date_to": day("2024-06-01")},
            {"P1": [0, 0, 0, None, None, 3, 2 / 3]},
        ),
        # Cancelled engagements answer nothing.
        ({"states": ["PR"]}, {}),
        ({"regions": []}, {}),
    ],
)
def test_by_partner_keeps_the_filters(store, chosen, rows):
    answer = by_partner(store, **chosen)
    assert {name: answer[name] for name in rows} == rows
    assert set(answer) == set(rows) | ({"P2"} if "size_bands" in chosen else set())


def test_by_partner_a_request_counts_once_for_each_and_none_is_lost():
    store = empty_store()
    add(store, "agencies", ("A1", "Alder PD", "municipal", "TX", 8))
    received = day("2024-01-01")
    begun = (None, None, day("2024-01-11"))
    add(store, "requests", ("R1", "A1", received, "in_delivery", ["training"], *begun))
    add(store, "requests", ("R2", "A1", received, "in_delivery", ["training"]))
    late = (None, None, day("2024-02-20"))
    add(store, "requests", ("R3", "A1", received, "in_delivery", ["training"], *late))
    # Three engagements of R1 would draw the median to its ten days.
    led = [("E1", "R1"), ("E2", "R1"), ("E3", "R1"), ("E4", "R2"), ("E5", "R3")]
    add(store, "engagements", *((*ids, "P9") for ids in led))
    add(store, "engagements", ("E6", "R1", None))
    answer = by_partner(store)
    assert answer["P9"][:5] == [5, 1, 0, None, 30.0]
    # A partner that is not in the store is shown by its id; none at all is said.
    assert answer["Not reported"][:5] == [1, 1, 0, None, 10.0]
    totals = store.ask("engagements_totals", STAFF)
    assert totals.engagements[0] == sum(row[0] for row in answer.values())
    assert store.ask("engagements_by_partner", STAFF).lead_partner_name[0] == "P9"


def measured_by(**pairs: int) -> object:
    """A store in which each partner's engagement was measured so many times.

    Every second outcome improved: which ones says nothing of the others.
    """
    store = empty_store()
    add(store, "agencies", ("A1", "Alder PD", "municipal", "TX", 8))
    now = day("2024-01-01")
    add(store, "requests", ("R1", "A1", now, "assigned", ["training"]))
    add(store, "engagements", *((f"E-{name}", "R1", name) for name in pairs))
    for name, count in pairs.items():
        values = (f"E-{name}", "complaints", 3.0, now)
        rows = [(f"O-{name}-{n}", *values, 2.0 + 2 * (n % 2), now) for n in range(count)]
        add(store, "outcomes", *rows)
    return store


@pytest.mark.long
@pytest.mark.parametrize(
    ("pairs", "hidden"),
    [
        ({"P1": 4, "P2": 4, "P3": 5}, {"P1", "P2"}),
        # The total less the others would be P1: the smallest goes too.
        ({"P1": 4, "P2": 6, "P3": 5}, {"P1", "P3"}),
        ({"P1": 5, "P2": 6}, set()),
        ({"P1": 0, "P2": 5, "P3": 6}, {"P1"}),
    ],
)
def test_by_partner_few_measurements_are_not_shown(pairs, hidden):
    store = measured_by(**pairs)
    answer = store.ask("engagements_by_partner", STAFF, suppress_below=5)
    assert set(answer[answer.is_suppressed].lead_partner_id) == hidden
    assert (
        answer[["n", "share_improved"]].isna().all(axis=1) == answer.is_suppressed
    ).all()
    # Whoever forgets to say is told no more than the setting allows.
    unsaid = store.ask("engagements_by_partner", STAFF)
    assert list(unsaid.is_suppressed) == list(answer.is_suppressed)


def test_engagements_of_a_request_the_first_first(store):
    answer = store.ask("request_engagements_list", STAFF, request_id="R6")
    assert list(answer.engagement_id) == ["E2", "E5"]
    assert list(answer.lead_partner_name) == ["Partner Two", "Partner One"]
    assert list(answer.status) == ["active", "completed"]
    assert answer.hours[0] == 5
    assert pd.isna(answer.hours[1])
    # Cancelled ones are part of what happened.
    cancelled = store.ask("request_engagements_list", STAFF, request_id="R5")
    assert list(cancelled.engagement_id) == ["E3"]
    assert store.ask("request_engagements_list", STAFF).empty


def test_a_partner_sees_the_engagements_of_a_request_that_are_its_own(store):
    one = Viewer("partner", "P2")
    answer = store.ask("request_engagements_list", one, request_id="R6")
    # E5 is P1's alone.
    assert list(answer.engagement_id) == ["E2"]
    rows = store.ask("requests_list", one).set_index("request_id")
    assert rows.lead_partners["R6"] == "Partner Two"


def test_places_hold_every_placed_engagement_once():
    store = demonstration_store(400)
    rows = store.ask("engagements_list", STAFF).dropna(subset=["latitude"])
    places = store.ask("engagements_by_place", STAFF).set_index("place")

    half_degrees = (rows[["latitude", "longitude"]] * 2).apply(np.floor).astype(int)
    rows["place"] = half_degrees.astype(str).agg(" ".join, axis=1)
    rows["is_cancelled"] = rows["status"] == "cancelled"
    rows["is_counted"] = ~rows["is_cancelled"]
    rows["hours"] = rows["hours"].where(rows["is_counted"])
    by_place = rows.groupby("place")
    assert 0 < rows["is_cancelled"].sum() < rows["is_counted"].sum()
    assert len(places) == by_place.ngroups > 100
    expected = by_place.agg(
        engagements=("is_counted", "sum"),
        engagements_cancelled=("is_cancelled", "sum"),
        latitude=("latitude", "mean"),
        longitude=("longitude", "mean"),
    )
    for name in expected:
        both = places[name].sort_index(), expected[name].sort_index()
        assert np.allclose(*both, atol=0.001)
    hours = by_place["hours"].sum(min_count=1).sort_index()
    assert np.allclose(places["hours"].sort_index(), hours, equal_nan=True)
    most = by_place["topic_id"].agg(lambda ids: ids.value_counts().max())
    of_topic = rows.merge(places[["topic_id"]].reset_index(), on=["place", "topic_id"])
    assert of_topic.groupby("place").size().to_dict() == most.to_dict()
