"""One record at a time: found, corrected, withdrawn, merged, and all taken back."""

import threading
import time
from collections.abc import Callable

import pytest

from cri_data.accounts import users
from cri_data.checks.store import findings
from cri_data.cli.main import main
from cri_data.importing.commit.undo import UndoError, undo
from cri_data.model.datasets import DATASETS
from cri_data.records import (
    RecordError,
    correct,
    found_records,
    merge_agencies,
    preview_correction,
    record_cells,
    requests_of,
    unreadable_cells,
    withdraw,
)
from cri_data.redaction.redact import redact
from cri_data.store.store import Store, StoreError
from tests.support.stores import copied, prepared
from tests.support.uploads import (
    AGENCIES,
    REQUESTS,
    contents,
    counts,
    loaded,
    problems,
    stored,
)


def with_records(store: Store) -> None:
    loaded(store, "agencies", AGENCIES + "A1,Elm PD,TX\nA2,Elm Police Dept,TX\nA3,Oak,OH\n")
    loaded(
        store,
        "requests",
        f"{REQUESTS.strip()},summary\n"
        "R1,A1,2024-01-10,training,Wellness\nR2,A2,2024-02-10,tribal;training,\n",
    )


@pytest.fixture
def store(tmp_path):
    store = copied(prepared("records", with_records), tmp_path / "cri.duckdb")
    yield store
    store.close()


@pytest.fixture(scope="module")
def store_to_search():
    """A store that is only read: with an outcome, too."""
    store = copied(prepared("records with an outcome", with_an_outcome))
    yield store
    store.close()


@pytest.mark.long
@pytest.mark.parametrize(
    ("dataset", "text", "ids"),
    [
        ("agencies", "elm", ["A1", "A2"]),
        ("agencies", "POLICE", ["A2"]),
        ("agencies", "a3", ["A3"]),
        ("agencies", "%", []),
        ("agencies", "'; drop table agencies; --", []),
        ("agencies", "police elm", ["A2"]),
        ("requests", "wellness", ["R1"]),
        # By the name of its agency, the newest first.
        ("requests", "elm", ["R2", "R1"]),
        ("requests", "elm dept", ["R2"]),
        ("engagements", "elm", ["E1"]),
        ("engagements", "fir association", ["E1"]),
        ("outcomes", "elm trust", ["O1"]),
        ("outcomes", "oak", []),
        ("partners", "FA", ["P1"]),
        ("metrics", "TRUST in elm", ["M1"]),
        ("topics", "de-escalation", ["training"]),
    ],
)
def test_records_are_found_by_every_name_that_people_know(
    store_to_search, dataset, text, ids
):
    found = found_records(store_to_search, dataset, text)
    assert list(found[DATASETS[dataset].key]) == ids


def with_an_outcome(store: Store) -> None:
    """An outcome of an engagement for the request of Elm PD."""
    with_records(store)
    loaded(store, "partners", "partner_id,partner_name,acronym\nP1,Fir Association,FA\n")
    loaded(
        store,
        "metrics",
        "metric_id,metric_name,unit,better,goal\nM1,Public trust in Elm,percent,higher,"
        "public_respect\n",
    )
    loaded(store, "engagements", "engagement_id,request_id,lead_partner_id\nE1,R1,P1\n")
    loaded(store, "outcomes", "outcome_id,engagement_id,metric_id\nO1,E1,M1\n")


def test_a_found_record_says_what_it_is(store):
    found = found_records(store, "requests", "r2").iloc[0]
    assert (found["agency_name"], found["state"]) == ("Elm Police Dept", "TX")
    assert f"{found['received_on']:%Y-%m-%d}" == "2024-02-10"


def test_a_text_that_cannot_be_read_is_never_a_deletion(store):
    """In a file it would count as blank, and a correction's blank deletes."""
    seen = record_cells(store, "agencies", "A1")
    changed = {"sworn_officers": "many", "city": "Elmwood"}
    looked = preview_correction(store, "agencies", seen, changed)
    assert unreadable_cells(looked, changed) == ["sworn_officers"]
    with pytest.raises(RecordError, match="sworn_officers 'many': Not a whole number"):
        correct(store, "agencies", seen, changed, "a test")
    assert record_cells(store, "agencies", "A1") == seen


def test_a_cell_that_is_cleared_can_be_read(store):
    seen = record_cells(store, "requests", "R1")
    changed = {"summary": ""}
    looked = preview_correction(store, "requests", seen, changed)
    assert unreadable_cells(looked, changed) == []


def test_a_merge_says_before_how_many_requests_it_moves(store):
    assert [requests_of(store, one) for one in ("A1", "A2", "A3")] == [1, 1, 0]


def test_the_cells_of_a_record_are_those_of_a_file(store):
    cells = record_cells(store, "requests", "R2")
    assert (cells["topic_ids"], cells["received_on"], cells["summary"]) == (
        "tribal;training",
        "2024-02-10",
        "",
    )
    with pytest.raises(RecordError, match="no request 'R9'"):
        record_cells(store, "requests", "R9")


@pytest.mark.long
def test_a_correction_is_an_upload_of_its_own_and_is_taken_back(store):
    before = contents(store)
    seen = record_cells(store, "requests", "R1")
    changed = {"summary": "", "status": "Completed"}
    looked = preview_correction(store, "requests", seen, changed)
    assert sorted(looked.checked.differences.column) == ["status", "summary"]
    assert contents(store) == before
    done = correct(store, "requests", seen, changed, "Ann")
    assert counts(done)[2] == 1
    now = stored(store, "requests", "R1")
    assert (now["summary"], now["status"]) == (None, "completed")
    undo(store, done.upload_id, "Ann")
    assert contents(store) == before


@pytest.mark.long
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
    seen = record_cells(store, "requests", "R1")
    refused = correct(store, "requests", seen, wrong, "Ann")
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
        ("agencies", "Z9", "no agency 'Z9'"),
        ("topics", "training", "other records refer to it"),
    ],
)
def test_what_others_need_is_not_withdrawn(store, dataset, record_id, said):
    before = contents(store)
    with pytest.raises(RecordError, match=said):
        withdraw(store, dataset, record_id, "Ann")
    assert contents(store) == before
    assert store.rows("upload/find_upload", upload_id="U-000003") == []


@pytest.mark.long
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
    with pytest.raises(UndoError, match="other records refer"):
        undo(store, gone, "Ann")


@pytest.mark.long
@pytest.mark.parametrize(
    "changed",
    [{"summary": "Mine"}, {"status": "declined"}],
    ids=["another column", "the same column"],
)
def test_what_somebody_else_corrected_meanwhile_is_not_taken_back(store, changed):
    seen = record_cells(store, "requests", "R1")
    correct(store, "requests", seen, {"status": "accepted"}, "Bo")
    before = contents(store)
    with pytest.raises(
        RecordError, match=r"changed 'R1': status\..*Load the current values"
    ):
        correct(store, "requests", seen, changed, "Ann")
    assert contents(store) == before


def test_a_correction_says_nothing_of_other_columns(store):
    seen = record_cells(store, "requests", "R1")
    done = correct(store, "requests", seen, {"status": "accepted"}, "Ann")
    assert done.prepared.file.headings == ("request_id", "status")
    assert stored(store, "requests", "R1")["summary"] == "Wellness"


def test_a_text_redacted_meanwhile_does_not_come_back(store):
    seen = record_cells(store, "requests", "R1")
    redact(store, "requests", "R1", "Bo")
    with pytest.raises(RecordError, match="changed 'R1': summary"):
        correct(store, "requests", seen, {"status": "accepted"}, "Ann")
    assert stored(store, "requests", "R1")["summary"] is None


def test_a_record_withdrawn_meanwhile_is_not_made_anew(store):
    seen = record_cells(store, "requests", "R1")
    withdraw(store, "requests", "R1", "Bo")
    before = contents(store)
    with pytest.raises(RecordError, match="no request 'R1'"):
        correct(store, "requests", seen, {"summary": "Mine"}, "Ann")
    assert contents(store) == before


def test_the_id_of_a_record_is_not_corrected(store):
    before = contents(store)
    seen = record_cells(store, "agencies", "A1")
    with pytest.raises(RecordError, match="cannot change the agency_id of a record"):
        correct(store, "agencies", seen, {"agency_id": "A9"}, "Ann")
    assert contents(store) == before


def at_once(store: Store, *changes: Callable[[], object]) -> list[Exception]:
    """What is refused of several who press at once and wait for their turn in order."""
    begin = threading.Barrier(2)
    refused: list[Exception] = []

    def do(change: Callable[[], object]) -> None:
        begin.wait()
        try:
            change()
        except (RecordError, StoreError) as error:
            refused.append(error)

    threads = [threading.Thread(target=do, args=(doing,)) for doing in changes]
    # An upload is being written: all have looked before the first may write.
    with store.writing():
        for thread in threads:
            thread.start()
            begin.wait()
            time.sleep(0.2)
    for thread in threads:
        thread.join()
    return refused


@pytest.mark.long
def test_of_two_opposite_merges_at_once_one_is_refused(store):
    (refused,) = at_once(
        store,
        lambda: merge_agencies(store, "A1", "A2", "Ann"),
        lambda: merge_agencies(store, "A2", "A1", "Bo"),
    )
    assert "There is no agency" in str(refused)
    left = {row[0] for row in contents(store)["agencies"]}
    assert len(left) == 2
    assert {row[1] for row in contents(store)["requests"]} == left - {"A3"}
    assert findings(store) == []


@pytest.mark.long
def test_of_two_who_save_one_record_at_once_one_is_refused(store):
    seen = record_cells(store, "requests", "R1")
    (refused,) = at_once(
        store,
        lambda: correct(store, "requests", seen, {"status": "accepted"}, "Ann"),
        lambda: correct(store, "requests", seen, {"summary": "Mine"}, "Bo"),
    )
    # Either may be the first.
    now = stored(store, "requests", "R1")
    assert (str(refused).split(".")[0], now["status"], now["summary"]) in {
        ("Someone else changed 'R1': status", "accepted", "Wellness"),
        ("Someone else changed 'R1': summary", seen["status"], "Mine"),
    }


def test_an_agency_is_not_merged_into_one_withdrawn_at_the_same_moment(store):
    (refused,) = at_once(
        store,
        lambda: withdraw(store, "agencies", "A3", "Bo"),
        lambda: merge_agencies(store, "A2", "A3", "Ann"),
    )
    assert "no agency 'A3'" in str(refused)
    assert findings(store) == []
    agencies = {row[0] for row in contents(store)["agencies"]}
    assert {row[1] for row in contents(store)["requests"]} <= agencies


def test_an_agency_that_another_was_merged_into_is_not_withdrawn(store):
    upload_id = merge_agencies(store, "A2", "A3", "Ann")
    withdraw(store, "requests", "R2", "Ann")
    before = contents(store)
    with pytest.raises(RecordError, match=r"1 merged agencies .*A2\)\. Undo that merge"):
        withdraw(store, "agencies", "A3", "Ann")
    assert contents(store) == before
    undo(store, "U-000004", "Ann")
    undo(store, upload_id, "Ann")
    assert withdraw(store, "agencies", "A3", "Ann") == "U-000005"


def test_a_partner_with_people_is_not_withdrawn(store):
    loaded(store, "partners", "partner_id,partner_name\nP1,One\n")
    users.add(store, "ann@x.org", "partner", "P1", "a test")
    with pytest.raises(RecordError, match=r"1 on the list of people\.") as refused:
        withdraw(store, "partners", "P1", "Bo")
    assert "ann@x.org" not in str(refused.value)
    users.remove(store, "ann@x.org", "a test")
    withdraw(store, "partners", "P1", "Bo")


def test_a_partner_is_not_withdrawn_while_a_person_is_given_it(store):
    loaded(store, "partners", "partner_id,partner_name\nP1,One\n")
    refused = []

    def press() -> None:
        try:
            withdraw(store, "partners", "P1", "Bo")
        except RecordError as error:
            refused.append(str(error))

    thread = threading.Thread(target=press)
    with store.users_lock, store.cursor() as cursor:
        thread.start()
        time.sleep(0.2)
        cursor.execute(
            "insert into people values ('a@x.org', 'partner', 'P1', 'Cy', now())"
        )
    thread.join()
    assert len(refused) == 1
    assert findings(store) == []


def test_what_was_broken_before_is_no_hindrance(store):
    with store.writing() as cursor:
        cursor.execute(
            "insert into requests by name "
            "select 'R9' as request_id, 'Z' as agency_id, ['training'] as topic_ids"
        )
    withdraw(store, "agencies", "A3", "Ann")
    merge_agencies(store, "A2", "A1", "Ann")


def test_a_demonstration_is_not_changed(store):
    with store.writing() as cursor:
        cursor.execute("update store_info set is_demonstration = true")
    seen, before = record_cells(store, "requests", "R1"), contents(store)
    for change in (
        lambda: correct(store, "requests", seen, {"summary": "Mine"}, "Ann"),
        lambda: withdraw(store, "requests", "R1", "Ann"),
        lambda: merge_agencies(store, "A2", "A1", "Ann"),
    ):
        with pytest.raises(StoreError, match="does not accept real data"):
            change()
    assert contents(store) == before


@pytest.fixture
def run(store, tmp_path, monkeypatch, capsys):
    """A command on the same store, which it alone has: its exit code and output."""

    def run(*arguments: str) -> tuple[int, str]:
        code = main(list(arguments))
        said = capsys.readouterr()
        return code, said.out + said.err

    store.close()
    monkeypatch.setenv("CRI_STORE", str(tmp_path / "cri.duckdb"))
    return run


@pytest.mark.long
@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("correct agencies A1 --set city=Elm", 0, "1 changed"),
        ("correct agencies A1 --set city=", 0, "Nothing was changed"),
        ("correct agencies A1 --set state=Mars", 2, "rejected"),
        (
            "correct agencies A1 --set agency_id=A9",
            2,
            "cannot change the agency_id of a record",
        ),
        ("correct agencies A1 --set colour=red", 2, "have no column 'colour'"),
        ("correct agencies Z9 --set city=Elm", 2, "no agency 'Z9'"),
        ("withdraw requests R1", 0, "withdrawn as U-000003"),
        ("withdraw agencies A1", 2, "other records refer to it"),
        ("merge A2 A1", 0, "A2 is merged into A1"),
        ("merge A1 A1", 2, "into itself"),
        ("undo U-000001 --rest", 2, "other records refer"),
        ("kept U-000009 x.csv", 2, "No such file was saved"),
    ],
)
def test_the_command_line_does_the_same(run, command: str, code: int, said: str):
    done, output = run(*command.split())
    assert (done, said in output) == (code, True), output


def test_the_command_line_writes_the_file_as_it_came(run, tmp_path):
    out = tmp_path / "back.csv"
    assert run("kept", "U-000001", str(out))[0] == 0
    assert out.read_text() == AGENCIES + "A1,Elm PD,TX\nA2,Elm Police Dept,TX\nA3,Oak,OH\n"
    assert run("kept", "U-000001", str(out), "--rejected")[0] == 2
