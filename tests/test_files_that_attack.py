"""Files made to reach other files, the network or all memory do none of it."""

import io
import os
import zipfile
from pathlib import Path

import openpyxl
import pytest

from cri_data.store import open_store
from cri_data.upload.loading import REFUSALS
from cri_data.upload.reading.files import read_any, read_headings
from cri_data.upload.reading.kinds import UnreadableFile
from tests.uploads import looked_at

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"


def workbook(name: object = "Aina") -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["agency_id", "agency_name", "state"])
    book.active.append(["A1", name, "TX"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(content: bytes, part: str, old: bytes, new: bytes, head: bytes) -> bytes:
    """The workbook with one of its files changed, and a document type before it."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old_zip,
        zipfile.ZipFile(out, "w") as zipped,
    ):
        for entry in old_zip.namelist():
            data = old_zip.read(entry)
            if entry == part:
                assert old in data
                data = data.replace(old, new)
                start = data.index(b"?>") + 2 if data.startswith(b"<?xml") else 0
                data = data[:start] + head + data[start:]
            zipped.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


@pytest.fixture(scope="module")
def store():
    store = open_store(None)
    yield store
    store.close()


def outcome(store, content: bytes) -> str:
    """All that the person who sent it gets to see, as text."""
    try:
        looked = looked_at(store, "agencies", content)
    except REFUSALS as error:
        return str(error)
    return f"{looked.checked.new.to_csv()} {looked.rejects!r} {looked.checked.problems}"


def test_an_entity_of_a_workbook_reads_no_file(store, tmp_path: Path):
    secret = tmp_path / "secret.txt"
    secret.write_text("what-nobody-may-read")
    head = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'.encode()
    attack = with_part(workbook(), STRINGS, b"Aina", b"&x;", head)
    assert "what-nobody-may-read" not in outcome(store, attack)


@pytest.mark.usefixtures("socket_disabled")
def test_an_entity_of_a_workbook_opens_no_connection(store):
    head = b'<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:9/">]>'
    attack = with_part(workbook(), STRINGS, b"Aina", b"&x;", head)
    assert outcome(store, attack)


def test_entities_of_entities_do_not_fill_the_memory(store):
    levels = b"".join(
        b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10)
    )
    head = b'<!DOCTYPE a [<!ENTITY l0 "laughs">' + levels + b"]>"
    attack = with_part(workbook(), STRINGS, b"Aina", b"&l9;", head)
    assert len(outcome(store, attack)) < 100_000


def test_a_formula_is_not_run(store):
    said = outcome(store, workbook('=WEBSERVICE("http://127.0.0.1:9/")&1'))
    assert "WEBSERVICE" not in said


def test_an_archive_that_swells_is_refused(store):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("[Content_Types].xml", "<Types/>")
        zipped.writestr(SHEET, b" " * 300_000_000)
    assert len(out.getvalue()) < 1_000_000
    with pytest.raises(REFUSALS, match="would fill 300 MB"):
        looked_at(store, "agencies", out.getvalue())


def test_an_archive_of_too_many_parts_is_refused(store):
    out = io.BytesIO(workbook())
    with zipfile.ZipFile(out, "a") as zipped:
        for number in range(5_000):
            zipped.writestr(f"part{number}", "")
    with pytest.raises(REFUSALS, match=r"has 5,\d\d\d parts"):
        looked_at(store, "agencies", out.getvalue())


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.xlsx", b"agency_id,agency_name,state\nA1,Aina,TX\n", "is no Excel workbook"),
        ("a.XLSX", b"MZ\x90\x00\x03", "is no Excel workbook"),
        ("a.csv", workbook(), "though its name ends in .csv"),
        ("a.tsv", workbook(), "though its name ends in .tsv"),
        ("a.csv", b"MZ\x90\x00\x03\x00\x00\x00\x04" * 20, "not a text file"),
    ],
)
def test_a_file_of_another_kind_than_its_name_says_is_refused(name, content, says):
    for read in (read_any, read_headings):
        with pytest.raises(UnreadableFile, match=says):
            read(name, content)


def test_a_file_of_the_kind_that_its_name_says_is_read():
    assert read_any("a.xlsx", workbook()).row_count == 1
    assert read_any("a.txt", b"agency_id\tstate\nA1\tTX\n").row_count == 1


@pytest.mark.parametrize("name", ["../../etc/x.xlsx", "/etc/x", "C:\\x"])
def test_names_in_an_archive_write_no_file(store, tmp_path, monkeypatch, name: str):
    monkeypatch.chdir(tmp_path)
    out = io.BytesIO(workbook())
    with zipfile.ZipFile(out, "a") as zipped:
        zipped.writestr(name, "written")
    outcome(store, out.getvalue())
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    "cell", ["read_text('/etc/passwd')", "'/etc/passwd'", "$(cat /etc/passwd)"]
)
def test_a_cell_that_looks_like_sql_or_a_command_is_text(store, cell: str):
    content = f'agency_id,agency_name,state\nA1,"{cell}",TX\n'.encode()
    assert "root:" not in outcome(store, content)
