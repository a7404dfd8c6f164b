"""Formats of numbers and dates on screen, and safe text from the data."""

import html
import re
import unicodedata
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

from cri_data.local_time import local_time
from cri_data.model.counted import count_of as count_of

# Shown for an unknown value.
UNKNOWN = "–"

# What Markdown and Streamlit's own directives are made of, where it can mean
# anything: labels are read out as they are written, so no more than that.
_MARKUP = re.compile(
    r"([\\`*\[\]<>~$&|^{}]"
    r"|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])"
    r"|^[#+=-])"
)

# Takes away the meaning of what it is put into, and is not seen.
INVISIBLE = "\N{ZERO WIDTH SPACE}"

# What becomes a link, an icon or an arrow by itself, escaped or not: it is looked
# for in the text that comes out.
_BY_ITSELF = re.compile(
    r"(www(?=\.)|:(?=[\w/+-])|@|(?<!\S)[-<>~](?=(?:->|[->=])(?!\S)))", re.IGNORECASE
)

# What a list begins with.
_NUMBERED = re.compile(r"^(\d{1,9})([.)])")

# Characters that turn around what follows them, of another name or sentence too.
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])

# Longest name in a figure; the table beside it has the full name.
_LONGEST_LABEL = 40

LONGEST_NAME = 120


def plain_line(text: object) -> str:
    """Text from the data on one line, without what turns around what follows it."""
    return " ".join(str(text).translate(_TURNING).split())


def plain_markdown(text: object) -> str:
    """Text from the data, escaped so that Markdown shows it literally."""
    line = plain_line(text)
    line = _MARKUP.sub(r"\\\1", _BY_ITSELF.sub(rf"\1{INVISIBLE}", line))
    return _NUMBERED.sub(r"\1\\\2", line)


def plain_html(text: object) -> str:
    """Text from the data, escaped for a Plotly label and shortened."""
    line = plain_line(text)
    if len(line) > _LONGEST_LABEL:
        line = line[: _LONGEST_LABEL - 1] + "…"
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain_file_name(name: str) -> str:
    """The name of a file without path characters or invisible characters.

    Keeps the last hundred letters, digits, spaces, and .-_().
    """
    plain = re.sub(r"[^\w .()-]", "_", str(name))[-100:]
    return plain.lstrip(". ") or "file"


def rounded(number: float | Decimal, digits: int = 0) -> Decimal:
    """A number with so many decimals. Halves go away from zero: 28.5 is 29.

    Python's own formats would make 28 of 28.5, and 94 of both 93.5 and 94.5.
    """
    return Decimal(str(number)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def whole(number: float | None) -> str:
    """1234 as 1,234. A dash if unknown."""
    return UNKNOWN if number is None or pd.isna(number) else f"{rounded(number):,}"


def share(number: float | None, digits: int = 0) -> str:
    """0.413 as 41%. A dash if unknown."""
    if number is None or pd.isna(number):
        return UNKNOWN
    return f"{rounded(Decimal(str(number)) * 100, digits)}%"


def day(value: Any) -> str:
    """A date as Sep 30, 2026. A dash if unknown."""
    if value is None or pd.isna(value):
        return UNKNOWN
    as_date = value if isinstance(value, date) else pd.Timestamp(value)
    return f"{as_date:%b} {as_date.day}, {as_date.year}"


def moment(at: datetime | None) -> str:
    """A time as Sep 30, 2026, 2:05 PM EDT, in the office's zone. A dash if unknown."""
    return UNKNOWN if at is None or pd.isna(at) else local_time(at)


def escaped(value: Any) -> str:
    """Text from the data on one line, of limited length, escaped for HTML."""
    return html.escape(plain(value))


def plain(value: Any) -> str:
    """One line without control characters, of limited length. Empty if null."""
    if pd.isna(value):
        return ""
    text = str(value)
    if not text.isprintable():
        text = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in text)
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1] + "…"
