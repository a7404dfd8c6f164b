"""The likely meaning of an unknown code or ID."""

import pandas as pd
from duckdb import DuckDBPyConnection

from cri_data.importing.problems import MOST_VALUES, UNKNOWN
from cri_data.importing.validation.reference_ids import SHORT_LISTS, known_names
from cri_data.model.code_lists import plain
from cri_data.model.datasets import Column, Dataset

# Words with fewer letters are never taken for others, and two letters may be wrong only in
# long ones.
_SHORTEST = 5
_LONG = 9

# Words that look like known ones, but mean something else.
_WORDS = frozenset(
    (
        *("excepted", "competed", "complied", "relieved", "repealed", "reactive", "planed"),
        *("resigned", "country", "trial", "closed", "inactive", "unassigned", "reclined"),
        *("countries", "statue", "campuses", "virginal", "planner", "planet", "accented"),
    )
)


def known_values(cursor: DuckDBPyConnection, column: Column) -> dict[str, str]:
    """The values of a column, by each way to write them: codes, or IDs of a short list."""
    if column.codes:
        return dict(column.codes.aliases)
    if column.refers_to in SHORT_LISTS:
        return known_names(cursor, column.refers_to)
    return {}


def with_meanings(
    cursor: DuckDBPyConnection, dataset: Dataset, problems: pd.DataFrame
) -> pd.DataFrame:
    """The problems, with "Did you mean …?" if a value is similar to a known one."""
    unknown = problems[problems["rule"].isin(UNKNOWN)]
    pairs = unknown[["column", "value"]].drop_duplicates().head(MOST_VALUES)
    if pairs.empty:
        return problems
    known = {
        name: known_values(cursor, dataset.column(name))
        for name in pairs["column"].unique()
    }
    meant = {
        (name, value): likely
        for name, value in pairs.itertuples(index=False, name=None)
        if (likely := likely_meaning(value, known[name]))
    }
    if not meant:
        return problems
    keys = zip(problems["column"], problems["value"], problems["rule"], strict=True)
    asked = [
        f" Did you mean '{meant[name, value]}'?"
        if rule in UNKNOWN and (name, value) in meant
        else ""
        for name, value, rule in keys
    ]
    return problems.assign(message=problems["message"] + pd.Series(asked, problems.index))


def likely_meaning(value: str, known: dict[str, str]) -> str | None:
    """The one known value that this one can be by a typing error, if there is one.

    Word by word: a short word is never taken for another, so that "Off-site" is not
    "On-site", and a word keeps its first letter, so that "Incomplete" is not "complete".
    """
    given = plain(value).split()
    meant = {known[text] for text in known if _may_be(given, text.split())}
    return meant.pop() if len(meant) == 1 else None


def _may_be(given: list[str], known: list[str]) -> bool:
    return len(given) == len(known) and all(map(_may_be_word, given, known))


def _may_be_word(given: str, known: str) -> bool:
    if given == known:
        return True
    if min(len(given), len(known)) < _SHORTEST or given[0] != known[0]:
        return False
    if max(len(given), len(known)) <= _SHORTEST or given in _WORDS:
        return False
    return _typing_errors(given, known) <= (1 if len(known) < _LONG else 2)


def _typing_errors(given: str, known: str) -> int:
    """The letters that are wrong, missing, too many, or exchanged with the next one."""
    before_last: list[int] = []
    last = list(range(len(known) + 1))
    for i, letter in enumerate(given, start=1):
        row = [i]
        for j, other in enumerate(known, start=1):
            costs = [last[j] + 1, row[-1] + 1, last[j - 1] + (letter != other)]
            if i > 1 and j > 1 and letter == known[j - 2] and given[i - 2] == other:
                costs.append(before_last[j - 2] + 1)
            row.append(min(costs))
        before_last, last = last, row
    return last[-1]
