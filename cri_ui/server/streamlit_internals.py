"""All private parts of Streamlit that this program uses.

After an update of Streamlit, `tests/server/test_streamlit_internals.py` reports the
parts that changed, and what no longer works.
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.requests import Request
from streamlit import config, net_util
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.components.v2.bidi_component import serialization
from streamlit.components.v2.bidi_component.constants import EVENT_DELIM
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.cursor import RunningCursor
from streamlit.delta_generator import DeltaGenerator
from streamlit.delta_generator_singletons import context_dg_stack, get_dg_singleton_instance
from streamlit.elements.lib.layout_utils import LayoutConfig
from streamlit.elements.lib.utils import compute_and_register_element_id
from streamlit.errors import NoSessionContext
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.PlotlyChart_pb2 import PlotlyChart
from streamlit.proto.RootContainer_pb2 import RootContainer
from streamlit.proto.Spinner_pb2 import Spinner
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime import Runtime, get_instance
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_cache import (
    create_reference_msg,
    populate_hash_if_needed,
)
from streamlit.runtime.media_file_storage import MediaFileStorageError
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner, ScriptRunnerEvent
from streamlit.runtime.scriptrunner_utils.script_run_context import (
    ScriptRunContext,
    ThreadState,
    get_script_run_ctx,
)
from streamlit.runtime.session_manager import SessionClient
from streamlit.runtime.state import session_state
from streamlit.runtime.state.common import GENERATED_ELEMENT_ID_PREFIX
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX
from streamlit.web.server.server_util import AUTH_COOKIE_NAME
from streamlit.web.server.starlette import starlette_auth_routes

__all__ = [
    "DOWNLOAD_ERROR",
    "ERROR_LOGGERS",
    "TRIGGER_ID_ENDS",
    "USER_COOKIE",
    "VISIT_CHANGED_FRAMES",
    "WIDGET_ID_PREFIX",
    "WIDGET_VALUE_FRAMES",
    "BackMsg",
    "Drawing",
    "WidgetState",
    "cache_theme_options",
    "clicked",
    "disable_address_lookup",
    "drawing_of",
    "fragment",
    "plotly_chart",
    "put",
    "send_in_batches",
    "status",
    "user_cookie",
    "visit",
]

# The cookie of the signed-in user.
USER_COOKIE = AUTH_COOKIE_NAME

# The start of all of Streamlit's widget IDs.
WIDGET_ID_PREFIX = GENERATED_ELEMENT_ID_PREFIX

# The start and end of the ID under which a component sends its triggers.
TRIGGER_ID_ENDS = (
    f"{STREAMLIT_INTERNAL_KEY_PREFIX}_{WIDGET_ID_PREFIX}",
    f"{EVENT_DELIM}events",
)

# The files and functions in which Streamlit converts a browser's message to a widget's
# value, and back.
WIDGET_VALUE_FRAMES = {
    (str(Path(session_state.__file__)), "__getitem__"),
    (str(Path(session_state.__file__)), "get_serialized"),
    (str(Path(serialization.__file__)), "deserialize"),
}

# Where Streamlit goes through a visit's widgets before a run, while the visit may end or
# another run of it may begin: each run holds a lock of its own.
VISIT_CHANGED_FRAMES = {(str(Path(session_state.__file__)), "__iter__")}

# Raised for a download that does not exist. If making it failed, the cause is set.
DOWNLOAD_ERROR = MediaFileStorageError

# The loggers of errors in pages, in downloads, in what scripts send, and in connections.
ERROR_LOGGERS = (
    "streamlit.error_util",
    serialization.__name__,
    "streamlit.runtime.backend_operation_handler",
    "asyncio",
)

_LOG = logging.getLogger(__name__)

# Streamlit sends elements every five milliseconds, so the same wait adds no visible
# delay.
_BATCH_SECONDS = 0.005
_BATCHES = threading.Lock()

# The time limit for the first run of a page, in seconds.
_PATIENCE = 60.0


def disable_address_lookup() -> None:
    """Keep Streamlit from asking another host for this computer's address.

    Streamlit asks to check the origin of WebSockets. KnownHosts already checks that.
    """
    net_util.get_external_ip = lambda: None


def user_cookie(request: Request) -> bytes | None:
    """The content of a request's user cookie, if its signature is valid."""
    return get_cookie_with_chunks(
        lambda name: starlette_auth_routes._get_signed_cookie_from_request(request, name),
        USER_COOKIE,
    )


def cache_theme_options() -> None:
    """Read the theme's options once, not in every run, because they never change."""
    config.get_options_for_section = cache(config.get_options_for_section)


@dataclass(frozen=True)
class Drawing:
    """Finished elements without widgets, as messages to a browser.

    The path of each message is relative to the drawing's position. The drawing takes
    up `places` positions.
    """

    messages: tuple[tuple[tuple[int, ...], ForwardMsg], ...]
    places: int


def drawing_of(draw: Callable[[], object]) -> Drawing:
    """The elements that `draw` draws, not yet sent. `draw` must not draw a widget."""
    context = _context()
    messages: list[tuple[tuple[int, ...], ForwardMsg]] = []

    def note(msg: ForwardMsg) -> None:
        populate_hash_if_needed(msg)
        messages.append((tuple(msg.metadata.delta_path)[1:], msg))

    cursor = RunningCursor(root_container=RootContainer.MAIN)
    place = DeltaGenerator(root_container=RootContainer.MAIN, cursor=cursor)
    # On the object, not its class, so only this run is affected.
    context.enqueue = note  # type: ignore[method-assign]  # undone in `finally`
    try:
        with place:
            draw()
    finally:
        del context.enqueue
    return Drawing(tuple(messages), cursor.index)


def put(drawing: Drawing) -> None:
    """Send a drawing to the current position on the page.

    Like Streamlit, sends only the hash of a message that this browser already has.
    """
    context = _context()
    cursor = context_dg_stack.get()[-1]._cursor
    if cursor is None:
        raise NoSessionContext
    *above, start = cursor.delta_path
    for (first, *rest), message in drawing.messages:
        if message.metadata.cacheable and message.hash in context.cached_message_hashes:
            sent = create_reference_msg(message)
        else:
            sent = ForwardMsg()
            sent.CopyFrom(message)
        sent.metadata.delta_path[:] = [*above, start + first, *rest]
        context.enqueue(sent)
    for _ in range(drawing.places):
        cursor.lock_element()


def fragment() -> str | None:
    """The ID of the current fragment. A drawing belongs to one, because it contains it."""
    return ThreadState.get().fragment_id


def plotly_chart(spec: str, config_json: str, height: int, alt: str, key: str) -> None:
    """Draw a finished figure like `st.plotly_chart`, without validating it again.

    `spec` and `config_json` are JSON for Plotly.js.
    """
    chart = PlotlyChart(theme="streamlit", spec=spec, config=config_json, alt=alt)
    main = get_dg_singleton_instance().main_dg
    chart.id = compute_and_register_element_id(
        "plotly_chart",
        user_key=key,
        # Not the key alone: under an ID that stays, the browser keeps the old figure.
        key_as_main_identity=False,
        dg=main,
        plotly_spec=spec,
        plotly_config=config_json,
        alt=alt,
    )
    main._enqueue(
        "plotly_chart", chart, layout_config=LayoutConfig(width="stretch", height=height)
    )


def clicked(script: Path) -> object:
    """What `script` sent as its trigger "click" for this run. Otherwise None.

    The script is the JavaScript module of a component without HTML. The browser fetches
    it from this server, because our policy allows no inline scripts. Streamlit takes
    such files from installed packages only, but this program is not installed.
    """
    name = f"cri.{script.stem}"
    components = get_instance().bidi_component_registry
    if components.get_component_asset_root(name) is None:
        folder = ComponentConfig(script.stem, script.parent.name)
        manifest = ComponentManifest("cri", "", [folder])
        components.register_from_manifest(manifest, script.parent.parent)
        components.ensure_definition_if_missing_or_placeholder(
            component_key=name, html=None, css=None, js=script.name
        )
    # Streamlit reports a trigger only if somebody waits for it.
    sent = st._bidi_component(name, key=script.stem, on_click_change=lambda: None)
    return sent.get("click")


def status(text: str) -> None:
    """Draw text that screen readers read out each time it changes.

    It is a spinner, because no other element keeps a `role="status"` between runs, and
    one that comes with its text is often not read out.
    """
    get_dg_singleton_instance().main_dg._enqueue("spinner", Spinner(text=text))


def _context() -> ScriptRunContext:
    context = get_script_run_ctx()
    if context is None:
        raise NoSessionContext
    return context


def send_in_batches() -> None:
    """Wake the event loop once for all elements drawn within a few milliseconds.

    Streamlit wakes it for every element, and each time the script waits until the loop
    releases the interpreter.
    """
    one_by_one = AppSession._on_scriptrunner_event
    handle = AppSession._handle_scriptrunner_event_on_event_loop
    drawn = ScriptRunnerEvent.ENQUEUE_FORWARD_MSG

    def deliver(session: AppSession, batch: list[tuple[ScriptRunner, ForwardMsg]]) -> None:
        with _BATCHES:
            if getattr(session, "_batch", None) is batch:
                session._batch = None  # type: ignore[attr-defined]  # our own attribute
            messages = batch.copy()
            batch.clear()
        for sender, message in messages:
            handle(session, sender, drawn, message)

    def on_event(
        session: AppSession,
        sender: ScriptRunner | None,
        event: ScriptRunnerEvent,
        forward_msg: ForwardMsg | None = None,
        *rest: Any,
        **more: Any,
    ) -> None:
        if event is not drawn or sender is None or forward_msg is None:
            # Elements drawn earlier are sent first.
            with _BATCHES:
                before = getattr(session, "_batch", None)
                session._batch = None  # type: ignore[attr-defined]  # our own attribute
            if before is not None:
                session._call_soon_on_event_loop(lambda: deliver(session, before))
            one_by_one(session, sender, event, forward_msg, *rest, **more)
            return
        with _BATCHES:
            batch = getattr(session, "_batch", None)
            is_open = batch is not None
            if batch is None:
                batch = session._batch = []  # type: ignore[attr-defined]  # our own
            batch.append((sender, forward_msg))
        if not is_open:
            later = session._event_loop.call_later

            def deliver_later() -> None:
                later(_BATCH_SECONDS, deliver, session, batch)

            session._call_soon_on_event_loop(deliver_later)

    replacement: Callable[..., None] = on_event
    # The purpose of this function.
    AppSession._on_scriptrunner_event = replacement  # type: ignore[method-assign]  # patch


class _Listener(SessionClient):
    """Receives the messages of a visit, and notes when a run ends."""

    def __init__(self) -> None:
        self.is_over = asyncio.Event()

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        """Note the message if it ends a run."""
        ended = msg.WhichOneof("type") == "script_finished"
        if ended and msg.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self.is_over.set()


async def visit(pages: Sequence[str]) -> None:
    """Open each of these pages once, by its URL, without a browser.

    This imports all modules that the pages need. Errors are logged as in any visit.
    """
    runtime: Runtime = get_instance()
    listener = _Listener()
    session_id = runtime.connect_session(client=listener, user_info={})
    try:
        for page in pages:
            listener.is_over.clear()
            asked = BackMsg()
            asked.rerun_script.page_name = page
            runtime.handle_backmsg(session_id, asked, client=listener)
            async with asyncio.timeout(_PATIENCE):
                await listener.is_over.wait()
    except TimeoutError:
        _LOG.warning("At startup, a page took longer than %d s to open.", _PATIENCE)
    finally:
        runtime.close_session(session_id)
