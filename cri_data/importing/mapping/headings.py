"""Match the headings of a file to the columns of a dataset."""

from dataclasses import dataclass, field, replace

from cri_data.importing.mapping.heading_messages import means_one, missing_columns
from cri_data.importing.recipe import LEFT_OUT, Recipe
from cri_data.importing.shaping.shape import Shape, has_own_ids
from cri_data.importing.shaping.wave_headings import wave_columns
from cri_data.model.code_lists import plain
from cri_data.model.datasets import AGENCIES, DATASETS, OUTCOMES, Dataset
from cri_data.model.refusal import Refusal
from cri_data.reading import ADDED_HEADINGS

# The columns that a file of rejected rows has besides its original ones.
REJECT_COLUMNS = ("row", "problems")

# Headings of agency names in files about other records.
NAMES_ELSEWHERE = ("station name", "station name lea", "lea", "requesting agency")


class HeadingsError(Refusal):
    """The headings don't fit this dataset. The message says why."""


@dataclass(frozen=True)
class Places:
    """The positions, from 0, of headings that match a column.

    `unclear` are columns that several headings match equally well, without a choice yet.
    """

    columns: dict[str, int]
    unclear: dict[str, tuple[int, ...]]


@dataclass(frozen=True)
class Matching:
    """The source of each column of the dataset, and the ignored headings.

    `columns` has positions of headings from 0, as do `lists` (several headings joined to
    a list) and `city_state` (one heading split into two columns). `constants` are texts for
    blank or missing cells. `left_out` are the ignored headings. `notes` are sentences
    about a choice that the cells made.
    """

    columns: dict[str, int]
    left_out: tuple[str, ...]
    lists: dict[str, tuple[int, ...]] = field(default_factory=dict)
    city_state: int | None = None
    constants: dict[str, str] = field(default_factory=dict)
    # The position of state, city, and agency_type of the agencies that the file names, and
    # of their name where another heading holds the ID.
    named_by: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    # How several columns or rows make one outcome.
    shape: Shape | None = None
    # Whether outcomes are identified by engagement and metric, because they have no ID.
    makes_ids: bool = False

    @property
    def present(self) -> frozenset[str]:
        """All columns that the file provides."""
        split = () if self.city_state is None else ("city", "state")
        shaped = self.shape.provides if self.shape else ()
        return frozenset({*self.columns, *self.lists, *self.constants, *split, *shaped})

    def renamed(self, headings: tuple[str, ...]) -> dict[str, str]:
        """The column of each heading that is not the name of its column."""
        sources = [(place, column) for column, place in self.columns.items()]
        sources += [(p, column) for column, places in self.lists.items() for p in places]
        if self.city_state is not None:
            sources.append((self.city_state, "city and state"))
        renamed = {
            headings[place]: column
            for place, column in sorted(sources)
            if headings[place] != column
        }
        return renamed | (self.shape.of_headings(headings) if self.shape else {})


def match_headings(
    headings: tuple[str, ...],
    dataset: Dataset,
    recipe: Recipe | None = None,
    shape: Shape | None = None,
) -> Matching:
    """Match headings to columns: by choice, exact name, similar name, or alias.

    The headings of a shape are matched already.

    Raises HeadingsError if a required column is missing, if two headings match the same
    column, or if the recipe has an unknown heading or column.
    """
    recipe = recipe or Recipe()
    _check_recipe(headings, dataset, recipe)
    found = heading_places(headings, dataset, recipe, shape)
    for column, places in found.unclear.items():
        raise HeadingsError(means_one(headings, column, places))
    columns = dict(found.columns)
    named_by = _agency_named_by(headings, dataset, recipe, columns)
    if "name" in named_by and "agency_id" not in columns:
        columns["agency_id"] = named_by.pop("name")
    used = {
        *columns.values(),
        *named_by.values(),
        *_used_otherwise(headings, recipe),
        *(shape.places if shape else ()),
    }
    left_out = tuple(
        heading
        for place, heading in enumerate(headings)
        if place not in used
        and heading
        and heading not in (*REJECT_COLUMNS, *ADDED_HEADINGS)
    )
    matching = Matching(
        columns,
        left_out,
        lists={
            column: tuple(headings.index(name) for name in names)
            for column, names in recipe.lists.items()
        },
        city_state=headings.index(recipe.city_state) if recipe.city_state else None,
        constants=dict(recipe.constants),
        named_by=named_by,
        shape=shape,
    )
    matching = replace(matching, makes_ids=_makes_ids(dataset, matching))
    missing = [
        name
        for name in dataset.required
        if name not in matching.present and not (name == dataset.key and matching.makes_ids)
    ]
    if missing:
        raise HeadingsError(missing_columns(headings, dataset, missing, matching.present))
    return matching


def _makes_ids(dataset: Dataset, matching: Matching) -> bool:
    """Whether an outcome without an ID is known by its engagement and metric.

    Only if the file has values: otherwise it may be about something else.
    """
    given = matching.present
    return (
        dataset is OUTCOMES
        and dataset.key not in given
        and given >= {*dataset.required} - {dataset.key}
        and not given.isdisjoint({"baseline_value", "followup_value"})
    )


def heading_places(
    headings: tuple[str, ...], dataset: Dataset, recipe: Recipe, shape: Shape | None = None
) -> Places:
    """The positions of columns with one matching heading, and of those with several.

    Without the headings and columns of a shape.
    """
    columns: dict[str, int] = {}
    unclear: dict[str, tuple[int, ...]] = {}
    taken = _used_otherwise(headings, recipe) | {
        place
        for place, heading in enumerate(headings)
        if recipe.headings.get(heading) == LEFT_OUT
    }
    taken |= shape.places if shape else set()
    replaced = _replaced(headings, dataset, recipe, shape)
    for known_as in _ways(headings, dataset, recipe):
        found: dict[str, list[int]] = {}
        settled = columns.keys() | unclear.keys() | recipe.lists.keys() | replaced
        for place, heading in enumerate(headings):
            column = known_as(heading)
            if column and column not in settled and place not in taken:
                found.setdefault(column, []).append(place)
        for column, places in found.items():
            if len(places) > 1:
                unclear[column] = tuple(places)
            else:
                columns[column] = places[0]
            taken.update(places)
    return Places(columns, unclear)


def _replaced(
    headings: tuple[str, ...], dataset: Dataset, recipe: Recipe, shape: Shape | None
) -> frozenset[str]:
    """The columns that no heading can be, because the shape makes them.

    A column "ID" is then that of a response, not of an outcome.
    """
    if shape is None:
        return frozenset()
    has_ids = has_own_ids(headings, recipe)
    return shape.replaces | (frozenset() if has_ids else frozenset({dataset.key}))


def _agency_named_by(
    headings: tuple[str, ...], dataset: Dataset, recipe: Recipe, columns: dict[str, int]
) -> dict[str, int]:
    """The positions of cells that identify the agency of a row without its ID.

    State, city, type, and name, if the file has them and they are no column of the dataset.
    Without a state, a name only stands beside an ID.
    """
    if "agency_id" not in [column.name for column in dataset.columns if column.refers_to]:
        return {}
    # An ignored column still says which agency is meant, but is not taken for its ID.
    has_id = "agency_id" in columns
    free = {
        plain(heading): place
        for place, heading in enumerate(headings)
        if place not in columns.values()
        and (has_id or recipe.headings.get(heading) != LEFT_OUT)
    }
    found: dict[str, int] = {}
    for name in ("agency_name", "state", "city", "agency_type"):
        column = AGENCIES.column(name)
        known = [
            name,
            *column.headings,
            *(NAMES_ELSEWHERE if name == "agency_name" else ()),
        ]
        places = [free[plain(way)] for way in known if plain(way) in free]
        if places:
            found["name" if name == "agency_name" else name] = places[0]
    if "state" in found or ("name" in found and has_id):
        return found
    return {}


def _used_otherwise(headings: tuple[str, ...], recipe: Recipe) -> set[int]:
    """The positions that are part of a list, or split into two columns."""
    listed = {name for names in recipe.lists.values() for name in names}
    return {
        place
        for place, heading in enumerate(headings)
        if heading in listed or heading == recipe.city_state
    }


def fitting_datasets(headings: tuple[str, ...]) -> list[str]:
    """The datasets whose required columns are among these headings."""
    fitting = []
    for dataset in DATASETS.values():
        try:
            match_headings(headings, dataset)
        except HeadingsError:
            continue
        fitting.append(dataset.name)
    return fitting


def _ways(headings: tuple[str, ...], dataset: Dataset, recipe: Recipe) -> list:
    """The ways to match a heading, most certain first. Each gives a column or None."""
    names = {column.name for column in dataset.columns}
    alike = {plain(name): name for name in names}
    aliases: dict[str, str] = {}
    for column in dataset.columns:
        for alias in column.headings:
            aliases.setdefault(plain(alias), column.name)
    waves = wave_columns(headings, recipe) if dataset is OUTCOMES else {}
    return [
        recipe.headings.get,
        lambda heading: heading if heading in names else None,
        lambda heading: alike.get(plain(heading)),
        lambda heading: aliases.get(plain(heading)),
        waves.get,
    ]


def _check_recipe(headings: tuple[str, ...], dataset: Dataset, recipe: Recipe) -> None:
    listed = [name for names in recipe.lists.values() for name in names]
    split = [recipe.city_state] if recipe.city_state else []
    for heading in (*recipe.headings, *listed, *split):
        if heading not in headings:
            known = ", ".join(f"'{name}'" for name in headings)
            raise HeadingsError(f"The file has no heading '{heading}'. It has: {known}.")
    names = [column.name for column in dataset.columns]
    named = [column for column in recipe.headings.values() if column != LEFT_OUT]
    for column in (*named, *recipe.lists, *recipe.constants, *recipe.values):
        if column not in names:
            raise HeadingsError(
                f"{dataset.name} have no column '{column}'. They have: {', '.join(names)}."
            )
