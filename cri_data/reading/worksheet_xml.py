"""Read the cells of a workbook's sheets, within limits that depend on its size."""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from xml.etree.ElementTree import Element

from openpyxl.packaging.relationship import get_rels_path
from openpyxl.reader.excel import ExcelReader, _find_workbook_part
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import (
    ARC_CONTENT_TYPES,
    ARC_STYLE,
    SHARED_STRINGS,
    SHEET_MAIN_NS,
)
from openpyxl.xml.functions import iterparse

from cri_data.model.lost_cells import NO_RESULT
from cri_data.reading.model import UnreadableFile
from cri_data.reading.number_formats import NumberFormat, number_format
from cri_data.reading.sheet_marks import SheetMarks, sheet_marks

# The limits of a sheet in Excel.
_MOST_ROWS = 1_048_576
_MOST_COLUMNS = 16_384

# The most elements of parts that are read whole: styles and names of sheets. A workbook
# with all styles that Excel allows has fewer.
_MOST_TAGS = 150_000

# Elements of XML, blank places between cells and characters of text that a workbook
# may have: so many anyway, and so many more for each of its bytes or cells. A sheet
# of one word in every cell has one and a half elements a byte.
_ELEMENTS_ANYWAY, _ELEMENTS_A_BYTE = 400_000, 2
_PLACES_ANYWAY, _PLACES_A_CELL = 5_000_000, 20
_TEXT_ANYWAY, _TEXT_A_BYTE = 50_000_000, 20


def _tag(name: str) -> str:
    return f"{{{SHEET_MAIN_NS}}}{name}"


_ROW, _CELLS, _INLINE = _tag("row"), _tag("sheetData"), _tag("is")
_FORMULA, _VALUE = _tag("f"), _tag("v")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_ITEM, _TEXT, _RUN = _tag("si"), _tag("t"), f"{_tag('r')}/{_tag('t')}"


class Room:
    """How much may still be read from all sheets of a workbook of this size."""

    def __init__(self, size: int) -> None:
        self.elements = _ELEMENTS_ANYWAY + _ELEMENTS_A_BYTE * size
        self.places = _PLACES_ANYWAY
        self.text = _TEXT_ANYWAY + _TEXT_A_BYTE * size

    def take_elements(self, count: int) -> None:
        """Raise UnreadableFile if the workbook has more than its limit."""
        self.elements -= count
        if self.elements < 0:
            raise _too_much("far more cells than its size allows for")

    def take_places(self, places: int, cells: list[str]) -> None:
        """The same for a row of so many places, with these cells that hold something."""
        self.places -= places - _PLACES_A_CELL * len(cells)
        # Skipped cells don't increase the allowance beyond its start.
        self.places = min(self.places, _PLACES_ANYWAY + _PLACES_A_CELL * _MOST_ROWS)
        if self.places < 0:
            raise _too_much(
                "rows that reach far beyond its table, with hardly anything in them"
            )
        self.text -= sum(map(len, cells))
        if self.text < 0:
            raise _too_much("the same long texts over and over")


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: its title, whether it is visible, and its part."""

    title: str
    is_shown: bool
    part: str


class Sheets:
    """The sheets of a workbook. Raises openpyxl's exceptions for a damaged one."""

    def __init__(self, content: bytes) -> None:
        self.room = Room(len(content))
        self._reader = ExcelReader(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
        self._open()
        self._strings = list(self._shared_strings())

    def close(self) -> None:
        """Close the archive."""
        self._reader.archive.close()

    def _open(self) -> None:
        reader = self._reader
        self._refuse_endless(ARC_CONTENT_TYPES)
        reader.read_manifest()
        part = _find_workbook_part(reader.package).PartName[1:]
        for name in (ARC_STYLE, part, get_rels_path(part)):
            self._refuse_endless(name)
        reader.read_workbook()
        apply_stylesheet(reader.archive, reader.wb)
        self.sheets = [
            Sheet(sheet.name, sheet.state == "visible", related.target)
            for sheet, related in reader.parser.find_sheets()
            if related.target in reader.valid_files and "chartsheet" not in related.Type
        ]
        formats, own = reader.wb._cell_styles, reader.wb._number_formats
        known = {
            style: number_format(_format_code(cell.numFmtId, own))
            for style, cell in enumerate(formats)
        }
        self._formats = {style: one for style, one in known.items() if one}

    def _refuse_endless(self, part: str) -> None:
        """Raise UnreadableFile for a part of the workbook that takes too long to parse."""
        is_there = part in self._reader.valid_files
        if is_there and self._reader.archive.read(part).count(b"<") > _MOST_TAGS:
            raise _too_much("more styles, names or sheets than Excel makes")

    def _shared_strings(self) -> Iterator[str]:
        found = self._reader.package.find(SHARED_STRINGS)
        if found is None:
            return
        with self._reader.archive.open(found.PartName[1:]) as source:
            for _, element in iterparse(source):
                self.room.take_elements(1)
                if element.tag == _ITEM:
                    yield _text_of(element)
                    element.clear()

    def marks(self, sheet: Sheet) -> SheetMarks:
        """The merged and hidden cells of a sheet."""
        with self._reader.archive.open(sheet.part) as source:
            return sheet_marks(source)

    def rows(self, sheet: Sheet) -> Iterator[tuple[int, dict[int, object]]]:
        """Each row with a value: its number, and its values by column from 0.

        Cells with only a format are left out.
        """
        book = self._reader.wb
        with self._reader.archive.open(sheet.part) as source:
            parser = _Cells(
                source,
                self._strings,
                data_only=True,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            )
            parser.formats = self._formats
            last = 0
            for row, cells in self._parsed(parser):
                if row > _MOST_ROWS or max(cells, default=0) >= _MOST_COLUMNS:
                    raise _too_much("more rows or columns than a sheet of Excel")
                if cells and row > last:
                    yield row, cells
                    last = row

    def _parsed(self, parser: "_Cells") -> Iterator[tuple[int, dict[int, object]]]:
        """All rows as written, without the sheet's merges, rules, and links."""
        table, is_in_row = None, False
        for event, element in iterparse(parser.source, events=("start", "end")):
            if event == "start":
                self.room.take_elements(1)
                table = element if element.tag == _CELLS else table
                is_in_row = is_in_row or element.tag == _ROW
            elif element.tag == _CELLS:
                return
            elif element.tag == _ROW:
                is_in_row = False
                row, cells = parser.parse_row(element)
                parser.row_dimensions.clear()
                yield (
                    row,
                    {
                        cell["column"] - 1: cell["value"]
                        for cell in cells
                        if cell["value"] is not None
                    },
                )
                # Otherwise finished rows would stay in the tree.
                element.clear()
                if table is not None:
                    table.clear()
            elif not is_in_row:
                element.clear()


class _Cells(WorkSheetParser):
    """Reads cells like openpyxl, but faster for text in cells.

    A formula whose result the workbook does not hold is told from a blank cell. A number
    whose format shows more than the number becomes text, as the sheet shows it: 0.45 is
    45%, 1500 is $1500, and 17 is R-0017.
    """

    formats: Mapping[int, NumberFormat] = MappingProxyType({})

    def parse_cell(self, element: Element) -> dict:
        inline = element.find(_INLINE) if element.get("t") == "inlineStr" else None
        if inline is not None:
            element.remove(inline)
            return super().parse_cell(element) | {"value": _text_of(inline)}
        has_formula = len(element) and element[0].tag == _FORMULA
        if has_formula and _has_no_result(element):
            return super().parse_cell(element) | {"value": NO_RESULT}
        cell = super().parse_cell(element)
        if cell["style_id"] in self.formats and cell["data_type"] == "n":
            cell["value"] = self.formats[cell["style_id"]].shown(cell["value"])
        return cell


def _has_no_result(element: Element) -> bool:
    """Whether a formula was never calculated. The result of one may be a blank text."""
    result = element.find(_VALUE)
    return (result is None or not result.text) and element.get("t") != "str"


def _format_code(format_id: int, own: list[str]) -> str:
    """The code of a number format: built in, or of this workbook."""
    if format_id < BUILTIN_FORMATS_MAX_SIZE:
        return BUILTIN_FORMATS.get(format_id, "")
    place = format_id - BUILTIN_FORMATS_MAX_SIZE
    return own[place] if place < len(own) else ""


def _text_of(element: Element) -> str:
    """The text of a string, without its phonetic reading."""
    parts = [*element.findall(_TEXT), *element.findall(_RUN)]
    text = "".join(part.text or "" for part in parts)
    return _ESCAPE.sub(_unescaped, text) if "_x" in text else text


def _unescaped(escape: re.Match[str]) -> str:
    """The character that Excel wrote as _x000D_, or as _x005F_ for an underscore."""
    code = int(escape[1], 16)
    # Half of a pair is no character.
    return escape[0] if 0xD800 <= code <= 0xDFFF else chr(code)


def _too_much(what: str) -> UnreadableFile:
    return UnreadableFile(
        f"The workbook has {what}. Copy the cells of the table into a new workbook, "
        "or save the sheet alone as CSV UTF-8, and load that."
    )
