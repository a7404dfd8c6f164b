"""Rows below the headings in exports of survey programs, which explain the headings."""

import re
from collections.abc import Sequence

from cri_data.reading.model import Record, has_text

# Qualtrics writes the names, the questions, and then the IDs of the questions.
_QUESTION_ID = re.compile(r'\{\s*"ImportId"\s*:')
_LOOKED_AT = 4

# SurveyMonkey writes the questions, and below each its kind of answer.
_ANSWERS = {
    *("response", "open-ended response", "other (please specify)", "open-ended text"),
    *("date / time", "date/time", "date", "first name", "last name"),
}
_SURE_ANSWERS = {"response", "open-ended response"}


def rows_below_names(below: Sequence[Record]) -> int:
    """How many rows below the first one explain it. `below` begins with the headings."""
    for place, record in enumerate(below[1:_LOOKED_AT], start=1):
        filled = [cell.strip() for cell in record.cells if cell.strip()]
        fitting = sum(bool(_QUESTION_ID.match(cell)) for cell in filled)
        if fitting and fitting * 2 >= len(filled):
            return place
    return 1 if len(below) > 1 and _are_answers(below[1]) else 0


def _are_answers(record: Record) -> bool:
    if not has_text(record.cells):
        return False
    said = {cell.strip().casefold() for cell in record.cells if cell.strip()}
    return said <= _ANSWERS and bool(said & _SURE_ANSWERS)
