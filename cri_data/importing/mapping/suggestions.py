"""Proposals for the columns of headings that have no certain match."""

import re
from collections.abc import Set
from dataclasses import dataclass, replace

import pyarrow.compute as pc

from cri_data.importing.cells import cell_texts
from cri_data.importing.mapping.headings import REJECT_COLUMNS, Places, heading_places
from cri_data.importing.mapping.ori_headings import with_oris_as_ids
from cri_data.importing.mapping.read_dataset import shape_of_dataset
from cri_data.importing.mapping.saved_recipes import SavedRecipe, saved_recipe
from cri_data.importing.recipe import LEFT_OUT, Recipe
from cri_data.importing.shaping.shape import Shape
from cri_data.importing.shaping.wave_headings import metrics_of
from cri_data.model.code_lists import ORI, plain
from cri_data.model.datasets import DATASETS, Column, Dataset, Kind
from cri_data.reading import FileRead
from cri_data.store.store import Store

# As similar as "statee" and "state". "city" and "county" are less similar.
_ALIKE = 0.88

# The number of checked cells, and the share of them that must fit.
_CELLS = 1_000
_SHARE = 0.9

_SAMPLES = 3

# A choice for a heading besides the columns.
CITY_AND_STATE = "city and state"

# Patterns that only cells of these columns match.
_LOOKS = {
    "agency_id": re.compile(ORI),
    "zip": re.compile(r"\d{5}(-\d{4})?"),
}


@dataclass(frozen=True)
class Heading:
    """A heading with its first different cells, and its proposed column.

    `column` is None without a proposal. `why` says how it was matched. `is_unclear` if
    another heading matches the same column.
    """

    name: str
    samples: tuple[str, ...]
    column: str | None
    why: str
    is_unclear: bool = False


@dataclass(frozen=True)
class Proposal:
    """Proposals for a file: all headings, and an initial recipe."""

    headings: tuple[Heading, ...]
    recipe: Recipe
    saved: SavedRecipe | None


def propose_recipe(store: Store, dataset_name: str, file: FileRead) -> Proposal:
    """Propose columns for the headings of a file."""
    dataset = DATASETS[dataset_name]
    before = saved_recipe(store, dataset_name, file.headings)
    start = before.recipe if before else Recipe()
    cells = [_cells(file, place) for place in range(len(file.headings))]
    decided = with_oris_as_ids(file, dataset, start)
    shape = shape_of_dataset(file, dataset, decided, metrics_of(store, dataset_name))
    places = heading_places(file.headings, dataset, decided, shape)
    found = _settled(file.headings, start, places)
    # A person must decide unclear headings. No proposal is made for them.
    unclear = _unclear(file.headings, places)
    known = found.keys() | unclear.keys() | (shape.places if shape else set())
    taken = {column for column, _ in found.values() if column} | {
        *places.unclear,
        *start.constants,
        *(shape.replaces if shape else ()),
    }
    likely: dict[str, str] = {}
    # The names of these headings are our own.
    added = {file.headings.index(name) for name in file.added}
    for guess in (
        _alike(store, dataset, file, known | added, taken),
        _looking_like(dataset, cells, known, taken),
    ):
        for place, (column, why) in guess.items():
            if place not in found and column not in taken:
                found[place] = (column, why)
                likely[file.headings[place]] = column
                taken.add(column)
    headings = tuple(
        Heading(
            name,
            tuple(dict.fromkeys(cells[place]))[:_SAMPLES],
            *found.get(place, (None, unclear.get(place, "not recognized, ignored"))),
            is_unclear=place in unclear,
        )
        for place, name in enumerate(file.headings)
        if name not in REJECT_COLUMNS
    )
    recipe = replace(start, headings={**decided.headings, **likely})
    return Proposal(headings, recipe, before)


def _settled(
    headings: tuple[str, ...], start: Recipe, places: Places
) -> dict[int, tuple[str | None, str]]:
    """The certain matches of headings by position: the column, and the reason."""
    before: dict[str, str | None] = {
        name: column or None for name, column in start.headings.items()
    }
    before |= {start.city_state: CITY_AND_STATE} if start.city_state else {}
    for column, names in start.lists.items():
        before |= dict.fromkeys(names, column)
    by_name = {place: column for column, place in places.columns.items()}
    return {
        place: (before[name], "your earlier choice")
        if name in before
        else (by_name[place], "matched by name")
        for place, name in enumerate(headings)
        if name in before or place in by_name
    }


def _unclear(headings: tuple[str, ...], places: Places) -> dict[int, str]:
    """The reason for each heading that matches the same column as another one."""
    said: dict[int, str] = {}
    for column, rivals in places.unclear.items():
        for place in rivals:
            others = ", ".join(f"'{headings[other]}'" for other in rivals if other != place)
            said[place] = f"could be {column}, and so could {others}: choose one"
    return said


def _cells(file: FileRead, place: int) -> list[str]:
    if file.headings[place] in file.added:
        return list(file.added[file.headings[place]])
    cells = pc.drop_null(cell_texts(file.rows[f"c{place}"].slice(0, _CELLS * 10)))
    return cells.slice(0, _CELLS).to_pylist()


def _alike(
    store: Store, dataset: Dataset, file: FileRead, known: Set[int], taken: Set[str]
) -> dict[int, tuple[str, str]]:
    """Headings that are similar to the name of a missing column."""
    ways = [
        (column.name, plain(name))
        for column in dataset.columns
        for name in (column.name, *column.headings)
    ]
    rows = store.rows(
        "upload/similar_names",
        headings=[plain(heading) for heading in file.headings],
        columns=[column for column, _ in ways],
        names=[name for _, name in ways],
    )
    guesses: dict[int, tuple[str, str]] = {}
    missing = {column for column, _ in ways} - taken
    for place, column, likeness in rows:
        is_free = place - 1 not in known | guesses.keys() and column in missing
        if likeness >= _ALIKE and is_free:
            guesses[place - 1] = (column, f"similar to {column}: check it")
            missing.remove(column)
    return guesses


def _looking_like(
    dataset: Dataset, cells: list[list[str]], known: Set[int], taken: Set[str]
) -> dict[int, tuple[str, str]]:
    """Headings whose cells fit only one missing column."""
    missing = [column for column in dataset.columns if column.name not in taken]
    guesses: dict[int, tuple[str, str]] = {}
    for place, texts in enumerate(cells):
        fitting = [
            column for column in missing if texts and _share(column, texts) >= _SHARE
        ]
        if place not in known and len(fitting) == 1:
            (column,) = fitting
            guesses[place] = (column.name, f"its values look like {column.name}: check it")
            missing.remove(column)
    return guesses


def _share(column: Column, texts: list[str]) -> float:
    """The share of cells that fit only this column."""
    if column.kind is Kind.CODE:
        hits = sum(plain(text) in column.code_list.aliases for text in texts)
    elif column.name in _LOOKS:
        hits = sum(bool(_LOOKS[column.name].fullmatch(text)) for text in texts)
    else:
        return 0.0
    return hits / len(texts)


def with_choices(
    recipe: Recipe,
    dataset: Dataset,
    headings: tuple[str, ...],
    chosen: dict[str, str | None],
    shape: Shape | None = None,
) -> Recipe:
    """The recipe with the choice for each heading, without needless entries.

    A choice is a column, CITY_AND_STATE, or None to ignore the heading. Headings that are
    not in `chosen` have no choice. If several headings are chosen for a list column, their
    cells are joined.
    """
    places = heading_places(headings, dataset, Recipe(), shape)
    named = {headings[place]: column for column, place in places.columns.items()}
    unclear = {headings[place] for rivals in places.unclear.values() for place in rivals}
    matches: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for column in dataset.columns:
        parts = tuple(name for name, choice in chosen.items() if choice == column.name)
        if column.kind is Kind.ID_LIST and len(parts) > 1:
            lists[column.name] = parts
        else:
            matches |= dict.fromkeys(parts, column.name)
    matches = {
        name: column for name, column in matches.items() if named.get(name) != column
    }
    matches |= {
        name: LEFT_OUT for name in named.keys() | unclear if chosen.get(name, "") is None
    }
    split = [name for name, choice in chosen.items() if choice == CITY_AND_STATE]
    return replace(
        recipe, headings=matches, lists=lists, city_state=split[0] if split else None
    )
