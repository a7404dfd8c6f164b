"""Whatever a table holds and however it is written, it is read back cell by cell."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cri_data.reading import ReadOptions, read_any
from tests.fuzz.run import check, fuzz

UNTOLD_SEPARATORS = (",", ";", "\t", "|", "::", "||", ", ", "~", "^")
TOLD_SEPARATORS = (*UNTOLD_SEPARATORS, " ", ":", "~|", "<>", "#")
WIDE = ("utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
UNTOLD_ENCODINGS = ("utf-8", "utf-8-sig", *WIDE)
NARROW = ("windows-1252", "latin-1", "mac-roman")
TOLD_ENCODINGS = (*UNTOLD_ENCODINGS, *NARROW)

# Every character of NARROW's encodings, so that any encoding can write them.
SHARED = "".join(
    sign
    for sign in map(chr, range(32, 256))
    if all(sign.encode(name, "ignore").decode(name) == sign for name in NARROW)
)
SIGNS = "\"'\\,;|\t:~^# \n"


@dataclass(frozen=True)
class Written:
    """A table, how it is written, and its bytes."""

    table: list[list[str]]
    separator: str
    quote: str
    escape: str
    end: str
    encoding: str
    ends_with_line: bool

    @property
    def content(self) -> bytes:
        lines = [self.separator.join(map(self._cell, row)) for row in self.table]
        text = self.end.join(lines) + (self.end if self.ends_with_line else "")
        return text.encode(self.encoding)

    def _cell(self, cell: str) -> str:
        if self.escape == "\\":
            cell = cell.replace("\\", "\\\\")
        return (
            f"{self.quote}{cell.replace(self.quote, self.escape + self.quote)}{self.quote}"
        )


def tables(cells: st.SearchStrategy[str]) -> st.SearchStrategy[list[list[str]]]:
    return st.integers(2, 5).flatmap(
        lambda width: st.lists(
            st.lists(cells, min_size=width, max_size=width), min_size=2, max_size=12
        )
    )


@st.composite
def told_files(draw: Callable) -> Written:
    """Any table of any text, in any dialect: what is told is not to be found out."""
    quote = draw(st.sampled_from("\"'"))
    table = draw(tables(st.text(st.sampled_from(SHARED + SIGNS), max_size=12)))
    return Written(
        # A row must not be blank: those are passed over.
        [["x" + row[0], *row[1:]] for row in table],
        draw(st.sampled_from(TOLD_SEPARATORS)),
        quote,
        draw(st.sampled_from([quote, "\\"])),
        draw(st.sampled_from(["\n", "\r\n", "\r"])),
        draw(st.sampled_from(TOLD_ENCODINGS)),
        draw(st.booleans()),
    )


def told_of(file: Written) -> ReadOptions:
    return ReadOptions(
        encoding=file.encoding,
        separator=file.separator,
        quote=file.quote,
        escape=file.escape,
        header_rows=1,
        preamble_rows=0,
        footer_rows=0,
    )


@pytest.mark.long
@settings(max_examples=300, deadline=None, derandomize=True)
@given(told_files())
def test_any_table_is_read_back_where_its_dialect_is_told(file: Written):
    read = read_any("x.csv", file.content, told_of(file))
    check(read)
    assert list(read.header) == file.table[0]
    assert [list(cells) for _, cells in read.records()] == file.table[1:]
    assert read.faults == ()


WORDS = st.text(st.sampled_from("abcdefgh éñ'&-."), min_size=1, max_size=12)
HEADING = st.text(st.sampled_from("abcdefgh_"), min_size=2, max_size=9)
COLUMNS = (
    st.integers(0, 10**6).map(str),
    st.dates().map(lambda day: day.isoformat()),
    st.integers(1, 999).map(lambda number: f"R-{number:04}"),
    WORDS,
    st.lists(WORDS, min_size=1, max_size=3).map(", ".join),
    st.lists(WORDS, min_size=1, max_size=3).map("; ".join),
    WORDS.map(lambda text: f'{text} "{text}"'),
    WORDS.map(lambda text: f"{text}\n{text}"),
)


@st.composite
def found_files(draw: Callable) -> Written:
    """A table as people have them: a key, then columns each of one kind."""
    kinds = draw(st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=5))
    count = draw(st.integers(3, 15))
    headings = draw(
        st.lists(HEADING, min_size=len(kinds), max_size=len(kinds), unique=True)
    )
    rows = [[f"K-{number:03}", *(draw(kind) for kind in kinds)] for number in range(count)]
    quote = draw(st.sampled_from('"""\''))
    return Written(
        [["key of row", *headings], *rows],
        draw(st.sampled_from(UNTOLD_SEPARATORS)),
        quote,
        quote,
        draw(st.sampled_from(["\n", "\r\n", "\r"])),
        draw(st.sampled_from(UNTOLD_ENCODINGS)),
        draw(st.booleans()),
    )


@pytest.mark.long
@settings(max_examples=300, deadline=None, derandomize=True)
@given(found_files())
@example(Written([["a b", "c"], ["K-1", "1"]], ",", '"', '"', "\r", "utf-16-le", False))
def test_a_usual_table_is_read_back_though_nothing_is_told(file: Written):
    read = read_any("x.csv", file.content)
    check(read)
    assert [list(cells) for _, cells in read.records()] == file.table[1:]
    assert list(read.header) == file.table[0]
    assert read.faults == ()
    assert (read.separator, read.dialect.quote) == (file.separator, file.quote)


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2])
def test_mutated_files_are_read_or_refused(seed: int):
    found = fuzz(600, seed)
    assert found["read"] + found["refused"] == 600
    assert found["read"] > found["refused"] > 10
