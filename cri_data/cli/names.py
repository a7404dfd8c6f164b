"""The commands about the records that names mean."""

import argparse
from pathlib import Path

from cri_data.audit.log import Action, record
from cri_data.cli import output
from cri_data.cli.command import DONE, SOME_REJECTED, WHO, Commands, command, heading_pair
from cri_data.importing.matching.match import NAMED
from cri_data.importing.matching.name_files import forget_file, match_file, remember_file
from cri_data.store.store import Store


def declare(commands: Commands) -> None:
    """Declare match, remember and forget."""
    made = command(commands, "match", _match, "find the records that names mean")
    made.add_argument("file", type=Path, metavar="FILE")
    made.add_argument(
        "--dataset",
        choices=NAMED,
        default="agencies",
        metavar="|".join(NAMED),
        help="what is named (agencies)",
    )
    made.add_argument(
        "--map",
        action="append",
        type=heading_pair,
        default=[],
        metavar='"Their header=name"',
        help="which heading is name, state, city or agency_type; may be given again",
    )
    made.add_argument("--json", action="store_true", help="print one JSON object")

    for name, run, summary in (
        ("remember", _remember, "keep what the names of a file mean"),
        ("forget", _forget, "forget what the names of a file mean"),
    ):
        made = command(commands, name, run, summary)
        made.add_argument("dataset", choices=NAMED, metavar="|".join(NAMED))
        made.add_argument("file", type=Path, metavar="FILE")


def _match(store: Store, options: argparse.Namespace) -> int:
    file, told = options.file, dict(options.map)
    matched = match_file(store, options.dataset, file.name, file.read_bytes(), told)
    record(
        store,
        WHO,
        Action.EXPORTED,
        table=f"{options.dataset} that names mean",
        rows=matched.num_rows,
    )
    show = output.names_json if options.json else output.names_text
    print(show(options.dataset, matched))
    undecided = output.undecided_names(matched)
    return SOME_REJECTED if undecided else DONE


def _remember(store: Store, options: argparse.Namespace) -> int:
    file = options.file
    rows = remember_file(store, options.dataset, file.name, file.read_bytes(), WHO)
    print(f"Remembered what {rows:,} names of {options.dataset} mean.")
    return DONE


def _forget(store: Store, options: argparse.Namespace) -> int:
    file = options.file
    rows = forget_file(store, options.dataset, file.name, file.read_bytes(), WHO)
    print(f"Forgot what {rows:,} names of {options.dataset} mean.")
    return DONE
