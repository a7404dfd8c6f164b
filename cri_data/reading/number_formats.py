"""What a number format shows besides the number: currency, units, and letters of an ID."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import isfinite

# The parts of a format: literal text, what takes only room or color, digits, and others.
_PARTS = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]'
    r"|(?P<condition>\[[<>=][^\]]*\])|[_*].|\[[^\]]*\]"
    r"|(?P<digits>General|[0#?][0#?,.]*(?:E[+-][0#?]+)?|\.[0#?]+)|(?P<end>;)|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_LITERALS = ("quoted", "escaped", "currency", "other")


@dataclass(frozen=True)
class NumberFormat:
    """A format that shows more than the number: text around or within it, or zeros before.

    `before` and `behind` are the texts around the digits, `groups` the digits with the
    text between them, and `instead` what is shown in place of a number above, below, or
    equal to zero, "" where the number is.
    """

    before: str = ""
    behind: str = ""
    groups: tuple[str, ...] = ("0",)
    is_percent: bool = False
    instead: tuple[str, str, str] = ("", "", "")

    def shown(self, value: object) -> object:
        """A number as text, with all its digits. Anything else is returned as it is."""
        if not isinstance(value, (int, float)) or not isfinite(value):
            return value
        instead = self.instead[0 if value > 0 else 1 if value < 0 else 2]
        if instead:
            return instead
        if self.is_percent:
            # A sheet stores 15 digits. More come from the binary format.
            return f"{value * 100:.15g}%"
        text = f"{self.before}{self._digits(abs(value))}{self.behind}"
        return f"-{text}" if value < 0 else text

    def _digits(self, value: float) -> str:
        if value != int(value):
            return f"{value:.15g}"
        # The last digits belong to the last group, and the first group has the others.
        digits = str(int(value))
        if any("." in group for group in self.groups[::2]):
            return digits.zfill(_zeros(self.groups[0]))
        parts: list[str] = []
        for place in range(len(self.groups) - 1, -1, -1):
            group = self.groups[place]
            if place % 2:
                parts.append(group)
                continue
            size = len(digits) if place == 0 else len(re.sub("[^0#?]", "", group))
            digits, of_group = digits[: len(digits) - size], digits[len(digits) - size :]
            parts.append(of_group.zfill(_zeros(group)))
        return "".join(reversed(parts))


def number_format(code: str) -> NumberFormat | None:
    """The format of this code. None if it shows no more than the number."""
    sections = list(_sections(code))
    first, kinds = sections[0], {kind for section in sections for kind, _ in section}
    # A fraction, the format of text, and one that depends on the number's size.
    others = {text for kind, text in first if kind == "other"}
    if "condition" in kinds or others & {"/", "@"}:
        return None
    places = [place for place, (kind, _) in enumerate(first) if kind == "digits"]
    start, end = (places[0], places[-1]) if places else (0, -1)
    groups = _groups(first[start : end + 1]) if places else ("0",)
    # Behind a comma at the end is the scale: 1.5 M of 1,500,000.
    is_scaled = groups[-1].endswith(",")
    found = NumberFormat(
        _text(first[:start]) if places else "",
        _text(first[end + 1 :]) if places and not is_scaled else "",
        groups,
        "%" in others,
        _instead(sections),
    )
    around = f"{found.before}{found.behind}{''.join(groups[1::2])}".strip()
    shows_more = around or found.is_percent or any(found.instead)
    return found if shows_more or _zeros(groups[0]) > 1 else None


def _sections(code: str) -> Iterator[list[tuple[str, str]]]:
    """The sections of a format, for numbers above, below, and equal to 0, and for text.

    Each is a list of its parts: the kind and the text.
    """
    section: list[tuple[str, str]] = []
    for found in _PARTS.finditer(code):
        kind = found.lastgroup
        if kind == "end":
            yield section
            section = []
        elif kind:
            section.append((kind, found[kind]))
    yield section


def _text(parts: Sequence[tuple[str, str]]) -> str:
    """The literal text of these parts."""
    return "".join(text for kind, text in parts if kind in _LITERALS)


def _groups(parts: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Digits, the text behind them, digits, and so on."""
    return tuple(
        "".join(text for _, text in group)
        for _, group in groupby(parts, key=lambda part: part[0] == "digits")
    )


def _instead(sections: list[list[tuple[str, str]]]) -> tuple[str, str, str]:
    """Words that the sections for numbers above, below, and equal to 0 show instead."""
    of_signs = (
        sections[0],
        sections[1] if len(sections) > 1 else sections[0],
        sections[2] if len(sections) > 2 else sections[0],
    )
    words = [
        "" if any(kind == "digits" for kind, _ in section) else _text(section)
        for section in of_signs
    ]
    # A dash for zero, or nothing, is no word.
    above, below, equal = (word if any(map(str.isalnum, word)) else "" for word in words)
    return above, below, equal


def _zeros(group: str) -> int:
    """How many digits are shown at least, before the decimal point."""
    return group.partition(".")[0].count("0") if group[:1] in "0#?" else 0
