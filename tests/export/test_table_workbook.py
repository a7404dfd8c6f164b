"""Tables as workbooks: typed, whole, described, and without formulas."""

import io
from datetime import UTC, date, datetime

import numpy as np
import openpyxl
import pandas as pd
import pytest

from cri_data.export.table_workbook import table_workbook
from cri_ui.components.downloads import guarded_csv, guarded_workbook


def opened(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_cells_keep_their_types():
    values = ["text", 3, 2.5, True, date(2026, 9, 30), None, 0.125]
    heads = ["a", "b", "c", "d", "received_on", "e", "share_f"]
    book = opened(table_workbook(heads, [values], {"Title": "One row"}))
    head, row = book["Rows"].iter_rows()
    assert [cell.value for cell in head] == heads
    assert [cell.value for cell in row[:4]] == values[:4]
    assert row[4].value == datetime(2026, 9, 30)  # noqa: DTZ001
    assert row[4].is_date
    assert row[5].value is None
    assert (row[6].value, row[6].number_format) == (0.125, "0.0%")
    assert [[cell.value for cell in line] for line in book["About"].iter_rows()] == [
        ["Title", "One row"]
    ]


def test_times_are_utc_without_a_zone():
    at = datetime(2026, 9, 30, 12, 30, tzinfo=UTC)
    row = list(opened(table_workbook(["at"], [[at]], {}))["Rows"].iter_rows())[1]
    assert row[0].value == at.replace(tzinfo=None)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "'quoted", "＝1"])
def test_text_never_becomes_a_formula(text):
    book = opened(table_workbook([text], [[text]], {"=about": text}))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.value for cell in cells} == {"'" + text, "'=about"}


def test_what_no_cell_can_hold_does_not_stop_a_download():
    rows = [["a\x00b\x1fc"], ["x" * 40_000]]
    cells = [row[0].value for row in opened(table_workbook(["t"], rows, {}))["Rows"]]
    assert cells[1] == "a\ufffdb\ufffdc"
    assert len(cells[2]) == 32_767


def test_the_workbook_has_the_rows_of_the_csv_and_says_what_they_are():
    table = pd.DataFrame(
        {
            "name": ["Elm", None],
            "requests": pd.array([3, pd.NA], dtype="Int64"),
            "received_on": pd.to_datetime(["2026-01-02", None]),
            "days": [np.nan, 2.0],
        }
    )
    given = (table, "Requests", "state: Texas", date(2026, 9, 30))
    book = opened(guarded_workbook(*given))
    rows = [[cell.value for cell in row] for row in book["Rows"].iter_rows()]
    assert rows[0] == list(table)
    assert rows[1] == ["Elm", 3, datetime(2026, 1, 2), None]  # noqa: DTZ001
    assert rows[2] == [None, None, None, 2]
    text = guarded_csv(*given).decode("utf-8-sig").splitlines()
    assert text[-2:] == ["Elm,3,2026-01-02,", ",,,2"]
    about = [[cell.value for cell in row] for row in book["About"].iter_rows()]
    assert about == [
        ["Title", "Requests"],
        ["Filters", "state: Texas"],
        ["Rows", "2"],
        ["As of", "2026-09-30"],
    ]
