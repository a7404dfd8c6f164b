"""Errors: in full in the server log, and with a reference for the reader of the page."""

import logging
import secrets
import traceback
from pathlib import Path

import h11
import streamlit as st
from streamlit.runtime.media_file_storage import MediaFileStorageError

from cri_data import settings
from cri_ui.server.log_format import Entry

_ROOT = Path(__file__).resolve().parents[2]
_OURS = tuple(str(_ROOT / part) for part in ("app.py", "cri_data", "cri_ui", "pages"))

# Where Streamlit turns what a browser says of a widget into that widget's value.
_OF_A_WIDGET = (
    str(Path(st.__file__).parent / "runtime" / "state" / "session_state.py"),
    "__getitem__",
)

# Who logs the errors of pages, of downloads, and of the lines themselves.
_LOGS = (
    "streamlit.error_util",
    "streamlit.runtime.backend_operation_handler",
    "asyncio",
)

_REFERENCE = "Reference "


class OfTheSender(logging.Filter):
    """Errors caused by a client that is not a browser: one log line, no traceback.

    Streamlit and uvicorn log each such message as an error of the server, and any
    connected client could fill the log with them.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Pass the record on, shortened or with a reference for the reader."""
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, Exception):
            text = _in_one_line(error)
            if text is None:
                error.add_note(f"{_REFERENCE}{secrets.token_hex(4)}")
                if isinstance(record, Entry):
                    record.tell_of_the_error()
            else:
                record.msg, record.args = text, ()
                record.exc_info = record.exc_text = None
        return True


def watch_the_log() -> None:
    """Filter what Streamlit and asyncio log before it is written."""
    for name in _LOGS:
        logging.getLogger(name).addFilter(OfTheSender())


def show_error(error: Exception) -> bool:
    """Draw, in place of the page, what to do and the reference to the log."""
    st.error(
        "This page could not be drawn. Reload it; what you saved before is kept.",
        icon=":material/report:",
    )
    notes = getattr(error, "__notes__", ())
    reference = next((one for one in notes if one.startswith(_REFERENCE)), None)
    if reference:
        st.text(f"If it happens again, tell {settings.CONTACT.text()}: {reference}")
    return True


def _in_one_line(error: Exception) -> str | None:
    """The log line for a client's fault. None for an error of the server."""
    if isinstance(error, h11.ProtocolError):
        return "A request broke off the protocol; its line was cut."
    if isinstance(error, MediaFileStorageError):
        if error.__cause__ is None:
            return "A download was asked for that is not there."
        if isinstance(error.__cause__, PermissionError):
            return "A download was refused to who may not have it now."
    if _is_value_of_no_widget(error):
        return "A value that its widget cannot have was not taken."
    return None


def _is_value_of_no_widget(error: Exception) -> bool:
    """Whether Streamlit itself failed on a value sent for a widget."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [(frame.filename, frame.name) for frame in frames]
    if _OF_A_WIDGET not in places:
        return False
    # The widget's own options are written by our code: its faults stay whole.
    after = places[places.index(_OF_A_WIDGET) :]
    return not any(path.startswith(_OURS) for path, _ in after)
