"""Choices about a file, saved for the next file with the same headings."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from duckdb import DuckDBPyConnection

from cri_data.audit.log import Action, audited_transaction
from cri_data.importing.mapping.mapped_file import MappedFile
from cri_data.importing.recipe import Recipe, Remembered, headings_key, recipe_from_json
from cri_data.store import query_files
from cri_data.store.store import Store


@dataclass(frozen=True)
class SavedRecipe:
    """Saved choices about files with the same headings, with time (UTC) and person."""

    recipe: Recipe
    decided_at: datetime
    decided_by: str


def saved_recipe(
    store: Store, dataset_name: str, headings: tuple[str, ...]
) -> SavedRecipe | None:
    """The choices for the last file with the same headings, if there are any."""
    found = store.rows(
        "upload/find_recipe", dataset=dataset_name, headings_key=headings_key(headings)
    )
    if not found:
        return None
    text, decided_at, decided_by = found[0]
    recipe = _of(recipe_from_json(text), headings)
    remembered = Remembered(
        decided_at, decided_by, recipe.constants, recipe.values, recipe.date_orders
    )
    recipe = replace(recipe, remembered=remembered)
    return SavedRecipe(recipe, decided_at, decided_by)


def _of(recipe: Recipe, headings: tuple[str, ...]) -> Recipe:
    """The recipe for these headings, which may differ in case and order."""
    known = {headings_key((heading,)): heading for heading in headings}
    return recipe.with_headings(lambda name: known.get(headings_key((name,)), name))


def remember(
    cursor: DuckDBPyConnection, prepared: MappedFile, refuted: Collection[str], who: str
) -> None:
    """Save the choices about a file, in the transaction that commits it.

    Without the date orders of the columns in `refuted`, whose dates contradict them.
    """
    recipe = prepared.recipe.to_remember()
    kept = {name: how for name, how in recipe.date_orders.items() if name not in refuted}
    recipe = replace(recipe, date_orders=kept)
    key = {
        "dataset": prepared.dataset.name,
        "headings_key": headings_key(prepared.file.headings),
    }
    cursor.execute(query_files.statement("upload/forget_recipe"), key)
    if not recipe.is_empty:
        cursor.execute(
            query_files.statement("upload/add_recipe"),
            key | {"recipe": recipe.to_json(), "decided_by": who},
        )


def forget(store: Store, dataset_name: str, headings: tuple[str, ...], who: str) -> None:
    """Delete the saved choices about files with these headings."""
    with audited_transaction(store, who) as transaction:
        transaction.cursor.execute(
            query_files.statement("upload/forget_recipe"),
            {"dataset": dataset_name, "headings_key": headings_key(headings)},
        )
        transaction.record(Action.DECISIONS_FORGOTTEN, dataset=dataset_name)
