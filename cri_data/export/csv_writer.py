"""CSV text that can be read back cell by cell."""

import csv
import io
from collections.abc import Callable, Iterable


def row_writer(file: io.TextIOBase) -> Callable[[Iterable[str]], None]:
    """A function that writes one row to the file: comma, LF, quotes where needed."""
    as_needed = csv.writer(file, lineterminator="\n")
    everywhere = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)

    def write(cells: Iterable[str]) -> None:
        row = list(cells)
        # A single carriage return also ends a row, but csv does not quote it.
        holds_return = any("\r" in cell for cell in row)
        (everywhere if holds_return else as_needed).writerow(row)

    return write
