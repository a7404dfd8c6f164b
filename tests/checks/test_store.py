"""A hand laid on the list of people or on the published table is seen by `check`."""

from collections.abc import Iterator

import pytest

from cri_data.accounts import users
from cri_data.checks.store import findings
from cri_data.jobs.publish import publish_closed_quarters
from cri_data.redaction.retention import delete_expired
from cri_data.store.store import Store
from tests.jobs.test_publish import MANY, add_requests, store_of
from tests.redaction.test_retention import NOW, entries_of_days
from tests.support.small_store import add

IS_TRAINING = "topic_id = 'training'"
IS_TEXAS = f"state = 'TX' and {IS_TRAINING}"


@pytest.fixture
def store() -> Iterator[Store]:
    """Two closed quarters are published; one of three people is a partner's."""
    opened = store_of([*MANY, *[("FY2024 Q2", "TX", ("tribal",))] * 9])
    add(opened, "partners", ("P1", "Partner One"))
    users.add(opened, "ada@office.gov", "administrator", None, "a test")
    users.add(opened, "bo@office.gov", "staff", None, "a test")
    users.add(opened, "cy@partner.org", "partner", "P1", "a test")
    publish_closed_quarters(opened, 5)
    yield opened
    opened.close()


def found(store: Store, sql: str) -> list[str]:
    with store.cursor() as cursor:
        cursor.execute(sql)
    return [str(finding) for finding in findings(store)]


def test_nothing_is_wrong_with_what_was_made_soundly(store):
    assert findings(store) == []


@pytest.mark.long
@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (
            "update people set role = 'director' where email like 'bo%'",
            "people: unknown role: 1 (first: bo@office.gov)",
        ),
        (
            "update people set role = null where email like 'bo%'",
            "people: unknown role: 1 (first: bo@office.gov)",
        ),
        (
            "update people set partner_id = null where email like 'cy%'",
            "people: a partner role without partner: 1 (first: cy@partner.org)",
        ),
        (
            "update people set partner_id = '' where email like 'cy%'",
            "people: a partner role without partner: 1 (first: cy@partner.org)",
        ),
        (
            "update people set partner_id = 'P9' where email like 'cy%'",
            "people: partner_id names none of the partners: 1 (first: cy@partner.org)",
        ),
        (
            "update people set partner_id = 'P1' where email like 'bo%'",
            "people: a partner for another role: 1 (first: bo@office.gov)",
        ),
        (
            "insert into people from people where email like 'bo%'",
            "people: email more than once: 2 (first: bo@office.gov)",
        ),
        (
            "update people set email = 'Bo@office.gov' where email like 'bo%'",
            "people: email not in plain lower case: 1 (first: Bo@office.gov)",
        ),
        (
            "update people set email = null where email like 'bo%'",
            "people: no email: 1 (first: None)",
        ),
    ],
)
def test_what_is_wrong_with_people_is_found(store, sql: str, said: str):
    assert found(store, sql) == [said]


CELLS = "update published_requests set"
TOTALS = "update published_totals set"


@pytest.mark.long
@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (
            f"{CELLS} requests = 3, is_suppressed = false "
            f"where quarter = 'FY2024 Q1' and state = 'OH' and {IS_TRAINING}",
            "a cell that shows a small number: 1 (first: FY2024 Q1 training)",
        ),
        (
            f"{CELLS} requests = 3 where quarter = 'FY2024 Q1' and state = 'OH' "
            "and topic_id = 'tribal'",
            "a cell that is neither shown nor suppressed: 1 (first: FY2024 Q1 tribal)",
        ),
        (
            f"{TOTALS} requests = 3, is_suppressed = false "
            "where quarter = 'FY2024 Q1' and topic_id = 'tribal'",
            "a total that gives a suppressed cell away: 1 (first: FY2024 Q1 tribal)",
        ),
        (
            f"{TOTALS} requests = 7 where quarter = 'FY2024 Q1' and {IS_TRAINING}",
            "a total that gives a suppressed cell away: 1 (first: FY2024 Q1 training)",
        ),
        (
            f"delete from published_requests where quarter = 'FY2024 Q1' and {IS_TEXAS}",
            "cells missing: 1 (first: FY2024 Q1 training)",
        ),
        (
            f"delete from published_totals where quarter = 'FY2024 Q1' and {IS_TRAINING}",
            "cells without their total: 1 (first: FY2024 Q1 training)",
        ),
        (
            "delete from published_requests where quarter = 'FY2024 Q1'",
            "a total without its cells: 14 (first",
        ),
        (
            "insert into published_totals from published_totals "
            "where quarter = 'FY2024 Q1' and topic_id = 'tribal'",
            "a total more than once: 2 (first: FY2024 Q1 tribal)",
        ),
        (
            "insert into published_requests from published_requests "
            "where quarter = 'FY2024 Q1'",
            "a cell more than once: 1,568 (first",
        ),
        (
            f"{CELLS} suppress_below = 2 where quarter = 'FY2024 Q1' and {IS_TEXAS}",
            "two thresholds in one quarter: 784 (first",
        ),
        (
            f"{TOTALS} suppress_below = 2 where quarter = 'FY2024 Q1' and {IS_TRAINING}",
            "a total of another threshold than its cells: 1 (first: FY2024 Q1 training)",
        ),
    ],
)
def test_what_breaks_the_rule_of_the_published_table_is_found(store, sql: str, said: str):
    faults = found(store, sql)
    assert any(f"published: {said}" in one for one in faults), faults
    # And every hand, by the seal that the trail carries.
    sealed = "published: a quarter that is not as it was published: 1 (first: FY2024 Q1)"
    assert sealed in faults


@pytest.mark.long
@pytest.mark.parametrize(
    "sql",
    [
        # All within the rule: what it says is what might have been.
        f"{CELLS} requests = 7 where quarter = 'FY2024 Q2' and state = 'TX' "
        "and topic_id = 'tribal'",
        f"{TOTALS} requests = 12 where quarter = 'FY2024 Q1' and {IS_TRAINING}",
        "delete from published_requests where quarter = 'FY2024 Q2'; "
        "delete from published_totals where quarter = 'FY2024 Q2'",
        "update published_requests set as_of_on = date '2020-01-01'",
    ],
)
def test_a_hand_that_keeps_to_the_rule_is_seen_too(store, sql: str):
    (said,) = found(store, sql)
    assert said.startswith("published: a quarter that is not as it was published")


def test_totals_without_small_cells_add_up(store):
    with store.cursor() as cursor:
        cursor.execute("delete from published_requests")
        cursor.execute("delete from published_totals")
    assert len(publish_closed_quarters(store, 1)) == 2
    assert findings(store) == []
    faults = found(store, f"{TOTALS} requests = requests + 1 where {IS_TRAINING}")
    assert any("that its cells do not add up to: 2" in one for one in faults)


def test_what_was_published_before_the_trails_beginning_is_still_looked_at(
    store, monkeypatch
):
    monkeypatch.setenv("CRI_KEEP_TRAIL_DAYS", "30")
    entries_of_days(store, 1)
    delete_expired(store, NOW.replace(year=NOW.year + 1), "a test")
    assert findings(store) == []
    faults = found(store, f"{CELLS} requests = 1 where {IS_TEXAS}")
    assert any("shows a small number" in one for one in faults)


def test_a_late_request_is_no_fault(store):
    add_requests(store, [("FY2024 Q1", "TX", ("training",))] * 9, first=500)
    assert publish_closed_quarters(store, 5) == []
    assert findings(store) == []
