"""Files that were tables, changed at random."""

import csv
import io
import random
from collections.abc import Callable
from datetime import date

import openpyxl

from tests.pollock.pollutions import polluted_files

_BITES = (
    *(b'"', b"'", b"\\", b",", b";", b"\t", b"|", b"::", b"\n", b"\r", b"\r\n", b"\x00"),
    *(b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xc3", b"\xed\xa0\x80", b" ", b'""', b'","'),
    *(
        b"Total,1",
        b"\n\n\n",
        b"a,b\n",
        b"=1+1",
        b"\x1a",
        b"PK\x03\x04",
        b"\xf0\x9f\x9a\x93",
    ),
)


def seeds() -> list[bytes]:
    """Files to begin with: short tables in many dialects, and workbooks."""
    table = [["agency_id", "agency_name", "state", "sworn_officers"]]
    table += [[f"Z{n}", f'The "{n}" PD, City;\n{n}', "TX", str(n)] for n in range(12)]
    files = []
    for separator in ",;\t|":
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL):
            for end in ("\n", "\r\n", "\r"):
                text = io.StringIO(newline="")
                style = {"delimiter": separator, "quoting": quoting}
                csv.writer(text, lineterminator=end, **style).writerows(table)
                files.append(text.getvalue().encode())
    files += [files[0].decode().encode(c) for c in ("utf-16", "utf-16-be", "utf-32")]
    files += [of.content[:1_500] for of in polluted_files() if of.name.startswith("file_")]
    return [*files, _workbook(table)]


def _workbook(table: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    for row in table:
        book.active.append([*row, date(2024, 1, 31), 2.5])
    book.create_sheet("Notes").append(["Nothing here"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def mutated(content: bytes, chance: random.Random) -> bytes:
    """The file after one to six changes."""
    data = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        chance.choice(_CHANGES)(data, chance)
    return bytes(data)


def _place(data: bytearray, chance: random.Random) -> int:
    return chance.randint(0, len(data))


def _insert(data: bytearray, chance: random.Random) -> None:
    place = _place(data, chance)
    data[place:place] = chance.choice(_BITES) * chance.choice((1, 1, 1, 2, 9))


def _flip(data: bytearray, chance: random.Random) -> None:
    if data:
        data[_place(data, chance) - 1] = chance.randrange(256)


def _delete(data: bytearray, chance: random.Random) -> None:
    place = _place(data, chance)
    del data[place : place + chance.choice((1, 1, 3, 30))]


def _repeat(data: bytearray, chance: random.Random) -> None:
    place = _place(data, chance)
    data[place:place] = data[place : place + chance.choice((1, 10, 100))]


def _cut(data: bytearray, chance: random.Random) -> None:
    del data[_place(data, chance) :]


def _swap(data: bytearray, chance: random.Random) -> None:
    one, other = (bytes(chance.choice(_BITES)) for _ in range(2))
    data[:] = data.replace(one, other, chance.choice((1, 3, -1)))


_CHANGES: tuple[Callable[[bytearray, random.Random], None], ...] = (
    *(_insert, _insert, _insert, _flip, _flip, _delete, _repeat, _swap, _cut),
)
