"""Every private part of Streamlit that this program uses, in one place.

`tests/server/test_streamlit_internals.py` says which of them changed after an
update of Streamlit, and what no longer works then.
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from streamlit import config, net_util
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
from streamlit.runtime import Runtime, get_instance
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_cache import (
    create_reference_msg,
    populate_hash_if_needed,
)
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner, ScriptRunnerEvent
from streamlit.runtime.scriptrunner_utils.script_run_context import (
    ScriptRunContext,
    ThreadState,
    get_script_run_ctx,
)
from streamlit.runtime.session_manager import SessionClient

_LOG = logging.getLogger(__name__)

# Streamlit sends what is drawn every five milliseconds, so waiting for as long
# delays nothing that can be seen.
_BATCH_SECONDS = 0.005
_BATCHES = threading.Lock()

# How long a page may take to be drawn for the first time, in seconds.
_PATIENCE = 60.0


def ask_nobody_for_our_address() -> None:
    """Never ask another host for this computer's address.

    Streamlit would, to know where a WebSocket may come from. KnownHosts has looked
    at that already.
    """
    net_util.get_external_ip = lambda: None


def read_theme_once() -> None:
    """Gather the options of the theme once, not in every run: they do not change."""
    config.get_options_for_section = cache(config.get_options_for_section)


# -- Elements that are drawn once and sent often -------------------------------


@dataclass(frozen=True)
class Drawing:
    """Finished elements without a widget, as they are sent to a browser.

    Each message has a path from where the drawing stands; the drawing takes
    `places` there, one after the other.
    """

    messages: tuple[tuple[tuple[int, ...], ForwardMsg], ...]
    places: int


def drawing_of(draw: Callable[[], object]) -> Drawing:
    """What `draw` draws, without sending it. It must not draw a widget."""
    context = _context()
    messages: list[tuple[tuple[int, ...], ForwardMsg]] = []

    def note(msg: ForwardMsg) -> None:
        populate_hash_if_needed(msg)
        messages.append((tuple(msg.metadata.delta_path)[1:], msg))

    cursor = RunningCursor(root_container=RootContainer.MAIN)
    place = DeltaGenerator(root_container=RootContainer.MAIN, cursor=cursor)
    # On the object, not its class: of this run alone.
    context.enqueue = note  # type: ignore[method-assign]
    try:
        with place:
            draw()
    finally:
        del context.enqueue
    return Drawing(tuple(messages), cursor.index)


def put(drawing: Drawing) -> None:
    """Send a drawing to where the page stands now.

    What this browser has already is sent as its hash alone, as Streamlit does it.
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
    """The fragment that runs now. A drawing bears its name, so it belongs to one."""
    return ThreadState.get().fragment_id


def plotly_chart(spec: str, config_json: str, height: int, alt: str, key: str) -> None:
    """Draw a finished figure like `st.plotly_chart`, which would validate it again.

    `spec` and `config_json` are what Plotly.js takes, as JSON.
    """
    chart = PlotlyChart(theme="streamlit", spec=spec, config=config_json, alt=alt)
    main = get_dg_singleton_instance().main_dg
    chart.id = compute_and_register_element_id(
        "plotly_chart",
        user_key=key,
        # The key alone: a figure of other data is drawn over the one that stands, which
        # is quicker than a new one.
        key_as_main_identity=True,
        dg=main,
    )
    main._enqueue(
        "plotly_chart", chart, layout_config=LayoutConfig(width="stretch", height=height)
    )


def _context() -> ScriptRunContext:
    context = get_script_run_ctx()
    if context is None:
        raise NoSessionContext
    return context


# -- What a script draws, handed over together ---------------------------------


def send_in_batches() -> None:
    """Wake the event loop once for what a script draws in a few milliseconds.

    Streamlit wakes it for every element, and the script waits each time until the
    loop lets go of the interpreter.
    """
    one_by_one = AppSession._on_scriptrunner_event
    handle = AppSession._handle_scriptrunner_event_on_event_loop
    drawn = ScriptRunnerEvent.ENQUEUE_FORWARD_MSG

    def deliver(session: AppSession, batch: list[tuple[ScriptRunner, ForwardMsg]]) -> None:
        with _BATCHES:
            if getattr(session, "_batch", None) is batch:
                session._batch = None  # type: ignore[attr-defined]
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
            # What was drawn before comes before it.
            with _BATCHES:
                before = getattr(session, "_batch", None)
                session._batch = None  # type: ignore[attr-defined]
            if before is not None:
                session._call_soon_on_event_loop(lambda: deliver(session, before))
            one_by_one(session, sender, event, forward_msg, *rest, **more)
            return
        with _BATCHES:
            batch = getattr(session, "_batch", None)
            is_open = batch is not None
            if batch is None:
                batch = session._batch = []  # type: ignore[attr-defined]
            batch.append((sender, forward_msg))
        if not is_open:
            later = session._event_loop.call_later

            def deliver_later() -> None:
                later(_BATCH_SECONDS, deliver, session, batch)

            session._call_soon_on_event_loop(deliver_later)

    replacement: Callable[..., None] = on_event
    AppSession._on_scriptrunner_event = replacement  # type: ignore[method-assign]


# -- A visit without a browser -------------------------------------------------


class _Listener(SessionClient):
    """Takes what a visit is sent, and says when a run is over."""

    def __init__(self) -> None:
        self.is_over = asyncio.Event()

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        """Look whether that is the end of a run."""
        ended = msg.WhichOneof("type") == "script_finished"
        if ended and msg.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self.is_over.set()


async def visit(pages: Sequence[str]) -> None:
    """Open each of these pages once, by its name in the address, for nobody.

    After that all that a page imports is imported. What goes wrong is in the log
    like that of any other visit.
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
        _LOG.warning("A page took longer than %d s to open at the start.", _PATIENCE)
    finally:
        runtime.close_session(session_id)
