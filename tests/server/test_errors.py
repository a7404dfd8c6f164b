"""What the log keeps of an error, and what it says in one line."""

import logging
from collections.abc import Callable
from typing import Any

import h11
import pytest
from streamlit.components.v2.bidi_component import serialization
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.media_file_storage import MediaFileStorageError
from streamlit.runtime.state.common import WidgetMetadata
from streamlit.runtime.state.session_state import WStates
from streamlit.testing.v1 import AppTest

from cri_ui.components import text
from cri_ui.server.errors import ClientErrors


def logged(error: Exception) -> logging.LogRecord:
    """What becomes of an error that is logged as Streamlit does."""
    exc_info = (type(error), error, error.__traceback__)
    args = ("x", logging.ERROR, "x", 1, "asked for %s", ("a\nb",), exc_info)
    record = logging.LogRecord(*args)
    assert ClientErrors().filter(record)
    return record


def raised(cause: Exception | None) -> MediaFileStorageError:
    """As Streamlit raises it where a file is made at the click."""
    with pytest.raises(MediaFileStorageError) as caught:
        raise MediaFileStorageError("Callable execution failed") from cause
    return caught.value


def of_a_widget(reader: Callable[[Any], object]) -> Exception:
    """What comes of a value that the widget's own reader takes badly."""
    states = WStates()
    states.set_widget_from_proto(WidgetState(id="a", bool_value=True))
    states.set_widget_metadata(
        WidgetMetadata("a", reader, lambda value: value, "bool_value")
    )
    with pytest.raises((TypeError, AttributeError)) as caught:
        states["a"]
    return caught.value


def of_another_kind() -> Exception:
    """What comes of a number for a widget that has texts, when it is written back."""
    states = WStates()
    states.set_widget_from_proto(WidgetState(id="a", int_value=1))
    states.set_widget_metadata(WidgetMetadata("a", str, str, "string_value"))
    assert states["a"] == "1"
    with pytest.raises(TypeError) as caught:
        states.get_serialized("a")
    return caught.value


def of_a_script() -> Exception:
    """What comes of a text that is no JSON, for a script in the browser."""
    records: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = records.append
    logger = logging.getLogger(serialization.__name__)
    logger.addHandler(handler)
    serialization.BidiComponentSerde(default=None).deserialize("no JSON")
    logger.removeHandler(handler)
    return records[0].exc_info[1]


def of_a_visit_that_changes() -> Exception:
    """What comes of a visit whose state changes while Streamlit goes through it."""
    states = WStates()
    states.set_widget_from_proto(WidgetState(id="a", int_value=1))
    states.set_widget_from_proto(WidgetState(id="b", int_value=1))
    going = iter(states)
    next(going)
    del states["b"]
    with pytest.raises(RuntimeError) as caught:
        next(going)
    return caught.value


def failed() -> ValueError:
    """An error of a page."""
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        raise ValueError("inside")
    return caught.value


OF_THE_SENDER = {
    "a line that breaks off": h11.LocalProtocolError("x"),
    "a file that is not there": raised(None),
    "a file for one who was removed": raised(PermissionError("x")),
    "a value of another type": of_a_widget(iter),
    "a value of another kind of widget": of_another_kind(),
    "a script's text that is no JSON": of_a_script(),
    "a visit that changes": of_a_visit_that_changes(),
}
OF_THE_SERVER = {
    "a page": failed(),
    "a file that could not be made": raised(ValueError("x")),
    "a widget's options of ours": of_a_widget(text.day),
    "a line": ConnectionResetError("x"),
}


@pytest.mark.parametrize("error", OF_THE_SENDER.values(), ids=OF_THE_SENDER)
def test_a_senders_fault_is_one_line(error: Exception) -> None:
    record = logged(error)
    assert record.exc_info is None
    assert "\n" not in record.getMessage()


@pytest.mark.parametrize("error", OF_THE_SERVER.values(), ids=OF_THE_SERVER)
def test_a_fault_of_the_servers_own_is_kept_whole_and_can_be_found(
    error: Exception,
) -> None:
    record = logged(error)
    assert record.exc_info
    assert error.__notes__[-1].startswith("Reference ")


def test_the_reader_is_told_what_to_do_and_nothing_of_the_error() -> None:
    app = AppTest.from_function(_failing_page).run()
    assert "Reload it" in app.error[0].value
    assert (
        app.text[0].value == "If it happens again, contact the program office: Reference 1"
    )


def _failing_page() -> None:
    from cri_ui.server.errors import show_error  # noqa: PLC0415

    error = ValueError("inside")
    error.add_note("Reference 1")
    show_error(error)
