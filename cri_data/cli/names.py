"""The commands that match names to records: match, remember, and forget."""

from pathlib import Path

import click

from cri_data.audit.log import Action, record
from cri_data.cli import output
from cri_data.cli.command import (
    DONE,
    SOME_REJECTED,
    WHO,
    Command,
    heading_pair,
    with_store,
)
from cri_data.importing.matching.match import NAMED
from cri_data.importing.matching.name_files import forget_file, match_file, remember_file
from cri_data.store.store import Store

_NAMED = click.Choice(NAMED)
_NAMED_METAVAR = "|".join(NAMED)


@click.command("match", Command)
@click.option(
    "--dataset",
    type=_NAMED,
    default="agencies",
    metavar=_NAMED_METAVAR,
    help="the dataset of the names (agencies)",
)
@click.option(
    "--map",
    "headings",
    multiple=True,
    type=heading_pair,
    metavar='"Their header=name"',
    help="the heading of name, state, city, or agency_type; can be repeated",
)
@click.option("--json", "as_json", is_flag=True, help="print one JSON object")
@click.argument("file", type=Path, metavar="FILE")
@with_store()
def match(
    store: Store,
    dataset: str,
    headings: tuple[tuple[str, str], ...],
    as_json: bool,
    file: Path,
) -> int:
    """Find the records that names in a file refer to."""
    matched = match_file(store, dataset, file.name, file.read_bytes(), dict(headings))
    record(
        store,
        WHO,
        Action.EXPORTED,
        table=f"{dataset} that names mean",
        rows=matched.num_rows,
    )
    show = output.names_json if as_json else output.names_text
    print(show(dataset, matched))
    undecided = output.undecided_names(matched)
    return SOME_REJECTED if undecided else DONE


@click.command("remember", Command)
@click.argument("dataset", type=_NAMED, metavar=_NAMED_METAVAR)
@click.argument("file", type=Path, metavar="FILE")
@with_store()
def remember(store: Store, dataset: str, file: Path) -> int:
    """Save which records names in a file refer to."""
    rows = remember_file(store, dataset, file.name, file.read_bytes(), WHO)
    print(f"Saved the meanings of {rows:,} names of {dataset}.")
    return DONE


@click.command("forget", Command)
@click.argument("dataset", type=_NAMED, metavar=_NAMED_METAVAR)
@click.argument("file", type=Path, metavar="FILE")
@with_store()
def forget(store: Store, dataset: str, file: Path) -> int:
    """Delete the saved meanings of names in a file."""
    rows = forget_file(store, dataset, file.name, file.read_bytes(), WHO)
    print(f"Deleted the meanings of {rows:,} names of {dataset}.")
    return DONE
