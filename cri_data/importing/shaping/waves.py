"""Words for the two waves of an outcome, baseline and follow-up, in headings and cells."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cri_data.model.outcomes import Wave

# How people read a wave.
IN_WORDS = {Wave.BASELINE: "baseline", Wave.FOLLOWUP: "follow-up"}


class Part(StrEnum):
    """What a heading with a wave is about."""

    VALUE = "value"
    DATE = "on"
    TARGET = "target"


# Compared without spaces and punctuation: people write pretest, pre-test, and Pre test.
_BASELINE = r"(?P<baseline>baseline|pre|before)"
_FOLLOWUP = r"(?P<followup>followup|post|after|endline)"
_NUMBER = r"(?:t|tp|time|timepoint|wave|round)(?P<number>[0-9])"
_OF_WHAT = (
    r"(?:the)?(?:test|survey|assessment|training|intervention|engagement|assistance"
    r"|measurement|measure|program|course|class|delivery)?"
)
_VALUE = r"(?:score|value|result|rating|mean|average|avg|percent|percentage|pct)s?"
_DATE = r"(?:dateof|date|completedon|measuredon|takenon|on|day)"
_WORD = rf"(?:(?:{_BASELINE}|{_FOLLOWUP}){_OF_WHAT}|{_NUMBER})"
_IN_HEADING = re.compile(
    rf"(?P<front>(?:{_VALUE}|{_DATE})*)(?:at|in)?{_WORD}(?P<back>(?:{_VALUE}|{_DATE})*)"
)
_IN_CELL = re.compile(rf"(?:at|in)?{_WORD}")
_WITHOUT_WAVE = re.compile(rf"(?:{_VALUE})*(?P<date>{_DATE})?")
_TARGET = re.compile(rf"(?:target|goal)(?:{_VALUE})?")
_HAS_DATE = re.compile(_DATE)

# Survey programs and statistics packages code waves as 1 and 2, also as 1.0.
_BARE_NUMBER = re.compile(r"\s*([0-9])(?:\.0+)?\s*")


def compact(text: str) -> str:
    """The letters and digits of a text, in lower case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if sign.isalnum())


@dataclass(frozen=True)
class Said:
    """What a heading says besides its metric: a part, and perhaps the word for its wave."""

    part: Part
    word: str | None


def said_in_heading(text: str) -> Said | None:
    """What a text in compact() form says about a value. None if it says anything else."""
    if _TARGET.fullmatch(text):
        return Said(Part.TARGET, None)
    without = _WITHOUT_WAVE.fullmatch(text)
    if without:
        return Said(Part.DATE if without["date"] else Part.VALUE, None)
    found = _IN_HEADING.fullmatch(text)
    if not found:
        return None
    is_date = _HAS_DATE.search(found["front"]) or _HAS_DATE.search(found["back"])
    return Said(Part.DATE if is_date else Part.VALUE, _word(found))


def _word(found: re.Match[str]) -> str:
    """The word for a wave, as waves_of() takes it."""
    if found["number"]:
        return f"T{found['number']}"
    return str(Wave.BASELINE if found["baseline"] else Wave.FOLLOWUP)


def word_in_cell(text: str) -> str | None:
    """The word for a wave that a cell is. None if it is anything else."""
    bare = _BARE_NUMBER.fullmatch(text)
    if bare:
        return f"T{bare[1]}"
    found = _IN_CELL.fullmatch(compact(text))
    return _word(found) if found else None


def waves_of(words: Iterable[str]) -> dict[str, Wave]:
    """The wave of each word of one file that is certain.

    Numbers are certain only by themselves: T1 and T2, or T0 and T1. In T1 to T3, only T1
    is. Beside a word such as "baseline", nothing shows what T1 is.
    """
    different = set(words)
    named = {str(wave): wave for wave in Wave if wave in different}
    numbers = sorted(int(word[1:]) for word in different - named.keys())
    if named or not numbers or numbers[0] > 2:
        return named
    first = min(numbers[0], 1)
    waves = {first: Wave.BASELINE}
    if numbers[-1] <= first + 1:
        waves[first + 1] = Wave.FOLLOWUP
    return {f"T{number}": wave for number, wave in waves.items() if number in numbers}
