"""Good rows in, all at once or not at all, and out again exactly as it was."""

import random
import threading
import time

import pytest

from cri_data.accounts import users
from cri_data.checks.store import findings
from cri_data.importing.commit.undo import UndoError, undo
from cri_data.jobs import demonstration
from cri_data.model.datasets import DATASETS
from cri_data.store.store import Store, StoreError
from tests.support.small_store import add_small_rows, small_store
from tests.support.stores import copied, prepared
from tests.support.uploads import AGENCIES, REQUESTS, contents, counts, loaded, stored


@pytest.fixture
def store():
    store = small_store()
    yield store
    store.close()


def state(store: Store) -> tuple:
    """All that a commit could change."""
    history = [store.rows("upload/next_upload_id"), store.info().data_version]
    with store.cursor() as cursor:
        changes = cursor.execute("from changes order by all").fetchall()
        uploads = cursor.execute("from uploads order by all").fetchall()
    return (*history, contents(store), changes, uploads)


# What a commit does


def test_new_and_changed_rows_are_written_and_the_others_left(store):
    before, version = contents(store), store.info().data_version
    loading = loaded(store, "agencies", f"{AGENCIES}A1,Alder Police,TX\nZ,Zed,OH\nY,,OH\n")
    assert counts(loading) == (3, 1, 1, 0, 1, 0)
    assert loading.upload_id == "U-000001"
    after = contents(store)
    assert stored(store, "agencies", "Z")["agency_name"] == "Zed"
    assert stored(store, "agencies", "A1")["agency_name"] == "Alder Police"
    assert after["agencies"][1:5] == before["agencies"][1:]
    assert {name for name in DATASETS if before[name] != after[name]} == {"agencies"}
    assert store.info().data_version == version + 1
    assert findings(store) == []


def test_upload_is_written_down_with_what_it_changed(store):
    loaded(store, "agencies", f"{AGENCIES}A5,Elm Police,CA\nA1,Alder PD,TX\nZ,Zed,OH\nY,\n")
    with store.cursor() as cursor:
        upload = cursor.execute("from uploads").fetchall()
        changes = cursor.execute(
            "select record_id, before ->> 'agency_name', after ->> 'agency_name', "
            "(after ->> 'sworn_officers')::integer from changes order by record_id"
        ).fetchall()
    ((upload_id, at, who, kind, dataset, name, sha256, *numbers, state_now, _, _),) = upload
    assert (upload_id, who, kind) == ("U-000001", "a test", "file")
    assert dataset == "agencies"
    assert (name, len(sha256), state_now) == ("agencies.csv", 64, "committed")
    assert at.utcoffset().total_seconds() == 0
    assert numbers == [4, 1, 1, 0, 1, 1, 0]
    assert changes == [("A5", "Elm PD", "Elm Police", 49), ("Z", None, "Zed", None)]


def test_a_blank_cell_and_an_absent_column_keep_what_is_stored(store):
    was = stored(store, "requests", "R1")
    text = f"{REQUESTS.strip()},decided_on,summary\nR1,A1,2024-01-10,tribal,,\n"
    assert counts(loaded(store, "requests", text))[2] == 1
    assert stored(store, "requests", "R1") == was | {"topic_ids": ["tribal"]}


def test_a_value_that_is_not_understood_keeps_what_is_stored(store):
    text = "agency_id,agency_name,state,sworn_officers\nA1,Alder PD,TX,many\n"
    assert counts(loaded(store, "agencies", text)) == (1, 0, 0, 1, 0, 1)
    assert stored(store, "agencies", "A1")["sworn_officers"] == 8


@pytest.mark.parametrize(
    ("text", "rejected"),
    [
        (f"{AGENCIES}Z,Zed,OH\nA1,Alder PD,Texas\n", 0),
        (f"{AGENCIES}Z,,OH\nA1,Alder PD,TX\n", 1),
        (f"{AGENCIES}Z,,OH\nY,Wye,Mars\n", 2),
    ],
    ids=["the same file again", "nothing new but faults", "all rejected"],
)
def test_where_nothing_changes_nothing_is_written(store, text: str, rejected: int):
    if not rejected:
        loaded(store, "agencies", text)
    before = state(store)
    loading = loaded(store, "agencies", text)
    assert loading.upload_id is None
    assert counts(loading)[1:3] == (0, 0)
    assert counts(loading)[4] == rejected
    assert state(store) == before


@pytest.mark.long
def test_order_of_rows_does_not_matter(store):
    lines = [f"Z{n},Zed {n},TX" for n in range(30)]
    lines += ["A1,Alder Police,OH", "Z3,Other,TX", "Z4,,TX", "Z5,Zed 5,Texas"]
    chance = random.Random(1)  # noqa: S311
    results = []
    for _ in range(3):
        chance.shuffle(lines)
        loading = loaded(store, "agencies", AGENCIES + "\n".join(lines))
        results.append((counts(loading), contents(store)))
        undo(store, loading.upload_id, "a test")
    assert results[0][0] == (34, 28, 1, 1, 4, 1)
    assert results[1:] == results[:1] * 2


def test_a_demonstration_takes_no_rows():
    store = small_store()
    with store.writing() as cursor:
        cursor.execute("update store_info set is_demonstration = true")
    before = state(store)
    with pytest.raises(
        StoreError, match=r"does not accept real data.*Upload page.*CRI_STORE"
    ):
        loaded(store, "agencies", f"{AGENCIES}Z,Zed,OH\n")
    assert state(store) == before
    store.close()


def test_an_emptied_demonstration_takes_rows(store):
    with store.writing() as cursor:
        cursor.execute("update store_info set is_demonstration = true")
    demonstration.start_empty(store, "a test")
    assert loaded(store, "agencies", f"{AGENCIES}Z,Zed,OH\n").upload_id == "U-000001"
    assert len(contents(store)["agencies"]) == 1


def test_nobody_is_left_of_an_invented_partner(store):
    users.add(store, "ann@x.org", "partner", "P1", "a test")
    users.add(store, "bo@x.org", "staff", None, "a test")
    with store.writing() as cursor:
        cursor.execute("update store_info set is_demonstration = true")
    demonstration.start_empty(store, "cy@x.org")
    assert [person.email for person in users.listed(store)] == ["bo@x.org"]
    entries = store.rows("audit/all_entries")[-2:]
    assert [(who, action) for _, _, who, action, *_ in entries] == [
        ("cy@x.org", "role_taken"),
        ("cy@x.org", "started_empty"),
    ]


# Undo

FILES = {
    "agencies": "agency_id,agency_name,state,zip,latitude,sworn_officers,sworn_as_of_on\n"
    'A1,"Al\nder; ""PD""",MA,1234,31.123456789012345,9,2024-01-31\nZ,Zed,OH,,,,\n',
    "topics": "topic_id,topic_name,maps_to,effective_to_on\n"
    "tribal,Tribes,training,2024-01-31\nz,Zed,,\n",
    "partners": "partner_id,partner_name,capacity_hours_per_quarter,topic_ids\n"
    "P1,Partner 1,0.1,training;tribal\nP3,Third,1e-7,\n",
    "metrics": "metric_id,metric_name,unit,better,goal,level\n"
    "complaints,Complaints,count,lower,public_respect,learning\n"
    "z,Zed,days,higher,officer_safety,\n",
    "requests": "request_id,agency_id,received_on,topic_ids,status,closed_on\n"
    "R1,A1,2024-01-09,tribal;training;compstat,completed,2024-06-01\n"
    "Z,A2,2024-01-01,tribal,received,\n",
    "engagements": "engagement_id,request_id,lead_partner_id,hours,supporting_partner_ids\n"
    "E1,R1,P2,2.5,P1\nE3,R5,P2,,P2;P1\nZ,R2,P1,0,\n",
    "outcomes": "outcome_id,engagement_id,metric_id,baseline_value,followup_value\n"
    "O1,E1,days-to-evidence,0.1,1e11\nO5,E5,complaints,,12345678.9\nZ,E1,complaints,,\n",
}


@pytest.mark.long
@pytest.mark.parametrize("dataset", FILES)
def test_undo_puts_back_exactly_what_was(store, dataset: str):
    before, version = contents(store), store.info().data_version
    loading = loaded(store, dataset, FILES[dataset])
    assert counts(loading)[1] == 1
    assert counts(loading)[4:] == (0, 0)
    assert contents(store) != before
    undo(store, loading.upload_id, "another")
    assert contents(store) == before
    assert store.info().data_version == version + 2
    with store.cursor() as cursor:
        ended = cursor.execute("select state, undone_by from uploads").fetchall()
    assert ended == [("undone", "another")]


@pytest.mark.long
def test_uploads_are_undone_one_by_one_from_the_last(store):
    steps = [contents(store)]
    names = []
    for dataset, text in FILES.items():
        names.append(loaded(store, dataset, text).upload_id)
        steps.append(contents(store))
    assert names == [f"U-{n:06d}" for n in range(1, 8)]
    for name in reversed(names):
        assert contents(store) == steps.pop()
        undo(store, name, "a test")
    assert contents(store) == steps.pop()
    assert findings(store) == []


@pytest.mark.long
@pytest.mark.parametrize(
    ("upload_id", "said"),
    [
        ("U-000009", "There is no upload U-000009. Find its number in the upload history"),
        ("", "There is no upload"),
        ("'; drop table uploads; --", "There is no upload"),
        ("U-000001", "later uploads changed the same records: U-000002.*Undo those first"),
        ("U-000003", "other records refer .* 1 requests .the first is Q.*Undo the uploads"),
        ("U-000005", "U-000005 was already undone"),
    ],
)
def test_an_undo_that_cannot_be_is_refused_and_changes_nothing(upload_id: str, said: str):
    store = copied(prepared("five uploads", with_five_uploads))
    before = state(store)
    with pytest.raises(UndoError, match=said):
        undo(store, upload_id, "a test")
    assert state(store) == before
    store.close()


def with_five_uploads(store: Store) -> None:
    """The last of them is undone."""
    add_small_rows(store)
    loaded(store, "agencies", f"{AGENCIES}A1,Alder,TX\nY,Wye,TX\n")
    loaded(store, "agencies", f"{AGENCIES}A1,Alder Police,TX\n")
    loaded(store, "agencies", f"{AGENCIES}Z,Zed,TX\n")
    loaded(store, "requests", f"{REQUESTS}Q,Z,2024-01-01,training\n")
    loaded(store, "agencies", f"{AGENCIES}X,Ex,TX\n")
    undo(store, "U-000005", "a test")


@pytest.mark.long
def test_undone_later_uploads_are_no_hindrance(store):
    before = contents(store)
    first = loaded(store, "agencies", f"{AGENCIES}A1,Alder,TX\n").upload_id
    second = loaded(store, "agencies", f"{AGENCIES}A1,Alder Police,TX\n").upload_id
    undo(store, second, "a test")
    undo(store, first, "a test")
    assert contents(store) == before


@pytest.mark.long
def test_undo_never_brings_back_a_reference_to_nothing(store):
    loaded(store, "agencies", f"{AGENCIES}Z,Zed,TX\n")
    loaded(store, "requests", f"{REQUESTS}Q,Z,2024-01-01,training\n")
    loaded(store, "requests", f"{REQUESTS}Q,A1,2024-01-01,training\n")
    undo(store, "U-000001", "a test")
    with pytest.raises(UndoError, match=r"1 requests \(the first is Q\)"):
        undo(store, "U-000003", "a test")
    assert stored(store, "requests", "Q")["agency_id"] == "A1"
    assert findings(store) == []


def test_partners_with_people_are_not_undone(store):
    loaded(store, "partners", "partner_id,partner_name\nP8,Eight\nP9,Nine\n")
    users.add(store, "ann@x.org", "partner", "P9", "a test")
    before = state(store)
    with pytest.raises(UndoError, match=r"1 on the list of people\. An administrator"):
        undo(store, "U-000001", "a test")
    assert state(store) == before
    users.add(store, "ann@x.org", "partner", "P1", "a test")
    undo(store, "U-000001", "a test")
    assert findings(store) == []


def test_a_partner_is_not_undone_while_a_person_is_given_it(store):
    loaded(store, "partners", "partner_id,partner_name\nP9,Nine\n")
    refused = []

    def press() -> None:
        try:
            undo(store, "U-000001", "a test")
        except UndoError as error:
            refused.append(str(error))

    thread = threading.Thread(target=press)
    with store.users_lock, store.cursor() as cursor:
        thread.start()
        time.sleep(0.2)
        cursor.execute(
            "insert into people values ('a@x.org', 'partner', 'P9', 'Cy', now())"
        )
    thread.join()
    assert len(refused) == 1
    assert findings(store) == []


# At the same time


@pytest.mark.long
def test_two_who_load_at_once_both_succeed_and_nothing_is_doubled(store):
    texts = [
        AGENCIES + "".join(f"S{n},Same {n},TX\n" for n in range(500)),
        AGENCIES
        + "".join(f"{of}{n},Same {n},TX\n" for n in range(500) for of in ("S", "T")),
    ]
    start = threading.Barrier(2)
    names = []

    def load_one(text: str) -> None:
        start.wait()
        names.append(loaded(store, "agencies", text).upload_id)

    threads = [threading.Thread(target=load_one, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(names) == 2
    assert len(contents(store)["agencies"]) == 5 + 1_000
    assert {name for name in names if name} <= {"U-000001", "U-000002"}
    assert findings(store) == []


@pytest.mark.long
def test_a_reader_never_sees_half_an_upload(store):
    files = [
        AGENCIES + "".join(f"S{n},{name},TX\n" for n in range(2_000))
        for name in ("Old", "New", "Old", "New")
    ]
    is_done = threading.Event()
    seen = []

    def look() -> None:
        with store.cursor() as cursor:
            while not is_done.is_set():
                seen.append(
                    cursor.execute(
                        "select count(*) filter (agency_name = 'Old'), "
                        "count(*) filter (agency_name = 'New') "
                        "from agencies where agency_id like 'S%'"
                    ).fetchone()
                )

    reader = threading.Thread(target=look)
    reader.start()
    try:
        for text in files:
            loaded(store, "agencies", text)
    finally:
        is_done.set()
        reader.join()
    assert set(seen) <= {(0, 0), (2_000, 0), (0, 2_000)}
    assert len(set(seen)) > 1
