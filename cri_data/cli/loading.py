"""The command that loads a file."""

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from cri_data.cli import output
from cri_data.cli.command import (
    DONE,
    NOTHING_DONE,
    SOME_REJECTED,
    WHO,
    Command,
    heading_pair,
    pair,
    wave_pair,
    with_store,
)
from cri_data.cli.files import read_options
from cri_data.importing.mapping.saved_recipes import saved_recipe
from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.recipe import Recipe, recipe_from_json
from cri_data.importing.service import (
    ImportResult,
    likely_recipe,
    preview,
    unlikely_blank_recipe,
)
from cri_data.importing.service import load as load_file
from cri_data.model.datasets import DATASETS
from cri_data.reading import MISSED, ReadOptions
from cri_data.store.store import Store


@dataclass(frozen=True)
class _Options:
    """The command-line options about a file and how to load it."""

    dataset: str
    file: Path
    specified: dict[str, Any]
    headings: tuple[tuple[str, str], ...]
    constants: tuple[tuple[str, str], ...]
    waves: tuple[tuple[str, str], ...]
    as_rows: bool
    recipe: Path | None
    as_before: bool
    take_likely: bool
    unlikely_blank: bool
    blanks_erase: bool
    all_or_nothing: bool
    dry_run: bool
    rejects: Path | None
    as_json: bool


@click.command("load", Command)
@click.option(
    "--map",
    "headings",
    multiple=True,
    type=heading_pair,
    metavar='"Their header=our_column"',
    help="the column of a heading; can be repeated",
)
@read_options
@click.option(
    "--set",
    "constants",
    multiple=True,
    type=pair,
    metavar="our_column=text",
    help="a value for all blank or missing cells of a column; can be repeated",
)
@click.option(
    "--wave",
    "waves",
    multiple=True,
    type=wave_pair,
    metavar="word=baseline|followup",
    help="what a word for a wave means in a file of outcomes; without a word, the wave of "
    "headings that name none; can be repeated",
)
@click.option(
    "--as-rows",
    is_flag=True,
    help="read each row as one outcome, whatever the shape of the file",
)
@click.option(
    "--recipe",
    type=Path,
    metavar="DECISIONS.json",
    help="choices for a file, as downloaded from the Upload page",
)
@click.option(
    "--as-before",
    is_flag=True,
    help="use the choices for the last file with these headings",
)
@click.option(
    "--take-likely",
    is_flag=True,
    help="replace every unrecognized value with its most likely meaning",
)
@click.option(
    "--unlikely-blank",
    is_flag=True,
    help="leave unlikely values blank, such as dates in the future",
)
@click.option("--blanks-erase", is_flag=True, help="a blank cell clears the stored value")
@click.option("--all-or-nothing", is_flag=True, help="load no row if any row is rejected")
@click.option("--dry-run", is_flag=True, help="show what would happen, change nothing")
@click.option(
    "--rejects", type=Path, metavar="OUT.csv", help="write the rejected rows to this file"
)
@click.option("--json", "as_json", is_flag=True, help="print one JSON object")
@click.argument("dataset", type=click.Choice(list(DATASETS)), metavar="DATASET")
@click.argument("file", type=Path, metavar="FILE")
@with_store(page="the Upload page")
def load(store: Store, **given: Any) -> int:
    """Load a file."""
    options = _Options(**given)
    source = SourceFile(options.file.name, options.file.read_bytes)
    recipe = _recipe(store, source, options)

    def progress(step: str) -> None:
        if not options.as_json:
            print(f"{step}…", file=sys.stderr)

    if options.take_likely:
        looked = preview(store, options.dataset, source, recipe, progress)
        recipe = likely_recipe(store, looked)
    if options.unlikely_blank:
        looked = preview(store, options.dataset, source, recipe, progress)
        recipe = unlikely_blank_recipe(looked)
    if options.dry_run:
        loading = preview(store, options.dataset, source, recipe, progress)
    else:
        loading = load_file(store, options.dataset, source, recipe, WHO, progress)
    if options.rejects:
        options.rejects.write_bytes(loading.rejects)
    if options.as_json:
        print(output.loading_json(loading))
    else:
        print(output.loading_text(loading, options.dry_run))
    return _exit_code(loading)


def _recipe(store: Store, source: SourceFile, options: _Options) -> Recipe:
    """The choices of the options, which override those of a file or the last upload."""
    recipe = Recipe()
    if options.recipe:
        recipe = recipe_from_json(options.recipe.read_text("utf-8"))
    elif options.as_before:
        file = source.read(options.dataset, ReadOptions(**options.specified))
        before = saved_recipe(store, options.dataset, file.headings)
        recipe = before.recipe if before else recipe
    remembered = recipe.remembered
    if remembered:
        remembered = remembered.without_constants(dict(options.constants))
    return replace(
        recipe,
        remembered=remembered,
        read_options=replace(recipe.read_options, **options.specified),
        headings={**recipe.headings, **dict(options.headings)},
        constants={**recipe.constants, **dict(options.constants)},
        waves={**recipe.waves, **dict(options.waves)},
        as_rows=recipe.as_rows or options.as_rows,
        blanks_erase=recipe.blanks_erase or options.blanks_erase,
        all_or_nothing=recipe.all_or_nothing or options.all_or_nothing,
    )


def _exit_code(loading: ImportResult) -> int:
    counts = loading.checked.counts
    file = loading.prepared.file
    if any(part.reason in MISSED for part in file.left_out):
        # Rows that someone may miss are not read.
        return SOME_REJECTED if counts.rejected < counts.rows else NOTHING_DONE
    if not counts.rejected:
        return DONE
    kept_out = loading.prepared.recipe.all_or_nothing or counts.rejected == counts.rows
    return NOTHING_DONE if kept_out else SOME_REJECTED
