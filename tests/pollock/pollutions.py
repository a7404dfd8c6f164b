"""Every pollution: the polluted file, and the table that a reader should find."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tests.pollock.source import ROWS, Cell, Row, source

Table = list[list[str]]

# How often the paper's authors met each pollution in 3,712 files of open data.
# That of a class is shared among its files.
WEIGHTS = {
    "source": 1,
    "no payload": 15,
    "no trailing newline": 184,
    "double trailing newline": 5,
    "no header": 470,
    "header of several rows": 94,
    "preamble": 282,
    "several tables": 188,
    "header only": 3,
    "one data row": 4,
    "line end LF": 1691,
    "line end CR": 7,
    "tab": 4,
    "semicolon": 834,
    "space": 4,
    "comma and space": 101,
    "apostrophe as quote": 11,
    "backslash as escape": 1,
    "no escape": 7,
    "too few separators": 338,
    "too many separators": 338,
    "extra quote": 7,
    "row with other separator": 7,
    # Met in the wild, though not among the benchmark's files.
    "footer": 10,
    "other encodings": 10,
    "other separators": 10,
    "blank lines": 10,
}


@dataclass(frozen=True)
class Polluted:
    """A file of a class of pollutions, and what it says."""

    name: str
    kind: str
    content: bytes
    clean: Table


@dataclass(frozen=True)
class Style:
    """How a file is written."""

    separator: str = ","
    quote: str = '"'
    escape: str = '"'
    end: str = "\r\n"


PLAIN = Style()


def polluted_files() -> Iterator[Polluted]:
    """The whole set: one file for each class of the whole file, row and cell."""
    yield from _whole_files()
    yield from _wild_files()
    for row in range(ROWS + 1):
        yield from _row_files(row)


def written(rows: Iterable[Row], style: Style = PLAIN) -> str:
    """The rows as text."""
    return "".join(_line(row, style) + style.end for row in rows)


def _line(row: Row, style: Style) -> str:
    return style.separator.join(_cell(cell, style) for cell in row)


def _cell(cell: Cell, style: Style) -> str:
    text = cell.text.replace('"', f'{style.escape}"')
    return f"{style.quote}{text}{style.quote}" if cell.quoted else text


def texts(rows: Iterable[Row]) -> Table:
    """The cells alone."""
    return [[cell.text for cell in row] for row in rows]


def _whole_files() -> Iterator[Polluted]:
    rows = source()
    head, data = rows[0], rows[1:]
    clean = texts(rows)
    text = written(rows)
    given = (
        ("source.csv", "source", text, clean),
        ("file_no_payload.csv", "no payload", "", []),
        ("file_no_trailing_newline.csv", "no trailing newline", text[:-2], clean),
        (
            "file_double_trailing_newline.csv",
            "double trailing newline",
            f"{text}\r\n",
            clean,
        ),
        ("file_no_header.csv", "no header", written(data), clean[1:]),
        *_headers(head, data),
        *_tables(rows, clean),
        ("file_header_only.csv", "header only", written([head]), clean[:1]),
        ("file_one_data_row.csv", "one data row", written(rows[:2]), clean[:2]),
        *_styles(rows, clean),
    )
    for name, kind, content, expected in given:
        yield Polluted(name, kind, content.encode(), expected)


def _headers(head: Row, data: list[Row]) -> Iterator[tuple[str, str, str, Table]]:
    for count in (2, 3):
        joined = [" ".join([cell.text] * count) for cell in head]
        yield (
            f"file_header_multirow_{count}.csv",
            "header of several rows",
            written([head] * count + data),
            [joined, *texts(data)],
        )
    above = [[Cell(""), *[Cell("")] * (len(head) - 1)]]
    title = [Cell("PREAMBLE"), *[Cell("")] * (len(head) - 1)]
    yield (
        "file_preamble.csv",
        "preamble",
        written([title, *above, head, *data]),
        texts([head, *data]),
    )


def _tables(rows: list[Row], clean: Table) -> Iterator[tuple[str, str, str, Table]]:
    width = len(rows[0])
    bare = [
        [replace(cell, quoted="," in cell.text or '"' in cell.text) for cell in row]
        for row in rows
    ]
    second = {
        "less": [row[: width - 1] for row in bare],
        "same": bare,
        "more": [
            [*row, Cell("col1" if place == 0 else "")] for place, row in enumerate(bare)
        ],
    }
    for name, other in second.items():
        content = written([*rows, *other[:ROWS]])
        yield f"file_multitable_{name}.csv", "several tables", content, clean


def _styles(rows: list[Row], clean: Table) -> Iterator[tuple[str, str, str, Table]]:
    for name, kind, style in (
        ("file_record_delimiter_0xA", "line end LF", Style(end="\n")),
        ("file_record_delimiter_0xD", "line end CR", Style(end="\r")),
        ("file_field_delimiter_0x3B", "semicolon", Style(separator=";")),
        ("file_field_delimiter_0x9", "tab", Style(separator="\t")),
        ("file_field_delimiter_0x2C_0x20", "comma and space", Style(separator=", ")),
        ("file_field_delimiter_0x20", "space", Style(separator=" ")),
        ("file_quotation_char_0x27", "apostrophe as quote", Style(quote="'")),
        ("file_escape_char_0x5C", "backslash as escape", Style(escape="\\")),
        ("file_escape_char_0x00", "no escape", Style(escape="")),
    ):
        yield f"{name}.csv", kind, written(rows, style), clean


def _wild_files() -> Iterator[Polluted]:
    rows = source()
    clean, text = texts(rows), written(rows)
    blanks = [Cell("")] * (len(rows[0]) - 1)
    for name, below in (
        ("delimited", [[Cell("FOOTNOTE"), *blanks]]),
        ("not_delimited", [[Cell("FOOTNOTE")]]),
        ("empty_row", [[Cell("")], [Cell("Prepared by the records unit")]]),
        ("total", [[Cell("Total"), Cell(""), Cell("812"), *blanks[2:]]]),
    ):
        content = text + written(below)
        yield Polluted(f"file_footnote_{name}.csv", "footer", content.encode(), clean)
    for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"):
        marked = [[replace(c, text=c.text.replace("e", "é")) for c in r] for r in rows]
        content = written(marked).encode(encoding)
        name = f"file_encoding_{encoding}.csv"
        yield Polluted(name, "other encodings", content, texts(marked))
    for separator in ("|", "||", "::", ";;", "; ", "~", "^"):
        content = written(rows, Style(separator=separator)).encode()
        name = f"file_field_delimiter_{'_'.join(f'{ord(c):#x}' for c in separator)}.csv"
        yield Polluted(name, "other separators", content, clean)
    spread = "\r\n".join(text.split("\r\n")[:40]) + "\r\n\r\n\r\n"
    spread += "\r\n".join(text.split("\r\n")[40:])
    yield Polluted("file_blank_lines.csv", "blank lines", spread.encode(), clean)


def _row_files(row: int) -> Iterator[Polluted]:
    rows = source()
    clean = texts(rows)
    before, behind = written(rows[:row]), written(rows[row + 1 :])
    cells = [_cell(cell, PLAIN) for cell in rows[row]]

    def file(name: str, kind: str, line: str, expected: Table) -> Polluted:
        return Polluted(name, kind, f"{before}{line}\r\n{behind}".encode(), expected)

    for col in range(len(cells)):
        more = ",".join([*cells[:col], "", *cells[col:]])
        name = f"row_more_sep_row{row}_col{col}.csv"
        yield file(name, "too many separators", more, clean)
        if col:
            less = ",".join(
                [*cells[: col - 1], cells[col - 1] + cells[col], *cells[col + 1 :]]
            )
            name = f"row_less_sep_row{row}_col{col}.csv"
            yield file(name, "too few separators", less, clean)
        cell = rows[row][col]
        inner = cell.text.replace('"', '""')
        slip = f'""{inner}"' if cell.quoted else f'"{inner}'
        line = ",".join([*cells[:col], slip, *cells[col + 1 :]])
        expected = [list(other) for other in clean]
        expected[row][col] = f'"{cell.text}'
        name = f"row_extra_quote{row}_col{col}.csv"
        yield file(name, "extra quote", line, expected)
    name = f"row_field_delimiter_{row}_0x20.csv"
    yield file(name, "row with other separator", " ".join(cells), clean)
