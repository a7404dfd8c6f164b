"""Which heading holds the ID of agencies: a system's own number, or the ORI beside it."""

import re
from dataclasses import replace

import pyarrow.compute as pc

from cri_data.importing.cells import cell_texts
from cri_data.importing.recipe import LEFT_OUT, Recipe
from cri_data.model.code_lists import plain
from cri_data.model.datasets import AGENCIES, Dataset
from cri_data.reading import FileRead

_ID = AGENCIES.key
_ORI_HEADINGS = {plain(name) for name in AGENCIES.column(_ID).headings}

# An ORI of seven or nine characters, which always has digits.
_ORI = re.compile(r"(?i)(?=.*\d.*\d)[A-Z]{2}[-\s]?[0-9A-Z]{5}([-\s]?[0-9A-Z]{2})?")

# The number of checked cells, and the share of them that must be ORIs.
_CELLS = 1_000
_SHARE = 0.9


def with_oris_as_ids(file: FileRead, dataset: Dataset, recipe: Recipe) -> Recipe:
    """The recipe, in which an ORI is the agency's ID rather than a system's own number.

    Only if the file has both, and no choice about them.
    """
    if _ID not in [column.name for column in dataset.columns]:
        return recipe
    own = [name for name in file.headings if plain(name) == plain(_ID)]
    oris = [name for name in file.headings if plain(name) in _ORI_HEADINGS]
    is_decided = _ID in {*recipe.headings.values(), *recipe.constants, *recipe.lists}
    if len(own) != 1 or len(oris) != 1 or is_decided:
        return recipe
    if recipe.headings.keys() & {*own, *oris}:
        return recipe
    if not _are_oris(file, oris[0]) or _are_oris(file, own[0]):
        return recipe
    headings = {**recipe.headings, own[0]: LEFT_OUT, oris[0]: _ID}
    return replace(recipe, headings=headings)


def note_on_oris(before: Recipe, after: Recipe) -> tuple[str, ...]:
    """What with_oris_as_ids() decided, in words."""
    decided = {
        column: name
        for name, column in after.headings.items()
        if name not in before.headings
    }
    if not decided:
        return ()
    return (
        f"The heading '{decided[_ID]}' holds ORIs, so it is read as {_ID}, and "
        f"'{decided[LEFT_OUT]}' is ignored. To use that one, match it to {_ID}.",
    )


def _are_oris(file: FileRead, heading: str) -> bool:
    column = file.rows[f"c{file.headings.index(heading)}"].slice(0, _CELLS)
    filled = pc.drop_null(cell_texts(column)).to_pylist()
    fitting = sum(bool(_ORI.fullmatch(cell)) for cell in filled)
    return bool(filled) and fitting >= len(filled) * _SHARE
