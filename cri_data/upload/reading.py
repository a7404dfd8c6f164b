"""What a file says: its encoding, separator, headings and rows, all as text."""

import csv
import hashlib
import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from cri_data import settings

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}

# Records looked at to find the separator, and rows turned into columns at once.
_SAMPLE = 100
_CHUNK = 65_536

# Lines read twice, for quotes that are not closed, before a file is given up: so
# many times all of its lines, or so many lines.
_MOST_REREAD = 20
_REREAD_ANYWAY = 2_000_000

# No cell is longer than the largest file: a limit of csv's own must not matter.
csv.field_size_limit(2**31 - 1)


class UnreadableFile(Exception):
    """Nothing of the file can be read; the message says why and what to do."""


@dataclass(frozen=True)
class Fault:
    """A row whose structure is broken. `row` counts as a spreadsheet does."""

    row: int
    rule: str
    value: str
    message: str


@dataclass(frozen=True)
class FileRead:
    """A file as read.

    `rows` has the columns `row` (integer, as a spreadsheet counts: a header in
    the first row is 1) and `c0` to `cN` (text) in the order of `headings`.
    """

    name: str
    sha256: str
    encoding: str
    separator: str
    headings: tuple[str, ...]
    rows: pa.Table
    faults: tuple[Fault, ...]

    @property
    def row_count(self) -> int:
        """Rows of data, broken ones included."""
        return self.rows.num_rows


def read_file(name: str, content: bytes) -> FileRead:
    """Read a delimited text file.

    UTF-8 with or without byte-order mark, UTF-16, Windows-1252; comma,
    semicolon, tab or pipe; any line ends; newlines inside quotes. Blank rows
    are passed over but counted. Raises UnreadableFile for an empty file, a
    heading alone, a file over the limit and anything that is not text.
    """
    limit = settings.MAX_UPLOAD_MB.whole_number()
    if len(content) > limit * 1_000_000:
        raise UnreadableFile(
            f"{name} is larger than {limit} MB. Split it into several files, or "
            f"raise {settings.MAX_UPLOAD_MB.name}."
        )
    text, encoding = _decoded(name, content)
    separator = _separator_of(text)
    headings, rows, faults = _read_plainly(text, separator) or _read_carefully(
        text, separator
    )
    if not headings:
        raise UnreadableFile(f"{name} is empty. Save the file with its rows again.")
    if not rows.num_rows:
        raise UnreadableFile(
            f"{name} has headings but no rows under them. Nothing was loaded."
        )
    return FileRead(
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        encoding=encoding,
        separator=separator,
        headings=tuple(heading.strip() for heading in headings),
        rows=rows,
        faults=tuple(faults),
    )


def read_headings(name: str, content: bytes) -> tuple[str, ...]:
    """The headings alone. Raises UnreadableFile as read_file does."""
    text, _ = _decoded(name, content)
    records = csv.reader(io.StringIO(text, newline=""), delimiter=_separator_of(text))
    headings = next((cells for cells in records if _has_text(cells)), [])
    return tuple(heading.strip() for heading in headings)


def _decoded(name: str, content: bytes) -> tuple[str, str]:
    for start, kind in (
        (b"PK\x03\x04", "an Excel workbook or a ZIP archive"),
        (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
        (b"%PDF", "a PDF document"),
    ):
        if content.startswith(start):
            raise UnreadableFile(
                f"{name} is {kind}, not a CSV file. Open it, save the sheet as "
                "CSV UTF-8, and load that file."
            )
    encoding = _encoding_of(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        encoding = "latin-1"
        text = content.decode(encoding)
    if not text or text.isspace():
        raise UnreadableFile(f"{name} is empty. Save the file with its rows again.")
    # Control characters in number are what no text file has.
    controls = sum(text[:10_000].count(chr(code)) for code in range(9))
    if controls > len(text[:10_000]) // 100 + 1:
        raise UnreadableFile(
            f"{name} is not a text file. Save the table as CSV UTF-8 and load that."
        )
    return text, encoding


def _encoding_of(content: bytes) -> str:
    if content.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    # UTF-16 without a mark: text of Latin letters has every other byte zero.
    sample = content[:2_000]
    if sample[1::2].count(0) > len(sample) // 3:
        return "utf-16-le"
    if sample[::2].count(0) > len(sample) // 3:
        return "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


def _has_text(cells: list[str]) -> bool:
    return any(cell and not cell.isspace() for cell in cells)


def _separator_of(text: str) -> str:
    """The separator under which the first records agree most on their width."""
    lines = list(itertools.islice(io.StringIO(text, newline=""), _SAMPLE * 5))

    def fit(separator: str) -> tuple[float, int]:
        reader = csv.reader(lines, delimiter=separator)
        widths = [len(cells) for cells, _ in zip(reader, range(_SAMPLE), strict=False)]
        widths = [width for width in widths if width]
        if not widths or widths[0] == 1:
            return (0.0, 0)
        alike = sum(width == widths[0] for width in widths) / len(widths)
        return (alike, widths[0])

    return max(SEPARATORS, key=fit)


def _read_plainly(
    text: str, separator: str
) -> tuple[list[str], pa.Table, list[Fault]] | None:
    """Read a file without a single oddity, fast; None for any other.

    An odd file is one with a blank line, a row of another width, a lone
    carriage return, a NUL, or a quote that may be open at its end: the careful
    reader counts its rows and names its faults.
    """
    if "\x00" in text or text.count("\r") != text.count("\r\n"):
        return None
    width = len(next(csv.reader(io.StringIO(text, newline=""), delimiter=separator)))
    if width < 2:
        return None
    names = [f"c{place}" for place in range(width)]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(text.encode("utf-8")),
            read_options=arrow_csv.ReadOptions(column_names=names),
            parse_options=arrow_csv.ParseOptions(
                delimiter=separator,
                newlines_in_values='"' in text,
                ignore_empty_lines=False,
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
    first_cells = pc.utf8_trim_whitespace(table.column(0))
    may_be_blank = pc.any(pc.equal(first_cells, "")).as_py()
    if may_be_blank or _may_be_unclosed(text, separator, table):
        return None
    headings = [column[0].as_py() for column in table.columns]
    rows = table.slice(1)
    numbers = pa.array(range(2, rows.num_rows + 2), pa.int64())
    return headings, rows.add_column(0, "row", numbers), []


def _may_be_unclosed(text: str, separator: str, table: pa.Table) -> bool:
    """Whether a quote may have swallowed what follows: a line end, the file's end."""
    if '"' not in text:
        return False
    if any(pc.any(pc.match_substring(cells, "\n")).as_py() for cells in table.columns):
        return _is_unclosed(io.StringIO(text, newline="").readlines(), separator)
    last_line = text[text.rfind("\n", 0, len(text) - 1) + 1 :]
    return '"' in last_line and _is_unclosed([last_line], separator)


def _read_carefully(text: str, separator: str) -> tuple[list[str], pa.Table, list[Fault]]:
    records = _records(io.StringIO(text, newline="").readlines(), separator)
    header_row, headings = next(
        ((row, cells) for row, cells, _ in records if _has_text(cells)), (0, [])
    )
    rows, faults = _columns(records, len(headings), header_row)
    return headings, rows, faults


def _records(
    lines: list[str], separator: str
) -> Iterator[tuple[int, list[str], Fault | None]]:
    """Every record with its row number, from 1, blank ones included.

    A quote that is not closed would swallow the rows after it, up to the next
    quote or to the end: its line is one broken row, and reading goes on behind it.
    """
    row = 0
    start = 0
    reread = 0
    while start < len(lines):
        rest = map(lines.__getitem__, range(start, len(lines)))
        reader = csv.reader(rest, delimiter=separator)
        before = 0
        for cells in reader:
            row += 1
            first, behind = start + before, start + reader.line_num
            may_be_unclosed = behind - first > 1 or behind == len(lines)
            if may_be_unclosed and _is_unclosed(lines[first:behind], separator):
                line = lines[first].rstrip("\r\n")
                yield row, line.split(separator), _unclosed(row, line)
                start = first + 1
                reread += behind - start
                if reread > max(_REREAD_ANYWAY, _MOST_REREAD * len(lines)):
                    raise UnreadableFile(
                        f"Too many quotation marks are not closed, up to row {row}. "
                        "Save the table as CSV UTF-8 again and load that."
                    )
                break
            before = reader.line_num
            yield row, cells, None
        else:
            return


def _is_unclosed(lines: list[str], separator: str) -> bool:
    """Whether a quote in these lines is not closed where its cell ends.

    Within one line `"A" team` is a slip that harms no other row.
    """
    try:
        for _ in csv.reader(lines, delimiter=separator, strict=True):
            pass
    except csv.Error as error:
        return len(lines) > 1 or "unexpected end of data" in str(error)
    return False


def _unclosed(row: int, line: str) -> Fault:
    return Fault(
        row,
        "quote_not_closed",
        line[:200],
        "A quotation mark is opened in this row and never closed. Close it, or "
        "write it twice where it is part of the text.",
    )


def _columns(
    records: Iterator[tuple[int, list[str], Fault | None]], width: int, header_row: int
) -> tuple[pa.Table, list[Fault]]:
    schema = pa.schema(
        [("row", pa.int64()), *((f"c{i}", pa.string()) for i in range(width))]
    )
    batches: list[pa.RecordBatch] = []
    faults: list[Fault] = []
    numbers: list[int] = []
    cells_of: list[list[str]] = []
    for row, cells, fault in records:
        if row <= header_row or not _has_text(cells):
            continue
        fault = fault or _structure_fault(row, cells, width)
        if fault:
            faults.append(fault)
            cells = (cells + [""] * width)[:width]
        numbers.append(row)
        cells_of.append(cells)
        if len(numbers) == _CHUNK:
            batches.append(_batch(numbers, cells_of, schema))
            numbers, cells_of = [], []
    if numbers:
        batches.append(_batch(numbers, cells_of, schema))
    return pa.Table.from_batches(batches, schema), faults


def _batch(
    numbers: list[int], cells_of: list[list[str]], schema: pa.Schema
) -> pa.RecordBatch:
    return pa.record_batch([numbers, *zip(*cells_of, strict=True)], schema=schema)


def _structure_fault(row: int, cells: list[str], width: int) -> Fault | None:
    if len(cells) < width:
        return Fault(
            row,
            "too_few_cells",
            "",
            f"This row has {len(cells)} cells under {width} headings. Add the "
            "missing separators.",
        )
    if len(cells) > width:
        extra = cells[width:]
        return Fault(
            row,
            "too_many_cells",
            "; ".join(extra)[:200],
            f"This row has {len(cells)} cells under {width} headings. Put text "
            "that holds the separator in quotation marks.",
        )
    if any("\x00" in cell for cell in cells):
        return Fault(
            row,
            "broken_character",
            "",
            "This row holds a character that no text has (NUL). Type its text again.",
        )
    return None
