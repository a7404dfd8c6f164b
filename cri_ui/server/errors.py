"""Errors: in full in the server log, with a reference on the page."""

import logging
import secrets
import traceback
from itertools import dropwhile
from pathlib import Path

import h11
import streamlit as st

from cri_data import settings
from cri_ui.server.log_format import Entry
from cri_ui.server.streamlit_internals import (
    DOWNLOAD_ERROR,
    ERROR_LOGGERS,
    VISIT_CHANGED_FRAMES,
    WIDGET_VALUE_FRAMES,
)

_ROOT = Path(__file__).resolve().parents[2]
_OURS = tuple(str(_ROOT / part) for part in ("app.py", "cri_data", "cri_ui", "pages"))


_REFERENCE = "Reference "


class ClientErrors(logging.Filter):
    """Errors caused by a client that is not a browser: one log line, no traceback.

    Streamlit and uvicorn log each such message as an error of the server, and any
    connected client could fill the log with them.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, shortened or with the reference that the page shows."""
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, Exception):
            text = _in_one_line(error)
            if text is None:
                error.add_note(f"{_REFERENCE}{secrets.token_hex(4)}")
                if isinstance(record, Entry):
                    record.format_traceback()
            else:
                record.msg, record.args = text, ()
                record.exc_info = record.exc_text = None
        return True


def watch_the_log() -> None:
    """Filter what Streamlit and asyncio log before it is written."""
    for name in ERROR_LOGGERS:
        logging.getLogger(name).addFilter(ClientErrors())


def show_error(error: Exception) -> bool:
    """Draw, in place of the page, what to do and the reference to the log."""
    st.error(
        "This page could not be shown. Reload it. What you saved is not lost.",
        icon=":material/report:",
    )
    notes = getattr(error, "__notes__", ())
    reference = next((one for one in notes if one.startswith(_REFERENCE)), None)
    if reference:
        st.text(f"If it happens again, contact {settings.CONTACT.text()}: {reference}")
    return True


def _in_one_line(error: Exception) -> str | None:
    """The log line for a client's fault. None for an error of the server."""
    if isinstance(error, h11.ProtocolError):
        return "A request broke the HTTP protocol. Its connection was closed."
    if isinstance(error, DOWNLOAD_ERROR):
        if error.__cause__ is None:
            return "A request named a download that does not exist."
        if isinstance(error.__cause__, PermissionError):
            return "A download was refused because the person has no access now."
    if _failed_in(error, WIDGET_VALUE_FRAMES):
        return "A value that its widget cannot have was ignored."
    if isinstance(error, RuntimeError) and _failed_in(error, VISIT_CHANGED_FRAMES):
        return "A visit changed just as its page began. The page was given up."
    return None


def _failed_in(error: Exception, functions: set[tuple[str, str]]) -> bool:
    """Whether Streamlit itself failed in one of these functions, by file and name."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [(frame.filename, frame.name) for frame in frames]
    after = list(dropwhile(lambda place: place not in functions, places))
    # Our code makes the widget's options, so its errors keep their traceback.
    return bool(after) and not any(path.startswith(_OURS) for path, _ in after)
