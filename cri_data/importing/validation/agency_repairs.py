"""Agencies chosen for rows whose own is not known, as edits of their cells."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cri_data.importing.mapping.mapped_file import MappedFile
from cri_data.importing.recipe import Recipe
from cri_data.importing.validation.agency_ids import UnknownAgency
from cri_data.model.datasets import AGENCIES

_ID = AGENCIES.key


def with_agencies(
    prepared: MappedFile, recipe: Recipe, chosen: Iterable[tuple[UnknownAgency, str]]
) -> Recipe:
    """The recipe in which the rows of each agency have this ID."""
    place = prepared.matching.columns.get(_ID)
    if place is None:
        # Without a column of its own, all rows have the same text.
        ids = [agency_id for _, agency_id in chosen][:1]
        constants = {**recipe.constants, **dict.fromkeys([_ID], *ids)}
        return replace(recipe, constants=constants) if ids else recipe
    heading, repairs = prepared.file.headings[place], dict(recipe.repairs)
    for agency, agency_id in chosen:
        for row in agency.rows:
            repairs[row] = {**repairs.get(row, {}), heading: agency_id}
    return replace(recipe, repairs=repairs)


def likely_agencies(
    unknown: Sequence[UnknownAgency],
) -> list[tuple[UnknownAgency, str]]:
    """The agencies of a file of which it is likely which stored ones they are."""
    return [(agency, agency.likely.agency_id) for agency in unknown if agency.likely]
