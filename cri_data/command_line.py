"""The command line: everything that can be done to a store without the pages."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import duckdb

from cri_data import (
    care_commands,
    demo,
    people_command,
    printing,
    settings,
    trail_commands,
)
from cri_data.access import STAFF, viewer_named
from cri_data.audit import Action, record
from cri_data.backup import BackupError
from cri_data.care_commands import WHO
from cri_data.catalog import QueryError, question_named
from cri_data.export import export
from cri_data.filters import Filters
from cri_data.integrity import findings
from cri_data.people import PeopleError
from cri_data.redaction import RedactionError
from cri_data.schema import DATASETS
from cri_data.settings import SettingError
from cri_data.store import Store, StoreError, StoreInUse, open_store
from cri_data.upload.headings import HeadingsError
from cri_data.upload.kept import kept_file
from cri_data.upload.loading import Loading, likely_recipe, load, look_at
from cri_data.upload.named_file import forget_file, match_file, remember_file
from cri_data.upload.names import NAMED, UnknownRecord
from cri_data.upload.reading import Told, UnreadableFile, read_any, read_file
from cri_data.upload.recipe import Recipe, RecipeError, recipe_from_json
from cri_data.upload.records import (
    RecordError,
    correct,
    merge_agencies,
    record_cells,
    withdraw,
)
from cri_data.upload.remembering import remembered
from cri_data.upload.templates import template_csv, template_xlsx
from cri_data.upload.undoing import UndoError, undo

# Exit codes: what scripts go by.
DONE, SOME_REJECTED, NOTHING_DONE = 0, 1, 2

_PROGRAM = "python -m cri_data"

# The page that does the same while the dashboard has the store open.
_PAGES = {
    "load": "the Upload page",
    "undo": "the Upload history page",
    "kept": "the Upload history page",
    "correct": "the Records page",
    "withdraw": "the Records page",
    "merge": "the Records page",
    "redact": "the Records page",
    "uploads": "the Upload history page",
    "export": "the About the data page",
    "ask": "the dashboards",
    "trail": "the Trail page",
    "backup": "the Backups page",
    "people": "the People and access page",
}

_LISTS = {field.name for field in fields(Filters)} - {"date_from", "date_to"}

# What DuckDB says of a value that cannot be what its parameter is.
_NOT_UNDERSTOOD = (
    duckdb.BinderException,
    duckdb.ConversionException,
    duckdb.InvalidInputException,
)

_REFUSALS = (
    BackupError,
    HeadingsError,
    OSError,
    PeopleError,
    QueryError,
    RecipeError,
    RecordError,
    RedactionError,
    SettingError,
    StoreError,
    UndoError,
    UnknownRecord,
    UnreadableFile,
)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; its exit code: 0 done, 1 partly or found, 2 not done."""
    parser = _parser()
    _add_commands(parser)
    options = parser.parse_args(arguments)
    if wrong := settings.wrong_numbers():
        print("\n".join(wrong), file=sys.stderr)
        return NOTHING_DONE
    try:
        if not options.needs_store:
            return options.run(options)
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


def commands_in_words() -> list[tuple[str, str]]:
    """Every command as it is written, and what it does."""
    found = []
    for parser in _add_commands(_parser()).choices.values():
        parts = parser.get_default("parts")
        found += parts.choices.values() if parts else [parser]
    return [(_usage(parser), parser.description) for parser in found]


def _usage(parser: argparse.ArgumentParser) -> str:
    words = parser.format_usage().removeprefix(f"usage: {_PROGRAM} ").split()
    return " ".join(word for word in words if word != "[-h]")


def _parser() -> argparse.ArgumentParser:
    return argparse.ArgumentParser(
        prog=_PROGRAM,
        description="Work with a store of the Collaborative Reform dashboard. "
        f"{settings.STORE.name} names the store "
        f"(unless set: {settings.STORE.default}).",
    )


def _add_commands(
    parser: argparse.ArgumentParser,
) -> "argparse._SubParsersAction[argparse.ArgumentParser]":
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
    _add_dialect(command)
    command.add_argument(
        "--set",
        action="append",
        type=_pair,
        default=[],
        metavar="our_column=text",
        help="a text for every row whose cell is blank or missing; may be given again",
    )
    command.add_argument(
        "--recipe",
        type=Path,
        metavar="DECISIONS.json",
        help="what was decided about the file, as the Upload page gives it out",
    )
    command.add_argument(
        "--as-before",
        action="store_true",
        help="decide as for the last file with these headings",
    )
    command.add_argument(
        "--take-likely",
        action="store_true",
        help="take what every value that is not known was most likely meant to be",
    )
    command.add_argument(
        "--blanks-erase", action="store_true", help="a blank cell erases what is stored"
    )
    command.add_argument(
        "--all-or-nothing",
        action="store_true",
        help="load no row where one is rejected",
    )
    command.add_argument(
        "--dry-run", action="store_true", help="say what would happen, change nothing"
    )
    command.add_argument(
        "--rejects", type=Path, metavar="OUT.csv", help="write the rejected rows here"
    )
    command.add_argument("--json", action="store_true", help="print one JSON object")

    command = _command(commands, "template", _template, "write a file to fill in")
    command.set_defaults(needs_store=False)
    command.add_argument("dataset", choices=list(DATASETS), metavar="DATASET")
    command.add_argument("file", type=Path, metavar="OUT.csv|OUT.xlsx")

    command = _command(commands, "match", _match, "find the records that names mean")
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument(
        "--dataset",
        choices=NAMED,
        default="agencies",
        metavar="|".join(NAMED),
        help="what is named (agencies)",
    )
    command.add_argument(
        "--map",
        action="append",
        type=_heading_pair,
        default=[],
        metavar='"Their header=name"',
        help="which heading is name, state, city or agency_type; may be given again",
    )
    command.add_argument("--json", action="store_true", help="print one JSON object")

    for name, run, summary in (
        ("remember", _remember, "keep what the names of a file mean"),
        ("forget", _forget, "forget what the names of a file mean"),
    ):
        command = _command(commands, name, run, summary)
        command.add_argument("dataset", choices=NAMED, metavar="|".join(NAMED))
        command.add_argument("file", type=Path, metavar="FILE")

    command = _command(
        commands, "read", _read, "print what is read of a file, without a store"
    )
    command.set_defaults(needs_store=False)
    command.add_argument("file", type=Path, metavar="FILE")
    _add_dialect(command)
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

    command = _command(commands, "correct", _correct, "correct one record")
    command.add_argument("dataset", choices=list(DATASETS), metavar="DATASET")
    command.add_argument("record_id", metavar="ID")
    command.add_argument(
        "--set",
        action="append",
        type=_pair,
        required=True,
        metavar="column=text",
        help="blank erases; may be given again",
    )

    command = _command(commands, "withdraw", _withdraw, "take one record out")
    command.add_argument("dataset", choices=list(DATASETS), metavar="DATASET")
    command.add_argument("record_id", metavar="ID")

    command = _command(
        commands,
        "redact",
        care_commands.redact_record,
        "take one record's free text out everywhere, for ever",
    )
    care_commands.declare_redact(command)

    command = _command(commands, "merge", _merge, "make one agency of two")
    command.add_argument("gone_id", metavar="AGENCY_ID")
    command.add_argument("kept_id", metavar="KEPT_ID")

    command = _command(commands, "undo", _undo, "take back an upload")
    command.add_argument("upload_id", metavar="UPLOAD_ID")
    command.add_argument(
        "--rest",
        action="store_true",
        help="leave the records that later uploads changed as they are",
    )

    command = _command(commands, "kept", _kept, "write an upload's file as it came")
    command.add_argument("upload_id", metavar="UPLOAD_ID")
    command.add_argument("file", type=Path, metavar="OUT")
    command.add_argument(
        "--rejected", action="store_true", help="its rejected rows instead"
    )

    _command(commands, "uploads", _uploads, "list the uploads, newest first")
    _command(
        commands, "check", _check, "check keys, references, codes, dates and the trail"
    )

    command = _command(
        commands, "trail", trail_commands.trail, "print who did what and when"
    )
    trail_commands.declare(command)

    command = _command(
        commands, "backup", care_commands.make_backup, "write the store to a new file"
    )
    care_commands.declare_file(command)

    command = _command(
        commands, "restore", care_commands.put_back, "put a backup in the store's place"
    )
    command.set_defaults(needs_store=False)
    care_commands.declare_file(command)

    command = _command(commands, "export", _export, "write one CSV per dataset")
    command.add_argument("directory", type=Path, metavar="DIR")

    command = _command(commands, "people", people_command.declare, "who may sign in")
    people_command.declare(command)
    return commands


def _add_dialect(command: argparse.ArgumentParser) -> None:
    """What a person may say of how a file is written; else it is found."""
    command.add_argument("--encoding", metavar="NAME", help="such as mac-roman")
    command.add_argument("--separator", metavar="TEXT", help="one or two characters")
    command.add_argument("--header-rows", type=_whole_number, metavar="N")
    command.add_argument("--sheet", metavar="NAME", help="of a workbook")


def _told(options: argparse.Namespace) -> dict[str, object]:
    names = ("encoding", "separator", "header_rows", "sheet")
    given = {name: getattr(options, name) for name in names}
    return {name: value for name, value in given.items() if value is not None}


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[..., int],
    summary: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=summary, description=summary)
    command.set_defaults(run=run, needs_store=True)
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
    recipe = _recipe(store, options)
    name, read = options.file.name, options.file.read_bytes

    def progress(step: str) -> None:
        if not options.json:
            print(f"{step} …", file=sys.stderr)

    if options.take_likely:
        looked = look_at(store, options.dataset, name, read(), recipe, progress)
        recipe = likely_recipe(store, looked)
    if options.dry_run:
        loading = look_at(store, options.dataset, name, read(), recipe, progress)
    else:
        loading = load(store, options.dataset, name, read(), recipe, WHO, progress)
    if options.rejects:
        options.rejects.write_bytes(loading.rejects)
    show = printing.loading_json if options.json else printing.loading_text
    print(show(loading, options.dry_run))
    return _exit_code(loading)


def _recipe(store: Store, options: argparse.Namespace) -> Recipe:
    """What the options decide, over what the file of decisions or the last file does."""
    recipe = Recipe()
    if options.recipe:
        recipe = recipe_from_json(options.recipe.read_text("utf-8"))
    elif options.as_before:
        file = read_file(
            options.file.name, options.file.read_bytes(), Told(**_told(options))
        )
        before = remembered(store, options.dataset, file.headings)
        recipe = before.recipe if before else recipe
    return replace(
        recipe,
        told=replace(recipe.told, **_told(options)),
        headings={**recipe.headings, **dict(options.map)},
        constants={**recipe.constants, **dict(options.set)},
        blanks_erase=recipe.blanks_erase or options.blanks_erase,
        all_or_nothing=recipe.all_or_nothing or options.all_or_nothing,
    )


def _template(options: argparse.Namespace) -> int:
    is_workbook = options.file.suffix.lower() == ".xlsx"
    make = template_xlsx if is_workbook else template_csv
    options.file.write_bytes(make(DATASETS[options.dataset]))
    print(f"{options.file} has the headings of {options.dataset} and an example row.")
    return DONE


def _read(options: argparse.Namespace) -> int:
    told = Told(**_told(options))
    file = read_any(options.file.name, options.file.read_bytes(), told)
    if options.json:
        print(printing.reading_json(file))
    else:
        printing.write_reading(file, sys.stdout.buffer)
    return DONE


def _exit_code(loading: Loading) -> int:
    counts = loading.checked.counts
    if not counts.rejected:
        return DONE
    kept_out = loading.prepared.recipe.all_or_nothing or counts.rejected == counts.rows
    return NOTHING_DONE if kept_out else SOME_REJECTED


def _match(store: Store, options: argparse.Namespace) -> int:
    file, told = options.file, dict(options.map)
    matched = match_file(store, options.dataset, file.name, file.read_bytes(), told)
    show = printing.names_json if options.json else printing.names_text
    print(show(options.dataset, matched))
    undecided = printing.undecided_names(matched)
    return SOME_REJECTED if undecided else DONE


def _remember(store: Store, options: argparse.Namespace) -> int:
    file = options.file
    rows = remember_file(store, options.dataset, file.name, file.read_bytes(), WHO)
    print(f"Remembered what {rows:,} names of {options.dataset} mean.")
    return DONE


def _forget(store: Store, options: argparse.Namespace) -> int:
    file = options.file
    rows = forget_file(store, options.dataset, file.name, file.read_bytes())
    print(f"Forgot what {rows:,} names of {options.dataset} mean.")
    return DONE


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
    undo(store, options.upload_id, WHO, options.rest)
    print(f"{options.upload_id} is undone: the store is as it was before.")
    return DONE


def _correct(store: Store, options: argparse.Namespace) -> int:
    cells = record_cells(store, options.dataset, options.record_id)
    unknown = [name for name, _ in options.set if name not in cells]
    if unknown:
        raise RecordError(
            f"{options.dataset} have no column '{unknown[0]}'. They have: "
            f"{', '.join(cells)}."
        )
    loading = correct(store, options.dataset, cells | dict(options.set), WHO)
    print(printing.loading_text(loading, dry_run=False))
    return NOTHING_DONE if loading.checked.counts.rejected else DONE


def _withdraw(store: Store, options: argparse.Namespace) -> int:
    upload_id = withdraw(store, options.dataset, options.record_id, WHO)
    print(f"{options.record_id} is withdrawn as {upload_id}, which undo takes back.")
    return DONE


def _merge(store: Store, options: argparse.Namespace) -> int:
    upload_id = merge_agencies(store, options.gone_id, options.kept_id, WHO)
    print(
        f"{options.gone_id} is {options.kept_id} from now on, as {upload_id}, which undo "
        "takes back."
    )
    return DONE


def _kept(store: Store, options: argparse.Namespace) -> int:
    kept = kept_file(store, options.upload_id)
    content = kept.rejected if options.rejected else kept.content
    if content is None:
        print(f"Nothing of the kind was kept of {options.upload_id}.", file=sys.stderr)
        return NOTHING_DONE
    what = "its rejected rows" if options.rejected else "the file as it came"
    record(store, WHO, Action.EXPORTED, table=f"{what} of {options.upload_id}")
    options.file.write_bytes(content)
    print(f"{options.file}: {len(content):,} bytes")
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
        print("Nothing is wrong: keys, references, codes, dates and the trail hold.")
    return SOME_REJECTED if found else DONE


def _export(store: Store, options: argparse.Namespace) -> int:
    written = export(store, options.directory)
    record(store, WHO, Action.EXPORTED, table="every dataset", rows=sum(written.values()))
    for name, rows in written.items():
        print(f"{options.directory / name}.csv: {rows:,} rows")
    return DONE
