"""Choose a partner for a request: a planned engagement, as an upload of its own."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from duckdb import DuckDBPyConnection

from cri_data.audit.log import Action, audited_transaction
from cri_data.export.csv_writer import row_writer
from cri_data.export.formula_guard import guarded
from cri_data.importing.commit.commit import Committed, NothingToWrite, check, write_good
from cri_data.importing.service import ImportResult
from cri_data.model.datasets import ENGAGEMENTS
from cri_data.model.roles import STAFF
from cri_data.records.find import Cells, RecordError
from cri_data.records.one_row import one_row_file
from cri_data.store import query_files
from cri_data.store.store import Store, refuse_demonstration

ASSIGNMENT = "assignment"

# "R-2024-00017" and "R17", but not "REQ-17".
_REQUEST_NUMBER = re.compile(r"[Rr](?=[-_.\d])")


@dataclass(frozen=True)
class PlannedEngagement:
    """A partner that is chosen for a request, and when and how long it is to deliver.

    `topic_id` is the request's primary topic if it is None; `hours` are not known then.
    """

    request_id: str
    partner_id: str
    start_on: date
    end_on: date
    topic_id: str | None = None
    hours: float | None = None


def preview_assignment(store: Store, planned: PlannedEngagement) -> ImportResult:
    """A preview of storing the engagement. Changes nothing."""
    with store.cursor() as cursor:
        (cells,) = _cells(cursor, [planned])
    prepared = one_row_file(ENGAGEMENTS, cells)
    return ImportResult(prepared, check(store, prepared))


def assign(store: Store, planned: PlannedEngagement, who: str) -> ImportResult:
    """Store the engagement. The upload is in the history, and can be undone.

    Raises RecordError if the request is no longer accepted and without a partner, such as
    because someone else chose one, if the partner is not selected on the as-of date, or if
    the row has a problem. Raises StoreError for demonstration data.
    """
    try:
        with audited_transaction(store, who) as transaction:
            # Nobody else can write from here on.
            refuse_demonstration(store)
            _refuse_not_waiting(store, transaction.cursor, planned.request_id)
            _refuse_not_selected(store, transaction.cursor, planned)
            (cells,) = _cells(transaction.cursor, [planned])
            prepared = one_row_file(ENGAGEMENTS, cells)
            committed = write_good(
                transaction,
                prepared,
                ASSIGNMENT,
                Action.ASSIGNED,
                record_id=cells["engagement_id"],
                request_id=planned.request_id,
                partner_id=planned.partner_id,
            )
            _refuse_other_record(committed)
    except NothingToWrite as nothing:
        raise RecordError(_first_problem(nothing)) from nothing
    return ImportResult(prepared, committed.checked, committed.upload_id)


def planned_csv(store: Store, planned: Sequence[PlannedEngagement]) -> bytes:
    """The engagements as a CSV file that the Upload page takes."""
    text = io.StringIO(newline="")
    write_row = row_writer(text)
    with store.cursor() as cursor:
        rows = _cells(cursor, planned)
    names = list(rows[0]) if rows else ENGAGEMENTS.required
    write_row(names)
    for row in rows:
        write_row(guarded(cell) for cell in row.values())
    return text.getvalue().encode("utf-8-sig")


def _cells(cursor: DuckDBPyConnection, planned: Sequence[PlannedEngagement]) -> list[Cells]:
    """The engagements as cells of a file, with new IDs."""
    ids = _new_ids(cursor, [one.request_id for one in planned])
    return [
        {
            "engagement_id": engagement_id,
            "request_id": one.request_id,
            "lead_partner_id": one.partner_id,
            "topic_id": one.topic_id or "",
            "status": "planned",
            "planned_start_on": one.start_on.isoformat(),
            "planned_end_on": one.end_on.isoformat(),
            "hours": "" if one.hours is None else f"{one.hours:g}",
        }
        for engagement_id, one in zip(ids, planned, strict=True)
    ]


def _new_ids(cursor: DuckDBPyConnection, request_ids: Sequence[str]) -> list[str]:
    """A new engagement ID for each request: its own number, and the first that is free.

    "R-2024-00017" has "E-2024-00017-1". As long as nothing is stored, it is always the
    same, so a file and a choice on the page mean the same record.
    """
    stems = [engagement_stem(request_id) for request_id in request_ids]
    found = cursor.execute(
        query_files.statement("records/engagement_ids_like"), {"stems": stems}
    ).fetchall()
    taken = {engagement_id.upper() for (engagement_id,) in found}
    return [_first_free(stem, taken) for stem in stems]


def engagement_stem(request_id: str) -> str:
    """What the IDs of a request's engagements begin with."""
    if _REQUEST_NUMBER.match(request_id):
        return f"E{request_id[1:]}"
    return f"E-{request_id}"


def _first_free(stem: str, taken: Iterable[str]) -> str:
    number = 1
    while f"{stem}-{number}".upper() in taken:
        number += 1
    return f"{stem}-{number}"


def _refuse_not_waiting(store: Store, cursor: DuckDBPyConnection, request_id: str) -> None:
    """Raise RecordError if the request is not accepted, or has a partner."""
    asked = {"request_id": request_id}
    if len(store.ask_within(cursor, "requests_without_partner_list", STAFF, **asked)):
        return
    has = store.ask_within(cursor, "request_engagements_list", STAFF, **asked)
    has = has[has["status"] != "cancelled"]
    if has.empty:
        raise RecordError(
            f"Request '{request_id}' is not waiting for a partner any more. "
            "Nothing is saved."
        )
    raise RecordError(
        f"Request '{request_id}' has a partner by now: {has['lead_partner_name'].iloc[0]} "
        f"(engagement {has['engagement_id'].iloc[0]}). Nothing is saved."
    )


def _refuse_not_selected(
    store: Store, cursor: DuckDBPyConnection, planned: PlannedEngagement
) -> None:
    """Raise RecordError if the partner may not be chosen on the as-of date."""
    pairs = store.ask_within(
        cursor, "partner_fits_list", STAFF, request_id=planned.request_id
    )
    if planned.partner_id not in set(pairs["partner_id"]):
        raise RecordError(
            f"'{planned.partner_id}' is not a selected partner on "
            f"{store.info().as_of_on:%B %-d, %Y}. Nothing is saved."
        )


def _refuse_other_record(committed: Committed) -> None:
    """Raise RecordError if the row would change a stored engagement."""
    if committed.checked.counts.inserted != 1:
        raise RecordError(
            "The new engagement's ID is that of a stored one. Nothing is saved. Upload "
            "the engagement as a file, with an ID of your choice."
        )


def _first_problem(nothing: NothingToWrite) -> str:
    problems = nothing.checked.problems
    if problems.empty:
        return "The engagement is stored already. Nothing is saved."
    first = problems.iloc[0]
    return f"{first['column']}: {first['message']} Nothing is saved."
