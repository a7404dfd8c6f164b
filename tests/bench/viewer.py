"""A viewer without a browser: speaks Streamlit's own protocol over a WebSocket.

It connects, opens a page and changes filters as the frontend of Streamlit 1.67 does:
every rerun carries the state of all filters, the address's query, the hash of the
page, the fragment that a filter belongs to, and the hashes of the messages that the
browser would still hold.
"""

import asyncio
from dataclasses import dataclass
from time import perf_counter
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState, ContextInfo
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.MultiSelect_pb2 import MultiSelect
from websockets.asyncio.client import ClientConnection, connect

from tests.bench.message_cache import CacheMiss, MessageCache

# Seconds until an answer counts as never coming.
PATIENCE = 90

_FINISHED_WELL = (
    ForwardMsg.FINISHED_SUCCESSFULLY,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
)


class ViewerError(Exception):
    """The server did not answer as it should; the message says what it did."""


@dataclass(frozen=True)
class Answer:
    """What came back for one rerun: seconds until it was finished, bytes, messages."""

    seconds: float
    bytes: int
    messages: int


@dataclass
class Filter:
    """A multiselect of the page, as the browser knows it."""

    widget_id: str
    options: tuple[str, ...]
    chosen: tuple[str, ...]
    query_key: str
    fragment_id: str


@dataclass
class _Run:
    """What one run of the script has sent so far."""

    bytes: int = 0
    messages: int = 0
    problem: str = ""


class Viewer:
    """One visitor of one page. Use it as an asynchronous context manager.

    `address` is the server's, such as "http://localhost:8502"; `page` is the page's
    part of the URL, or "" for the first; `query` is the URL's query, without "?".
    """

    def __init__(self, address: str, page: str = "", query: str = "") -> None:
        self._address = address
        self._query = query
        self._page = page
        self._page_hash = ""
        self._max_age = 0
        self._cache = MessageCache()
        self.filters: dict[str, Filter] = {}

    async def __aenter__(self) -> Self:
        self._connection: ClientConnection = await connect(
            self._address.replace("http", "ws", 1) + "/_stcore/stream",
            origin=self._address,
            subprotocols=["streamlit"],
            max_size=None,
            open_timeout=PATIENCE,
            # The server pings; it does not offer compression by default.
            ping_interval=None,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._connection.close()

    async def open(self) -> Answer:
        """Open the page: the first rerun, which names the page and holds no state."""
        return await self._rerun("")

    async def choose(self, label: str, values: tuple[str, ...]) -> Answer:
        """Set one filter, found by its label, and wait until the script has finished.

        Raises ViewerError for a filter that is not on the page, for an answer that is
        an error, and for one that does not come.
        """
        if label not in self.filters:
            raise ViewerError(f"There is no filter {label!r} on {self._page!r}.")
        chosen = self.filters[label]
        chosen.chosen = values
        return await self._rerun(chosen.fragment_id)

    async def _rerun(self, fragment_id: str) -> Answer:
        start = perf_counter()
        await self._connection.send(self._rerun_message(fragment_id).SerializeToString())
        run = _Run()
        try:
            async with asyncio.timeout(PATIENCE):
                await self._receive(run)
        except TimeoutError:
            raise ViewerError(f"No answer after {PATIENCE} s.") from None
        if run.problem:
            raise ViewerError(run.problem)
        return Answer(perf_counter() - start, run.bytes, run.messages)

    def _rerun_message(self, fragment_id: str) -> BackMsg:
        query = urlencode(
            {
                one.query_key: one.chosen
                for one in self.filters.values()
                if one.query_key and one.chosen
            },
            doseq=True,
        )
        state = ClientState(
            # The first run is asked with what the reader's link names.
            query_string=query if self._page_hash else self._query,
            page_script_hash=self._page_hash,
            page_name="" if self._page_hash else self._page,
            fragment_id=fragment_id,
            cached_message_hashes=self._cache.hashes(),
            context_info=ContextInfo(
                timezone="America/New_York",
                timezone_offset=300,
                locale="en-US",
                url=f"{self._address}/{self._page}",
                is_embedded=False,
                color_scheme="light",
            ),
        )
        for one in self.filters.values():
            widget = state.widget_states.widgets.add(id=one.widget_id)
            widget.string_array_value.data.extend(one.chosen)
        return BackMsg(rerun_script=state)

    async def _receive(self, run: _Run) -> None:
        """Take messages until the script has finished, or has failed."""
        while True:
            content = await self._connection.recv()
            run.bytes += len(content)
            run.messages += 1
            message = ForwardMsg.FromString(content)
            try:
                self._cache.receive(message)
            except CacheMiss as miss:
                run.problem = f"A reference to a message no longer held: {miss}"
            kind = message.WhichOneof("type")
            if kind == "delta":
                self._take(message, run)
            elif kind == "new_session":
                self._begin(message)
            elif kind == "navigation":
                self._page_hash = message.navigation.page_script_hash
            elif kind == "page_not_found":
                run.problem = f"There is no page {self._page!r}."
            elif kind == "session_event":
                if message.session_event.HasField("script_compilation_exception"):
                    run.problem = message.session_event.script_compilation_exception.message
            elif kind == "script_finished" and self._is_over(message, run):
                return

    def _begin(self, message: ForwardMsg) -> None:
        self._max_age = message.new_session.config.max_cached_message_age or self._max_age
        if not message.metadata.run.fragment_ids:
            self._page_hash = message.new_session.page_script_hash

    def _take(self, message: ForwardMsg, run: _Run) -> None:
        if message.delta.WhichOneof("type") != "new_element":
            return
        element: Element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "multiselect":
            self._take_filter(element.multiselect, message.delta.fragment_id)
        elif kind == "exception":
            run.problem = f"{element.exception.type}: {element.exception.message}"

    def _take_filter(self, drawn: MultiSelect, fragment_id: str) -> None:
        options = tuple(drawn.options)
        chosen = tuple(options[place] for place in drawn.default)
        known = self.filters.get(drawn.label)
        if drawn.set_value:
            chosen = tuple(drawn.raw_values)
        elif known and known.widget_id == drawn.id:
            chosen = known.chosen
        self.filters[drawn.label] = Filter(
            drawn.id, options, chosen, drawn.query_param_key, fragment_id
        )

    def _is_over(self, message: ForwardMsg, run: _Run) -> bool:
        status = message.script_finished
        if status == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            # The script asked to run again: the answer is what that run sends.
            return False
        self._cache.finish_run(self._max_age, message.metadata.run.fragment_ids)
        if status not in _FINISHED_WELL:
            run.problem = run.problem or "The script did not compile."
        return True
