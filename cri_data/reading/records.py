"""Split text into records with row numbers, cells, and faults."""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator

from cri_data.model.problem_rules import Rule
from cri_data.reading.masking import CsvSyntax, Masking
from cri_data.reading.model import Record, UnreadableFile
from cri_data.reading.quote_repair import Effort, RepairedLine, repaired_line

# Before a file with unclosed quotes is refused, lines are read again this many times as
# often as the file has lines, or this many lines.
_MOST_REREAD = 20
_REREAD_ANYWAY = 2_000_000

# Separators that a single row may have, while all others have another one.
_ELSEWHERE = (",", ";", "\t", "|", " ")

# A cell can be as long as the largest file, so csv's own limit is raised.
csv.field_size_limit(2**31 - 1)


def records(
    text: str, syntax: CsvSyntax, width: int | None = None, effort: Effort | None = None
) -> Iterator[Record]:
    """All records from row 1, including blank ones.

    `width` is the number of cells of a sound row, used to choose among ways to read a
    faulty row. An unclosed quote never includes the following rows. `effort` is the limit
    for all faulty rows together, by default for a text of this length.
    """
    masking = Masking(text, syntax)
    yield from _Reader(masking, width, effort or Effort(len(text))).records()


class _Reader:
    """Reads one masked text from its first line to its last."""

    def __init__(self, masking: Masking, width: int | None, effort: Effort) -> None:
        self._masking = masking
        self._width = width
        self._effort = effort
        self._lines = Lines(masking.text)
        self._line_count = 0
        self._reread = 0

    def records(self) -> Iterator[Record]:
        reader = self._strict_reader()
        row = 0
        while True:
            row += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                cells = None
                reader = self._strict_reader()
            count = len(self._lines.taken)
            if cells is not None and (self._fits(cells) or not cells):
                self._lines.keep(count)
                record = Record(row, cells, count)
            else:
                record = self._carefully(row, cells, count)
            self._line_count += record.lines
            if self._masking.is_masked:
                record = record._replace(cells=self._masking.shown(record.cells))
            yield record

    def _strict_reader(self) -> Iterator[list[str]]:
        """Regular records. Raises an error for a misplaced quote."""
        quote = self._masking.quote
        return csv.reader(
            self._lines,
            delimiter=self._masking.separator,
            quotechar=quote or None,
            quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
            strict=True,
        )

    def _carefully(self, row: int, cells: list[str] | None, count: int) -> Record:
        """A record of another width, or one that is not regular."""
        line = self._lines.taken[0]
        if cells is None or not self._is_sound(line, count):
            return self._mended(row, line, cells, count)
        self._lines.keep(count)
        return self._split_elsewhere(Record(row, cells, count), line)

    def _mended(self, row: int, line: str, cells: list[str] | None, count: int) -> Record:
        self._refuse_endless(row, count)
        bare = line.rstrip("\r\n")
        found = self._split(bare, self._masking.separator, self._width)
        if cells is not None and not self._fits(found.cells):
            # No other way to read it is better, so it stays as written.
            self._lines.keep(count)
            return Record(row, cells, count)
        self._lines.keep(1)
        slip = Rule.QUOTE_NOT_CLOSED if found.is_open else None
        slip = slip if found.is_clear else Rule.QUOTES_NOT_CLEAR
        record = Record(row, found.cells, 1, slip, self._masking.shown([bare])[0])
        return record if self._fits(found.cells) else self._split_elsewhere(record, line)

    def _split(self, line: str, separator: str, width: int | None) -> RepairedLine:
        return repaired_line(line, separator, self._masking.quote, width, self._effort)

    def _is_sound(self, line: str, count: int) -> bool:
        """Whether a row has another width for other reasons than its quotes.

        After a separator and a space, a quote does not open a cell.
        """
        blank_before = f"{self._masking.separator} {self._masking.quote}"
        return count == 1 and blank_before not in line

    def _fits(self, cells: list[str]) -> bool:
        return self._width is None or len(cells) == self._width

    def _refuse_endless(self, row: int, count: int) -> None:
        self._reread += count - 1
        if self._reread > max(_REREAD_ANYWAY, _MOST_REREAD * self._line_count):
            raise UnreadableFile(
                f"Too many quotation marks are not closed, up to row {row}. "
                "Save the table as CSV UTF-8 again and load that."
            )

    def _split_elsewhere(self, record: Record, line: str) -> Record:
        """A row whose only fault is that it has another separator than all others."""
        width = self._width
        if width is None or width < 3 or record.lines > 1 or not line.strip():
            return record
        bare = line.rstrip("\r\n")
        quote = self._masking.quote
        unquoted = re.sub(f"{quote}[^{quote}]*{quote}", "", bare) if quote else bare
        if self._masking.separator in unquoted:
            return record
        for separator in _ELSEWHERE:
            # Prose can have as many words as a narrow table has columns.
            if separator == " " and width < 5:
                continue
            if unquoted.count(separator) == width - 1:
                cells = bare.split(separator)
                if quote and quote in bare:
                    cells = self._split(bare, separator, None).cells
                if len(cells) == width:
                    return record._replace(
                        cells=cells, slip=Rule.OTHER_SEPARATOR, line=bare
                    )
        return record


def widths(found: Iterable[Record]) -> list[int]:
    """The number of cells of each record that is not blank."""
    return [
        len(record.cells)
        for record in found
        if len(record.cells) > 1 or (record.cells and record.cells[0].strip())
    ]


class Lines:
    """Lines with their ends, which can be returned to be read again."""

    def __init__(self, text: str) -> None:
        self._rest: Iterator[str] = _lines_of(text)
        self._ahead: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        line = self._ahead.popleft() if self._ahead else next(self._rest)
        self.taken.append(line)
        return line

    def keep(self, count: int) -> None:
        """Keep the first `count` lines as read, and return the others."""
        if count < len(self.taken):
            self._ahead.extendleft(reversed(self.taken[count:]))
        self.taken.clear()


def _lines_of(text: str) -> Iterator[str]:
    start = 0
    for end in re.finditer(r"\r\n?|\n", text):
        yield text[start : end.end()]
        start = end.end()
    if start < len(text):
        yield text[start:]
