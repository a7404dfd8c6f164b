"""One record at a time: found, corrected, withdrawn, merged, and all taken back."""

import pytest

from cri_data.store import open_store
from cri_data.upload.records import (
    RecordError,
    correct,
    found_records,
    look_at_correction,
    merge_agencies,
    record_cells,
    withdraw,
)
from cri_data.upload.undoing import UndoError, undo
from tests.uploads import AGENCIES, REQUESTS, contents, counts, loaded, problems, stored


@pytest.fixture
def store(tmp_path):
    store = open_store(tmp_path / "cri.duckdb")
    loaded(store, "agencies", AGENCIES + "A1,Elm PD,TX\nA2,Elm Police Dept,TX\nA3,Oak,OH\n")
    loaded(
        store,
        "requests",
        f"{REQUESTS.strip()},summary\n"
        "R1,A1,2024-01-10,training,Wellness\nR2,A2,2024-02-10,tribal;training,\n",
    )
    yield store
    store.close()


@pytest.mark.parametrize(
    ("dataset", "text", "ids"),
    [
        ("agencies", "elm", ["A1", "A2"]),
        ("agencies", "POLICE", ["A2"]),
        ("agencies", "a3", ["A3"]),
        ("agencies", "%", []),
        ("agencies", "'; drop table agencies; --", []),
        ("requests", "wellness", ["R1"]),
        ("topics", "de-escalation", ["training"]),
    ],
)
def test_records_are_found_by_id_name_and_summary(store, dataset, text, ids):
    assert list(found_records(store, dataset, text)) == ids


def test_a_found_record_says_what_it_is(store):
    assert found_records(store, "agencies", "oak") == {"A3": "A3 · Oak · OH"}


def test_the_cells_of_a_record_are_those_of_a_file(store):
    cells = record_cells(store, "requests", "R2")
    assert (cells["topic_ids"], cells["received_on"], cells["summary"]) == (
        "tribal;training",
        "2024-02-10",
        "",
    )
    with pytest.raises(RecordError, match="no request for assistance 'R9'"):
        record_cells(store, "requests", "R9")


def test_a_correction_is_an_upload_of_its_own_and_is_taken_back(store):
    before = contents(store)
    cells = record_cells(store, "requests", "R1") | {"summary": "", "status": "Completed"}
    looked = look_at_correction(store, "requests", cells)
    assert sorted(looked.checked.differences.column) == ["status", "summary"]
    assert contents(store) == before
    done = correct(store, "requests", cells, "Ann")
    assert counts(done)[2] == 1
    now = stored(store, "requests", "R1")
    assert (now["summary"], now["status"]) == (None, "completed")
    undo(store, done.upload_id, "Ann")
    assert contents(store) == before


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"received_on": "soon"}, "not_a_date"),
        ({"agency_id": "Z9"}, "unknown_reference"),
        ({"topic_ids": ""}, "required_missing"),
        ({"closed_on": "2020-01-01"}, "dates_out_of_order"),
    ],
)
def test_a_correction_passes_the_same_checks(store, wrong, rule):
    before = contents(store)
    refused = correct(
        store, "requests", record_cells(store, "requests", "R1") | wrong, "Ann"
    )
    assert (refused.upload_id, [found[3] for found in problems(refused)]) == (None, [rule])
    assert contents(store) == before


def test_a_record_is_withdrawn_and_comes_back(store):
    before = contents(store)
    upload_id = withdraw(store, "requests", "R1", "Ann")
    assert [row[0] for row in contents(store)["requests"]] == ["R2"]
    undo(store, upload_id, "Ann")
    assert contents(store) == before


@pytest.mark.parametrize(
    ("dataset", "record_id", "said"),
    [
        ("agencies", "A1", r"1 requests \(the first is R1\)"),
        ("agencies", "Z9", "no law-enforcement agency 'Z9'"),
        ("topics", "training", "others refer to it"),
    ],
)
def test_what_others_need_is_not_withdrawn(store, dataset, record_id, said):
    before = contents(store)
    with pytest.raises(RecordError, match=said):
        withdraw(store, dataset, record_id, "Ann")
    assert contents(store) == before
    assert store.rows("upload/find_upload", upload_id="U-000003") == []


def test_merged_agencies_are_one_and_the_old_id_leads_there(store):
    before = contents(store)
    upload_id = merge_agencies(store, "A2", "A1", "Ann")
    assert [row[0] for row in contents(store)["agencies"]] == ["A1", "A3"]
    assert stored(store, "requests", "R2")["agency_id"] == "A1"
    # A file that still has the old id finds the agency that it is now.
    later = loaded(store, "requests", REQUESTS + "R3,A2,2024-03-01,training\n")
    assert stored(store, "requests", "R3")["agency_id"] == "A1"
    again = loaded(store, "agencies", AGENCIES + "A2,Elm Police Dept,TX\n")
    assert [found[3] for found in problems(again)] == ["merged_agency"]
    undo(store, later.upload_id, "Ann")
    undo(store, upload_id, "Ann")
    assert contents(store) == before
    assert counts(loaded(store, "agencies", AGENCIES + "A2,Elm Police,TX\n"))[2] == 1


def test_a_merge_of_a_merged_agency_is_followed_to_its_end(store):
    merge_agencies(store, "A2", "A1", "Ann")
    merge_agencies(store, "A1", "A3", "Ann")
    loaded(store, "requests", REQUESTS + "R3,A2,2024-03-01,training\n")
    assert {row[1] for row in contents(store)["requests"]} == {"A3"}


@pytest.mark.parametrize(
    ("gone", "kept", "said"),
    [("A1", "A1", "into itself"), ("A1", "Z", "'Z'"), ("Z", "A1", "'Z'")],
)
def test_what_cannot_be_merged_is_refused(store, gone, kept, said):
    before = contents(store)
    with pytest.raises(RecordError, match=said):
        merge_agencies(store, gone, kept, "Ann")
    assert contents(store) == before


def test_a_withdrawal_is_no_reason_to_bring_back_what_refers_to_nothing(store):
    gone = withdraw(store, "requests", "R1", "Ann")
    withdraw(store, "agencies", "A1", "Ann")
    with pytest.raises(UndoError, match="other records need"):
        undo(store, gone, "Ann")
