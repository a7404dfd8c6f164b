"""Which heading of a file is which column of a dataset."""

from dataclasses import dataclass

from cri_data.codes import plain
from cri_data.schema import DATASETS, Dataset

# What a file of rejected rows carries besides its original columns.
REJECT_COLUMNS = ("row", "problems")


class HeadingsError(Exception):
    """The headings do not make a file of this dataset; the message says why."""


@dataclass(frozen=True)
class Matching:
    """Matched columns with the places of their headings, and what is left out.

    `columns` counts places from 0; `left_out` are the headings of no column.
    """

    columns: dict[str, int]
    left_out: tuple[str, ...]


def match_headings(
    headings: tuple[str, ...], dataset: Dataset, told: dict[str, str] | None = None
) -> Matching:
    """Match headings to columns: as told, exactly, nearly, by a known alias.

    `told` maps a heading to a column. Raises HeadingsError where a required
    column is missing, where two headings are the same column, or where what
    was told names no heading or no column.
    """
    told = told or {}
    _check_told(headings, dataset, told)
    columns: dict[str, int] = {}
    taken: set[int] = set()
    for known_as in _ways(dataset, told):
        found: dict[str, list[int]] = {}
        for place, heading in enumerate(headings):
            column = known_as(heading)
            if place not in taken and column and column not in columns:
                found.setdefault(column, []).append(place)
        for column, places in found.items():
            if len(places) > 1:
                names = " and ".join(f"'{headings[place]}'" for place in places)
                raise HeadingsError(
                    f"The headings {names} both mean {column}. Rename one, or say "
                    "which is meant."
                )
            columns[column] = places[0]
            taken.add(places[0])
    missing = [name for name in dataset.required if name not in columns]
    if missing:
        raise HeadingsError(_missing(headings, dataset, missing))
    left_out = tuple(
        heading
        for place, heading in enumerate(headings)
        if place not in taken and heading and heading not in REJECT_COLUMNS
    )
    return Matching(columns, left_out)


def fitting_datasets(headings: tuple[str, ...]) -> list[str]:
    """The datasets whose required columns these headings have."""
    fitting = []
    for dataset in DATASETS.values():
        try:
            match_headings(headings, dataset)
        except HeadingsError:
            continue
        fitting.append(dataset.name)
    return fitting


def _ways(dataset: Dataset, told: dict[str, str]) -> list:
    """The ways to know a heading, surest first; each gives a column or None."""
    names = {column.name for column in dataset.columns}
    alike = {plain(name): name for name in names}
    aliases: dict[str, str] = {}
    for column in dataset.columns:
        for alias in column.headings:
            aliases.setdefault(plain(alias), column.name)
    return [
        told.get,
        lambda heading: heading if heading in names else None,
        lambda heading: alike.get(plain(heading)),
        lambda heading: aliases.get(plain(heading)),
    ]


def _check_told(headings: tuple[str, ...], dataset: Dataset, told: dict[str, str]) -> None:
    names = [column.name for column in dataset.columns]
    for heading, column in told.items():
        if heading not in headings:
            listed = ", ".join(f"'{name}'" for name in headings)
            raise HeadingsError(f"The file has no heading '{heading}'. It has: {listed}.")
        if column not in names:
            raise HeadingsError(
                f"{dataset.name} have no column '{column}'. They have: {', '.join(names)}."
            )


def _missing(headings: tuple[str, ...], dataset: Dataset, missing: list[str]) -> str:
    listed = ", ".join(f"'{heading}'" for heading in headings[:20])
    what = "column" if len(missing) == 1 else "columns"
    return (
        f"A file of {dataset.name} needs the {what} {', '.join(missing)}. The "
        f"headings of this file are: {listed}. Add the {what}, or say which "
        "heading it is."
    )
