"""The command line: everything that can be done to a store without the pages."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import duckdb

from cri_data import demo, printing, settings
from cri_data.access import STAFF, viewer_named
from cri_data.catalog import QueryError, question_named
from cri_data.export import export
from cri_data.filters import Filters
from cri_data.integrity import findings
from cri_data.schema import DATASETS
from cri_data.settings import SettingError
from cri_data.store import Store, StoreError, StoreInUse, open_store
from cri_data.upload.committing import UndoError, undo
from cri_data.upload.headings import HeadingsError
from cri_data.upload.loading import Loading, load, look_at
from cri_data.upload.reading import UnreadableFile, read_any

# Exit codes: what scripts go by.
DONE, SOME_REJECTED, NOTHING_DONE = 0, 1, 2

WHO = "command line"

# The page that does the same while the dashboard has the store open.
_PAGES = {
    "load": "the Upload page",
    "undo": "the Upload history page",
    "uploads": "the Upload history page",
    "export": "the About the data page",
    "ask": "the dashboards",
}

_LISTS = {field.name for field in fields(Filters)} - {"date_from", "date_to"}

# What DuckDB says of a value that cannot be what its parameter is.
_NOT_UNDERSTOOD = (
    duckdb.BinderException,
    duckdb.ConversionException,
    duckdb.InvalidInputException,
)

_REFUSALS = (
    HeadingsError,
    OSError,
    QueryError,
    SettingError,
    StoreError,
    UndoError,
    UnreadableFile,
)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; its exit code: 0 done, 1 partly or found, 2 not done."""
    options = _parser().parse_args(arguments)
    try:
        if options.run is _read:
            return _read(options)
        store = open_store(settings.store_path())
        try:
            return options.run(store, options)
        finally:
            store.close()
    except StoreInUse as error:
        page = _PAGES.get(options.command)
        instead = f" Or use {page}, which does the same." if page else ""
        print(f"{error}{instead}", file=sys.stderr)
    except _NOT_UNDERSTOOD as error:
        print(f"A value cannot be understood: {error}", file=sys.stderr)
    except _REFUSALS as error:
        print(error, file=sys.stderr)
    return NOTHING_DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m cri_data",
        description="Work with a store of the Collaborative Reform dashboard. "
        f"{settings.STORE.name} names the store "
        f"(unless set: {settings.STORE.default}).",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    _command(commands, "init", _init, "make an empty store")

    command = _command(commands, "demo", _demo, "fill the store with invented data")
    command.add_argument("--requests", type=_whole_number, default=3000, metavar="N")
    command.add_argument("--seed", type=int, default=1, metavar="S")

    command = _command(commands, "load", _load, "load a CSV file")
    command.add_argument("dataset", choices=list(DATASETS), metavar="DATASET")
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument(
        "--map",
        action="append",
        type=_heading_pair,
        default=[],
        metavar='"Their header=our_column"',
        help="which heading is which column; may be given again",
    )
    command.add_argument(
        "--dry-run", action="store_true", help="say what would happen, change nothing"
    )
    command.add_argument(
        "--rejects", type=Path, metavar="OUT.csv", help="write the rejected rows here"
    )
    command.add_argument("--json", action="store_true", help="print one JSON object")

    command = _command(
        commands, "read", _read, "print what is read of a file, without a store"
    )
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument(
        "--json", action="store_true", help="print the dialect, faults and counts instead"
    )

    command = _command(commands, "ask", _ask, "answer one question of queries/")
    command.add_argument("query", metavar="QUERY")
    command.add_argument(
        "--param",
        action="append",
        type=_pair,
        default=[],
        metavar="name=value",
        help="a list is states=TX,CA; one left out is null; may be given again",
    )
    command.add_argument(
        "--as",
        dest="viewer",
        type=_viewer,
        default=STAFF,
        metavar="staff|leadership|partner:ID",
    )
    command.add_argument(
        "--format",
        choices=list(printing.FORMATS),
        default="table",
        help="of the answer",
    )

    command = _command(commands, "undo", _undo, "take back an upload")
    command.add_argument("upload_id", metavar="UPLOAD_ID")

    _command(commands, "uploads", _uploads, "list the uploads, newest first")
    _command(commands, "check", _check, "check keys, references, codes and dates")

    command = _command(commands, "export", _export, "write one CSV per dataset")
    command.add_argument("directory", type=Path, metavar="DIR")
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[..., int],
    summary: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=summary, description=summary)
    command.set_defaults(run=run)
    return command


def _heading_pair(text: str) -> tuple[str, str]:
    # A heading may hold an equals sign; a column may not.
    heading, equals, column = text.rpartition("=")
    if not equals or not heading:
        raise argparse.ArgumentTypeError(f"'{text}' is not of the form heading=column")
    return heading, column


def _pair(text: str) -> tuple[str, str]:
    left, equals, right = text.partition("=")
    if not equals or not left:
        raise argparse.ArgumentTypeError(f"'{text}' is not of the form name=value")
    return left, right


def _whole_number(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number")
    return int(text)


def _viewer(text: str) -> object:
    try:
        return viewer_named(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


# -- Commands ------------------------------------------------------------------


def _init(store: Store, options: argparse.Namespace) -> int:
    del options
    print(f"The store {store.path} is ready.")
    return DONE


def _demo(store: Store, options: argparse.Namespace) -> int:
    demo.fill(store, options.requests, options.seed)
    print(f"{store.path} holds {options.requests:,} invented requests.")
    return DONE


def _load(store: Store, options: argparse.Namespace) -> int:
    content = options.file.read_bytes()
    told = dict(options.map)
    name = options.file.name

    def progress(step: str) -> None:
        if not options.json:
            print(f"{step} …", file=sys.stderr)

    if options.dry_run:
        loading = look_at(store, options.dataset, name, content, told, progress)
    else:
        loading = load(store, options.dataset, name, content, told, WHO, progress)
    if options.rejects:
        options.rejects.write_bytes(loading.rejects)
    show = printing.loading_json if options.json else printing.loading_text
    print(show(loading, options.dry_run))
    return _exit_code(loading)


def _read(options: argparse.Namespace) -> int:
    file = read_any(options.file.name, options.file.read_bytes())
    if options.json:
        print(printing.reading_json(file))
    else:
        printing.write_reading(file, sys.stdout.buffer)
    return DONE


def _exit_code(loading: Loading) -> int:
    counts = loading.checked.counts
    if not counts.rejected:
        return DONE
    return NOTHING_DONE if counts.rejected == counts.rows else SOME_REJECTED


def _ask(store: Store, options: argparse.Namespace) -> int:
    values = {
        name: text.split(",") if name in _LISTS else text for name, text in options.param
    }
    _refuse_unknown_params(options.query, values)
    answer = store.ask_arrow(options.query, options.viewer, **values)
    print(printing.FORMATS[options.format](answer))
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


def _undo(store: Store, options: argparse.Namespace) -> int:
    undo(store, options.upload_id, WHO)
    print(f"{options.upload_id} is undone: the store is as it was before.")
    return DONE


def _uploads(store: Store, options: argparse.Namespace) -> int:
    del options
    print(printing.table(store.ask_arrow("uploads_list", STAFF)))
    return DONE


def _check(store: Store, options: argparse.Namespace) -> int:
    del options
    found = findings(store)
    for finding in found:
        print(finding)
    if not found:
        print("Nothing is wrong: keys, references, codes and dates hold.")
    return SOME_REJECTED if found else DONE


def _export(store: Store, options: argparse.Namespace) -> int:
    for name, rows in export(store, options.directory).items():
        print(f"{options.directory / name}.csv: {rows:,} rows")
    return DONE
