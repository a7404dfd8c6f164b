"""Titles above a table, headings of several rows or none, what lies below it."""

import pytest

from cri_data.reading import FileRead, ReadOptions, UnreadableFile, read_any, read_headings

TABLE = "id,name,hours\nR-1,Alder,5\nR-2,Birch,7\nR-3,Cedar,9\n"
ROWS = [("R-1", "Alder", "5"), ("R-2", "Birch", "7"), ("R-3", "Cedar", "9")]


def read(text: str, **options: object) -> FileRead:
    return read_any("x.csv", text.encode(), ReadOptions(**options))


def cells(file: FileRead) -> list[tuple]:
    return [cells for _, cells in file.records()]


def numbers(file: FileRead) -> list[int]:
    return [row for row, _ in file.records()]


# Above


@pytest.mark.parametrize(
    ("above", "rows"),
    [
        ("Requests by agency\n", 1),
        ("Requests by agency\n\n", 2),
        ("Requests by agency,,\n,,\n", 2),
        ("# made on 2024-01-31\n# by hand\n", 2),
        ("\n\n", 2),
        ('"A title\nin two lines"\n', 1),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_titles_above_the_headings_are_no_rows(above: str, rows: int, end: str):
    file = read((above + TABLE).replace("\n", end))
    assert (file.dialect.preamble_rows, file.dialect.header_rows) == (rows, 1)
    assert file.headings == ("id", "name", "hours")
    assert cells(file) == ROWS
    assert numbers(file) == [rows + 2, rows + 3, rows + 4]
    assert [row for row, _ in file.shown] == list(range(1, rows + 5))


def test_two_rows_of_headings_become_one():
    twice = "id,name,hours\n" + TABLE
    file = read(twice)
    assert file.dialect.header_rows == 2
    assert file.headings == ("id id", "name name", "hours hours")
    assert numbers(file) == [3, 4, 5]
    grouped = (
        "agency,,sworn,\nid,name,men,women\nA1,Alder,5,3\nA2,Birch,7,4\nA3,Cedar,9,6\n"
    )
    file = read(grouped)
    assert file.dialect.header_rows == 2
    assert file.headings == ("agency id", "agency name", "sworn men", "sworn women")


def test_a_row_of_words_is_not_taken_for_a_heading():
    file = read("name,count,when\nUnknown,n/a,\nAlder,5,2024-01-31\nBirch,6,2024-02-01\n")
    assert file.dialect.header_rows == 1
    assert len(cells(file)) == 3


@pytest.mark.parametrize(
    ("text", "has_headings"),
    [
        ("R-1,Alder,5\nR-2,Birch,7\nR-3,Cedar,9\n", False),
        ("2024-01-31,TX\n2024-02-01,OH\n2024-02-02,TX\n", False),
        ("state,2019,2020\nTX,5,6\nOH,7,8\nCA,9,9\n", True),
        ("state,name\nTX,Alder\nOH,Birch\n", True),
        ("id,count\n1,2\n3,4\n", True),
        ("R-1,Alder\n", True),
    ],
)
def test_a_table_without_headings_is_known_by_its_first_row(text: str, has_headings: bool):
    file = read(text)
    assert bool(file.header) is has_headings
    if not has_headings:
        width = text.split("\n")[0].count(",") + 1
        assert file.headings == tuple(f"Column {n}" for n in range(1, width + 1))
        assert numbers(file) == [1, 2, 3]


def test_headings_with_a_separator_too_many_or_too_few():
    assert read("id,,name\n1,a\n2,b\n").headings == ("id", "name")
    trailing = read("id,name\n1,a,\n2,b,\n3,c,x\n")
    assert trailing.headings == ("id", "name", "")
    assert [(f.row, f.rule, f.value) for f in trailing.faults] == [
        (4, "too_many_cells", "x")
    ]


# Below


@pytest.mark.parametrize(
    "below",
    [
        "Total,,21\n",
        "\nTotal,,21\n",
        "Source: our own records\n",
        "\nOur own records of last year\n",
        "* counted twice\n\n",
        "Total,,21\nNotes: none\n\n",
    ],
)
def test_totals_and_notes_below_are_not_read_and_it_is_said(below: str):
    file = read(TABLE + below)
    assert cells(file) == ROWS
    assert file.faults == ()
    assert file.dialect.footer_rows == below.count("\n")
    assert len(file.notes) == 1
    assert "not read" in file.notes[0]


@pytest.mark.parametrize("last", ["R-4\n", "R-4,Dune\n", "\nR-4,Dune,1,2\n", "\nR-4,,\n"])
def test_a_last_row_that_is_broken_is_no_footer(last: str):
    file = read(TABLE + last)
    assert len(cells(file)) == 4
    assert file.notes == ()


@pytest.mark.parametrize("gap", ["", "\n", ",,\n"])
def test_of_several_tables_the_first_is_read(gap: str):
    file = read(f"{TABLE}{gap}{TABLE}")
    assert cells(file) == ROWS
    assert "Another table begins in row" in file.notes[0]
    assert file.dialect.footer_rows == 4


@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_table_with_other_headings_is_another_one(gap: str):
    other = "partner,city,state,hours\nP1,Dallas,TX,5\nP2,Akron,OH,7\nP3,Yuma,AZ,9\n"
    file = read(f"{TABLE}{gap}{other}")
    assert cells(file) == ROWS
    assert f"row {5 + len(gap)}" in file.notes[0]


# Rows of another make


def test_a_row_with_other_separators_is_read_and_is_a_fault():
    file = read("id,a,b,c\n1,2,3,4\n5;6;7;8\n9,8,7,6\n")
    assert cells(file)[1] == ("5", "6", "7", "8")
    assert [(f.row, f.rule) for f in file.faults] == [(3, "other_separator")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('"Pole, 5" long",2,3', ('Pole, 5" long', "2", "3")),
        ('"Pole, 48"",2,3', ('Pole, 48"', "2", "3")),
        ('""Pole, red",2,3', ('"Pole, red', "2", "3")),
        ('1,x"y,3', ("1", 'x"y', "3")),
        ('1, "a, b",3', ("1", "a, b", "3")),
    ],
)
def test_a_stray_quote_is_part_of_its_cell(line: str, expected: tuple):
    file = read(f'id,b,c\n1,2,3\n{line}\n"4",5,6\n')
    assert cells(file) == [("1", "2", "3"), expected, ("4", "5", "6")]
    assert file.faults == ()


def test_rows_with_too_few_or_many_cells_are_kept_as_they_stand():
    file = read("a,b,c\n1,2\n1,2,3\n1,2,3,4\n")
    assert cells(file) == [("1", "2"), ("1", "2", "3"), ("1", "2", "3", "4")]
    assert file.rows.num_columns == 4


# ReadOptions


def test_each_part_of_the_dialect_can_be_told():
    assert read("a:b\n1:2\n", separator=":").headings == ("a", "b")
    assert read('a,b\n"1,2\n', quote="").records().__next__()[1] == ('"1', "2")
    assert cells(read("a,b\n1\\,2,3\n", escape="\\")) == [("1,2", "3")]
    assert cells(read("a,b\n1,2\n", header_rows=0)) == [("a", "b"), ("1", "2")]
    assert read("a,b\nc,d\n1,2\n", header_rows=2).headings == ("a c", "b d")
    assert read("a,b\nc,d\n1,2\n", preamble_rows=1).headings == ("c", "d")
    assert cells(read(TABLE, footer_rows=2)) == ROWS[:1]
    assert len(cells(read(TABLE + "Total,,21\n", footer_rows=0))) == 4
    mac = read_any(
        "x.csv", "a,b\né,2\n".encode("mac-roman"), ReadOptions(encoding="mac-roman")
    )
    assert cells(mac) == [("é", "2")]
    options = ReadOptions(separator=";", preamble_rows=1)
    assert read_headings("x.csv", b"a,b\nc;d\n1;2\n", options) == ("c", "d")


@pytest.mark.parametrize("encoding", ["utf-9", "utf-16", "ascii"])
def test_an_encoding_that_cannot_be_is_refused(encoding: str):
    with pytest.raises(UnreadableFile, match=encoding):
        read_any(
            "x.csv", "a,b\né,2\n".encode() + b"\xff\xff", ReadOptions(encoding=encoding)
        )


@pytest.mark.parametrize(
    ("text", "found"),
    [("a,b\n1,2\n", "LF"), ("a,b\r1,2", "CR"), ("a,b\r\n1,2\n", "mixed"), ("a,b", "")],
)
def test_line_ends_are_said(text: str, found: str):
    assert read(text).dialect.line_end == found


def test_space_separates_only_where_it_proves_itself():
    assert read("day state count\n2024-01-31 TX 5\n2024-02-01 OH 6\n").separator == " "
    assert read("full name\nAnn Alder\nBen Birch\nCy Cedar\n").headings == ("full name",)
