"""Detect how the cells of a text are separated, quoted, and escaped."""

import re
from collections import Counter
from dataclasses import dataclass

from cri_data.reading.cell_shapes import WORDS, column_shapes
from cri_data.reading.masking import CsvSyntax
from cri_data.reading.model import ReadOptions, Record
from cri_data.reading.records import records, widths

# The number of checked records, and the initial preference of each separator.
_SAMPLE = 100
_LIKELY = {",": 1.0, ";": 1.0, "\t": 1.0, "|": 0.95, "~": 0.7, "^": 0.7, " ": 0.4}
_LIKELY_PAIR = 0.9
_OTHERS = ",;\t|"


@dataclass(frozen=True)
class _Fit:
    syntax: CsvSyntax
    score: float


def syntax_of(sample: str, options: ReadOptions) -> CsvSyntax:
    """The syntax with which the first records make the best table.

    `sample` is the beginning of the text, in whole lines.
    """
    sample = sample.replace("\r\n", "\n").replace("\r", "\n")
    fits = [
        fit
        for separator in _separators(sample, options)
        for quote in _quotes(sample, separator, options)
        for escape in _escapes(sample, quote, options)
        if (fit := _fit(sample, CsvSyntax(separator, quote, escape)))
    ]
    best = max(fits, key=lambda fit: fit.score, default=None)
    if best:
        return best.syntax
    quote = '"' if options.quote is None else options.quote
    escape = quote if options.escape is None else options.escape
    return CsvSyntax(options.separator or ",", quote, escape)


def line_end_of(sample: str) -> str:
    """The line end: LF, CRLF, CR, mixed, or "" if there is only one line."""
    pairs = sample.count("\r\n")
    names = {
        "CRLF": pairs,
        "LF": sample.count("\n") - pairs,
        "CR": sample.count("\r") - pairs,
    }
    found = [name for name, count in names.items() if count]
    return found[0] if len(found) == 1 else "mixed" if found else ""


def _separators(sample: str, options: ReadOptions) -> list[str]:
    if options.separator:
        return [options.separator]
    bare = re.sub(r'"[^"\r\n]*"', '""', sample)
    found = []
    for sign in _LIKELY:
        count = sample.count(sign)
        if not count:
            continue
        pair = _pair_of(bare, sign)
        found.append(pair or sign)
    # Not sufficient alone, because each time of day has a colon.
    if "::" in bare:
        found.append("::")
    return found


def _pair_of(bare: str, sign: str) -> str | None:
    """The pair in which a character always occurs: doubled, or before a space."""
    runs = re.findall(f"{re.escape(sign)}+", bare)
    if sign != " " and runs and all(len(run) % 2 == 0 for run in runs):
        return sign * 2
    if sign in ",;|":
        count = bare.count(sign)
        before_blank = len(re.findall(rf"{re.escape(sign)} ", bare))
        if count and before_blank >= count * 0.97:
            return f"{sign} "
    return None


def _quotes(sample: str, separator: str, options: ReadOptions) -> list[str]:
    if options.quote is not None:
        return [options.quote]
    double, single = (_pairs(sample, separator, quote) for quote in "\"'")
    return ["'"] if single > max(double, 1) else ['"']


def _pairs(sample: str, separator: str, quote: str) -> int:
    """How many cells seem to be quoted with it. 0 if as many quotes stay open."""
    sign = re.escape(separator)
    sample = sample.replace(quote * 2, "")
    # One space is allowed between a separator and a quote.
    opened = len(re.findall(rf"(?:^|{sign})\s?{quote}(?!\s*$)", sample, re.MULTILINE))
    closed = len(re.findall(rf"{quote}\s?(?:$|{sign})", sample, re.MULTILINE))
    fewer, more = sorted((opened, closed))
    return fewer if fewer * 4 >= more * 3 else 0


def _escapes(sample: str, quote: str, options: ReadOptions) -> list[str]:
    if options.escape is not None:
        return [options.escape]
    if not quote or f"\\{quote}" not in sample:
        return [quote]
    # `8\'9""` has a backslash but doubles its quotes.
    doubled = len(re.findall(rf"(?<!\\){quote}{quote}", sample))
    return [quote, "\\"] if doubled else ["\\", quote]


def _fit(sample: str, syntax: CsvSyntax) -> _Fit | None:
    found = []
    for record in records(sample, syntax):
        found.append(record)
        if len(found) == _SAMPLE * 2:
            break
    counts = Counter(widths(found))
    rows = counts.total()
    if not rows:
        return None
    width, alike = max(counts.items(), key=lambda item: (item[1], item[0]))
    if width == 1:
        width, alike = max(counts.items(), key=lambda item: (item[1] * (item[0] > 1), 0))
    if width == 1:
        return None
    share = alike / rows
    quoted = _share_of_quotes_at_ends(sample, syntax)
    if syntax.separator == " " and not _proves_itself(found, width, share, quoted):
        return None
    clean = _share_without(
        found, [sign for sign in _OTHERS if sign not in syntax.separator]
    )
    likely = _LIKELY.get(syntax.separator, _LIKELY_PAIR)
    wide = 1 - 1 / (width + 1)
    score = share**2 * likely * wide * (0.5 + clean / 2) * (0.2 + quoted * 0.8)
    return _Fit(syntax, score)


def _share_of_quotes_at_ends(sample: str, syntax: CsvSyntax) -> float:
    """The share of quotes at the beginning or end of a cell."""
    quote = syntax.quote
    if not quote or quote not in sample:
        return 1.0
    text = sample.replace(f"\\{quote}", "") if syntax.backslash else sample
    sign = re.escape(syntax.separator)
    text = text.replace(quote * 2, "")
    count = text.count(quote)
    if not count:
        return 1.0
    opened = len(re.findall(rf"(?:^|{sign}){quote}", text, re.MULTILINE))
    closed = len(re.findall(rf"{quote}(?:$|{sign})", text, re.MULTILINE))
    # If another character quotes cells, apostrophes are parts of words.
    return min(1.0, (opened + closed) / count)


def _share_without(found: list[Record], signs: list[str]) -> float:
    """The share of cells without another separator and without an unpaired quote."""
    cells = [cell for record in found for cell in record.cells]
    if not cells:
        return 1.0
    dirty = sum(_is_half(cell) or any(sign in cell for sign in signs) for cell in cells)
    return 1 - dirty / len(cells)


def _is_half(cell: str) -> bool:
    """Whether a quote opens the cell that does not close it, or the other way."""
    return any(cell.startswith(quote) != cell.endswith(quote) for quote in "\"'")


def _proves_itself(found: list[Record], width: int, share: float, quoted: float) -> bool:
    """Whether spaces separate cells, rather than the words of a text."""
    rows = [record.cells for record in found if len(record.cells) > 1]
    in_quotes = sum('"' in " ".join(cells) for cells in rows)
    if len(rows) < 3 or width < 2:
        return False
    first = len(found[0].cells)
    if in_quotes == 0 and quoted == 1.0:
        typed = [name for name in column_shapes(rows[1:], width) if name != WORDS]
        return share >= 0.9 and first == width and bool(typed)
    return quoted >= 0.8 and first >= 3
