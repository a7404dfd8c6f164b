"""Files made to reach other files, the network or all memory do none of it."""

import io
import os
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest

from cri_data.importing.service import REFUSALS
from cri_data.reading.model import UnreadableFile
from cri_data.reading.read import read_any, read_headings
from tests.support.stores import new_store
from tests.support.uploads import looked_at

pytestmark = pytest.mark.slow

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
        assert part in old_zip.namelist()
        for entry in old_zip.namelist():
            data = old_zip.read(entry)
            if entry == part:
                assert old in data
                data = data.replace(old, new)
                start = data.index(b"?>") + 2 if data.startswith(b"<?xml") else 0
                data = data[:start] + head + data[start:]
            zipped.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def with_strings(*items: bytes) -> bytes:
    """The workbook with shared strings, the last of which is the agency's name."""
    out = io.BytesIO()
    cell = b'<c r="B2" t="s"><v>%d</v></c>' % (len(items) - 1)
    old = b'<c r="B2" t="inlineStr"><is><t>Aina</t></is></c>'
    part = (
        b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
        b'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml" />'
    )
    content = with_part(workbook(), SHEET, old, cell, b"")
    out.write(
        with_part(content, "[Content_Types].xml", b"</Types>", part + b"</Types>", b"")
    )
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as zipped:
        space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        zipped.writestr(STRINGS, b'<sst xmlns="%s">%s</sst>' % (space, b"".join(items)))
    return out.getvalue()


@pytest.fixture(scope="module")
def store():
    store = new_store()
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
    attack = with_part(workbook(), SHEET, b"Aina", b"&x;", head)
    assert "what-nobody-may-read" not in outcome(store, attack)


@pytest.mark.usefixtures("socket_disabled")
def test_an_entity_of_a_workbook_opens_no_connection(store):
    head = b'<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:9/">]>'
    attack = with_part(workbook(), SHEET, b"Aina", b"&x;", head)
    assert outcome(store, attack)


def test_entities_of_entities_do_not_fill_the_memory(store):
    levels = b"".join(
        b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10)
    )
    head = b'<!DOCTYPE a [<!ENTITY l0 "laughs">' + levels + b"]>"
    attack = with_part(workbook(), SHEET, b"Aina", b"&l9;", head)
    assert len(outcome(store, attack)) < 100_000


ROW = b'<row r="%d"><c r="%s%d" t="inlineStr"><is><t>x</t></is></c></row>'
END = b"</sheetData>"


def with_rows(rows: bytes) -> bytes:
    return with_part(workbook(), SHEET, END, rows + END, b"")


def test_cells_far_to_the_right_of_every_row_are_refused_before_they_are_laid_out(store):
    rows = b"".join(ROW % (row, b"XFD", row) for row in range(3, 12_000))
    said = outcome(store, with_rows(rows))
    assert "rows that reach far beyond its table" in said
    assert said.endswith("or save the sheet alone as CSV UTF-8, and load that.")


def test_a_sheet_beyond_the_last_row_of_excel_is_refused(store):
    said = outcome(store, with_rows(ROW % (2_000_000_000, b"A", 2_000_000_000)))
    assert "more rows or columns than a sheet of Excel" in said


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="1048576"><c r="XFD1048576" s="0"/></row>',
        b"".join(
            b'<row r="%d"><c r="XFD%d" s="0"/></row>' % (n, n) for n in range(3, 3000)
        ),
        b'<row r="1048576" ht="20" customHeight="1"/>',
    ],
)
def test_cells_that_are_only_formatted_are_no_data(rows: bytes):
    file = read_any("a.xlsx", with_rows(rows))
    assert [cells for _, cells in file.records()] == [("A1", "Aina", "TX")]
    assert file.faults == ()


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (SHEET, END, b"<row><c><v/></c></row>" * 700_000 + END),
        (SHEET, b"<sheetData>", b"<x/>" * 2_000_000 + b"<sheetData>"),
        ("xl/styles.xml", b"<fonts", b"<x/>" * 200_000 + b"<fonts"),
        ("xl/workbook.xml", b"</sheets>", b"<sheet/>" * 200_000 + b"</sheets>"),
    ],
)
def test_parts_of_a_workbook_that_repeat_without_end_are_refused(store, part, old, new):
    said = outcome(store, with_part(workbook(), part, old, new, b""))
    assert said.startswith("The workbook has "), said


def test_texts_that_repeat_without_end_are_refused(store):
    said = outcome(store, with_strings(*[b"<si/>"] * 2_000_000))
    assert said.startswith("The workbook has far more cells"), said


def test_texts_of_a_workbook_are_those_that_are_shown(store):
    runs = b"<si><r><t>Ai</t></r><r><rPr/><t>na</t></r><rPh><t>no</t></rPh></si>"
    assert ",Aina," in outcome(store, with_strings(b"<si><t>x</t></si>", runs))


def test_what_stands_below_the_cells_of_a_sheet_is_not_looked_at(store):
    merged = b"<mergeCells>" + b'<mergeCell ref="A1:XFD9"/>' * 500_000 + b"</mergeCells>"
    assert "Aina" in outcome(store, with_part(workbook(), SHEET, END, END + merged, b""))


def test_one_long_text_in_many_cells_is_refused_before_it_is_laid_out(store):
    content = with_strings(b"<si><t>" + b"x" * 1_000_000 + b"</t></si>")
    repeated = b"".join(
        b'<row r="%d"><c t="s"><v>0</v></c></row>' % n for n in range(3, 999)
    )
    said = outcome(store, with_part(content, SHEET, END, repeated + END, b""))
    assert "the same long texts over and over" in said


# A file for which there is not enough memory, in a process that may have little.
SHORT_OF_MEMORY = r"""
import resource, sys
from cri_data.store.connection import open_store
from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.service import load, preview
from cri_data.reading import UnreadableFile
from cri_data.importing.recipe import Recipe
from cri_data.reading import read_any
from tests.support.uploads import contents, loaded

store = open_store(None)
loaded(store, "agencies", "agency_id,agency_name,state\nA1,Aina,TX\n")
before = contents(store)
rows = "".join(f"B{n},Bora {n} police,TX\n" for n in range(300_000))
content = ("agency_id,agency_name,state\n" + rows).encode()
del rows
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
for more in (5, 20):
    limit = used + more * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (limit, resource.RLIM_INFINITY))
    for call, who in ((preview, ()), (load, ("a test",))):
        try:
            source = SourceFile.from_bytes("a.csv", content)
            call(store, "agencies", source, Recipe(), *who, lambda _: None)
        except UnreadableFile as error:
            print(error)
resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY,) * 2)
assert contents(store) == before
loaded(store, "agencies", "agency_id,agency_name,state\nA2,Bora,TX\n")
print("kept")
"""


def short_of_memory() -> subprocess.CompletedProcess[str]:
    """The process that may have little memory, once it has ended.

    Where memory ends just as a thread starts, Python waits for that thread forever, or
    the C library ends the process. This is chance, so another process tries again.
    """
    for _ in range(3):
        with suppress(subprocess.TimeoutExpired):
            done = subprocess.run(
                [sys.executable, "-c", SHORT_OF_MEMORY],
                capture_output=True,
                text=True,
                check=False,
                timeout=60,
            )
            if "memory for thread-local data: ABORT" not in done.stderr:
                return done
    pytest.fail("It did not end by itself in three tries.")


def test_a_file_for_which_there_is_too_little_memory_is_refused_and_leaves_nothing():
    done = short_of_memory()
    assert done.returncode == 0, done.stderr
    *said, kept = done.stdout.splitlines()
    assert said
    assert kept == "kept"
    assert all("needs more memory than is available" in sentence for sentence in said)


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
        (
            "a.xlsx",
            b"agency_id,agency_name,state\nA1,Aina,TX\n",
            "is not an Excel workbook",
        ),
        ("a.XLSX", b"MZ\x90\x00\x03", "is not an Excel workbook"),
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
