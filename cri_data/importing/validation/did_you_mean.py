"""The likely meaning of an unknown code or ID."""

import difflib

import pandas as pd
from duckdb import DuckDBPyConnection

from cri_data.importing.problems import MOST_VALUES, UNKNOWN
from cri_data.importing.validation.reference_ids import SHORT_LISTS, known_names
from cri_data.model.code_lists import plain
from cri_data.model.datasets import Column, Dataset

# As similar as "munincipal" and "municipal".
_ALIKE = 0.75


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
    keys = zip(problems["column"], problems["value"], problems["rule"], strict=True)
    asked = [
        f" Did you mean '{meant[name, value]}'?"
        if rule in UNKNOWN and (name, value) in meant
        else ""
        for name, value, rule in keys
    ]
    return problems.assign(message=problems["message"] + pd.Series(asked, problems.index))


def likely_meaning(value: str, known: dict[str, str]) -> str | None:
    """The known value that is most similar to this one, if any is similar enough."""
    close = difflib.get_close_matches(plain(value), known, n=1, cutoff=_ALIKE)
    return known[close[0]] if close else None
