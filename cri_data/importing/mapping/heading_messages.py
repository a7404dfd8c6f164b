"""Messages about headings that don't fit a dataset."""

import re
from collections.abc import Collection

from cri_data.model.code_lists import ORI
from cri_data.model.datasets import Dataset
from cri_data.reading import is_code

# An ORI with digits, and a date, are values and never headings.
_CELL = re.compile(
    rf"(?=.*\d){ORI}|\d{{4}}-\d\d?-\d\d?( .*)?|\d\d?[/.-]\d\d?[/.-]\d{{2,4}}"
)

# The name of a column without a heading (reading/layout.py).
_NO_HEADING = re.compile(r"Column \d+")

_SHOWN = 20


def missing_columns(
    headings: tuple[str, ...],
    dataset: Dataset,
    missing: list[str],
    known: Collection[str],
) -> str:
    """The message for people. `known` are the columns that the file has."""
    what = "column" if len(missing) == 1 else "columns"
    needs = f"A file of {dataset.name} needs the {what} {', '.join(missing)}."
    if all(_NO_HEADING.fullmatch(heading) for heading in headings):
        return (
            f"{needs} This file has no headings. Add a row of headings, or match the "
            "columns."
        )
    codes = [heading for heading in headings if is_code(heading)]
    if codes and len(codes) * 2 >= len(headings):
        return (
            f"{needs} The headings of this file are a survey program's codes, such as "
            f"'{codes[0]}'. Export the survey with the text of its questions, or match the "
            "headings with columns."
        )
    listed = ", ".join(f"'{heading}'" for heading in headings[:_SHOWN])
    if not known and any(_CELL.fullmatch(heading.strip()) for heading in headings):
        return (
            f"{needs} The first row of this file looks like data: {listed}. Add a row of "
            f"headings above it. For example: {', '.join(dataset.required)}."
        )
    return (
        f"{needs} The headings of this file are: {listed}. Add the {what}, or choose the "
        "heading."
    )


def means_one(headings: tuple[str, ...], column: str, places: tuple[int, ...]) -> str:
    """The message about several headings that match the same column."""
    names = " and ".join(f"'{headings[place]}'" for place in places)
    all_of_them = "both" if len(places) == 2 else "all"
    return (
        f"The headings {names} {all_of_them} match {column}. Rename one, or choose which "
        "one to use."
    )
