"""What is said of a file that lacks required columns, or that has no headings at all."""

import re
from collections.abc import Collection

from cri_data.codes import ORI
from cri_data.schema import Dataset

# An ORI with its digits and a date are cells, never the names of columns.
_CELL = re.compile(
    rf"(?=.*\d){ORI}|\d{{4}}-\d\d?-\d\d?( .*)?|\d\d?[/.-]\d\d?[/.-]\d{{2,4}}"
)

# What a column without a heading is called (reading/layout.py).
_NO_HEADING = re.compile(r"Column \d+")

_SHOWN = 20


def missing_columns(
    headings: tuple[str, ...],
    dataset: Dataset,
    missing: list[str],
    known: Collection[str],
) -> str:
    """The sentences for people; `known` are the columns that the file has."""
    what = "column" if len(missing) == 1 else "columns"
    needs = f"A file of {dataset.name} needs the {what} {', '.join(missing)}."
    if all(_NO_HEADING.fullmatch(heading) for heading in headings):
        return f"{needs} This file has no row of headings: add one, or say which is which."
    listed = ", ".join(f"'{heading}'" for heading in headings[:_SHOWN])
    if not known and any(_CELL.fullmatch(heading.strip()) for heading in headings):
        return (
            f"{needs} The first row of this file looks like data: {listed}. Add a row of "
            f"headings above it, such as: {', '.join(dataset.required)}."
        )
    return (
        f"{needs} The headings of this file are: {listed}. Add the {what}, or say which "
        "heading it is."
    )
