"""A partner chosen for a request: previewed, stored, in the history, undone, and once."""

from dataclasses import replace

import pytest

from cri_data.importing.commit.undo import undo
from cri_data.matching import assignment
from cri_data.matching.fit import scored_pairs
from cri_data.model.roles import STAFF
from cri_data.records import (
    PlannedEngagement,
    RecordError,
    assign,
    planned_csv,
    preview_assignment,
    record_cells,
)
from cri_data.records.assign import engagement_stem
from cri_data.store.store import StoreError
from tests.support.matching import matching_store
from tests.support.small_store import day
from tests.support.stores import copied, demonstration_file
from tests.support.uploads import loaded, looked_at

PLANNED = PlannedEngagement(
    "R-1", "P1", day("2024-07-30"), day("2024-10-27"), "training", 64.5
)


@pytest.fixture
def store():
    store = matching_store()
    yield store
    store.close()


def waiting(store) -> list[str]:
    return list(store.ask("requests_without_partner_list", STAFF).request_id)


def test_a_preview_shows_the_row_and_changes_nothing(store):
    looked = preview_assignment(store, PLANNED)
    assert looked.checked.counts.inserted == 1
    assert looked.checked.problems.empty
    assert looked.upload_id is None
    assert waiting(store) == ["R-2", "R-1", "R-3"]


def test_a_choice_is_an_upload_that_can_be_undone(store):
    done = assign(store, PLANNED, "ann@office.gov")
    assert waiting(store) == ["R-2", "R-3"]
    cells = record_cells(store, "engagements", "E-1-1")
    assert {name: cell for name, cell in cells.items() if cell} == {
        "engagement_id": "E-1-1",
        "request_id": "R-1",
        "lead_partner_id": "P1",
        "topic_id": "training",
        "status": "planned",
        "planned_start_on": "2024-07-30",
        "planned_end_on": "2024-10-27",
        "hours": "64.5",
    }
    upload = store.ask("uploads_list", STAFF).iloc[0]
    assert (upload.upload_id, upload.kind) == (done.upload_id, "assignment")
    assert (upload.uploaded_by, upload.rows_inserted) == ("ann@office.gov", 1)
    entry = store.rows("audit/all_entries")[-1]
    assert "assigned" in entry
    undo(store, done.upload_id, "ann@office.gov")
    assert waiting(store) == ["R-2", "R-1", "R-3"]
    with pytest.raises(RecordError, match="no engagement"):
        record_cells(store, "engagements", "E-1-1")
    # The same choice has the same ID again.
    assert preview_assignment(store, PLANNED).prepared.file.name == "E-1-1"


def test_who_comes_second_is_told_and_nothing_is_saved(store):
    # Both have seen the request without a partner, and a preview.
    preview_assignment(store, PLANNED)
    second = replace(PLANNED, partner_id="P2")
    assert preview_assignment(store, second).checked.counts.inserted == 1
    assign(store, PLANNED, "ann")
    with pytest.raises(RecordError) as refused:
        assign(store, second, "ben")
    assert str(refused.value) == (
        "Request 'R-1' has a partner by now: Partner One (engagement E-1-1). Nothing is "
        "saved."
    )
    assert list(store.ask("uploads_list", STAFF).kind).count("assignment") == 1


@pytest.mark.parametrize("partner_id", ["P3", "P4", "P5", "P6", "P7", "P8", "nobody"])
def test_who_is_not_selected_on_the_day_cannot_be_chosen(store, partner_id):
    with pytest.raises(RecordError, match=r"not a selected partner on June 30, 2024"):
        assign(store, replace(PLANNED, partner_id=partner_id), "ann")
    assert waiting(store) == ["R-2", "R-1", "R-3"]


@pytest.mark.parametrize("request_id", ["R-5", "nothing"])
def test_a_request_that_does_not_wait_cannot_have_a_partner_chosen(store, request_id):
    with pytest.raises(RecordError, match="not waiting for a partner"):
        assign(store, replace(PLANNED, request_id=request_id), "ann")


def test_a_row_with_a_problem_is_not_saved(store):
    with pytest.raises(RecordError, match="Nothing is saved"):
        assign(store, replace(PLANNED, end_on=day("2024-01-01")), "ann")
    assert "R-1" in waiting(store)


def test_a_demonstration_takes_no_choice():
    store = copied(demonstration_file(400))
    pairs = store.ask("partner_fits_list", STAFF, row_limit=1)
    planned = replace(
        PLANNED, request_id=pairs.request_id[0], partner_id=pairs.partner_id[0]
    )
    assert preview_assignment(store, planned).checked.counts.inserted == 1
    with pytest.raises(StoreError, match="demonstration data"):
        assign(store, planned, "ann")
    store.close()


@pytest.mark.parametrize(
    ("request_id", "stem"),
    [
        ("R-2024-00017", "E-2024-00017"),
        ("r17", "E17"),
        ("REQ-17", "E-REQ-17"),
        ("2024-17", "E-2024-17"),
    ],
)
def test_ids_of_engagements_follow_from_the_request(request_id, stem):
    assert engagement_stem(request_id) == stem


def test_an_id_is_the_first_that_is_free(store):
    # E-2-1 is canceled, but stored.
    looked = preview_assignment(store, replace(PLANNED, request_id="R-2"))
    assert looked.prepared.file.name == "E-2-2"


def test_a_file_of_all_is_taken_by_the_upload(store):
    pairs = store.ask("partner_fits_list", STAFF)
    problem = assignment.problem_of(scored_pairs(pairs, {}))
    taken = [
        (request_id, partner_id)
        for request_id, partner_id in assignment.named(problem, assignment.best(problem))
        if partner_id
    ]
    planned = [
        replace(PLANNED, request_id=request_id, partner_id=partner_id, topic_id=None)
        for request_id, partner_id in taken
    ]
    # In tribal policing, P9 alone has expertise, but no hours. P2's is not known.
    assert dict(taken) == {"R-2": "P2", "R-1": "P1", "R-3": "P1"}
    content = planned_csv(store, planned)
    assert looked_at(store, "engagements", content).checked.problems.empty
    done = loaded(store, "engagements", content)
    assert (done.checked.counts.inserted, done.checked.counts.rejected) == (3, 0)
    assert waiting(store) == []
    stored = {
        request_id: record_cells(store, "engagements", engagement_id)["lead_partner_id"]
        for request_id, engagement_id in (
            ("R-1", "E-1-1"),
            ("R-2", "E-2-2"),
            ("R-3", "E-3-1"),
        )
    }
    assert stored == dict(taken)


def test_a_file_and_a_choice_mean_the_same_record(store):
    content = planned_csv(store, [replace(PLANNED, partner_id="P2")])
    assign(store, PLANNED, "ann")
    looked = looked_at(store, "engagements", content).checked
    # It is seen in the preview as a change, not loaded as a second engagement.
    assert (looked.counts.inserted, looked.counts.updated) == (0, 1)


def test_a_file_without_rows_has_headings_only(store):
    text = planned_csv(store, []).decode("utf-8-sig")
    assert text == "engagement_id,request_id,lead_partner_id\n"


def test_ids_that_spreadsheets_would_run_are_guarded(store):
    loaded(
        store,
        "requests",
        "request_id,agency_id,received_on,topic_ids,status\n"
        "=1+1,A1,2024-06-01,training,accepted\n",
    )
    planned = replace(PLANNED, request_id="=1+1")
    text = planned_csv(store, [planned]).decode("utf-8-sig")
    assert "'=1+1" in text
    # And taken off by the upload.
    looked = looked_at(store, "engagements", planned_csv(store, [planned])).checked
    assert (looked.counts.inserted, looked.counts.rejected) == (1, 0)
