"""Open requests by age, stage, and partner, and month by month: they add up."""

import random
from datetime import date, timedelta

import pandas as pd
import pytest

from cri_data.model.roles import STAFF
from cri_data.store.store import Store
from tests.support.small_store import AS_OF, add, day, empty_store, small_store

AGES = ("0_to_7", "8_to_30", "31_to_90", "over_90")


@pytest.fixture(scope="module")
def store():
    store = small_store()
    yield store
    store.close()


def ages(row: dict) -> list[int]:
    return [row[f"requests_{age}_days"] for age in AGES]


def test_ages_by_what_is_waited_for(store):
    """Received February 15 (R2), August 1 (R3), May 30 (R5), and November 11 (R6)."""
    found = store.ask("backlog_by_stage", STAFF).to_dict("records")
    assert [(row["waits_for"], *ages(row), row["oldest_days"]) for row in found] == [
        ("decided", 0, 0, 0, 1, 136),
        ("assigned", 0, 0, 0, 1, 334),
        ("delivery_started", 0, 0, 1, 0, 31),
        ("closed", 0, 0, 0, 1, 597),
    ]


def test_ages_by_partner(store):
    """R6 has two engagements: E2 is under way, E5 completed. R5's is canceled."""
    found = store.ask("backlog_by_partner", STAFF).to_dict("records")
    assert [(row["lead_partner_name"], *ages(row)) for row in found] == [
        ("No partner yet", 0, 0, 1, 2),
        ("Partner Two", 0, 0, 0, 1),
    ]


def test_dates_that_are_chosen_do_not_hide_what_waits(store):
    chosen = {"date_from": day("2024-06-01")}
    for question in ("backlog_by_stage", "backlog_by_partner", "backlog_totals"):
        pd.testing.assert_frame_equal(
            store.ask(question, STAFF, **chosen), store.ask(question, STAFF)
        )


@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        ({}, ["R6", "R3", "R2", "R5"]),
        ({"age_band": 4}, ["R6", "R3", "R2"]),
        ({"age_band": 3}, ["R5"]),
        ({"waits_for": "closed"}, ["R6"]),
        ({"lead_partner_id": "No partner yet"}, ["R3", "R2", "R5"]),
        ({"lead_partner_id": "No partner yet", "age_band": 3}, ["R5"]),
        ({"lead_partner_id": "P1"}, []),
        ({"states": ["PR"]}, ["R5"]),
    ],
)
def test_the_list_has_what_is_counted(store, chosen, left):
    found = store.ask("backlog_list", STAFF, **chosen)
    assert list(found.request_id) == left
    (totals,) = store.ask("backlog_totals", STAFF, **chosen).to_dict("records")
    assert totals["requests_open"] == sum(ages(totals)) == len(left)


@pytest.mark.long
@pytest.mark.parametrize(
    ("days", "band"), [(0, 0), (7, 0), (8, 1), (30, 1), (31, 2), (90, 2), (91, 3)]
)
def test_edges_of_the_age_bands(days, band):
    store = store_of(("R1", "A1", AS_OF - timedelta(days=days), "received", ["training"]))
    (row,) = store.ask("backlog_by_stage", STAFF).to_dict("records")
    assert ages(row) == [int(one == band) for one in range(4)]
    store.close()


def store_of(*rows: tuple) -> Store:
    store = empty_store()
    add(store, "agencies", ("A1", "Alder PD", "municipal", "TX", 8))
    add(store, "requests", *rows)
    return store


def test_a_status_and_dates_say_what_is_waited_for():
    known = [day("2024-01-05"), day("2024-01-10"), day("2024-01-20")]
    store = store_of(
        ("R1", "A1", day("2024-01-01"), None, ["training"]),
        ("R2", "A1", day("2024-01-01"), None, ["training"], known[0]),
        ("R3", "A1", day("2024-01-01"), "received", ["training"], *known[:2]),
        ("R4", "A1", day("2024-01-01"), "accepted", ["training"], *known),
        ("R5", "A1", day("2024-01-01"), "in_delivery", ["training"]),
        # Closed, if by another day than its status says.
        ("R6", "A1", day("2024-01-01"), "completed", ["training"]),
        ("R7", "A1", day("2024-01-01"), None, ["training"], *[None] * 3, known[0]),
    )
    found = store.ask("backlog_list", STAFF).set_index("request_id").waits_for
    assert found.to_dict() == {
        "R1": "decided",
        "R2": "assigned",
        "R3": "delivery_started",
        "R4": "closed",
        "R5": "closed",
    }
    store.close()


def some_request(chance: random.Random, number: int) -> tuple:
    """A request with any dates, in any order, and any status."""

    def some_day() -> date:
        return date(2022, 6, 1) + timedelta(days=chance.randint(0, 900))

    statuses = ("received", "assigned", "completed", "declined", "withdrawn", None)
    closed_on = some_day() if chance.random() < 0.7 else None
    given = (f"R{number}", "A1", some_day(), chance.choice(statuses), ["training"])
    return (*given, *[None] * 3, closed_on)


@pytest.mark.long
def test_months_add_up_and_are_the_backlog_of_each_day():
    chance = random.Random(7)  # noqa: S311
    rows = [some_request(chance, number) for number in range(300)]
    store = store_of(*rows)
    months = store.ask("backlog_by_month", STAFF)
    assert months.month_on.iloc[-1] == pd.Timestamp("2024-06-01")
    starts, ends = months.requests_open_at_start, months.requests_open_at_end
    assert (starts + months.requests_received - months.requests_closed == ends).all()
    assert list(starts.iloc[1:]) == list(ends.iloc[:-1])
    until = [row.date() for row in months.month_on + pd.offsets.MonthEnd(0)]
    assert list(ends) == [open_on(rows, min(on, AS_OF)) for on in until]
    (totals,) = store.ask("backlog_totals", STAFF).to_dict("records")
    assert ends.iloc[-1] == totals["requests_open"]
    # As headlines have it, for the last days of some months.
    for on, expected in list(zip(until, ends, strict=True))[3::7]:
        headlines = store.ask("headlines", STAFF, date_to=on).set_index("headline")
        assert headlines.value["requests_backlog"] == expected
    # A period only leaves out months.
    chosen = {"date_from": day("2023-10-01"), "date_to": day("2024-03-31")}
    part = store.ask("backlog_by_month", STAFF, **chosen)
    between = months.month_on.between("2023-10-01", "2024-03-31")
    pd.testing.assert_frame_equal(part, months[between].reset_index(drop=True))
    store.close()


def open_on(rows: list[tuple], on: date) -> int:
    """Received by then and not closed by then, by the written rule."""
    count = 0
    for row in rows:
        received_on, status, closed_on = row[2], row[3], row[8]
        is_open = (
            closed_on is None if status is None else status in ("received", "assigned")
        )
        was_open = closed_on is not None and closed_on > on and on < AS_OF
        count += received_on <= on and (is_open or was_open)
    return count
