"""A redacted text is in no kept file, in whatever encoding that was loaded."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cri_data.backups.backup import backup
from cri_data.backups.restore import restore
from cri_data.importing.commit.stored_files import kept_file
from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.recipe import Recipe
from cri_data.importing.service import load
from cri_data.reading import ReadOptions
from cri_data.redaction.redact import redact
from cri_data.store.connection import open_store
from cri_data.store.store import Store
from tests.reading.test_workbook import workbook
from tests.redaction.test_redact import HEAD, TEXT, load_an_agency
from tests.support.stores import copied, prepared
from tests.support.uploads import loaded, quietly, stored

ROWS = f"R1,A1,2024-01-31,training,{TEXT}\nR2,A1,2024-01-31,training,of another\n"

# The encoding, and whether a person has to tell it.
ENCODINGS = [
    *(("utf-32", False), ("utf-32-le", False), ("utf-32-be", False), ("utf-16", False)),
    *(("utf-16-be", False), ("cp037", True), ("cp1140", True), ("utf-7", True)),
    *(("mac-roman", True), ("shift-jis", True), ("iso2022-kr", True)),
]


@pytest.fixture
def store() -> Iterator[Store]:
    opened = copied(prepared("one agency", load_an_agency))
    yield opened
    opened.close()


@pytest.fixture
def with_each_encoding() -> Iterator[Store]:
    """A file of each encoding, with two requests in each."""
    opened = copied(prepared("one agency, each encoding", load_each_encoding))
    yield opened
    opened.close()


def loaded_as(store: Store, content: bytes, **options: object) -> None:
    recipe = Recipe(read_options=ReadOptions(**options))
    load(
        store,
        "requests",
        SourceFile.from_bytes("r.csv", content),
        recipe,
        "a test",
        quietly,
    )


def as_of_an_older_program(store: Store) -> None:
    """How the files were read is not known."""
    with store.cursor() as cursor:
        cursor.execute("delete from upload_readings")


# The encoding of each of their uploads.
UPLOADS = {f"U-{number:06d}": of for number, (of, _) in enumerate(ENCODINGS, 2)}


def load_each_encoding(store: Store) -> None:
    load_an_agency(store)
    for number, (encoding, is_told) in enumerate(ENCODINGS, 2):
        content = (HEAD + rows_of(number)).encode(encoding)
        loaded_as(store, content, **({"encoding": encoding} if is_told else {}))
        assert stored(store, "requests", f"R1-{number}")["summary"] == f"{TEXT} {number}"


def rows_of(number: int) -> str:
    return (
        f"R1-{number},A1,2024-01-31,training,{TEXT} {number}\n"
        f"R2-{number},A1,2024-01-31,training,of another\n"
    )


@pytest.mark.long
def test_a_text_is_found_in_the_encoding_that_was_loaded(with_each_encoding):
    store = with_each_encoding
    for number, upload_id in enumerate(UPLOADS, 2):
        places = redact(store, "requests", f"R1-{number}", "a test")
        assert (places.files_rewritten, places.files_let_go) == (1, 0)
        kept = kept_file(store, upload_id).content.decode("utf-8-sig")
        assert kept == HEAD + rows_of(number).splitlines(keepends=True)[1]


@pytest.mark.long
def test_a_file_of_unknown_encoding_is_let_go_where_it_may_tell(with_each_encoding):
    store, deleted = with_each_encoding, []
    as_of_an_older_program(store)
    for number, (upload_id, encoding) in enumerate(UPLOADS.items(), 2):
        redact(store, "requests", f"R1-{number}", "a test")
        kept = kept_file(store, upload_id).content
        if kept is None:
            deleted.append(encoding)
            continue
        for each in (encoding, "utf-8"):
            assert TEXT.encode(each) not in kept
        assert b"R2" in kept
    assert deleted == ["cp037", "cp1140"]


def test_a_short_text_in_an_unknown_encoding_is_found_too(store):
    rows = HEAD + "R1,A1,2024-01-31,training,Doe\nR2,A1,2024-01-31,training,x\n"
    loaded_as(store, rows.encode("cp500"), encoding="cp500")
    as_of_an_older_program(store)
    redact(store, "requests", "R1", "a test")
    assert kept_file(store, "U-000002").content is None


def test_letters_written_in_another_way_are_read(store):
    """In UTF-7 "Joe" can be written as "+AEoAbwBl-"."""
    text = (HEAD + ROWS).encode().replace(b"R1,", b"+AFIAMQ-,")
    hidden = text.replace(b"Joe Doe on 555", b"+AEoAbwBl- +AEQAbwBl- on +ADUANQA1-")
    loaded_as(store, hidden.replace(b"Ask", b"+AEEAcwBr-"), encoding="utf-7")
    assert stored(store, "requests", "R1")["summary"] == TEXT
    assert redact(store, "requests", "R1", "a test").files_rewritten == 1
    assert b"R2" in kept_file(store, "U-000002").content
    assert b"+AEQAbwBl-" not in kept_file(store, "U-000002").content


def test_the_same_is_told_of_the_rest_that_was_told_of_the_file(store):
    """Two lines above the headings, and a mark between cells that nobody would guess."""
    content = f"Log\nof the year\n{HEAD}{ROWS}".replace(",", "~").encode("cp037")
    options = {"separator": "~", "preamble_rows": 2, "encoding": "cp037"}
    loaded_as(store, content, **options)
    assert redact(store, "requests", "R1", "a test").files_rewritten == 1
    # What is left is read as it is written now.
    assert redact(store, "requests", "R2", "a test").files_let_go == 1


@pytest.mark.long
def test_others_stay_byte_for_byte(store):
    contents = {}
    for number, encoding in enumerate(("utf-32", "cp1252", "utf-8", "cp1140"), 2):
        text = f"{HEAD}R{number},A1,2024-01-31,training,Dé of another\n"
        contents[f"U-00000{number}"] = text.encode(encoding)
        options = {"encoding": encoding} if encoding == "cp1140" else {}
        loaded_as(store, text.encode(encoding), **options)
    loaded(store, "requests", HEAD + ROWS.splitlines()[0])
    redact(store, "requests", "R1", "a test")
    for upload_id, content in contents.items():
        assert kept_file(store, upload_id).content == content


def test_no_name_of_a_sheet_is_kept_with_how_it_was_read(store):
    rows = [line.split(",") for line in (HEAD + ROWS).splitlines()]
    options = ReadOptions(sheet="Joe Doe")
    content = workbook(("Log", [["x"]]), ("Joe Doe", rows))
    load(
        store,
        "requests",
        SourceFile.from_bytes("r.xlsx", content),
        Recipe(read_options=options),
        "a test",
        quietly,
    )
    with store.cursor() as cursor:
        (options,) = cursor.execute(
            "select told from upload_readings where upload_id = 'U-000002'"
        ).fetchone()
    assert "Joe" not in options


@pytest.mark.long
def test_a_store_from_before_has_nothing_of_it_and_goes_on(tmp_path: Path):
    """Opened, backed up, restored and redacted."""
    path, copy = tmp_path / "cri.duckdb", tmp_path / "b.duckdb"
    opened = copied(prepared("one agency", load_an_agency), path)
    loaded(opened, "requests", HEAD + ROWS)
    with opened.cursor() as cursor:
        cursor.execute("drop table upload_readings")
    opened.close()
    opened = open_store(path)
    backup(opened, copy, "a test")
    opened.close()
    restore(copy, path, "a test")
    opened = open_store(path)
    assert redact(opened, "requests", "R1", "a test").files_rewritten == 1
    loaded_as(opened, (HEAD + "R4,A1,2024-01-31,training,four of them\n").encode("utf-32"))
    redact(opened, "requests", "R4", "a test")
    assert kept_file(opened, "U-000003").content is None
    opened.close()
