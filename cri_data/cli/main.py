"""The command line: work with a store without the pages."""

import sys
from importlib import import_module

import click
import duckdb

from cri_data import settings
from cri_data.cli.command import NOTHING_DONE, Command
from cri_data.model.refusal import Refusal
from cri_data.settings import SettingError

_PROGRAM = "python -m cri_data"

# A shell's exit code for a program that Ctrl+C ended.
_CANCELED = 130

# The module of each command, in the order of --help.
_MODULES = {
    "init": "init",
    "demo": "init",
    "load": "loading",
    "template": "files",
    "read": "files",
    "match": "names",
    "remember": "names",
    "forget": "names",
    "ask": "ask",
    "export": "ask",
    "correct": "records",
    "withdraw": "records",
    "redact": "records",
    "merge": "records",
    "uploads": "uploads",
    "undo": "uploads",
    "kept": "uploads",
    "check": "audit",
    "trail": "audit",
    "backup": "backups",
    "restore": "backups",
    "people": "users",
}

# DuckDB's errors for a value that does not fit its parameter.
_NOT_UNDERSTOOD = (
    duckdb.BinderException,
    duckdb.ConversionException,
    duckdb.InvalidInputException,
)


class _Commands(click.Group):
    """Imports a command's module only when the command runs, for a faster start."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order of --help."""
        del ctx
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command with that name, or None."""
        del ctx
        if cmd_name not in _MODULES:
            return None
        module = import_module(f"cri_data.cli.{_MODULES[cmd_name]}")
        return next(
            command
            for command in vars(module).values()
            if isinstance(command, click.Command) and command.name == cmd_name
        )


_COMMANDS = _Commands(
    help="Work with a store of the Collaborative Reform dashboard. "
    f"{settings.STORE.name} names the store (unless set: {settings.STORE.default})."
)


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns its exit code: 0 done, 1 partly or found, 2 not done."""
    try:
        return _COMMANDS.main(arguments, prog_name=_PROGRAM, standalone_mode=False)
    except click.ClickException as error:
        error.show()
    except click.Abort:
        print("Canceled.", file=sys.stderr)
        return _CANCELED
    except _NOT_UNDERSTOOD as error:
        print(f"A value is not valid: {error}", file=sys.stderr)
    except (Refusal, SettingError, OSError) as error:
        print(error, file=sys.stderr)
    except duckdb.Error as error:
        print(
            f"The store {settings.store_path()} cannot be used: {error}. Run check, or "
            "restore a backup.",
            file=sys.stderr,
        )
    return NOTHING_DONE


def commands_in_words() -> list[tuple[str, str]]:
    """All commands as they are typed, and what each does."""
    return _in_words(_COMMANDS, click.Context(_COMMANDS))


def _in_words(
    group: click.Group, ctx: click.Context, before: str = ""
) -> list[tuple[str, str]]:
    found = []
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        if isinstance(command, click.Group):
            below = click.Context(command, ctx, name)
            found += _in_words(command, below, f"{before}{name} ")
        elif isinstance(command, Command):
            below = click.Context(command, ctx, name)
            usage = " ".join([f"{before}{name}", *command.typed_after_name(below)])
            found.append((usage, command.get_short_help_str(limit=200)))
    return found
