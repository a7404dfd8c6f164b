"""What the commands share: exit codes, the account, the store, and kinds of values."""

import functools
import os
import pwd
import sys
from collections.abc import Callable
from typing import Any

import click

from cri_data import settings
from cri_data.model.refusal import Refusal
from cri_data.store.connection import open_store
from cri_data.store.store import StoreInUse

# Exit codes: what scripts go by.
DONE, SOME_REJECTED, NOTHING_DONE = 0, 1, 2


def _account() -> str:
    """Whose account of this computer runs the command; no variable stands in for it."""
    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


# Who does it, as the audit log and the upload history name it.
WHO = f"command line ({_account()})"


class Command(click.Command):
    """A command that runs only with valid settings."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it; the exit code. Raises Refusal if a setting is not valid."""
        if wrong := settings.invalid_settings():
            raise Refusal("\n".join(wrong))
        return super().invoke(ctx)

    def typed_after_name(self, ctx: click.Context) -> list[str]:
        """Every option, then the arguments, as they are typed after the name."""
        options = [
            _option_usage(param, ctx)
            for param in self.params
            if isinstance(param, click.Option)
        ]
        arguments = [
            param.make_metavar(ctx)
            for param in self.params
            if isinstance(param, click.Argument)
        ]
        return options + arguments


def _option_usage(option: click.Option, ctx: click.Context) -> str:
    usage = option.opts[0]
    if not option.is_flag:
        usage += f" {option.make_metavar(ctx)}"
    return usage if option.required else f"[{usage}]"


def with_store(
    page: str | None = None, makes_store: bool = False
) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Give a command the store as its first argument, and close it afterwards.

    `page` can do the work of the command while the dashboard has the store open.
    """

    def decorate(run: Callable[..., int]) -> Callable[..., int]:
        @functools.wraps(run)
        def run_on_store(**options: Any) -> int:
            path = settings.store_path()
            is_new = not path.exists()
            try:
                store = open_store(path)
                if is_new and not makes_store:
                    print(
                        f"There was no store {path}: a new one is made. Is "
                        f"{settings.STORE.name} set as it is for the dashboard?",
                        file=sys.stderr,
                    )
                try:
                    return run(store, **options)
                finally:
                    store.close()
            except StoreInUse as error:
                instead = f" Or use {page}, which does the same." if page else ""
                raise Refusal(f"{error}{instead}") from error

        return run_on_store

    return decorate


def heading_pair(text: str) -> tuple[str, str]:
    """What stands left and right of the last equals sign. Raises click.BadParameter."""
    # A heading may hold an equals sign; a column may not.
    heading, equals, column = text.rpartition("=")
    if not equals or not heading:
        raise click.BadParameter(f"'{text}' is not of the form heading=column")
    return heading, column


def pair(text: str) -> tuple[str, str]:
    """What stands left and right of the first equals sign. Raises click.BadParameter."""
    left, equals, right = text.partition("=")
    if not equals or not left:
        raise click.BadParameter(f"'{text}' is not of the form name=value")
    return left, right


def whole_number(text: str) -> int:
    """A number without sign and fraction. Raises click.BadParameter."""
    if not str(text).isdecimal():
        raise click.BadParameter(f"'{text}' is not a whole number")
    return int(text)
