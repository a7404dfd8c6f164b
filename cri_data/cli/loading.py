"""The command that loads a file."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from cri_data.cli import output
from cri_data.cli.command import (
    DONE,
    NOTHING_DONE,
    SOME_REJECTED,
    WHO,
    Commands,
    command,
    heading_pair,
    pair,
)
from cri_data.cli.files import add_dialect, told
from cri_data.importing.mapping.saved_recipes import remembered
from cri_data.importing.mapping.source_file import SourceFile
from cri_data.importing.recipe import Recipe, recipe_from_json
from cri_data.importing.service import ImportResult, likely_recipe, load, preview
from cri_data.model.datasets import DATASETS
from cri_data.reading import ReadOptions
from cri_data.store.store import Store


def declare(commands: Commands) -> None:
    """Declare load."""
    made = command(commands, "load", _load, "load a CSV file", page="the Upload page")
    made.add_argument("dataset", choices=list(DATASETS), metavar="DATASET")
    made.add_argument("file", type=Path, metavar="FILE")
    made.add_argument(
        "--map",
        action="append",
        type=heading_pair,
        default=[],
        metavar='"Their header=our_column"',
        help="which heading is which column; may be given again",
    )
    add_dialect(made)
    made.add_argument(
        "--set",
        action="append",
        type=pair,
        default=[],
        metavar="our_column=text",
        help="a text for every row whose cell is blank or missing; may be given again",
    )
    _add_decisions(made)


def _add_decisions(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--recipe",
        type=Path,
        metavar="DECISIONS.json",
        help="what was decided about the file, as the Upload page gives it out",
    )
    made.add_argument(
        "--as-before",
        action="store_true",
        help="decide as for the last file with these headings",
    )
    made.add_argument(
        "--take-likely",
        action="store_true",
        help="take what every value that is not known was most likely meant to be",
    )
    made.add_argument(
        "--blanks-erase", action="store_true", help="a blank cell erases what is stored"
    )
    made.add_argument(
        "--all-or-nothing",
        action="store_true",
        help="load no row where one is rejected",
    )
    made.add_argument(
        "--dry-run", action="store_true", help="say what would happen, change nothing"
    )
    made.add_argument(
        "--rejects", type=Path, metavar="OUT.csv", help="write the rejected rows here"
    )
    made.add_argument("--json", action="store_true", help="print one JSON object")


def _load(store: Store, options: argparse.Namespace) -> int:
    source = SourceFile(options.file.name, options.file.read_bytes)
    recipe = _recipe(store, source, options)

    def progress(step: str) -> None:
        if not options.json:
            print(f"{step} …", file=sys.stderr)

    if options.take_likely:
        looked = preview(store, options.dataset, source, recipe, progress)
        recipe = likely_recipe(store, looked)
    if options.dry_run:
        loading = preview(store, options.dataset, source, recipe, progress)
    else:
        loading = load(store, options.dataset, source, recipe, WHO, progress)
    if options.rejects:
        options.rejects.write_bytes(loading.rejects)
    if options.json:
        print(output.loading_json(loading))
    else:
        print(output.loading_text(loading, options.dry_run))
    return _exit_code(loading)


def _recipe(store: Store, source: SourceFile, options: argparse.Namespace) -> Recipe:
    """What the options decide, over what the file of decisions or the last file does."""
    recipe = Recipe()
    if options.recipe:
        recipe = recipe_from_json(options.recipe.read_text("utf-8"))
    elif options.as_before:
        file = source.read(options.dataset, ReadOptions(**told(options)))
        before = remembered(store, options.dataset, file.headings)
        recipe = before.recipe if before else recipe
    return replace(
        recipe,
        read_options=replace(recipe.read_options, **told(options)),
        headings={**recipe.headings, **dict(options.map)},
        constants={**recipe.constants, **dict(options.set)},
        blanks_erase=recipe.blanks_erase or options.blanks_erase,
        all_or_nothing=recipe.all_or_nothing or options.all_or_nothing,
    )


def _exit_code(loading: ImportResult) -> int:
    counts = loading.checked.counts
    if not counts.rejected:
        return DONE
    kept_out = loading.prepared.recipe.all_or_nothing or counts.rejected == counts.rows
    return NOTHING_DONE if kept_out else SOME_REJECTED
