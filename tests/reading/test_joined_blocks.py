"""The same headings again, further down or on other sheets: read as one table, and told."""

import pytest

from cri_data.reading import ReadOptions, Reason, read_any, read_file
from tests.support.workbooks import workbook_of

HEAD = "id,name,hours\n"
FIRST, SECOND = "A1,Elm,3\nA2,Oak,4\n", "B1,Fir,5\nB2,Gum,6\n"
ROWS = [("A1", "Elm", "3"), ("A2", "Oak", "4"), ("B1", "Fir", "5"), ("B2", "Gum", "6")]


def read(text: str):
    return read_file("x.csv", text.encode())


def cells(file) -> list[tuple]:
    return [cells for _, cells in file.records()]


def left_out(file) -> list[tuple]:
    return [(part.reason, part.first_row, part.rows) for part in file.left_out]


@pytest.mark.parametrize(
    ("between", "told"),
    [
        (HEAD, [(Reason.HEADINGS, 4, 1)]),
        (f"\n\n{HEAD}", [(Reason.HEADINGS, 6, 1)]),
        (f",,\n{HEAD}", [(Reason.HEADINGS, 5, 1)]),
        ("ID, Name ,HOURS\n", [(Reason.HEADINGS, 4, 1)]),
        (f"\ufeff{HEAD}", [(Reason.HEADINGS, 4, 1)]),
        ('\ufeff"id","name","hours"\n', [(Reason.HEADINGS, 4, 1)]),
        (f"Texas\n{HEAD}", [(Reason.BELOW, 4, 1), (Reason.HEADINGS, 5, 1)]),
        (f"\nTexas,,\n\n{HEAD}", [(Reason.BELOW, 5, 1), (Reason.HEADINGS, 7, 1)]),
        (f"Total,,7\n{HEAD}", [(Reason.BELOW, 4, 1), (Reason.HEADINGS, 5, 1)]),
        (
            f"Total,,7\n\nSecond quarter\n{HEAD}",
            [(Reason.BELOW, 4, 2), (Reason.HEADINGS, 7, 1)],
        ),
    ],
)
def test_rows_below_the_same_headings_are_read(between: str, told: list):
    file = read(HEAD + FIRST + between + SECOND)
    assert cells(file) == ROWS
    assert left_out(file) == told
    assert file.faults == ()
    assert [block.rows for block in file.blocks] == [2, 2]
    assert "The headings are repeated in row" in file.notes[-1]


@pytest.mark.parametrize("order", [(1, 0, 2), (2, 1, 0), (2, 0, 1)])
def test_headings_in_another_order_are_the_same(order: tuple):
    rows = [line.split(",") for line in (HEAD + SECOND).split()]
    other = "".join(",".join(row[n] for n in order) + "\n" for row in rows)
    assert cells(read(HEAD + FIRST + other)) == ROWS


def test_headings_of_several_rows_come_again():
    head = "Agency,,Time\nid,name,hours\n"
    content = (head + FIRST + head + SECOND).encode()
    file = read_file("x.csv", content, ReadOptions(header_rows=2))
    assert cells(file) == ROWS
    assert left_out(file) == [(Reason.HEADINGS, 5, 2)]


def test_many_files_put_together_are_one():
    file = read((HEAD + FIRST) * 40)
    assert len(cells(file)) == 80
    assert [block.first_row for block in file.blocks[:3]] == [2, 5, 8]
    assert sum(block.rows for block in file.blocks) == 80


@pytest.mark.parametrize(
    "other",
    [
        "id,name\nB1,Fir\nB2,Gum\n",
        "partner,city,state,days\nP1,Elm,TX,3\nP2,Oak,OH,4\n",
        "id,name,hours,more\nB1,Fir,5,x\nB2,Gum,6,x\n",
    ],
)
def test_a_table_with_other_headings_is_left_out_and_counted(other: str):
    file = read(HEAD + FIRST + other)
    assert cells(file) == ROWS[:2]
    assert left_out(file) == [(Reason.TABLE, 4, 3)]
    assert "Its 3 rows are not read" in file.notes[0]


@pytest.mark.parametrize("row", ["id,name,7\n", "name,name,name\n", "hours,x,name\n"])
def test_a_row_with_words_of_the_headings_is_a_row(row: str):
    assert len(cells(read(HEAD + FIRST + row + SECOND))) == 5


def test_without_a_dataset_only_the_first_table_is_read():
    file = read_any("x.csv", (HEAD + FIRST + HEAD + SECOND).encode())
    assert cells(file) == ROWS[:2]
    assert left_out(file) == [(Reason.TABLE, 4, 3)]


# Sheets

ROW = [["id", "name", "hours"]]
ONE, TWO = [["A1", "Elm", 3], ["A2", "Oak", 4]], [["B1", "Fir", 5], ["B2", "Gum", 6]]


@pytest.mark.parametrize(
    ("sheets", "places"),
    [
        ({"2023": ROW + ONE, "2024": ROW + TWO}, [("2023", 2), ("2024", 2)]),
        ({"TX": ROW + ONE, "About": [["Log"]], "OH": ROW + TWO}, [("TX", 2), ("OH", 2)]),
        ({"Q1": [["Log"], [], *ROW, *ONE], "Q2": ROW + TWO}, [("Q1", 4), ("Q2", 2)]),
        ({"Q1": ROW + ONE, "Q2": [["ID", "NAME ", "Hours"], *TWO]}, [("Q1", 2), ("Q2", 2)]),
        (
            {
                "a": ROW + ONE,
                "b": [["hours", "id", "name"], *[[r[2], *r[:2]] for r in TWO]],
            },
            [("a", 2), ("b", 2)],
        ),
        ({"a": ROW + ONE, "none": ROW, "b": ROW + TWO}, [("a", 2), ("b", 2)]),
    ],
)
def test_sheets_with_the_same_headings_are_one_table(sheets: dict, places: list):
    file = read_file("x.xlsx", workbook_of(sheets))
    first, second = places
    named = [*[first[0]] * 2, *[second[0]] * 2]
    assert file.headings == ("id", "name", "hours", "(sheet name)")
    assert cells(file) == [(*row, name) for row, name in zip(ROWS, named, strict=True)]
    numbers = file.rows["row"].to_pylist()
    assert len(set(numbers)) == 4
    found = [file.place(row) for row in numbers]
    assert [found[0], found[2]] == places
    assert any("are read as one table" in note for note in file.notes)


def test_a_sheet_that_is_chosen_is_read_alone():
    content = workbook_of({"2023": ROW + ONE, "2024": ROW + TWO})
    file = read_file("x.xlsx", content, ReadOptions(sheet="2024"))
    assert cells(file) == ROWS[2:]
    assert left_out(file) == [(Reason.SHEET, 2, 2)]


def test_hidden_sheets_and_other_headings_are_left_out_and_counted():
    def hide(book):
        book["old"].sheet_state = "hidden"

    sheets = {"a": ROW + ONE, "old": ROW + TWO, "Lists": [["Codes"], ["x"], ["y"], ["z"]]}
    file = read_file("x.xlsx", workbook_of(sheets, hide))
    assert cells(file) == ROWS[:2]
    assert [(part.sheet, part.reason, part.rows) for part in file.left_out] == [
        ("old", Reason.HIDDEN_SHEET, 2),
        ("Lists", Reason.SHEET, 3),
    ]


# What stands above the headings of each of two blocks, and the titles of their rows.
TITLES = [
    (("Texas\n", "\nOhio\n"), ("Texas", "Ohio")),
    (("Texas,,\n", "Ohio,,\n"), ("Texas", "Ohio")),
    (("Report\nTexas\n\n", "\nTotal,,7\n\nOhio\n\n"), ("Texas", "Ohio")),
    ((",Texas,\n", "\n,Ohio,\n"), ("Texas", "Ohio")),
    (("2023\n", "2024\n"), ("2023", "2024")),
    (("FY2023,,\n", ",,\nFY2024,,\n"), ("FY2023", "FY2024")),
    (("FY 23-24\n", "FY 24-25\n"), ("FY 23-24", "FY 24-25")),
]


@pytest.mark.parametrize(("above", "titles"), TITLES)
def test_different_titles_of_blocks_are_a_column(above: tuple, titles: tuple):
    file = read(above[0] + HEAD + FIRST + above[1] + HEAD + SECOND)
    assert file.headings == ("id", "name", "hours", "(block title)")
    named = [*[titles[0]] * 2, *[titles[1]] * 2]
    assert cells(file) == [(*row, name) for row, name in zip(ROWS, named, strict=True)]
    assert file.faults == ()


@pytest.mark.parametrize("above", [("", "Ohio\n"), ("Texas\n", ""), ("Log\n", "Log\n")])
def test_one_title_is_no_column(above: tuple):
    file = read(above[0] + HEAD + FIRST + above[1] + HEAD + SECOND)
    assert cells(file) == ROWS


def test_the_titles_on_sheets_are_a_column_too():
    sheets = {"a": [["Texas"], *ROW, *ONE], "b": [["Ohio"], *ROW, *TWO]}
    file = read_file("x.xlsx", workbook_of(sheets))
    assert file.headings[-2:] == ("(sheet name)", "(block title)")
    assert [row[-2:] for row in cells(file)] == [("a", "Texas")] * 2 + [("b", "Ohio")] * 2
