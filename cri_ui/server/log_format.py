"""The server's log: when (UTC), how grave, which part, what; no entry poses as two."""

import logging
import time
import traceback
from typing import Any

import streamlit as st

# Before every line of an entry but its first.
_CONTINUED = "    | "


class Entry(logging.LogRecord):
    """An entry whose text cannot begin another: what it quotes came from anybody."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.tell_of_the_error()

    def tell_of_the_error(self) -> None:
        """Write the traceback out, where there is one."""
        if isinstance(self.exc_info, tuple) and self.exc_info[0]:
            told = "".join(traceback.format_exception(*self.exc_info))
            lines = [_printable(line) for line in told.splitlines()]
            # The formatter takes what stands here for the traceback.
            self.exc_text = "\n".join(_CONTINUED + line for line in lines)

    def getMessage(self) -> str:  # noqa: N802
        """What is said, in one line."""
        return _printable(super().getMessage())


def _printable(text: str) -> str:
    """The text with every character that ends a line or moves a cursor written out."""
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape").decode() for one in text
    )


def begin() -> None:
    """Write every entry so from now on, in the form that config.toml gives."""
    logging.setLogRecordFactory(Entry)
    # Without a zone of its own a time in the log is the computer's.
    logging.Formatter.converter = time.gmtime


def reach_all() -> None:
    """Give that form to the parts too that have one of their own, such as uvicorn."""
    form = logging.Formatter(st.get_option("logger.messageFormat"))
    form.default_msec_format = "%s.%03d"
    loggers = [
        one
        for one in logging.root.manager.loggerDict.values()
        if isinstance(one, logging.Logger)
    ]
    for logger in (logging.root, *loggers):
        for handler in logger.handlers:
            handler.setFormatter(form)
    # Where a part has no handler, this one writes.
    if logging.lastResort:
        logging.lastResort.setFormatter(form)
