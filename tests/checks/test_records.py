"""Whatever breaks by hand is found, named, counted, and nothing else is."""

import pytest

from cri_data.checks.records import broken_references
from cri_data.checks.store import findings
from cri_data.model.datasets import DATASETS
from cri_data.store.store import Store
from tests.support.small_store import small_store

BROKEN = [
    ("update agencies set agency_id = null where agency_id = 'A5'", "agencies: no key: 1"),
    (
        "insert into partners select partners.* from partners, range(3)",
        "partners: key more than once: 2 (first: P1)",
    ),
    (
        "update requests set received_on = null where request_id = 'R4'",
        "requests: no received_on: 1 (first: R4)",
    ),
    (
        "update agencies set state = 'ZZ' where state = 'TX'",
        "agencies: unknown state: 2 (first: A1)",
    ),
    (
        "update agencies set agency_type = 'Municipal' where agency_id = 'A1'",
        "agencies: unknown agency_type: 1 (first: A1)",
    ),
    (
        "update metrics set goal = null where metric_id = 'complaints'",
        "metrics: no goal: 1 (first: complaints)",
    ),
    (
        "update requests set topic_ids = ['training', 'magic'] where request_id = 'R2'",
        "requests: topic_ids names none of the topics: 1 (first: R2)",
    ),
    (
        "update topics set maps_to = 'magic' where topic_id = 'tribal'",
        "topics: maps_to names none of the topics: 1 (first: tribal)",
    ),
    (
        "update engagements set supporting_partner_ids = ['P9', 'P8'] "
        "where engagement_id = 'E1'",
        "engagements: supporting_partner_ids names none of the partners: 2 (first: E1)",
    ),
    (
        "update outcomes set engagement_id = 'E9' where engagement_id = 'E1'",
        "outcomes: engagement_id names none of the engagements: 3 (first: O1)",
    ),
    (
        "update requests set closed_on = date '2024-02-19' where request_id = 'R1'",
        "requests: closed_on before delivery_started_on: 1 (first: R1)",
    ),
    (
        "update outcomes set followup_on = date '2023-01-01' where outcome_id = 'O4'",
        "outcomes: followup_on before baseline_on: 1 (first: O4)",
    ),
    (
        "insert into merged_agencies values ('X', 'Y', 'U-1'), ('W', 'A1', 'U-2')",
        "merged_agencies: into_agency_id leads to none of the agencies: 1 (first: X)",
    ),
    (
        "insert into merged_agencies values ('X', 'Y', 'U-1'), ('Y', 'X', 'U-2'), "
        "('V', 'W', 'U-3'), ('W', 'A1', 'U-4')",
        "merged_agencies: into_agency_id leads to none of the agencies: 2 (first: X)",
    ),
    (
        "insert into people values ('a@x.org', 'partner', 'P9', 'a test', now())",
        "people: partner_id names none of the partners: 1 (first: a@x.org)",
    ),
]


@pytest.fixture(scope="module")
def store():
    store = small_store()
    yield store
    store.close()


def test_nothing_is_wrong_with_a_sound_store(store):
    assert findings(store) == []
    with store.cursor() as cursor:
        assert [broken_references(cursor, of) for of in DATASETS.values()] == [[]] * 7


@pytest.mark.long
@pytest.mark.parametrize(("sql", "found"), BROKEN)
def test_what_is_broken_is_found(sql: str, found: str):
    store = small_store()
    with store.writing() as cursor:
        cursor.execute(sql)
    said = [str(finding) for finding in findings(store)]
    store.close()
    assert said[0].startswith(found)
    assert len(said) == 1


def test_references_are_seen_from_both_sides(store: Store):
    with store.cursor() as cursor:
        cursor.begin()
        cursor.execute("delete from agencies where agency_id = 'A1'")
        from_agencies = broken_references(cursor, DATASETS["agencies"])
        from_requests = broken_references(cursor, DATASETS["requests"])
        from_outcomes = broken_references(cursor, DATASETS["outcomes"])
        cursor.rollback()
    assert from_agencies == from_requests
    assert [(one.dataset, one.records, one.example) for one in from_agencies] == [
        ("requests", 2, "R1")
    ]
    assert from_outcomes == []
