"""A store small enough to count by head: what the tests of the queries ask."""

from datetime import date
from itertools import groupby
from pathlib import Path

from cri_data.store.store import Store
from tests.support.stores import copied, prepared

AS_OF = date(2024, 6, 30)

INSERTS = {
    "agencies": "insert into agencies by name select unnest($rows, max_depth := 2)",
    "partners": "insert into partners by name select unnest($rows, max_depth := 2)",
    "requests": "insert into requests by name select unnest($rows, max_depth := 2)",
    "engagements": ("insert into engagements by name select unnest($rows, max_depth := 2)"),
    "outcomes": "insert into outcomes by name select unnest($rows, max_depth := 2)",
    "uploads": "insert into uploads by name select unnest($rows, max_depth := 2)",
    "changes": "insert into changes by name select unnest($rows, max_depth := 2)",
}

FIELDS = {
    "agencies": (
        "agency_id, agency_name, agency_type, state, sworn_officers, zip, city,"
        " latitude, longitude"
    ),
    "partners": (
        "partner_id, partner_name, topic_ids, base_state, selection_status, applied_on,"
        " effective_from_on, effective_to_on, capacity_hours_per_quarter, kind"
    ),
    "requests": (
        "request_id, agency_id, received_on, status, topic_ids, decided_on,"
        " assigned_on, delivery_started_on, closed_on, summary, source"
    ),
    "engagements": (
        "engagement_id, request_id, lead_partner_id, supporting_partner_ids, topic_id,"
        " status, planned_start_on, planned_end_on, started_on, ended_on,"
        " last_activity_on, hours, participants_in_person, participants_virtual,"
        " latitude, longitude, site_name, delivery_mode"
    ),
    "outcomes": (
        "outcome_id, engagement_id, metric_id, baseline_value, baseline_on,"
        " followup_value, followup_on"
    ),
    "uploads": "upload_id, uploaded_at, uploaded_by, dataset, file_name, state",
    "changes": "upload_id, dataset, record_id, before, after",
}


def day(text: str) -> date:
    """The day that an ISO date names."""
    return date.fromisoformat(text)


def add(store: Store, table: str, *rows: tuple) -> None:
    """Insert rows in the order of FIELDS; what a row leaves off is null."""
    names = [name.strip() for name in FIELDS[table].split(",")]
    given = [dict(zip(names, (*row, *[None] * len(names)), strict=False)) for row in rows]
    with store.writing() as cursor:
        # A column that is null in some rows of a list would have the type of none.
        for _, alike in groupby(given, key=_nulls):
            cursor.execute(INSERTS[table], {"rows": list(alike)})


def _nulls(row: dict[str, object]) -> list[str]:
    return [name for name, value in row.items() if value is None]


def empty_store(path: Path | None = None) -> Store:
    """A store without rows whose as-of day is AS_OF."""
    return copied(prepared("empty", stands_at_as_of), path)


def stands_at_as_of(store: Store) -> None:
    """Make AS_OF the store's as-of day."""
    with store.writing() as cursor:
        cursor.execute("update store_info set as_of_on = $as_of", {"as_of": AS_OF})


def small_store() -> Store:
    """Five agencies, two partners, six requests, five engagements, six outcomes.

    A1 and A2 are in Texas (South), A3 in Ohio (Midwest, sworn officers not
    reported), A4 in Puerto Rico, A5 in California (West) never asked.
    """
    return copied(prepared("small", add_small_rows))


def add_small_rows(store: Store) -> None:
    """All that small_store() holds."""
    stands_at_as_of(store)
    add(
        store,
        "agencies",
        ("A1", "Alder PD", "municipal", "TX", 8, None, "Alder", 31.0, -97.0),
        ("A2", "Birch Sheriff", "sheriff", "TX", 120, None, "Birch"),
        ("A3", "Cedar PD", "municipal", "OH", None, None, "Cedar"),
        ("A4", "Dune Tribal PD", "tribal", "PR", 30, None, "Dune"),
        ("A5", "Elm PD", "municipal", "CA", 49, None, "Elm"),
    )
    add(store, "partners", ("P1", "Partner One"), ("P2", "Partner Two"))
    add_requests(store)
    add_engagements(store)
    add_outcomes(store)


def add_requests(store: Store) -> None:
    """The requests: R2, R3, R5 and R6 are open; R3 and R5 have no partner."""
    add(
        store,
        "requests",
        (
            *("R1", "A1", day("2024-01-10"), "completed", ["training", "tribal"]),
            *(day("2024-01-20"), day("2024-02-01"), day("2024-02-20")),
            *(day("2024-05-10"), "Help with training"),
        ),
        (
            *("R2", "A1", day("2024-02-15"), "received", ["training"]),
            *(None, None, None, None, None, "IACP"),
        ),
        ("R3", "A2", day("2023-08-01"), "accepted", ["compstat"], day("2023-08-31")),
        (
            *("R4", "A3", day("2023-03-05"), "declined"),
            *(["gun-violence", "training", "compstat"], day("2023-03-25")),
        ),
        (
            *("R5", "A4", day("2024-05-30"), "assigned", ["tribal"]),
            *(day("2024-06-04"), day("2024-06-10")),
        ),
        (
            *("R6", "A2", day("2022-11-11"), "in_delivery", ["training"]),
            *(day("2022-11-21"), day("2022-12-01"), day("2022-12-11")),
        ),
    )


def add_engagements(store: Store) -> None:
    """The engagements: E3 is cancelled, E1 is P1's with P2 beside it."""
    add(
        store,
        "engagements",
        (
            *("E1", "R1", "P1", ["P2"], None, "completed", day("2024-02-15")),
            *(day("2024-04-01"), day("2024-02-20"), day("2024-04-01")),
            *(day("2024-04-01"), 10.0, 12, None, 30.0, -97.5, "Town hall"),
        ),
        (
            *("E2", "R6", "P2", [], "compstat", "active", day("2022-12-11")),
            *(day("2023-06-01"), day("2022-12-11"), None, day("2023-12-01")),
            *(5.0, 3, 4),
        ),
        ("E3", "R5", "P1", None, "tribal", "cancelled", day("2024-06-20")),
        (
            *("E4", "R1", "P2", [], "training", "planned", day("2024-07-15")),
            *(day("2024-08-01"), None, None, None, None, None, None, None, None, None),
            "web_training",
        ),
        (
            *("E5", "R6", "P1", [], "training", "completed", None, None),
            *(day("2023-09-01"), day("2023-10-01")),
        ),
    )


def add_outcomes(store: Store) -> None:
    """The outcomes: four of six measured twice, three of these better."""
    before, after = day("2024-02-20"), day("2024-04-10")
    add(
        store,
        "outcomes",
        ("O1", "E1", "officer-morale", 3.0, before, 4.0, after),
        ("O2", "E1", "officer-morale", 3.0, before, 3.5, after),
        ("O3", "E1", "officer-morale", 4.0, before, 3.0, after),
        (
            *("O4", "E5", "complaints", 10.0, day("2023-09-01")),
            *(6.0, day("2024-01-15")),
        ),
        ("O5", "E5", "complaints", 9.0, day("2023-09-01")),
        ("O6", "E2", "complaints", 5.0, day("2022-12-11")),
    )
