"""What a file says, however it was written: encodings, separators, line ends, faults."""

import csv
import io
import random

import pytest

from cri_data.reading import (
    SEPARATORS,
    FileRead,
    ReadOptions,
    UnreadableFile,
    read_file,
    read_headings,
)
from cri_data.reading.fast_path import fast_table
from cri_data.reading.layout import Layout
from cri_data.reading.masking import CsvSyntax
from cri_data.reading.records import records
from cri_data.reading.table import Table, table_of
from cri_data.settings import SettingError

ENCODINGS = {
    "utf-8": ("utf-8", b""),
    "utf-8-sig": ("utf-8", b"\xef\xbb\xbf"),
    "utf-16 marked, low byte first": ("utf-16-le", b"\xff\xfe"),
    "utf-16 marked, high byte first": ("utf-16-be", b"\xfe\xff"),
    "utf-16-le": ("utf-16-le", b""),
    "utf-16-be": ("utf-16-be", b""),
    "windows-1252": ("windows-1252", b""),
}
LINE_ENDS = {"LF": "\n", "CRLF": "\r\n", "CR": "\r"}


def read(text: str | bytes) -> FileRead:
    return read_file("x.csv", text.encode() if isinstance(text, str) else text)


def rows(file: FileRead) -> list[tuple]:
    """(row number, cell, cell, ...) of every whole row, as text."""
    return [tuple(row.values()) for row in file.rows.to_pylist()]


def faults(file: FileRead) -> list[tuple]:
    return [(fault.row, fault.rule, fault.value) for fault in file.faults]


# Encodings, separators, line ends


@pytest.mark.parametrize("end", LINE_ENDS.values(), ids=LINE_ENDS)
@pytest.mark.parametrize("separator", SEPARATORS, ids=SEPARATORS.get)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_way_to_write_the_same_table(encoding: str, separator: str, end: str):
    lines = [
        ["agency_id", "name", "note"],
        ["A1", "José’s", "5 €"],
        ["A2", f'"Red{separator} White"', '"Say ""hello"""'],
        ["A3", f'"two{end}lines"', "naïve"],
    ]
    text = "".join(f"{separator.join(cells)}{end}" for cells in lines)
    codec, mark = ENCODINGS[encoding]
    file = read(mark + text.encode(codec))
    assert file.separator == separator
    assert file.headings == ("agency_id", "name", "note")
    assert rows(file) == [
        (2, "A1", "José’s", "5 €"),
        (3, "A2", f"Red{separator} White", 'Say "hello"'),
        (4, "A3", f"two{end}lines", "naïve"),
    ]
    assert file.faults == ()


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"a,b\n1,\xc3\xa9\n", "utf-8"),
        (b"\xef\xbb\xbfa,b\n1,2\n", "utf-8-sig"),
        ("a,b\n1,2\n".encode("utf-16"), "utf-16"),
        ("a,b\n1,é\n".encode("utf-16-le"), "utf-16-le"),
        ("a,b\n1,é\n".encode("utf-16-be"), "utf-16-be"),
        (b"a,b\n1,\x80\n", "windows-1252"),
        # A byte that Windows-1252 has nothing for.
        (b"a,b\n1,\x81\n", "latin-1"),
    ],
)
def test_encoding_is_said(content: bytes, encoding: str):
    assert read(content).encoding == encoding


def test_last_row_needs_no_line_end():
    assert rows(read("a,b\n1,2\n3,4")) == [(2, "1", "2"), (3, "3", "4")]


def test_separator_is_the_one_that_the_records_agree_on():
    text = 'id;name;topics\n1;"a, b, c";"x;y"\n2;d, e;z\n'
    assert rows(read(text)) == [(2, "1", "a, b, c", "x;y"), (3, "2", "d, e", "z")]
    assert rows(read("one column\nA1\n")) == [(2, "A1")]


def test_headings_lose_the_white_space_around_them():
    assert read(" a , b\t\n1,2\n").headings == ("a", "b")
    assert read_headings("x.csv", b"\n\n a ; b\n1;2\n") == ("a", "b")


def test_same_bytes_have_the_same_sum():
    assert read("a,b\n1,2\n").sha256 == (
        "492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470"
    )


# Row numbers are those of a spreadsheet


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("a,b\n1,2\n3,4\n", [2, 3]),
        ("a,b\n\n1,2\n,\n \t,\xa0\n3,4\n\n", [3, 6]),
        ("\n\na,b\n1,2\n", [4]),
        (" , \na,b\n1,2\n", [3]),
        ('a,b\n1,"x\ny\nz"\n3,4\n', [2, 3]),
        ('a,"b\nc"\n1,2\n', [2]),
        ('a,b\n1,"x\n\ny"\n\n3,4\n', [2, 4]),
        ("a,b\n1\n3,4\n", [2, 3]),
    ],
    ids=[
        *("no oddity", "blank rows", "blank lines first", "blank cells first"),
        *("line ends in a cell", "line end in a heading", "blank line in a cell"),
        "broken row",
    ],
)
def test_rows_are_numbered_as_a_spreadsheet_shows_them(text: str, numbers: list[int]):
    assert [row for row, _ in read(text).records()] == numbers


# Broken rows


@pytest.mark.parametrize(
    ("line", "rule", "value"),
    [
        ("1,2", "too_few_cells", ""),
        ("1", "too_few_cells", ""),
        ("1,2,3,4,5", "too_many_cells", "4; 5"),
        ("1,2,3,", "too_many_cells", ""),
        ("1,\x002,3", "broken_character", ""),
        ('1,"2,3', "quote_not_closed", '1,"2,3'),
        ('1,2,"', "quote_not_closed", '1,2,"'),
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_broken_row_leaves_the_others_alone(line: str, rule: str, value: str, place: int):
    good = ["4,5,6", '7,"8 ""x""",9']
    lines = ["a,b,c", *good[:place], line, *good[place:]]
    file = read("\n".join(lines) + "\n")
    assert faults(file) == [(place + 2, rule, value)]
    assert file.row_count == 3
    assert [row[1:] for row in rows(file) if row[0] != place + 2] == [
        ("4", "5", "6"),
        ("7", '8 "x"', "9"),
    ]
    assert all(fault.message.endswith(".") for fault in file.faults)


@pytest.mark.parametrize(
    "after", ['2,"def"\n3,x\n', '2,d "e" f\n3,x\n', '2,"d, ""e"""\n3,"x\ny"\n']
)
def test_an_open_quote_does_not_eat_up_to_the_next_quote(after: str):
    file = read(f'a,b\n1,"abc\n{after}')
    assert faults(file) == [(2, "quote_not_closed", '1,"abc')]
    assert rows(file) == rows(read(f"a,b\n1,abc\n{after}"))[1:]


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_file_cut_off_within_quotes_loses_its_last_row(end: str):
    file = read(f'a,b\n1,"x"\n2,"half a sum{end}')
    assert faults(file) == [(3, "quote_not_closed", '2,"half a sum')]


@pytest.mark.long
def test_quotes_that_are_open_in_every_row_end_soon():
    with pytest.raises(UnreadableFile, match="quotation marks are not closed"):
        read("x,y,c\n" + 'a",b,"c\n' * 5_000)


# Files that are none


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xff\xfe", "empty"),
        (b"\xef\xbb\xbf\n\n", "empty"),
        (b"a,b\n", "headings but no rows"),
        (b"a,b", "headings but no rows"),
        (b"a,b\n,\n\n", "headings but no rows"),
        (b"%PDF-1.7\n1 0 obj\n", "a PDF document"),
        (b"PK\x03\x04\x14\x00\x06\x00", "Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00", "not a text file"),
        (bytes(range(256)) * 8, "not a text file"),
        (b"\x00" * 100, "not a text file"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(content: bytes, said: str):
    with pytest.raises(UnreadableFile, match=said) as refused:
        read_file("sent.csv", content)
    assert str(refused.value).startswith("sent.csv")


def test_a_file_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch):
    content = b"a,b\n" + b"1,2\n" * 249_999
    monkeypatch.setenv("CRI_MAX_UPLOAD_MB", "1")
    assert read_file("x.csv", content).row_count == 249_999
    with pytest.raises(UnreadableFile, match=r"larger than 1 MB.*CRI_MAX_UPLOAD_MB"):
        read_file("x.csv", content + b"\n")


def test_a_limit_that_is_no_number_is_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CRI_MAX_UPLOAD_MB", "a lot")
    with pytest.raises(SettingError, match="CRI_MAX_UPLOAD_MB must be a whole number"):
        read("a,b\n1,2\n")


# The fast reader and the careful one

AWKWARD = {
    "rows of other widths": 'a,b\n1\n"x",2\n3,4,"5"\n6,7\n',
    "blank rows": "a,b\n\n1,2\n,\n,3\n \t,\xa0\n",
    "doubled quotes": 'a,b\n"1","x""y"\n"2",""""\n',
    "empty quotes": 'a,b\n1,""\n2,"  "\n',
    "separator in quotes": 'a,b\n1,"x,y"\n2,","\n',
    "line end in quotes": 'a,b\n1,"x\ny"\n2,z\n',
    "other line end in quotes": 'a,b\n1,"x\r\ny"\n2,z\n',
    "all ends CRLF": 'a,b\r\n1,"x\r\ny"\r\n2,z\r\n',
    "what looks null": "a,b\n1,NULL\nNA,nan\nN/A,#N/A\n",
    "what looks a number": "a,b\n007,1e3\n-0,+1\n",
    "other line ends of Unicode": "a,b\n1,x\x85y\u2028z\x0b\n2,x\x0cy\n",
    "beyond the basic plane": "a,b\n1,🚓\n2,\u202eabc\n",
    "backslashes": 'a,b\n1,x\\\n2,\\\n3,"\\"\n',
    "no end": "a,b\n1,2",
    "three columns": "a,b,c\n1,,3\n2,,\n",
}
ODD = {
    "quote within": 'a,b\n1,x"y\n2,"z"\n',
    "text after a quote": 'a,b\n1,"ab"c\n2,d\n',
    "space before a quote": 'a,b\n1, "x"\n',
    "open quote": 'a,b\n1,"x\n2,"y"\n',
    "NUL": "a,b\n1,x\x00\n",
    "lone return": "a,b\n1,x\r2,y\n",
    "other table": "a,b\n1,2\na,b\n3,4\n",
    "total": "a,b,c\n1,2,3\nTotal,,3\n",
    "note": "a,b,c\n1,2,3\n\nSource: the survey\n",
}


def both_ways(text: str, separator: str) -> tuple[Table | None, Table]:
    """The rows under the headings, read by the fast reader and the careful one."""
    syntax, options = CsvSyntax(separator), ReadOptions()
    heading = next(records(text, syntax))
    cells = tuple(heading.cells)
    layout = Layout(0, 1, len(cells), cells, cells)
    data = text.encode()
    lines = io.StringIO(text, newline="").readlines()[: heading.lines]
    start = len("".join(lines).encode())
    plainly = fast_table(data, start, syntax, layout, options)
    return plainly, table_of(records(text, syntax, len(cells)), layout, options)


@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_both_readers_read_awkward_texts_alike(text: str):
    plainly, carefully = both_ways(text, ",")
    assert plainly is not None
    assert plainly.rows.to_pylist() == carefully.rows.to_pylist()
    assert plainly.faults == carefully.faults


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_what_the_fast_reader_would_read_otherwise_it_leaves(text: str):
    plainly, _ = both_ways(text, ",")
    assert plainly is None


PIECES = ["", "a", "é", "’", "€", '"', '""', ",", ";", "\t", "|", " ", "'", "=", "#", "🚓"]


@pytest.mark.parametrize("seed", range(60))
def test_what_csv_writes_both_read_back(seed: int):
    chance = random.Random(seed)  # noqa: S311
    separator = chance.choice(list(SEPARATORS))
    end = chance.choice(["\n", "\r\n"])
    width = chance.randint(2, 6)
    pieces = [*PIECES, end]
    # The first cell is never blank, so that no row is.
    table = [
        [
            "x" + "".join(chance.choices(pieces, k=chance.randint(0, 6)))
            for _ in range(width)
        ]
        for _ in range(chance.randint(2, 30))
    ]
    text = io.StringIO(newline="")
    quoting = chance.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    writer = csv.writer(text, delimiter=separator, lineterminator=end, quoting=quoting)
    writer.writerows(table)
    for read_so in both_ways(text.getvalue(), separator):
        assert read_so is not None
        read_rows = [list(row.values())[1:] for row in read_so.rows.to_pylist()]
        assert read_rows == table[1:]
        assert read_so.faults == []
