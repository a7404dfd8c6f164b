"""Cells that hold no value, although they are not blank: errors, lost results, dittos."""

import re

# What programs show in place of a value that they could not calculate, and of a number
# that does not fit its column.
_ERROR = (
    r"#(?:N/A(?: N/A)?|REF!|DIV/0!|NAME\?|VALUE!|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!"
    r"|CONNECT!|BUSY!|UNKNOWN!|GETTING_DATA|EXTERNAL!|PYTHON!|ERROR!|#{3,})|Err:\d{3}"
)

# Stands for the cell of a formula whose result the workbook does not hold. The formula
# itself is left out, because another program might run it.
NO_RESULT = "(formula without a result)"

# What people write for the value of the cell above. Sorted rows have another one there.
_DITTO = (
    '["\N{DITTO MARK}\N{DOUBLE PRIME}\N{RIGHT DOUBLE QUOTATION MARK}]'
    r"|ditto\.?|same as above\.?"
)
DITTO = rf"(?i)^(?:{_DITTO})$"

# A cell of any kind. It begins with one of these, or has one of these numbers of bytes and
# begins with one of these letters.
LOST = rf"(?i)^(?:{_ERROR}|{re.escape(NO_RESULT)}|{_DITTO})$"
LOST_STARTS = '#("\N{DITTO MARK}\N{DOUBLE PRIME}'
LOST_WORD_STARTS, LOST_WORD_SIZES = "EeDdSs", (5, 6, 7, 13, 14)
_ALL_STARTS = frozenset(LOST_STARTS + LOST_WORD_STARTS + "\N{RIGHT DOUBLE QUOTATION MARK}")


def is_lost(cell: str) -> bool:
    """Whether a cell is an error, a formula without a result, or a ditto mark."""
    text = cell.strip()
    return text[:1] in _ALL_STARTS and re.match(LOST, text) is not None
