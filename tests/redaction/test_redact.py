"""A redacted text is nowhere: not in the store, its history, its kept files, nor back."""

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from duckdb import ColumnExpression, ConstantExpression, FunctionExpression

from cri_data.checks.store import findings
from cri_data.cli.main import main
from cri_data.importing.commit.stored_files import kept_file
from cri_data.importing.commit.undo import undo
from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.recipe import Recipe
from cri_data.importing.service import load
from cri_data.model.datasets import DATASETS
from cri_data.model.roles import STAFF
from cri_data.records import correct, record_cells, withdraw
from cri_data.redaction.redact import Places, RedactionError, redact, redactable
from cri_data.store.connection import open_store
from cri_data.store.store import Store
from cri_ui.session import session
from tests.reading.test_workbook import workbook
from tests.support.stores import copied, prepared
from tests.support.uploads import AGENCIES, loaded, quietly, stored

HEAD = "request_id,agency_id,received_on,topic_ids,summary\n"
TEXT = "Ask for Joe Doe on 555-0100"
OTHER = "Training for the night shift"


def tables_with(store: Store, text: str) -> set[str]:
    """The tables with that text in any cell; what is packed, unpacked too."""
    with store.cursor() as cursor:
        columns = cursor.execute(
            "select table_name, column_name, data_type from duckdb_columns() "
            "join duckdb_tables() using (table_name)"
        ).fetchall()
        return {
            table
            for table, column, kind in columns
            if any(text in cell for cell in cells(cursor, table, column, kind, text))
        }


def cells(cursor, table: str, column: str, kind: str, text: str) -> Iterator[str]:
    """The cells of a column that may have that text."""
    rows = cursor.table(table).select(ColumnExpression(column))
    if not kind.endswith(("BLOB", "]", ")")):
        # Not a list nor a struct: the store finds the few of tens of thousands.
        cell = ColumnExpression(column).cast("varchar")
        rows = rows.filter(FunctionExpression("contains", cell, ConstantExpression(text)))
    for (cell,) in rows.fetchall():
        if cell is not None:
            yield gzip.decompress(cell).decode() if kind == "BLOB" else str(cell)


def load_an_agency(store: Store) -> None:
    loaded(store, "agencies", AGENCIES + "A1,Elm,TX\n")


@pytest.fixture
def store():
    opened = copied(prepared("one agency", load_an_agency))
    yield opened
    opened.close()


def make_history(store: Store) -> None:
    """R1's text is uploaded, corrected, corrected back, and rejected once."""
    load_an_agency(store)
    text = f"{HEAD}R1,A1,2024-01-31,training,{TEXT}\nR2,A1,2024-01-31,training,{OTHER}\n"
    loaded(store, "requests", text)
    for summary in ("for a moment", f"{TEXT} again"):
        seen = record_cells(store, "requests", "R1")
        correct(store, "requests", seen, {"summary": summary}, "a test")
    loaded(
        store, "requests", f"{HEAD}R1,A1,never,training,{TEXT}\nR3,A1,2024-02-01,tribal,\n"
    )


def store_with_a_history(path: Path | None = None) -> Store:
    return copied(prepared("one history", make_history), path)


@pytest.fixture
def with_a_history():
    opened = store_with_a_history()
    yield opened
    opened.close()


@pytest.mark.long
def test_the_text_is_nowhere_after_it(with_a_history):
    store = with_a_history
    assert tables_with(store, TEXT) == {"requests", "changes", "upload_files"}
    places = redact(store, "requests", "R1", "a test")
    # Three changes; a file twice and the rejected rows once, of which nothing is left.
    assert places == Places(
        records=1, changes=3, files_rewritten=2, files_let_go=1, remembered=0
    )
    assert tables_with(store, TEXT) == set()
    assert tables_with(store, "for a moment") == set()
    assert stored(store, "requests", "R1")["summary"] is None
    assert findings(store) == []


@pytest.mark.long
def test_all_else_stays(with_a_history):
    store = with_a_history
    before = stored(store, "requests", "R1") | {"summary": None}
    redact(store, "requests", "R1", "a test")
    assert stored(store, "requests", "R1") == before
    assert stored(store, "requests", "R2")["summary"] == OTHER
    kept = kept_file(store, "U-000002").content.decode("utf-8-sig")
    assert kept == f"{HEAD}R2,A1,2024-01-31,training,{OTHER}\n"
    assert kept_file(store, "U-000001").content == (AGENCIES + "A1,Elm,TX\n").encode()


@pytest.mark.long
def test_no_undo_brings_it_back(with_a_history):
    store = with_a_history
    redact(store, "requests", "R1", "a test")
    for upload_id in ("U-000005", "U-000004", "U-000003"):
        undo(store, upload_id, "a test")
        assert tables_with(store, TEXT) == tables_with(store, "for a moment") == set()
        assert stored(store, "requests", "R1")["summary"] is None
    undo(store, "U-000002", "a test")
    assert store.ask("requests_list", STAFF).empty


def test_it_is_in_the_trail_without_the_text(with_a_history):
    store = with_a_history
    redact(store, "requests", "R1", "ann@x.org")
    with store.cursor() as cursor:
        who, what = cursor.execute(
            "select who, what from audit where action = 'redacted'"
        ).fetchone()
    assert who == "ann@x.org"
    assert json.loads(what) == {
        **{"dataset": "requests", "record_id": "R1", "records": 1, "changes": 3},
        **{"files_rewritten": 2, "files_let_go": 1, "remembered": 0},
    }


def test_a_record_that_was_withdrawn_is_redacted_too(with_a_history):
    store = with_a_history
    withdraw(store, "requests", "R1", "a test")
    redact(store, "requests", "R1", "a test")
    assert tables_with(store, TEXT) == set()
    undo(store, "U-000006", "a test")
    assert stored(store, "requests", "R1")["summary"] is None


@pytest.mark.long
def test_a_place_of_an_engagement_is_redacted(with_a_history):
    store = with_a_history
    loaded(store, "partners", "partner_id,partner_name\nP1,One\n")
    head = "engagement_id,request_id,lead_partner_id,site_name\n"
    loaded(store, "engagements", f"{head}E1,R1,P1,Joe Doe's house\nE2,R1,P1,Town hall\n")
    redact(store, "engagements", "E1", "a test")
    assert tables_with(store, "Joe Doe's house") == set()
    assert stored(store, "engagements", "E2")["site_name"] == "Town hall"
    # The request that it belongs to is another record.
    assert tables_with(store, TEXT) == {"requests", "changes", "upload_files"}


def test_a_workbook_that_tells_of_it_is_let_go_whole(store):
    rows = [HEAD.strip().split(","), ["R1", "A1", "2024-01-31", "training", TEXT]]
    load(
        store,
        "requests",
        SourceFile.from_bytes("r.xlsx", workbook(("Log", rows))),
        Recipe(),
        "a test",
        quietly,
    )
    other = [HEAD.strip().split(","), ["R2", "A1", "2024-01-31", "training", OTHER]]
    # With a sheet that nobody wrote in, as Excel makes them.
    untouched = workbook(("Log", other), ("Sheet2", []))
    load(
        store,
        "requests",
        SourceFile.from_bytes("s.xlsx", untouched),
        Recipe(),
        "a test",
        quietly,
    )
    assert redact(store, "requests", "R1", "a test").files_let_go == 1
    assert kept_file(store, "U-000002").content is None
    assert kept_file(store, "U-000003").content == untouched


def test_a_kept_file_that_is_damaged_is_let_go_and_stops_nothing(with_a_history):
    store = with_a_history
    with store.cursor() as cursor:
        cursor.execute(
            "update upload_files set content = $cut where upload_id = 'U-000001'",
            {"cut": gzip.compress(b"a file")[:-4]},
        )
    assert redact(store, "requests", "R1", "a test").files_let_go == 2
    assert kept_file(store, "U-000001").content is None


def with_a_locked_part(content: bytes) -> bytes:
    """A workbook with one more part, that says it is encrypted."""
    file, name = io.BytesIO(content), b"docProps/notes.bin"
    with zipfile.ZipFile(file, "a") as parts:
        parts.writestr(name.decode(), "nobody knows")
    locked = bytearray(file.getvalue())
    # The flags are so far before the name, in the part's own heading and in the list.
    for place, flags in ((locked.index(name), 24), (locked.rindex(name), 38)):
        locked[place - flags] |= 1
    return bytes(locked)


def test_a_workbook_that_cannot_be_looked_at_is_let_go_and_stops_nothing(store):
    """Reading never opens that part: the workbook was loaded."""
    rows = [HEAD.strip().split(","), ["R2", "A1", "2024-01-31", "training", OTHER]]
    content = with_a_locked_part(workbook(("Log", rows)))
    load(
        store,
        "requests",
        SourceFile.from_bytes("r.xlsx", content),
        Recipe(),
        "a test",
        quietly,
    )
    assert stored(store, "requests", "R2")["summary"] == OTHER
    loaded(store, "requests", f"{HEAD}R1,A1,2024-01-31,training,{TEXT}\n")
    assert redact(store, "requests", "R1", "a test").files_let_go == 2
    assert kept_file(store, "U-000002").content is None
    assert stored(store, "requests", "R2")["summary"] == OTHER


def test_a_file_written_in_any_way_is_found(store):
    text = HEAD.replace(",", ";") + f'R1;A1;2024-01-31;training;"{TEXT}; a\nb"\n'
    content = f"Log of Jöe\n\n{text}R2;A1;2024-01-31;training;x\n".encode("utf-16")
    load(
        store,
        "requests",
        SourceFile.from_bytes("r.csv", content),
        Recipe(),
        "a test",
        quietly,
    )
    assert stored(store, "requests", "R1")["summary"].startswith(TEXT)
    redact(store, "requests", "R1", "a test")
    assert tables_with(store, TEXT) == set()
    assert b"R2" in kept_file(store, "U-000002").content


@pytest.mark.long
@pytest.mark.parametrize("written", ["r1", "'R1", "R1\N{ZERO WIDTH SPACE}", '"=""R1"""'])
def test_a_row_whose_id_is_written_otherwise_is_found(store, written):
    other = f"R2,A1,2024-01-31,training,{OTHER}\n"
    # Short, so that only its ID tells whose text it is.
    text = f"{HEAD}{written},A1,2024-01-31,training,Joe D\n{other}"
    loaded(store, "requests", f"{HEAD}R1,A1,2024-01-31,training,Joe D\n")
    loaded(store, "requests", text)
    redact(store, "requests", "R1", "a test")
    assert kept_file(store, "U-000003").content.decode("utf-8-sig") == HEAD + other


def test_a_text_of_another_record_too_stays_there(store):
    text = f"{HEAD}R1,A1,2024-01-31,training,{TEXT}\nR2,A1,2024-01-31,training,{TEXT}\n"
    loaded(store, "requests", text)
    redact(store, "requests", "R1", "a test")
    assert stored(store, "requests", "R2")["summary"] == TEXT
    kept = kept_file(store, "U-000002").content.decode("utf-8-sig")
    assert kept == f"{HEAD}R2,A1,2024-01-31,training,{TEXT}\n"


def test_what_is_remembered_of_it_is_forgotten(store):
    recipe = Recipe(constants={"summary": TEXT})
    text = "request_id,agency_id,received_on,topic_ids\nR1,A1,2024-01-31,training\n"
    load(
        store,
        "requests",
        SourceFile.from_bytes("r.csv", text.encode()),
        recipe,
        "a test",
        quietly,
    )
    assert tables_with(store, TEXT) == {"requests", "changes", "recipes"}
    assert redact(store, "requests", "R1", "a test").remembered == 1
    assert tables_with(store, TEXT) == set()


def test_what_cannot_be_redacted_is_said_and_nothing_is_done(with_a_history):
    store = with_a_history
    for dataset, record_id, message in (
        ("agencies", "A1", "Agencies hold no free text. These do: requests, engagements."),
        ("requests", "R9", "Nothing holds free text of the request"),
    ):
        with pytest.raises(RedactionError, match=message):
            redact(store, dataset, record_id, "a test")
    assert tables_with(store, TEXT) == {"requests", "changes", "upload_files"}


def test_every_free_text_is_one_that_can_be_blanked():
    free = {name: dataset.free_texts for name, dataset in DATASETS.items()}
    assert {name: texts for name, texts in free.items() if texts} == {
        "requests": ("closed_reason", "source", "summary"),
        "engagements": ("site_name",),
    }
    assert redactable() == ["requests", "engagements"]


def test_the_command_line_redacts(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CRI_STORE", str(tmp_path / "cri.duckdb"))
    store_with_a_history(tmp_path / "cri.duckdb").close()
    assert main(["redact", "requests", "R1"]) == 0
    assert capsys.readouterr().out == (
        "The free text of R1 is deleted: 1 record, 3 changes, 2 files rewritten, 1 file "
        "deleted, 0 saved choices. Earlier backups still contain it.\n"
    )
    assert main(["redact", "requests", "R9"]) == 2
    assert "Nothing holds free text" in capsys.readouterr().err
    opened = open_store(tmp_path / "cri.duckdb")
    assert tables_with(opened, TEXT) == set()
    opened.close()


@pytest.mark.long
def test_the_page_redacts_once_it_is_confirmed(empty_app):
    page = empty_app("pages/data/records.py")
    make_history(session.store())
    page.selectbox(key="records_dataset").set_value("requests").run()
    page.text_input(key="records_requests_record_text").set_value("R1").run()
    button = page.button(key="redact_chosen")
    assert button.disabled
    page.checkbox(key="redact_R1").set_value(True).run()
    page.button(key="redact_chosen").click().run()
    assert not page.exception
    assert tables_with(session.store(), TEXT) == set()
    assert page.text_input(key="records_requests_record_text").value == "R1"


def test_the_page_redacts_nothing_that_holds_no_free_text(empty_app):
    page = empty_app("pages/data/records.py")
    loaded(session.store(), "agencies", AGENCIES + "A1,Elm,TX\n")
    page.text_input(key="records_agencies_record_text").set_value("A1").run()
    assert "Withdraw A1" in [button.label for button in page.button]
    assert "redact_chosen" not in [button.key for button in page.button]


@pytest.mark.long
def test_the_page_redacts_what_is_in_the_history_alone(empty_app):
    page = empty_app("pages/data/records.py")
    make_history(session.store())
    withdraw(session.store(), "requests", "R1", "a test")
    page.selectbox(key="records_dataset").set_value("requests").run()
    page.text_input(key="records_requests_record_text").set_value("R1").run()
    assert "No record has all of these words in its ID or name." in page.info[0].value
    page.text_input(key="records_requests_gone").set_value("R1").run()
    assert tables_with(session.store(), TEXT) == {"changes", "upload_files"}
    page.checkbox(key="redact_R1").set_value(True).run()
    page.button(key="redact_chosen").click().run()
    assert not page.exception
    assert tables_with(session.store(), TEXT) == set()


def test_the_page_says_where_nothing_is_to_be_redacted(empty_app):
    page = empty_app("pages/data/records.py")
    page.selectbox(key="records_dataset").set_value("requests").run()
    page.text_input(key="records_requests_gone").set_value("R9").run()
    page.checkbox(key="redact_R9").set_value(True).run()
    page.button(key="redact_chosen").click().run()
    assert "Nothing holds free text" in page.error[0].value


@pytest.mark.long
def test_every_free_text_of_a_record_goes(store):
    head = "request_id,agency_id,received_on,topic_ids,closed_reason,source,summary\n"
    texts = ("Chief Doe left", "Joe Doe told us of it", TEXT)
    loaded(store, "requests", f"{head}R1,A1,2024-01-31,training,{','.join(texts)}\n")
    undo(store, "U-000002", "a test")
    loaded(store, "requests", f"{head}R1,A1,2024-01-31,training,{','.join(texts)}\n")
    redact(store, "requests", "R1", "a test")
    for text in texts:
        assert tables_with(store, text) == set()
    undo(store, "U-000003", "a test")
    assert store.ask("requests_list", STAFF).empty
