"""Excel workbooks: what a sheet says, and workbooks that are none."""

import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest

from cri_data.importing.mapping.templates import template_csv, template_xlsx
from cri_data.model.datasets import DATASETS, Dataset
from cri_data.reading import FileRead, ReadOptions, UnreadableFile, read_file, read_headings

XLSX = "x.xlsx"


def workbook(*sheets: tuple[str, list[list]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells(file: FileRead) -> list[tuple]:
    return [cells for _, cells in file.records()]


def test_dates_and_numbers_are_what_they_are():
    rows = [
        ["id", "day", "at", "clock", "hours", "share", "yes", "zip"],
        [
            *(7, date(2024, 1, 31), datetime(2024, 1, 31, 9, 5)),  # noqa: DTZ001
            *(time(9, 5), 3.0, 0.1 + 0.2, True, "00501"),
        ],
    ]
    file = read_file(XLSX, workbook(("Data", rows)))
    assert cells(file) == [
        (
            *("7", "2024-01-31", "2024-01-31 09:05:00", "09:05:00", "3", "0.3"),
            *("TRUE", "00501"),
        )
    ]
    assert (file.encoding, file.separator, file.dialect.sheet) == ("", "", "Data")


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("1001_x000D_", "1001\r"),
        ("one_x000D_\ntwo", "one\r\ntwo"),
        ("a_x0009_b", "a\tb"),
        ("_x005F_x000D_", "_x000D_"),
        ("id_x00e4_", "idä"),
        ("no_xescape_ _x12_", "no_xescape_ _x12_"),
        ("_xD83D_", "_xD83D_"),
    ],
)
def test_characters_that_excel_escapes_are_themselves(stored: str, text: str):
    # openpyxl escapes an underscore before x; a workbook of Excel has it as it is.
    written = workbook(("Data", [["id", "note"], ["A1", "ESCAPE"]]))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b"ESCAPE", stored.encode()))
    assert cells(read_file(XLSX, out.getvalue())) == [("A1", text)]


def test_rows_keep_their_numbers_and_blank_ends_are_no_fault():
    rows = [["A title"], [], ["id", "name", "note"], ["A1", "Alder"], [], ["A2", None, "x"]]
    file = read_file(XLSX, workbook(("Data", [*rows, ["A3", "Cedar", "y", "z"]])))
    assert file.headings == ("id", "name", "note")
    assert file.dialect.preamble_rows == 2
    assert [row for row, _ in file.records()] == [4, 6, 7]
    assert cells(file)[:2] == [("A1", "Alder", ""), ("A2", "", "x")]
    assert [(fault.row, fault.rule) for fault in file.faults] == [(7, "too_many_cells")]


def test_the_sheet_is_the_first_that_is_not_blank_or_the_one_told():
    content = workbook(("Cover", []), ("First", [["a"], [1]]), ("Second", [["b"], [2]]))
    assert read_headings(XLSX, content) == ("a",)
    file = read_file(XLSX, content, ReadOptions(sheet="Second"))
    assert file.headings == ("b",)
    assert file.dialect.sheets == ("Cover", "First", "Second")
    with pytest.raises(UnreadableFile, match=r"no sheet 'Third'\. It has: 'Cover'"):
        read_file(XLSX, content, ReadOptions(sheet="Third"))
    with pytest.raises(UnreadableFile, match=r"sheet 'Cover' of x\.xlsx is empty"):
        read_file(XLSX, content, ReadOptions(sheet="Cover"))


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=DATASETS)
def test_our_own_workbooks_to_fill_in_are_read_as_our_own_csv_is(dataset: Dataset):
    workbook_file = read_file(XLSX, template_xlsx(dataset))
    csv_file = read_file("x.csv", template_csv(dataset))
    assert workbook_file.headings == csv_file.headings
    assert cells(workbook_file) == cells(csv_file)
    assert workbook_file.faults == ()


def archive(size: int, name: str = "[Content_Types].xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, b" " * size)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (archive(100), "damaged or not an Excel workbook"),
        (archive(100, "notes.txt"), "ZIP archive, not a table"),
        (archive(50_000_000), "would fill 50 MB"),
        (b"PK\x03\x04" + b"\x00" * 100, "damaged or not an Excel workbook"),
        (workbook(("Data", [["a"], [1]]))[:-200], "damaged or not an Excel workbook"),
        (workbook(("Data", [["a", "b"]])), "headings but no rows"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "protected with a password",
        ),
    ],
)
def test_what_cannot_be_opened_is_refused_with_what_to_do(content: bytes, said: str):
    with pytest.raises(UnreadableFile, match=said) as refused:
        read_file(XLSX, content)
    assert str(refused.value).endswith(".")


def archive(*parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for part in parts:
            made.writestr(part, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "old Excel workbook"),
        ("a.ods", archive("mimetype", "content.xml", "META-INF/manifest.xml"), "(.ods)"),
        ("a.xlsb", archive("[Content_Types].xml", "xl/workbook.bin"), "(.xlsb)"),
        ("a.numbers", archive("Index/Document.iwa"), "a Numbers spreadsheet"),
        ("a.xls", b"<html><body><table><tr><td>id</td></tr></table>", "a web page"),
        ("a.xls", b'<?xml version="1.0"?>\n<Workbook xmlns="x"></Workbook>', "or XML"),
        ("a.xls", b"\xef\xbb\xbf<table border=1>\n<tr><td>id</td></tr>", "a web page"),
    ],
)
def test_spreadsheets_of_other_kinds_say_how_to_save_them(name, content, said):
    with pytest.raises(UnreadableFile) as refused:
        read_file(name, content)
    assert said in str(refused.value)
    assert "(.xlsx)" in str(refused.value)


def test_text_that_only_begins_with_a_bracket_is_read():
    assert read_file("a.csv", b"<id>,name\n<1>,Elm\n").row_count == 1
