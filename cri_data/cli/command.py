"""What every command is declared with: its place, its values, its exit codes."""

import argparse
import os
import pwd
from collections.abc import Callable

# Exit codes: what scripts go by.
DONE, SOME_REJECTED, NOTHING_DONE = 0, 1, 2


def _account() -> str:
    """Whose account of this computer runs the command; no variable stands in for it."""
    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


# Who does it, as the trail and the history say it.
WHO = f"command line ({_account()})"

Commands = "argparse._SubParsersAction[argparse.ArgumentParser]"


def command(
    commands: Commands,
    name: str,
    run: Callable[..., int],
    summary: str,
    needs_store: bool = True,
    page: str | None = None,
) -> argparse.ArgumentParser:
    """One command. `page` does the same while the dashboard has the store open."""
    declared = commands.add_parser(name, help=summary, description=summary)
    declared.set_defaults(run=run, needs_store=needs_store, page=page, makes_store=False)
    return declared


def heading_pair(text: str) -> tuple[str, str]:
    """What stands left and right of the last equals sign."""
    # A heading may hold an equals sign; a column may not.
    heading, equals, column = text.rpartition("=")
    if not equals or not heading:
        raise argparse.ArgumentTypeError(f"'{text}' is not of the form heading=column")
    return heading, column


def pair(text: str) -> tuple[str, str]:
    """What stands left and right of the first equals sign."""
    left, equals, right = text.partition("=")
    if not equals or not left:
        raise argparse.ArgumentTypeError(f"'{text}' is not of the form name=value")
    return left, right


def whole_number(text: str) -> int:
    """A number without sign and fraction."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number")
    return int(text)
