"""Cells that hold no value, although they are not blank: errors, and lost results."""

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

# A cell of either kind, which begins with one of these.
LOST = rf"(?i)^(?:{_ERROR}|{re.escape(NO_RESULT)})$"
LOST_STARTS = ("#", "(", "E", "e")


def is_lost(cell: str) -> bool:
    """Whether a cell is an error, or a formula without a result."""
    text = cell.strip()
    return text.startswith(LOST_STARTS) and re.match(LOST, text) is not None
