"""Parts that commands share: exit codes, the account, the store, and types of values."""

import functools
import os
import pwd
import sys
from collections.abc import Callable
from typing import Any

import click

from cri_data import settings
from cri_data.importing.recipe import LEFT_OUT
from cri_data.model.outcomes import Wave
from cri_data.model.refusal import Refusal
from cri_data.store.connection import open_store
from cri_data.store.store import StoreInUse

# Exit codes for scripts.
DONE, SOME_REJECTED, NOTHING_DONE = 0, 1, 2


def _account() -> str:
    """The account that runs the command, from the system and not from a variable."""
    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


# The person's name in the audit log and the upload history.
WHO = f"command line ({_account()})"


class Command(click.Command):
    """A command that runs only with valid settings."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Returns the exit code. Raises Refusal for an invalid setting."""
        if wrong := settings.invalid_settings():
            raise Refusal("\n".join(wrong))
        return super().invoke(ctx)

    def typed_after_name(self, ctx: click.Context) -> list[str]:
        """All options, then the arguments, as typed after the command's name."""
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
    """Pass the open store to a command as its first argument, and close it afterward.

    `page` names the page that does the same while the dashboard runs.
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
                        f"There was no store {path}, so a new one is made. Check that "
                        f"{settings.STORE.name} is the same as for the dashboard.",
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
    """The texts before and after the last equals sign. Raises click.BadParameter."""
    # A heading can contain an equals sign, but a column can't.
    heading, equals, column = text.rpartition("=")
    if not equals or not heading:
        raise click.BadParameter(f"'{text}' does not have the form heading=column")
    return heading, column


def pair(text: str) -> tuple[str, str]:
    """The texts before and after the first equals sign. Raises click.BadParameter."""
    left, equals, right = text.partition("=")
    if not equals or not left:
        raise click.BadParameter(f"'{text}' does not have the form name=value")
    return left, right


def wave_pair(text: str) -> tuple[str, str]:
    """A word and the wave that it means. Raises click.BadParameter."""
    word, equals, wave = text.rpartition("=")
    if not equals or wave not in (*Wave, LEFT_OUT):
        raise click.BadParameter(f"'{text}' does not have the form word=baseline|followup")
    return word, wave


def whole_number(text: str) -> int:
    """A number without a sign or fraction. Raises click.BadParameter."""
    if not str(text).isdecimal():
        raise click.BadParameter(f"'{text}' is not a whole number")
    return int(text)
