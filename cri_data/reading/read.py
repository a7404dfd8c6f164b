"""Read a file from its bytes to a table: text or workbook, regular or not."""

import hashlib
import itertools
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

from cri_data import settings
from cri_data.reading.block_titles import with_block_titles
from cri_data.reading.dialect import line_end_of, syntax_of
from cri_data.reading.encoding import empty_file, encoding_of, text_of
from cri_data.reading.fast_path import fast_table
from cri_data.reading.file_read import file_of
from cri_data.reading.layout import layout_of, usual_width
from cri_data.reading.model import (
    Dialect,
    FileRead,
    ReadOptions,
    UnreadableFile,
    within_memory,
)
from cri_data.reading.read_workbook import read_workbook
from cri_data.reading.records import records
from cri_data.reading.sheet_choice import (
    HEAD,
    Known,
    head_of,
    nothing_known,
    other_sheets,
    sheet_to_read,
)
from cri_data.reading.table import table_of
from cri_data.reading.workbook import (
    is_workbook,
    refuse_other_kind,
    refuse_protected,
    workbook,
)

# The beginning of a file, used to detect its dialect and headings.
_SAMPLE = 200_000

_NO_OPTIONS = ReadOptions()

# One thread that stays: where memory ends as a thread starts, Python waits for it forever.
_HASHING = ThreadPoolExecutor(1, "sha256")


def read_file(
    name: str,
    content: bytes,
    options: ReadOptions | None = None,
    known: Known = nothing_known,
    sha256: str | None = None,
) -> FileRead:
    """Read a file of rows under headings: delimited text, or a workbook.

    Encoding, dialect, and headings are detected unless `options` has them. The sheet of a
    workbook is chosen by how many of its headings are `known`. Rows below the same headings
    further down, and on other visible sheets, belong to the table, unless `options` has
    the sheet. Blank rows are skipped but counted. Raises UnreadableFile for an empty file,
    for headings alone, for a file over the limit, and for any other content.
    """
    file = read_any(name, content, options, known, sha256, joins=True)
    if not file.row_count:
        raise _no_rows_error(name, file.dialect)
    return file


def _no_rows_error(name: str, dialect: Dialect) -> UnreadableFile:
    if len(dialect.sheets) < 2:
        return UnreadableFile(
            f"{name} has headings but no rows below them. Nothing was loaded."
        )
    others = other_sheets(dialect.sheet, dialect.sheets)
    return UnreadableFile(
        f"The sheet '{dialect.sheet}' of {name} has no rows below its headings. Choose "
        f"another sheet: {others}. Nothing was loaded.",
        dialect.sheets,
    )


def read_any(
    name: str,
    content: bytes,
    options: ReadOptions | None = None,
    known: Known = nothing_known,
    sha256: str | None = None,
    joins: bool = False,
) -> FileRead:
    """Read a file like read_file(), but allow headings without rows.

    `sha256` is the hash of `content`, if it is already known. Unless it `joins`, only the
    first of several tables is read.
    """
    options = options or _NO_OPTIONS
    _refuse_large(name, content)
    refuse_other_kind(name, content)
    refuse_protected(name, content)
    read = partial(read_workbook, known) if is_workbook(content) else _read_text
    # In parallel with the reading, which mostly uses one core.
    with within_memory(name):
        hashed = _HASHING.submit(lambda: sha256 or sha256_of(content))
        file = read(name, content, options, joins)
        file = with_block_titles(file) if joins else file
        return replace(file, sha256=hashed.result())


def sha256_of(content: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    try:
        return hashlib.sha256(content).hexdigest()
    except ValueError as error:
        # OpenSSL has no memory, and says so without a reason.
        raise MemoryError from error


def read_headings(
    name: str, content: bytes, options: ReadOptions | None = None
) -> tuple[str, ...]:
    """The headings only. Raises UnreadableFile like read_file()."""
    options = options or _NO_OPTIONS
    refuse_other_kind(name, content)
    refuse_protected(name, content)
    with within_memory(name):
        return _headings(name, content, options)


def _headings(name: str, content: bytes, options: ReadOptions) -> tuple[str, ...]:
    if is_workbook(content):
        with workbook(name, content) as book:
            head = head_of(book, sheet_to_read(book, options, nothing_known))
        return layout_of(head, options).headings
    encoding = encoding_of(name, content, options.encoding)
    # Enough bytes for the beginning of the text in any encoding.
    start = text_of_start(content, encoding)
    sample = _sample_of(start)
    if not sample.strip():
        sample = _sample_of(text_of(content, encoding))
    if not sample.strip():
        raise empty_file(name)
    return _Beginning(sample, options).layout.headings


def text_of_start(content: bytes, encoding: str) -> str:
    """The beginning of the text, without a character that is cut off at the end."""
    text = content[: _SAMPLE * 4].decode(encoding, "ignore")
    return text.removeprefix("\ufeff").removeprefix("\xef\xbb\xbf")


class _Beginning:
    """The dialect and layout of a text, from its first rows."""

    def __init__(self, sample: str, options: ReadOptions) -> None:
        self.syntax = syntax_of(sample, options)
        self.line_end = line_end_of(sample)
        head = list(itertools.islice(records(sample, self.syntax), HEAD))
        width = usual_width(head)
        self.head = list(itertools.islice(records(sample, self.syntax, width), HEAD))
        self.layout = layout_of(self.head, options)

    @property
    def lines_before_data(self) -> int:
        """The number of text lines of the rows above the data."""
        return sum(r.lines for r in self.head if r.row < self.layout.first_row)


def _read_text(name: str, content: bytes, options: ReadOptions, joins: bool) -> FileRead:
    encoding = encoding_of(name, content, options.encoding)
    sample = _sample_of(text_of_start(content, encoding))
    if not sample.strip():
        sample = _sample_of(text_of(content, encoding))
    if not sample.strip():
        raise empty_file(name)
    beginning = _Beginning(sample, options)
    data = _utf_8(content, encoding)
    start = _offset(data, beginning.lines_before_data)
    syntax, layout = beginning.syntax, beginning.layout
    table = fast_table(data, start, syntax, layout, options)
    if not table:
        text = data.decode("utf-8", "surrogatepass")
        del data
        table = table_of(records(text, syntax, layout.width), layout, options, joins)
    dialect = Dialect(
        encoding,
        syntax.separator,
        syntax.quote,
        syntax.escape,
        beginning.line_end,
        layout.preamble_rows,
        layout.header_rows,
        table.footer_rows,
    )
    return file_of(name, dialect, layout, table, beginning.head)


def _refuse_large(name: str, content: bytes) -> None:
    limit = settings.MAX_UPLOAD_MB.whole_number()
    if len(content) > limit * 1_000_000:
        raise UnreadableFile(
            f"{name} is larger than {limit} MB. Split it into several files, or "
            f"raise {settings.MAX_UPLOAD_MB.name}."
        )


def _sample_of(text: str) -> str:
    """The beginning of a text in whole lines, including blank lines at the top."""
    blank = len(text) - len(text.lstrip())
    if len(text) <= blank + _SAMPLE:
        return text
    sample = text[: blank + _SAMPLE]
    end = max(sample.rfind("\n"), sample.rfind("\r"))
    return sample[: end + 1] if end > 0 else sample


def _utf_8(content: bytes, encoding: str) -> bytes:
    if encoding in ("utf-8", "ascii"):
        return content
    if encoding == "utf-8-sig":
        return content[3:]
    return text_of(content, encoding).encode("utf-8", "surrogatepass")


def _offset(data: bytes, lines: int) -> int:
    """The byte where the line after this many lines begins, if lines end with LF."""
    place = 0
    for _ in range(lines):
        place = data.find(b"\n", place) + 1
        if not place:
            return len(data)
    return place
