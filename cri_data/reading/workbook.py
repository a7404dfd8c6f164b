"""Read Excel workbooks: the rows of a sheet as text."""

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from xml.etree.ElementTree import ParseError

import pyarrow as pa
import pyarrow.compute as pc
from openpyxl.utils.cell import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from cri_data import settings
from cri_data.reading.model import Record, UnreadableFile
from cri_data.reading.sheet_marks import MergedRows, SheetMarks
from cri_data.reading.worksheet_xml import Sheet, Sheets

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

# Areas merged across columns that are named.
_MOST_WIDE = 10

# The parts that only workbooks of other programs have.
_OTHER_SPREADSHEETS = {
    "META-INF/manifest.xml": ("an OpenDocument file (.ods)", "LibreOffice or Excel"),
    "xl/workbook.bin": ("a binary Excel workbook (.xlsb)", "Excel"),
    "Index/Document.iwa": ("a Numbers spreadsheet", "Numbers"),
}

# Hidden columns that are named. All columns behind a table may be hidden.
_MOST_NAMED = 50

_TEXT_ENDINGS = ("csv", "txt", "tsv")

# The largest workbooks have a few hundred parts.
_MOST_PARTS = 5_000

# Compression reduces a sheet to a tenth, and a repetitive one to a fiftieth. A file that is
# reduced further is made to fill the memory.
_MOST_SHRUNK = 300
_LARGEST_MB_AS = 10
_SMALL = 20_000_000

# The exceptions of openpyxl and zipfile for a damaged workbook.
DAMAGED = (
    *(zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError),
    *(TypeError, AttributeError, IndexError, EOFError, OSError, NotImplementedError),
    *(zlib.error, AssertionError, RuntimeError, OverflowError),
)


def is_workbook(content: bytes) -> bool:
    """Whether the file is a ZIP archive, as workbooks are."""
    return content.startswith(_ZIP)


def refuse_other_kind(name: str, content: bytes) -> None:
    """Raise UnreadableFile, with what to do, if the extension does not fit the content."""
    ending = name.rpartition(".")[2].lower()
    if ending == "xlsx" and content and not content.startswith((_ZIP, _OLE)):
        raise UnreadableFile(
            f"{name} is not an Excel workbook, although its name says so. Open it, save it "
            "as .xlsx or as CSV UTF-8, and load that."
        )
    if ending in _TEXT_ENDINGS and is_workbook(content):
        raise UnreadableFile(
            f"{name} is an Excel workbook or another archive, though its name ends in "
            f".{ending}. If it is a workbook, rename it so that its name ends in .xlsx."
        )


def refuse_protected(name: str, content: bytes) -> None:
    """Raise UnreadableFile for a workbook that a password protects."""
    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise UnreadableFile(
            f"{name} is protected with a password. Open it in Excel, remove the "
            "password, save it, and load that."
        )


@contextmanager
def workbook(name: str, content: bytes) -> Iterator["Workbook"]:
    """Open a workbook. Raises UnreadableFile if it is damaged or too large."""
    _refuse_bomb(name, content)
    try:
        with warnings.catch_warnings():
            # Warnings about styles and rules, which are not read.
            warnings.simplefilter("ignore")
            sheets = Sheets(content)
            try:
                yield Workbook(name, sheets)
            finally:
                sheets.close()
    except DAMAGED as error:
        raise _damaged(name) from error


class Workbook:
    """An open workbook."""

    def __init__(self, name: str, sheets: Sheets) -> None:
        self._name = name
        self._sheets = sheets
        self._marks: dict[str, SheetMarks] = {}
        self.sheets = tuple(sheet.title for sheet in sheets.sheets)
        shown = tuple(sheet.title for sheet in sheets.sheets if sheet.is_shown)
        self.shown_sheets = shown or self.sheets

    def sheet_named(self, name: str | None) -> str:
        """The sheet with this name. Without a name, the first visible one."""
        if name is not None:
            if name not in self.sheets:
                named = ", ".join(f"'{sheet}'" for sheet in self.sheets)
                raise UnreadableFile(
                    f"{self._name} has no sheet '{name}'. It has: {named}.", self.sheets
                )
            return name
        if not self.sheets:
            raise UnreadableFile(f"{self._name} has no sheet with cells in it.")
        return self.shown_sheets[0]

    def records(
        self, sheet: str, width: int = 0, filled_from: int | None = None
    ) -> Iterator[Record]:
        """All rows of a sheet up to the last one with a value.

        They are padded to this width, because blank cells at the end are not a fault. From
        the row `filled_from`, merged cells are filled downward.
        """
        found = self._found(sheet)
        merged = MergedRows(
            () if filled_from is None else self.marks(sheet).merged, filled_from or 0
        )
        last = 0
        for row, values in self._sheets.rows(found):
            texts = {place: cell_text(value) for place, value in values.items()}
            if any(text.strip() for text in texts.values()):
                merged.fill(row, texts)
            held = {place: text for place, text in texts.items() if text.strip()}
            if not held:
                continue
            count = max(max(held) + 1, width)
            self._sheets.room.take_places(row - last - 1 + count, list(held.values()))
            for blank in range(last + 1, row):
                yield Record(blank, [])
            cells = [""] * count
            for place, text in texts.items():
                if place < count:
                    cells[place] = text
            yield Record(row, cells)
            last = row

    def _found(self, sheet: str) -> Sheet:
        return self._sheets.sheets[self.sheets.index(sheet)]

    def marks(self, sheet: str) -> SheetMarks:
        """The merged and hidden cells of a sheet."""
        if sheet not in self._marks:
            self._marks[sheet] = self._sheets.marks(self._found(sheet))
        return self._marks[sheet]

    def notes_on(self, sheet: str, first_row: int, read: pa.ChunkedArray) -> list[str]:
        """What to know about the hidden and merged cells of a sheet.

        `read` are the numbers of the rows that were read of it.
        """
        marks = self.marks(sheet)
        notes = []
        rows = sorted(row for row in marks.hidden_rows if row >= first_row)
        if rows:
            are = "row is" if len(rows) == 1 else "rows are"
            notes.append(
                f"{len(rows):,} hidden {are} read as well, from row {rows[0]} to row "
                f"{rows[-1]}. Delete them if they should not be loaded."
            )
        columns = [get_column_letter(place + 1) for place in sorted(marks.hidden_columns)]
        if columns and len(columns) <= _MOST_NAMED:
            notes.append(f"Hidden columns are read as well: {', '.join(columns)}.")
        areas = [
            area
            for area in marks.merged
            if area.first_row >= first_row and area.last_row > area.first_row
        ]
        if areas:
            notes.append(
                f"{len(areas):,} merged {'cell' if len(areas) == 1 else 'cells'} "
                "filled in each of their rows."
            )
        across = [area for area in marks.merged if area.last_column > area.first_column]
        tops = pa.array([area.first_row for area in across], pa.int64())
        is_read = pc.is_in(tops, value_set=read.combine_chunks()).to_pylist()
        wide = [str(area) for area, found in zip(across, is_read, strict=True) if found]
        if wide:
            notes.append(
                f"Cells are merged across columns ({', '.join(wide[:_MOST_WIDE])}"
                f"{', …' if len(wide) > _MOST_WIDE else ''}). Their value is read in the "
                "first column, and the others are blank there. Split them if it is meant "
                "for each."
            )
        return notes


def cell_text(value: object) -> str:
    """A cell as text: dates in ISO format, whole numbers without .0."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        if value.time() == time():
            return value.date().isoformat()
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="seconds")
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(value)


def _number(value: float) -> str:
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    # A sheet stores 15 digits. More come from the binary format.
    return f"{value:.15g}"


def _refuse_bomb(name: str, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (*DAMAGED, UnicodeDecodeError) as error:
        raise _damaged(name) from error
    if len(members) > _MOST_PARTS:
        raise UnreadableFile(
            f"{name} has {len(members):,} parts, far more than a workbook does. Save the "
            "sheet alone as CSV UTF-8 and load that."
        )
    limit = settings.MAX_UPLOAD_MB.whole_number() * 1_000_000 * _LARGEST_MB_AS
    size = sum(member.file_size for member in members)
    if size > limit or (size > _SMALL and size > len(content) * _MOST_SHRUNK):
        raise UnreadableFile(
            f"{name} would fill {size // 1_000_000:,} MB when it is opened, far more "
            "than a table does. Save the sheet alone as CSV UTF-8 and load that."
        )
    names = {member.filename for member in members}
    for part, (kind, program) in _OTHER_SPREADSHEETS.items():
        if part in names:
            raise UnreadableFile(
                f"{name} is {kind}. Open it in {program}, save it as an Excel workbook "
                "(.xlsx), and load that."
            )
    if "[Content_Types].xml" not in names:
        raise UnreadableFile(
            f"{name} is a ZIP archive, not a table. Unpack it, and load the CSV file "
            "or the Excel workbook in it."
        )


def _damaged(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"{name} is damaged or not an Excel workbook. Open it in Excel, save it "
        "again as .xlsx or as CSV UTF-8, and load that."
    )
