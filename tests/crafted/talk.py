"""A visitor without a browser: what it says over HTTP and WebSocket, byte by byte."""

import http.client
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

_PATIENCE = 30
# A message of ours that is longer than Streamlit takes is cut by itself.
_LARGEST = 400 * 1024 * 1024


@dataclass
class Visit:
    """One session: what came back so far, and the widgets that were drawn."""

    line: ClientConnection
    heard: list[bytes] = field(default_factory=list)
    widgets: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    states: dict[str, WidgetState] = field(default_factory=dict)
    downloads: set[str] = field(default_factory=set)
    session_id: str = ""

    def rerun(self, widgets: Iterable[WidgetState] = (), **state: object) -> bytes:
        """Ask for a run of the script, by this session's own widgets and those given."""
        known = self.states | {one.id: one for one in widgets}
        asked = ClientState(
            widget_states=WidgetStates(widgets=list(known.values())), **state
        )
        return self.say(BackMsg(rerun_script=asked).SerializeToString())

    def say(self, frame: bytes | str, is_answered: bool = True) -> bytes:
        """Send a frame; all that comes back until the run is over or the line is cut."""
        try:
            self.line.send(frame)
            return self._listen() if is_answered else b""
        except ConnectionClosed:
            return b""

    def is_cut(self, patience: float = 5) -> bool:
        """Whether the server ends the talk, at once or soon."""
        try:
            while True:
                self.heard.append(self.line.recv(timeout=patience))
        except ConnectionClosed:
            return True
        except TimeoutError:
            return False

    def _listen(self) -> bytes:
        start = len(self.heard)
        while True:
            try:
                frame = self.line.recv(timeout=_PATIENCE)
            except TimeoutError as error:
                kinds = [
                    str(ForwardMsg.FromString(one).WhichOneof("type"))
                    for one in self.heard[start:]
                ]
                raise TimeoutError(f"No end after {kinds}") from error
            self.heard.append(frame)
            said = ForwardMsg.FromString(frame)
            kind = said.WhichOneof("type")
            self._remember(said)
            if kind in ("script_finished", "backend_operation_response"):
                # A run cut short for the next one is not the one asked for.
                if said.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    continue
                return b"".join(self.heard[start:])

    def _remember(self, said: ForwardMsg) -> None:
        for page in said.navigation.app_pages:
            self.pages[page.url_pathname] = page.page_script_hash
        self.session_id = said.new_session.initialize.session_id or self.session_id
        element = said.delta.new_element
        kind = element.WhichOneof("type")
        drawn: Message | None = getattr(element, kind) if kind else None
        if drawn is not None and getattr(drawn, "id", ""):
            label = getattr(drawn, "label", "")
            self.widgets[drawn.id] = label if isinstance(label, str) else ""
            self.kinds[drawn.id] = str(kind)
            self.downloads |= {getattr(drawn, "deferred_file_id", "")} - {""}

    def widget(self, label: str) -> str:
        """The id of the widget that bears the label."""
        return next(name for name, text in self.widgets.items() if text == label)


@contextmanager
def visiting(address: str) -> Iterator[Visit]:
    """Open a session and run the first page."""
    url = address.replace("http", "ws", 1) + "/_stcore/stream"
    with connect(
        url, subprotocols=["streamlit"], max_size=_LARGEST, compression=None
    ) as line:
        visit = Visit(line)
        visit.rerun()
        yield visit


@contextmanager
def visiting_as_partner(address: str, name: str) -> Iterator[Visit]:
    """The same, looking as the partner of that name does."""
    with visiting(address) as visit:
        role = WidgetState(id=visit.widget("View as"), string_value="Partner")
        visit.states[role.id] = role
        visit.rerun()
        partner = WidgetState(id=visit.widget("Partner"), string_value=name)
        visit.states[partner.id] = partner
        visit.rerun()
        visit.heard.clear()
        yield visit


def host_and_port(address: str) -> tuple[str, int]:
    """Where the server listens."""
    host, _, port = address.removeprefix("http://").partition(":")
    return host, int(port)


def http_answer(
    address: str,
    path: str,
    method: str = "GET",
    headers: dict[str, str] | None = None,
    body: bytes | None = None,
) -> tuple[int, bytes]:
    """The status and all bytes, head and body, of one raw request.

    The path goes out as it is given, unlike what a browser makes of it.
    """
    line = http.client.HTTPConnection(*host_and_port(address), timeout=_PATIENCE)
    # http.client refuses what this test is about: spaces and controls in a path.
    line._validate_path = lambda _url: None
    line._encode_request = lambda request: request.encode("latin-1", "replace")
    try:
        line.request(method, path, body, headers or {})
        answer = line.getresponse()
        return answer.status, str(answer.headers).encode() + answer.read()
    except (http.client.HTTPException, ConnectionError):
        return 0, b""
    finally:
        line.close()
