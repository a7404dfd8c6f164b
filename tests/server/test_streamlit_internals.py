"""Whether the private parts of Streamlit that we use are unchanged.

If a test fails after an update of Streamlit, its name and message say what to check in
cri_ui/server/streamlit_internals.py.
"""

import asyncio
import importlib
import inspect
import json
import re
import threading
from types import SimpleNamespace

import pytest
from streamlit import config
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime import Runtime, app_session
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner.script_runner import ScriptRunnerEvent
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.testing.v1 import AppTest
from streamlit.web.server.starlette import starlette_auth_routes

from cri_ui.server import streamlit_internals, websocket_filter

# Under which a component sends its triggers.
CLICKS = "a trigger".join(streamlit_internals.TRIGGER_ID_ENDS)

PARAMETERS = {
    AppSession._on_scriptrunner_event: ["self", "sender", "event", "forward_msg"],
    AppSession._handle_scriptrunner_event_on_event_loop: [
        "self",
        "sender",
        "event",
        "forward_msg",
    ],
    AppSession._call_soon_on_event_loop: ["self", "callback"],
    ScriptRunContext.enqueue: ["self", "msg"],
    Runtime.connect_session: ["self", "client", "user_info"],
    Runtime.handle_backmsg: ["self", "session_id", "msg", "client"],
    Runtime.close_session: ["self", "session_id"],
    get_cookie_with_chunks: ["get_single_cookie_fn", "cookie_name"],
    starlette_auth_routes._get_signed_cookie_from_request: ["request", "cookie_name"],
}


@pytest.mark.parametrize("function", PARAMETERS, ids=lambda one: one.__qualname__)
def test_a_function_of_streamlit_takes_what_it_took(function):
    names = list(inspect.signature(function).parameters)
    expected = PARAMETERS[function]
    assert names[: len(expected)] == expected, f"{function.__qualname__} changed"


def test_messages_that_pass_the_filter_exist():
    fields = {
        name: {field.name for field in message.DESCRIPTOR.oneofs_by_name[oneof].fields}
        for name, message, oneof in (
            ("message", streamlit_internals.BackMsg, "type"),
            ("widget", streamlit_internals.WidgetState, "value"),
        )
    }
    operation = streamlit_internals.BackMsg().backend_operation_request
    operations = operation.DESCRIPTOR.oneofs_by_name["payload"].fields
    assert fields["message"] >= websocket_filter.VISITORS_MESSAGES | {
        "backend_operation_request",
        "clear_cache",
    }
    assert {field.name for field in operations} >= websocket_filter.VISITORS_OPERATIONS
    assert fields["widget"] >= {"json_value", "json_trigger_value"}


def test_names_are_the_same():
    assert streamlit_internals.USER_COOKIE == "_streamlit_user"
    assert streamlit_internals.WIDGET_ID_PREFIX == "$$ID"


@pytest.mark.parametrize("name", streamlit_internals.ERROR_LOGGERS[:3])
def test_errors_are_logged_by_a_logger_with_this_name(name: str):
    source = inspect.getsource(importlib.import_module(name))
    assert re.search(r"^_LOGGER(: Final)? = get_logger\(__name__\)", source, re.MULTILINE)
    assert re.search(r"_LOGGER\.(error|exception|warning)\(", source)


def _page(is_kept: bool) -> None:
    """The same page, drawn by Streamlit alone or as two drawings sent twice."""
    import streamlit as st  # noqa: PLC0415

    from cri_ui.server import streamlit_internals  # noqa: PLC0415

    def draw() -> None:
        st.header("A heading", help="A word on it")
        with st.container(border=True):
            st.metric("Requests", 12)
            st.html("<b>12</b>")
        st.markdown("The end")

    st.title("Before")
    with st.container():
        if is_kept:
            drawing = streamlit_internals.drawing_of(draw)
            for _ in range(2):
                streamlit_internals.put(drawing)
        else:
            draw()
            draw()
        st.text_input("A widget")
    st.markdown("After")


def _tree(block: object, depth: int = 0) -> list[tuple[int, str, str]]:
    found = []
    for place, child in sorted(block.children.items()):
        found.append((depth, place, child.type, str(getattr(child, "proto", ""))))
        if hasattr(child, "children"):
            found += _tree(child, depth + 1)
    return found


def test_a_drawing_that_is_sent_again_is_what_streamlit_draws():
    by_itself, kept = (
        AppTest.from_function(_page, kwargs={"is_kept": is_kept}).run()
        for is_kept in (False, True)
    )
    assert not by_itself.exception
    assert not kept.exception
    assert len(_tree(by_itself.main)) > 12
    assert _tree(kept.main) == _tree(by_itself.main)


def _figures() -> None:
    import streamlit as st  # noqa: PLC0415

    from cri_ui.server import streamlit_internals  # noqa: PLC0415

    spec = '{"data":[{"type":"bar","x":[1,2]}],"layout":{"height":300}}'
    streamlit_internals.plotly_chart(spec, '{"a": 1}', 300, "Two bars", key="one")
    figure = {"data": [{"type": "bar", "x": [1, 2]}], "layout": {"height": 300}}
    st.plotly_chart(figure, config={"a": 1}, alt="Two bars", key="two")


def test_a_finished_figure_is_sent_as_streamlit_sends_one():
    ours, theirs = (
        chart.proto for chart in AppTest.from_function(_figures).run().get("plotly_chart")
    )
    specs = [json.loads(ours.spec), json.loads(theirs.spec)]
    # Its template says nothing that our figures do not say themselves.
    specs[1]["layout"].pop("template")
    assert specs[0] == specs[1]
    for name in ("id", "spec"):
        ours.ClearField(name)
        theirs.ClearField(name)
    assert ours == theirs


def test_the_theme_is_gathered_once_and_is_the_theme(monkeypatch: pytest.MonkeyPatch):
    source = inspect.getsource(app_session._populate_theme_msg)
    assert "config.get_options_for_section(section)" in source
    gathered = config.get_options_for_section
    monkeypatch.setattr(config, "get_options_for_section", gathered)
    streamlit_internals.cache_theme_options()
    assert config.get_options_for_section is not gathered
    for section in ("theme", "theme.dark"):
        assert config.get_options_for_section(section) == gathered(section)
        assert config.get_options_for_section(section) is config.get_options_for_section(
            section
        )


def test_what_is_drawn_arrives_in_order_and_before_the_end(
    monkeypatch: pytest.MonkeyPatch,
):
    heard: list[object] = []

    def handle(session, sender, event, message=None):
        del session, sender
        heard.append(message.ref_hash if message else event)

    def at_once(session, sender, event, forward_msg=None, **more):
        del forward_msg, more
        session._call_soon_on_event_loop(lambda: handle(session, sender, event))

    handler = "_handle_scriptrunner_event_on_event_loop"
    monkeypatch.setattr(AppSession, handler, handle)
    monkeypatch.setattr(AppSession, "_on_scriptrunner_event", at_once)
    streamlit_internals.send_in_batches()
    over = ScriptRunnerEvent.SCRIPT_STOPPED_WITH_SUCCESS
    drawn = ScriptRunnerEvent.ENQUEUE_FORWARD_MSG

    async def visit() -> int:
        loop, woken = asyncio.get_running_loop(), []

        def soon(callback):
            woken.append(callback)
            loop.call_soon_threadsafe(callback)

        session = SimpleNamespace(_event_loop=loop, _call_soon_on_event_loop=soon)

        def script() -> None:
            for number in range(100):
                message = ForwardMsg(ref_hash=str(number))
                AppSession._on_scriptrunner_event(session, "runner", drawn, message)
                if number == 49:
                    AppSession._on_scriptrunner_event(session, "runner", over)

        thread = threading.Thread(target=script)
        thread.start()
        await asyncio.to_thread(thread.join)
        await asyncio.sleep(0.05)
        return len(woken)

    woken = asyncio.run(visit())
    numbers = [str(number) for number in range(100)]
    assert heard == [*numbers[:50], over, *numbers[50:]]
    assert woken < 50


def _listening() -> None:
    from pathlib import Path  # noqa: PLC0415

    import streamlit as st  # noqa: PLC0415

    from cri_ui.server import streamlit_internals  # noqa: PLC0415

    st.text(repr(streamlit_internals.clicked(Path("static/chart_links.js").resolve())))


def test_a_component_takes_its_script_from_our_files_and_hears_its_clicks():
    app = AppTest.from_function(_listening).run()
    assert not app.exception
    (component,) = (one.proto for one in app.get("bidi_component"))
    assert (component.component_name, component.js_source_path, component.js_content) == (
        "cri.chart_links",
        "chart_links.js",
        "",
    )
    start, end = streamlit_internals.TRIGGER_ID_ENDS
    trigger = _make_trigger_id(component.id, "events")
    assert trigger.startswith(start)
    assert trigger.endswith(end)
    for sent, heard in (
        ('[{"event": "click", "value": "?state=Texas"}]', "?state=Texas"),
        ('{"event": "other", "value": "x"}', None),
        ("7", None),
        ("[[]]", None),
    ):
        states = WidgetStates(widgets=[WidgetState(id=trigger, json_trigger_value=sent)])
        app._run(states)
        assert not app.exception
        assert app.text[0].value == repr(heard)
    assert app._run(WidgetStates()).text[0].value == "None"


@pytest.mark.parametrize(
    ("state", "is_passed"),
    [
        ({"id": "$$ID-a-b", "json_value": "{}"}, True),
        ({"id": "$$ID-a-b", "json_value": "{"}, False),
        ({"id": "b", "json_value": "{}"}, False),
        ({"id": f"{CLICKS}", "json_trigger_value": "[]"}, True),
        ({"id": f"{CLICKS}", "json_trigger_value": "["}, False),
        ({"id": f"{CLICKS}", "json_trigger_value": "[" * 100_000}, False),
        ({"id": f"{CLICKS}", "string_value": "x"}, False),
        ({"id": "$$STREAMLIT_INTERNAL_KEY_SCRIPT_RUN_WITHOUT_ERRORS"}, False),
    ],
)
def test_of_internal_names_only_triggers_pass(state: dict[str, str], is_passed: bool):
    said = BackMsg()
    said.rerun_script.widget_states.widgets.append(WidgetState(**state))
    found = websocket_filter._message_of(said.SerializeToString())
    assert (found is not None) == is_passed
