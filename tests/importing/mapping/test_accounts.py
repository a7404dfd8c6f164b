"""Every row of a file is read, or left out for a reason; none is missing or twice."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cri_data.importing.mapping.accounts import Account, account_of, rows_not_read
from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.recipe import Recipe
from cri_data.reading import Reason
from tests.support.workbooks import workbook_of

HEAD = ["request_id", "agency_id", "received_on", "topic_ids", "hours"]


def row(number: int) -> list[str]:
    return [f"R-{number:03}", "TX9990100", f"2024-01-{number % 28 + 1:02}", "training", "5"]


def as_csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def mapped(content: bytes, recipe: Recipe | None = None):
    name = "r.xlsx" if content.startswith(b"PK") else "r.csv"
    return SourceFile.from_bytes(name, content).mapped("requests", recipe or Recipe())


def reasons(account: Account) -> list[tuple]:
    return [(part.reason, part.first_row, part.rows) for part in account.left_out]


TITLE = ["Log of requests", "", "", "", ""]
TOTAL = ["Total", "", "", "", "10"]
EXAMPLE = ["EXAMPLE-1", "TX0000000", "2025-01-13", "training;officer-wellness", ""]


@pytest.mark.parametrize(
    ("rows", "read", "left_out"),
    [
        ([HEAD, row(1), row(2)], 2, []),
        ([TITLE, [], HEAD, row(1)], 1, [(Reason.TITLE, 1, 1)]),
        ([HEAD, row(1), row(2), TOTAL], 2, [(Reason.BELOW, 4, 1)]),
        (
            [HEAD, row(1), [], ["Source: intake log", "", "", "", ""]],
            1,
            [(Reason.BELOW, 4, 1)],
        ),
        ([HEAD, row(1), HEAD, row(2)], 2, [(Reason.HEADINGS, 3, 1)]),
        ([HEAD, row(1), TOTAL, row(2), row(3)], 3, [(Reason.TOTAL, 3, 1)]),
        ([HEAD, EXAMPLE, row(1)], 1, [(Reason.EXAMPLE, 2, 1)]),
        (
            [HEAD, row(1), [], HEAD[:3], row(2)[:3], row(3)[:3]],
            1,
            [(Reason.TABLE, 4, 3)],
        ),
        ([HEAD, row(1), ["R-009", "x"], row(2)], 3, []),
    ],
)
def test_rows_that_are_not_read_have_a_reason(rows, read, left_out):
    account = account_of(mapped(as_csv(rows)))
    assert (account.read, reasons(account)) == (read, left_out)
    assert account.rows == sum(any(cells) for cells in rows) - 1


def test_rows_that_a_person_excludes_are_counted_in_their_block():
    content = as_csv([HEAD, row(1), row(2), HEAD, row(3), row(4)])
    account = account_of(mapped(content, Recipe(left_out=(2, 6))))
    assert [block.rows for block in account.blocks] == [1, 1]
    assert reasons(account) == [(Reason.EXCLUDED, 2, 2), (Reason.HEADINGS, 4, 1)]
    assert account.rows == 5


@pytest.mark.parametrize(
    "label",
    [
        *(
            "Total",
            "TOTAL",
            "Grand Total",
            "Subtotal",
            "Sub-total",
            "Texas Total",
            "Totals:",
        ),
        *("Total requests", "Total (2)", "Sum", "Average"),
    ],
)
@pytest.mark.parametrize("place", ["within", "last"])
def test_a_total_is_no_record(label, place):
    total = [label, "2", "", "", "10"]
    rows = [row(1), row(2), total, *([row(3)] if place == "within" else [])]
    prepared = mapped(as_csv([HEAD, *rows]))
    assert label not in prepared.texts["request_id"].to_pylist()
    assert account_of(prepared).rows == len(rows)
    assert account_of(prepared).left_out[0].rows == 1


@pytest.mark.parametrize(
    "total",
    [
        ["", "Total", "", "", "10"],
        ["", "", "Grand total:", "", "10"],
        ["Total", "", "", "", "#VALUE!"],
        ["", "", "", "Average", "5.0"],
        ["Total ", "", "$1,200.00", "45 %", "(3)"],
    ],
)
def test_a_total_may_be_labeled_in_any_column(total):
    prepared = mapped(as_csv([HEAD, row(1), total, row(2), row(3)]))
    assert prepared.file.rows["row"].to_pylist() == [2, 4, 5]
    assert reasons(account_of(prepared)) == [(Reason.TOTAL, 3, 1)]


@pytest.mark.parametrize(
    "cells",
    [
        ["Total-1", "TX9990100", "2024-01-02", "training", "5"],
        ["Total", "TX9990100", "2024-01-02", "training", "5"],
        ["Total", "TX9990100", "", "training", "5"],
        ["Totality", "", "", "", "5"],
        ["Summer", "3", "", "", "5"],
        ["Counter", "", "", "", ""],
    ],
)
def test_a_record_that_is_named_like_a_total_stays(cells):
    prepared = mapped(as_csv([HEAD, row(1), cells, row(2)]))
    assert cells[0] in prepared.texts["request_id"].to_pylist()


def test_further_tables_and_sheets_are_warned_of():
    table = mapped(as_csv([HEAD, row(1), HEAD[:3], row(2)[:3]]))
    (warning,) = rows_not_read(table.file)
    assert (warning.row, warning.rule) == (3, "rows_not_read")
    assert "Its 2 rows are not read" in warning.message
    sheets = {"2023": [HEAD, row(1)], "2024": [[*HEAD, "more"], [*row(2), "x"]]}
    (warning,) = rows_not_read(mapped(workbook_of(sheets)).file)
    assert (warning.row, warning.value) == (1, "2024")


# A file of any parts. Each part is (rows, how many of them are records).
_NUMBERS = iter(range(1, 1_000_000))
_RECORDS = st.integers(1, 6).map(lambda count: [row(next(_NUMBERS)) for _ in range(count)])
_BLANK = st.integers(0, 2).map(lambda count: [[]] * count)
_BLOCK = st.tuples(
    _RECORDS,
    st.sampled_from([[], [TOTAL], [[], TOTAL], [["Subtotal", "", "", "", "3"]]]),
    _BLANK,
    st.sampled_from([[], [["Texas", "", "", "", ""]]]),
)


@settings(max_examples=60, deadline=None)
@given(
    title=st.sampled_from([[], [TITLE], [TITLE, []]]),
    blocks=st.lists(_BLOCK, min_size=1, max_size=5),
    note=st.sampled_from([[], [[], ["Source: intake log", "", "", "", ""]]]),
    as_workbook=st.booleans(),
)
def test_all_rows_of_any_file_are_accounted_for(title, blocks, note, as_workbook):
    rows = [*title]
    records = 0
    for number, (data, total, blank, heading) in enumerate(blocks):
        above = [*blank, *heading] if number else []
        rows += [*above, HEAD, *data, *total]
        records += len(data)
    rows += note
    content = workbook_of({"Log": rows}) if as_workbook else as_csv(rows)
    prepared = mapped(content)
    account = account_of(prepared)
    filled = sum(any(cells) for cells in rows) - 1
    assert account.rows == filled
    assert account.read == records == prepared.file.row_count
    assert account.read + sum(part.rows for part in account.left_out) == filled


@pytest.mark.long
@settings(max_examples=25, deadline=None)
@given(
    sheets=st.lists(
        st.tuples(_RECORDS, st.sampled_from(["same", "other", "hidden", "list"])),
        min_size=1,
        max_size=5,
    )
)
def test_all_rows_of_all_sheets_are_accounted_for(sheets):
    book = {"Main": [HEAD, row(next(_NUMBERS))]}
    hidden = []
    for number, (data, kind) in enumerate(sheets):
        name = f"{kind} {number}"
        more = [*HEAD, "more"] if kind == "other" else HEAD
        book[name] = [more, *data]
        if kind == "list":
            book[name] = [["Codes"], *[[cells[0]] for cells in data]]
        if kind == "hidden":
            hidden.append(name)

    def hide(opened):
        for name in hidden:
            opened[name].sheet_state = "hidden"

    prepared = mapped(workbook_of(book, hide))
    account = account_of(prepared)
    assert account.rows == sum(len(rows) - 1 for rows in book.values())
    read = {name for name in book if name.startswith(("Main", "same"))}
    assert {block.sheet for block in account.blocks} == read
    assert account.read == sum(len(book[name]) - 1 for name in read)
    of_sheets = {part.sheet: part.rows for part in account.left_out}
    assert of_sheets == {name: len(book[name]) - 1 for name in book.keys() - read}
