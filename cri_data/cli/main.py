"""The command line: everything that can be done to a store without the pages."""

import argparse
import sys

import duckdb

from cri_data import settings
from cri_data.accounts.users import PeopleError
from cri_data.backups.copy import BackupError
from cri_data.cli import (
    ask,
    audit,
    backups,
    files,
    init,
    loading,
    names,
    records,
    uploads,
    users,
)
from cri_data.cli.command import NOTHING_DONE, Commands
from cri_data.importing.commit.undo import UndoError
from cri_data.importing.mapping.headings import HeadingsError
from cri_data.importing.matching.match import UnknownRecord
from cri_data.importing.recipe import RecipeError
from cri_data.reading import UnreadableFile
from cri_data.records import RecordError
from cri_data.redaction.redact import RedactionError
from cri_data.settings import SettingError
from cri_data.store.connection import open_store
from cri_data.store.query_files import QueryError
from cri_data.store.store import StoreError, StoreInUse

_PROGRAM = "python -m cri_data"

# In the order in which --help lists their commands.
_SUBJECTS = (
    *(init, loading, files, names, ask, records, uploads),
    *(audit, backups, users),
)

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
        is_new = not settings.store_path().exists()
        store = open_store(settings.store_path())
        if is_new and not options.makes_store:
            print(
                f"There was no store {settings.store_path()}: a new one is made. Is "
                f"{settings.STORE.name} set as it is for the dashboard?",
                file=sys.stderr,
            )
        try:
            return options.run(store, options)
        finally:
            store.close()
    except StoreInUse as error:
        instead = f" Or use {options.page}, which does the same." if options.page else ""
        print(f"{error}{instead}", file=sys.stderr)
    except _NOT_UNDERSTOOD as error:
        print(f"A value cannot be understood: {error}", file=sys.stderr)
    except _REFUSALS as error:
        print(error, file=sys.stderr)
    except duckdb.Error as error:
        print(
            f"The store {settings.store_path()} cannot be used: {error}. Run check, or "
            "restore a backup.",
            file=sys.stderr,
        )
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


def _add_commands(parser: argparse.ArgumentParser) -> Commands:
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for subject in _SUBJECTS:
        subject.declare(commands)
    return commands
