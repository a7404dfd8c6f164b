"""Merged cells are filled as a person reads them; hidden rows and columns are told."""

import pytest

from cri_data.reading import read_file
from tests.support.workbooks import merging, workbook_of

HEAD = ["id", "county", "kind", "hours"]


def rows_of(content: bytes) -> list[tuple]:
    return [cells for _, cells in read_file("x.xlsx", content).records()]


@pytest.mark.parametrize(
    ("rows", "areas", "expected"),
    [
        (
            [["1", "Wren", "city", 1], ["2", None, None, 2], ["3", None, "state", 3]],
            ["B2:B4", "C2:C3"],
            [
                ("1", "Wren", "city", "1"),
                ("2", "Wren", "city", "2"),
                ("3", "Wren", "state", "3"),
            ],
        ),
        (
            [["1", "Wren", "city", 1], ["2", "Finch", "city", 2], ["3", None, "city", 3]],
            ["B3:B4"],
            [
                ("1", "Wren", "city", "1"),
                ("2", "Finch", "city", "2"),
                ("3", "Finch", "city", "3"),
            ],
        ),
        # A merged area without a value fills nothing.
        (
            [["1", None, "city", 1], ["2", None, "city", 2]],
            ["B2:B3"],
            [("1", "", "city", "1"), ("2", "", "city", "2")],
        ),
        # One over two columns fills its first one downward.
        (
            [["1", "Wren", None, 1], ["2", None, None, 2]],
            ["B2:C3"],
            [("1", "Wren", "", "1"), ("2", "Wren", "", "2")],
        ),
        # Blank rows stay blank.
        (
            [["1", "Wren", "city", 1], [None] * 4, ["3", None, "city", 3]],
            ["B2:B4"],
            [("1", "Wren", "city", "1"), ("3", "Wren", "city", "3")],
        ),
        # The last cell of a row.
        (
            [["1", "Wren", "city", 7], ["2", "Finch", "city", None]],
            ["D2:D3"],
            [("1", "Wren", "city", "7"), ("2", "Finch", "city", "7")],
        ),
    ],
)
def test_merged_cells_are_filled_downward(rows, areas, expected):
    content = workbook_of({"Data": [HEAD, *rows]}, merging("Data", *areas))
    assert rows_of(content) == expected


def test_merged_headings_and_titles_stay_as_they_are():
    rows = [["Log"], ["id", "Place", None, "Time"], [None, "county", "kind", "hours"]]
    rows += [[str(n), "Wren", "city", n] for n in range(4)]
    merged = merging("Data", "A1:D1", "A2:A3", "B2:C2")
    file = read_file("x.xlsx", workbook_of({"Data": rows}, merged))
    plain = read_file("x.xlsx", workbook_of({"Data": rows}))
    assert (file.headings, file.rows) == (plain.headings, plain.rows)


@pytest.mark.parametrize(
    ("hidden_rows", "hidden_columns", "said"),
    [
        ([3], [], "1 hidden row is read as well, from row 3 to row 3."),
        ([2, 4], [], "2 hidden rows are read as well, from row 2 to row 4."),
        ([], ["B"], "Hidden columns are read as well: B."),
        ([], ["B", "D"], "Hidden columns are read as well: B, D."),
        ([1], [], None),
        ([], [], None),
    ],
)
def test_hidden_rows_and_columns_are_read_and_told(hidden_rows, hidden_columns, said):
    def hide(book):
        for row in hidden_rows:
            book["Data"].row_dimensions[row].hidden = True
        for column in hidden_columns:
            book["Data"].column_dimensions[column].hidden = True

    rows = [[str(n), "Wren", "city", n] for n in range(3)]
    file = read_file("x.xlsx", workbook_of({"Data": [HEAD, *rows]}, hide))
    assert file.row_count == 3
    assert any(said in note for note in file.notes) if said else file.notes == ()


@pytest.mark.parametrize(
    ("areas", "named"),
    [
        (["B2:C2"], "(B2:C2)"),
        (["B3:D4"], "(B3:D4)"),
        (["A2:B2", "C4:D4"], "(A2:B2, C4:D4)"),
        (["B2:B3"], None),
        # Not read: a total.
        (["A5:C5"], None),
    ],
)
def test_cells_that_are_merged_across_columns_are_told(areas, named):
    rows = [[str(n), "Wren", "city", n] for n in range(3)]
    content = workbook_of(
        {"Data": [HEAD, *rows, ["Total", None, None, 3]]}, merging("Data", *areas)
    )
    notes = [n for n in read_file("x.xlsx", content).notes if "across columns" in n]
    assert bool(notes) == bool(named)
    assert all(named in note for note in notes)
