"""Whether a file is written by the rules alone: by its bytes, before it is read."""

import csv
import io

import numpy as np

from cri_data.upload.reading.layout import Layout
from cri_data.upload.reading.masking import Writing

# Bytes that are looked at at once.
_BLOCK = 4 << 20

_QUOTE = ord('"')


def is_plain(data: bytes, writing: Writing, layout: Layout) -> bool:
    """Whether nothing of it is odd: no lone carriage return, no NUL, no quote astray."""
    separator = writing.separator.encode()
    if layout.width < 2 or len(separator) != 1 or b"\x00" in data:
        return False
    returns = data.count(b"\r")
    if returns and returns != data.count(b"\r\n"):
        return False
    if writing.quote != '"':
        return not writing.quote and not writing.backslash
    if b'"' not in data:
        return not (writing.backslash and b"\\" in data)
    return not writing.backslash and _quotes_are_closed(data, separator)


def _quotes_are_closed(data: bytes, separator: bytes) -> bool:
    """Whether every quote opens a cell, closes one, or is doubled within one."""
    if _quotes_stand_around_cells(data, separator):
        return True
    bare = data.replace(b'""', b"").replace(b"\r\n", b"\n")
    before = (separator + b'"', b'\n"')
    behind = (b'"' + separator, b'"\n')
    opened = sum(map(bare.count, before)) + bare.startswith(b'"')
    closed = sum(map(bare.count, behind)) + bare.endswith(b'"')
    total = bare.count(b'"')
    if opened == closed and opened + closed == total:
        return True
    if total % 2 or opened + closed < total:
        return False
    # Separators at the ends of a cell, as in ",": only reading it tells.
    lines = io.StringIO(data.decode("utf-8", "surrogatepass"), newline="")
    try:
        for _ in csv.reader(lines, delimiter=separator.decode(), strict=True):
            pass
    except csv.Error:
        return False
    return True


def _quotes_stand_around_cells(data: bytes, separator: bytes) -> bool:
    """Whether quotes, by turns, stand before and behind a cell: none is doubled."""
    octets = np.frombuffer(data, np.uint8)
    pieces = range(0, len(octets), _BLOCK)
    quotes = np.concatenate(
        [np.flatnonzero(octets[n : n + _BLOCK] == _QUOTE) + n for n in pieces]
    )
    if len(quotes) % 2:
        return False
    opening, closing = quotes[0::2], quotes[1::2]
    before = octets[opening[opening > 0] - 1]
    behind = octets[closing[closing < len(octets) - 1] + 1]
    return bool(
        np.isin(before, np.frombuffer(separator + b"\n", np.uint8)).all()
        and np.isin(behind, np.frombuffer(separator + b"\r\n", np.uint8)).all()
    )
