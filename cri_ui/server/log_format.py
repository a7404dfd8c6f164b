"""The format of the server log: time (UTC), level, part, message; one line per entry."""

import logging
import time
import traceback
from typing import Any

import streamlit as st

# Before every line of an entry but its first.
_CONTINUED = "    | "


class Entry(logging.LogRecord):
    """A log entry whose text can't fake another entry, since it may quote anyone."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.format_traceback()

    def format_traceback(self) -> None:
        """Format the traceback, if there is one."""
        if isinstance(self.exc_info, tuple) and self.exc_info[0]:
            text = "".join(traceback.format_exception(*self.exc_info))
            lines = [_printable(line) for line in text.splitlines()]
            # logging.Formatter uses exc_text if it is set.
            self.exc_text = "\n".join(_CONTINUED + line for line in lines)

    def getMessage(self) -> str:  # noqa: N802
        """The message on one line."""
        return _printable(super().getMessage())


def _printable(text: str) -> str:
    """The text with line ends and control characters written out."""
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape").decode() for one in text
    )


def begin() -> None:
    """Use this format for all log entries from now on."""
    logging.setLogRecordFactory(Entry)
    # Otherwise times in the log are in the computer's time zone.
    logging.Formatter.converter = time.gmtime


def reach_all() -> None:
    """Use this format for libraries with their own too, such as uvicorn."""
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
    # This handler writes if a logger has none.
    if logging.lastResort:
        logging.lastResort.setFormatter(form)
