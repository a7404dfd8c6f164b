"""Workbooks for tests, also with what openpyxl alone would not write."""

import io
import zipfile
from collections.abc import Callable

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet


def workbook_of(sheets: dict[str, list[list]], *changes: Callable[..., None]) -> bytes:
    """A workbook of these sheets; each change is called with them by name."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for change in changes:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def merging(sheet: str, *areas: str) -> Callable[[openpyxl.Workbook], None]:
    """A change that merges areas."""

    def merge(book: openpyxl.Workbook) -> None:
        found: Worksheet = book[sheet]
        for area in areas:
            found.merge_cells(area)

    return merge


def replaced(content: bytes, part: str, old: str, new: str) -> bytes:
    """The workbook with another text in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == part:
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode())
            after.writestr(name, data)
    return out.getvalue()
