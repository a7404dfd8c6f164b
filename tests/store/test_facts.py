"""Facts are what the tables say, whatever is done to the records and in what order."""

import random
from pathlib import Path

import duckdb
import pytest

from cri_data.checks.records import findings_of_records
from cri_data.importing.commit.undo import UndoError, undo
from cri_data.model.roles import STAFF
from cri_data.records import RecordError, correct, merge_agencies, record_cells, withdraw
from cri_data.store import facts, query_files
from cri_data.store.connection import open_store
from cri_data.store.store import Store
from tests.support.stores import new_store
from tests.support.uploads import AGENCIES, REQUESTS, loaded

WHO = "a test"
STATES = ("TX", "OH", "PR", "")
TOPICS = ("training", "tribal", "compstat;training", "training;tribal;compstat")
ENGAGEMENTS = (
    "engagement_id,request_id,lead_partner_id,topic_id,status,started_on,"
    "latitude,longitude\n"
)
OUTCOMES = "outcome_id,engagement_id,metric_id,baseline_value,followup_value,followup_on\n"


def agency(chance: random.Random, number: int) -> str:
    sworn = chance.choice(("", "8", "60", "2000"))
    zips = chance.choice(("", "78701", "43004"))
    return f"A{number},Agency {number},{chance.choice(STATES[:3])},{sworn},{zips}\n"


def request(chance: random.Random, number: int) -> str:
    day = f"2024-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}"
    status = chance.choice(("received", "accepted", "completed", ""))
    return f"R{number},A{chance.randint(1, 9)},{day},{chance.choice(TOPICS)},{status}\n"


def engagement(chance: random.Random, number: int) -> str:
    status = chance.choice(("planned", "active", "cancelled"))
    topic = chance.choice(("", "tribal"))
    place = chance.choice((",", "30.5,-97.5"))
    of = f"R{chance.randint(1, 60)},P{chance.randint(1, 2)}"
    return f"E{number},{of},{topic},{status},2024-10-0{chance.randint(1, 9)},{place}\n"


def outcome(chance: random.Random, number: int) -> str:
    after = chance.choice((",", "4,2024-12-01"))
    of = f"E{chance.randint(1, 60)},complaints"
    return f"O{number},{of},{chance.randint(1, 9)},{after}\n"


FILES = {
    "agencies": (f"{AGENCIES.strip()},sworn_officers,zip\n", agency, 9),
    "requests": (f"{REQUESTS.strip()},status\n", request, 80),
    "engagements": (ENGAGEMENTS, engagement, 70),
    "outcomes": (OUTCOMES, outcome, 70),
}


def some_rows(chance: random.Random, dataset: str, numbers: list[int]) -> str:
    headings, row, _ = FILES[dataset]
    return headings + "".join(row(chance, number) for number in numbers)


def one_thing_done(store: Store, chance: random.Random) -> None:
    """Something that a person may do, refused where it must be."""
    dataset = chance.choice(tuple(FILES))
    most = FILES[dataset][2]
    record_id = f"{dataset[0].upper()}{chance.randint(1, most)}"
    change = chance.choice(("load", "load", "undo", "correct", "withdraw", "merge"))
    if change == "load":
        numbers = chance.sample(range(1, most + 1), chance.randint(1, 6))
        loaded(store, dataset, some_rows(chance, dataset, numbers))
    elif change == "undo":
        uploads = store.ask("uploads_list", STAFF).upload_id
        undo(store, chance.choice(list(uploads)[:6]), WHO, only_rest=chance.random() < 0.5)
    elif change == "withdraw":
        withdraw(store, dataset, record_id, WHO)
    elif change == "merge":
        gone, kept = chance.sample(range(1, 10), 2)
        merge_agencies(store, f"A{gone}", f"A{kept}", WHO)
    else:
        cells = record_cells(store, dataset, record_id)
        headings, row, _ = FILES[dataset]
        line = row(chance, int(record_id[1:])).strip().split(",")
        changed = dict(zip(headings.strip().split(","), line, strict=True))
        correct(store, dataset, cells, cells | changed, WHO)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_done_facts_are_what_the_tables_say(seed, monkeypatch):
    chance = random.Random(seed)  # noqa: S311
    store = new_store()
    ran: list[str] = []
    run = facts._run
    monkeypatch.setattr(
        facts,
        "_run",
        lambda *given, **values: ran.append(given[1]) or run(*given, **values),
    )
    loaded(store, "partners", "partner_id,partner_name\nP1,One\nP2,Two\n")
    for dataset, (_, _, most) in FILES.items():
        loaded(store, dataset, some_rows(chance, dataset, list(range(1, most + 1))))
    refused = 0
    for _ in range(20):
        try:
            one_thing_done(store, chance)
        except (UndoError, RecordError):
            refused += 1
        assert findings_of_records(store) == []
    assert refused < 15
    # Most were brought after, not made anew.
    assert ran.count("no_due") < ran.count("keep_due") / 2
    store.close()


def test_a_preview_counts_what_it_would_write():
    """Facts are brought after before the question is asked, and then rolled back."""
    store = new_store()
    loaded(store, "agencies", f"{AGENCIES}A1,Elm PD,TX\n")
    with store.writing() as cursor:
        cursor.execute(
            "insert into requests by name select 'R1' as request_id, 'A1' as agency_id"
        )
        assert store.ask_within(cursor, "requests_totals", STAFF).requests[0] == 0
        facts.bring_after(cursor, None)
        assert store.ask_within(cursor, "requests_totals", STAFF).requests[0] == 1
    store.close()


def test_a_fact_that_is_not_what_the_tables_say_is_found():
    store = new_store()
    loaded(store, "agencies", f"{AGENCIES}A1,Elm PD,TX\nA2,Oak PD,OH\n")
    with store.cursor() as cursor:
        cursor.execute("update facts_of_agencies set region = 'West' where state = 'OH'")
    (found,) = findings_of_records(store)
    assert (found.dataset, found.records, found.example) == ("facts", 1, "A2")
    store.close()


@pytest.mark.long
def test_a_store_without_facts_has_them_once_it_is_opened(tmp_path: Path):
    """As an older program leaves it, or a program that changed rows and no facts."""
    path = tmp_path / "cri.duckdb"
    store = new_store(path)
    loaded(store, "agencies", f"{AGENCIES}A1,Elm PD,TX\n")
    loaded(store, "requests", f"{REQUESTS}R1,A1,2024-01-10,training\n")
    store.close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("delete from facts_of_requests")
        connection.execute("update store_info set data_version = data_version + 1")
    store = open_store(path)
    assert store.ask("requests_totals", STAFF).requests[0] == 1
    assert findings_of_records(store) == []
    store.close()


@pytest.mark.long
def test_facts_get_the_columns_of_other_scripts(tmp_path: Path, monkeypatch):
    """As a program leaves them whose facts had other columns."""
    path = tmp_path / "cri.duckdb"
    store = new_store(path)
    loaded(store, "agencies", f"{AGENCIES}A1,Elm PD,TX\n")
    loaded(store, "requests", f"{REQUESTS}R1,A1,2024-01-10,training\n")
    store.close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("alter table facts_of_requests drop column days_to_decided")
        connection.execute("alter table facts_of_engagements add column older integer")
    monkeypatch.setattr(query_files, "scripts_hash", lambda: "another")
    store = open_store(path)
    assert store.ask("requests_totals", STAFF).requests[0] == 1
    assert findings_of_records(store) == []
    store.close()


@pytest.mark.long
def test_scripts_are_laid_where_they_are_others_alone(tmp_path: Path, monkeypatch):
    path = tmp_path / "cri.duckdb"
    open_store(path).close()
    executed: list[str] = []
    scripts = query_files.build_scripts()
    monkeypatch.setattr(
        query_files, "build_scripts", lambda: executed.append("laid") or scripts
    )
    open_store(path).close()
    assert executed == []
    # Another program has other scripts.
    monkeypatch.setattr(query_files, "scripts_hash", lambda: "another")
    open_store(path).close()
    assert executed == ["laid"]
    open_store(path).close()
    assert executed == ["laid"]


@pytest.mark.long
def test_what_an_older_program_laid_is_laid_anew(tmp_path: Path, monkeypatch):
    """It lays its own macros at every opening, and a view that this one does not have."""
    path = tmp_path / "cri.duckdb"
    open_store(path).close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("create or replace macro share_of(a, b) as 'older'")
        connection.execute("create view agency_facts as from agencies")
    store = open_store(path)
    with store.cursor() as cursor:
        assert cursor.execute("select share_of(1, 2)").fetchone() == (0.5,)
    store.close()
    laid_anew: list[str] = []
    monkeypatch.setattr(
        query_files, "build_scripts", lambda: laid_anew.append("laid") or []
    )
    open_store(path).close()
    assert laid_anew == []
