"""A table as an Excel workbook: typed cells, and a sheet that says what the rows are."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from cri_data.export.formula_guard import guarded

# What no cell of a workbook can hold.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")

# The longest text of a cell, in Excel.
_LONGEST = 32_767

_WIDEST = 60


def table_workbook(
    heads: Sequence[str], rows: Iterable[Sequence[object]], about: Mapping[str, str]
) -> bytes:
    """A workbook with the sheets Rows and About. All rows are in it, in their order.

    Numbers, dates, and truth values keep their type; None is an empty cell. Columns whose
    name begins with `share_` are shown in percent. Text that a spreadsheet would run as a
    formula gets an apostrophe, as in CSV files.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Rows")
    sheet.freeze_panes = "A2"
    for place, head in enumerate(heads, start=1):
        width = min(max(len(head) + 2, 12), _WIDEST)
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.append([_head(sheet, head) for head in heads])
    formats = ["0.0%" if head.startswith("share_") else "" for head in heads]
    for row in rows:
        cells = zip(row, formats, strict=True)
        sheet.append([_cell(sheet, value, form) for value, form in cells])
    explained = book.create_sheet("About")
    explained.column_dimensions["A"].width = 16
    explained.column_dimensions["B"].width = _WIDEST
    for name, text in about.items():
        explained.append([_head(explained, name), _text(text)])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _head(sheet: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, _text(text))
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: object, form: str) -> object:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, datetime) and value.tzinfo:
        # A cell has no time zone. Times of the store are UTC.
        return value.replace(tzinfo=None)
    if form and isinstance(value, int | float):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = form
        return cell
    if value is None or isinstance(value, bool | int | float | date):
        return value
    return _text(str(value))


def _text(text: str) -> str:
    return guarded(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", text))[:_LONGEST]
