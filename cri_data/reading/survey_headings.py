"""Headings in exports of survey programs, which fill several rows."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cri_data.reading.model import Record, has_text

# Qualtrics writes the names, the questions, and then the IDs of the questions.
_QUESTION_ID = re.compile(r'\{\s*"ImportId"\s*:\s*"(?P<id>[^"]*)"')
_LOOKED_AT = 4

# A name that the program gave: QID1, QID2_TEXT, Q3, Q12_4_TEXT. The question says more.
_CODE = re.compile(r"Q(?:ID)?\d+(?:[_#.](?:\d+|TEXT|NPS_GROUP|DO))*", re.IGNORECASE)

# SurveyMonkey writes the questions, and below each its kind of answer, or its choices.
_ANSWERS = {
    *("response", "open-ended response", "other (please specify)", "open-ended text"),
    *("date / time", "date/time", "date", "first name", "last name"),
}
_SURE_ANSWERS = {"response", "open-ended response"}
_KINDS = {*_SURE_ANSWERS, "open-ended text", "date / time", "date/time"}
_RESPONDENTS = {"respondent id", "respondentid", "respondent_id"}


@dataclass(frozen=True)
class SurveyHeadings:
    """The headings of a survey from its first rows, of which the last only explain them."""

    header: tuple[str, ...]
    rows: int
    explaining: int


def survey_headings(below: Sequence[Record]) -> SurveyHeadings | None:
    """The headings at the beginning of these rows. None if they are no such export."""
    for place, record in enumerate(below[:_LOOKED_AT]):
        if _are_ids(record):
            return _of_qualtrics(below, place)
    if len(below) < 2:
        return None
    first, second = below[0].cells, below[1].cells
    has_own = all(
        cell.strip() for cell, kind in zip(first, second, strict=False) if kind.strip()
    )
    if has_own and _are_answers(below[1]):
        return SurveyHeadings(tuple(first), 2, 1)
    return _of_choices(first, second)


def is_code(heading: str) -> bool:
    """Whether a heading is only a survey program's code of a question."""
    return bool(_CODE.fullmatch(heading.strip()))


def _are_ids(record: Record) -> bool:
    filled = [cell.strip() for cell in record.cells if cell.strip()]
    fitting = sum(bool(_QUESTION_ID.match(cell)) for cell in filled)
    return bool(fitting) and fitting * 2 >= len(filled)


def _of_qualtrics(below: Sequence[Record], place: int) -> SurveyHeadings:
    """`place` is the row with the IDs. Questions stand in for names that are only codes."""
    names = tuple(below[0].cells)
    if place == 0:
        found = [_QUESTION_ID.match(name.strip()) for name in names]
        ids = [one["id"] if one else name for one, name in zip(found, names, strict=True)]
        return SurveyHeadings(tuple(ids), 1, 0)
    if place == 1:
        return SurveyHeadings(names, 2, 1)
    questions = [" ".join(cell.split()) for cell in below[1].cells]
    counts = Counter(map(str.casefold, (*names, *questions)))
    header = [
        question
        if is_code(name) and question and counts[question.casefold()] == 1
        else name
        for name, question in zip(names, [*questions, *[""] * len(names)], strict=False)
    ]
    return SurveyHeadings(tuple(header), 1 + place, place)


def _are_answers(record: Record) -> bool:
    if not has_text(record.cells):
        return False
    said = {cell.strip().casefold() for cell in record.cells if cell.strip()}
    return said <= _ANSWERS and bool(said & _SURE_ANSWERS)


def _of_choices(first: list[str], second: list[str]) -> SurveyHeadings | None:
    """SurveyMonkey's questions with their choices, each of which has a column.

    Every respondent has an ID, so a second row without one has no answers.
    """
    is_survey = bool(first) and first[0].strip().casefold() in _RESPONDENTS
    if not is_survey or not has_text(second) or second[0].strip():
        return None
    header, question = [], ""
    for place, choice in enumerate(map(str.strip, second)):
        own = first[place].strip() if place < len(first) else ""
        question = own or (question if choice else "")
        is_alone = place + 1 >= len(first) or bool(first[place + 1].strip())
        is_kind = choice.casefold() in _KINDS and bool(own) and is_alone
        header.append(question if is_kind else f"{question} {choice}".strip())
    return SurveyHeadings((*header, *first[len(second) :]), 2, 0)
