"""A filter of browser messages: it passes visitors' messages, not developers'."""

import json

import h11
from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cri_ui.server.streamlit_internals import (
    TRIGGER_ID_ENDS,
    WIDGET_ID_PREFIX,
    BackMsg,
    WidgetState,
)

# Streamlit also accepts "clear_cache", which closes the store for everyone, and
# developer messages. Any connected client could send them, so they are dropped.
VISITORS_MESSAGES = frozenset(
    {"rerun_script", "stop_script", "file_urls_request", "app_heartbeat"}
)
VISITORS_OPERATIONS = frozenset({"deferred_file", "dataframe_chunk"})


_NOT_OURS = 1002  # "protocol error" in the WebSocket standard


class OnlyVisitors:
    """Passes visitors' messages on, and ends the connection at a malformed one.

    Streamlit itself would log a traceback for each malformed message.
    """

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check every message before Streamlit receives it."""
        if scope["type"] == "http":
            await self._app(scope, receive, _sending_while_whole(send))
        elif scope["type"] == "websocket":
            await self._talk(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _talk(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_closed = False

        async def receive_checked() -> Message:
            nonlocal is_closed
            while True:
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                said = _message_of(message.get("bytes"))
                if said is None:
                    is_closed = True
                    await send({"type": "websocket.close", "code": _NOT_OURS})
                    return {"type": "websocket.disconnect", "code": _NOT_OURS}
                if _is_of_a_visitor(said):
                    return message

        async def send_while_open(message: Message) -> None:
            if not is_closed:
                await send(message)

        await self._app(scope, receive_checked, send_while_open)


def _sending_while_whole(send: Send) -> Send:
    """A send function that ignores connections closed by a malformed request."""

    async def send_while_whole(message: Message) -> None:
        try:
            await send(message)
        except h11.LocalProtocolError:
            return

    return send_while_whole


def _message_of(content: bytes | None) -> BackMsg | None:
    """The message in a frame. None if there is none, such as in a text frame."""
    if content is None:
        return None
    try:
        said = BackMsg.FromString(content)
    except DecodeError:
        return None
    states = said.rerun_script.widget_states.widgets
    return said if all(_is_whole(state) for state in states) else None


def _is_whole(state: WidgetState) -> bool:
    """Whether Streamlit can read the state, including its names and JSON."""
    kind = state.WhichOneof("value")
    start, end = TRIGGER_ID_ENDS
    is_trigger = state.id.startswith(start) and state.id.endswith(end)
    if not (state.id.startswith(WIDGET_ID_PREFIX) or is_trigger):
        return False
    if is_trigger and kind != "json_trigger_value":
        return False
    if kind not in ("json_value", "json_trigger_value"):
        return True
    try:
        json.loads(getattr(state, kind))
    except (ValueError, RecursionError):
        return False
    return True


def _is_of_a_visitor(said: BackMsg) -> bool:
    kind = said.WhichOneof("type")
    if kind == "backend_operation_request":
        operation = said.backend_operation_request
        return operation.WhichOneof("payload") in VISITORS_OPERATIONS
    return kind in VISITORS_MESSAGES
