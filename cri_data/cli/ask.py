"""The commands that hand rows out: ask and export."""

import argparse
from dataclasses import fields
from pathlib import Path

from cri_data.audit.log import Action, record
from cri_data.cli import output
from cri_data.cli.command import DONE, WHO, Commands, command, pair
from cri_data.export.dataset_csv import export
from cri_data.model.filters import Filters
from cri_data.model.roles import STAFF, Viewer, viewer_named
from cri_data.store.query_files import QueryError, question_named
from cri_data.store.store import Store

_LISTS = {field.name for field in fields(Filters)} - {"date_from", "date_to"}


def declare(commands: Commands) -> None:
    """Declare ask and export."""
    made = command(
        commands, "ask", _ask, "answer one question of queries/", page="the dashboards"
    )
    made.add_argument("query", metavar="QUERY")
    made.add_argument(
        "--param",
        action="append",
        type=pair,
        default=[],
        metavar="name=value",
        help="a list is states=TX,CA; one left out is null; may be given again",
    )
    made.add_argument(
        "--as",
        dest="viewer",
        type=_viewer,
        default=STAFF,
        metavar="leadership|staff|administrator|partner:ID",
    )
    made.add_argument(
        "--format",
        choices=list(output.FORMATS),
        default="table",
        help="of the answer",
    )

    made = command(
        commands,
        "export",
        _export,
        "write one CSV per dataset",
        page="the About the data page",
    )
    made.add_argument("directory", type=Path, metavar="DIR")


def _viewer(text: str) -> Viewer:
    try:
        return viewer_named(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _ask(store: Store, options: argparse.Namespace) -> int:
    values = {
        name: text.split(",") if name in _LISTS else text for name, text in options.param
    }
    _refuse_unknown_params(options.query, values)
    answer = store.ask_arrow(options.query, options.viewer, **values)
    told = "; ".join(f"{name}: {text}" for name, text in options.param)
    # First the trail: what it cannot say is not handed out.
    record(
        store,
        WHO,
        Action.EXPORTED,
        table=options.query,
        filters=told or None,
        rows=answer.num_rows,
    )
    print(output.FORMATS[options.format](answer))
    return DONE


def _refuse_unknown_params(name: str, values: dict[str, object]) -> None:
    """Raise QueryError where a value would be passed over in silence."""
    own = [
        param for param in question_named(name).params if not param.startswith("viewer_")
    ]
    for given in values:
        if given not in own:
            raise QueryError(
                f"{name} has no parameter '{given}'. It has: {', '.join(own) or 'none'}."
            )


def _export(store: Store, options: argparse.Namespace) -> int:
    def say(counts: dict[str, int]) -> None:
        rows = sum(counts.values())
        record(store, WHO, Action.EXPORTED, table="every dataset", rows=rows)

    written = export(store, options.directory, before=say)
    for name, rows in written.items():
        print(f"{options.directory / name}.csv: {rows:,} rows")
    return DONE
