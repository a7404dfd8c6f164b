"""The browser's cache of large messages, so that the bytes counted are a browser's.

Streamlit's server marks a message as cacheable where it is large. The browser keeps
such a message under its hash, names the hashes that it holds with every rerun, and
gets a reference in place of a message that it has. A message that was not used for
`max_age` runs is dropped; the run of a fragment ages only messages of that fragment.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


@dataclass
class _Entry:
    last_used: int
    fragment_id: str


class CacheMiss(Exception):
    """The server referred to a message that the browser no longer holds."""


class MessageCache:
    """Which messages a browser holds, as Streamlit's frontend decides it."""

    def __init__(self) -> None:
        self._entries: dict[str, _Entry] = {}
        self._runs = 0

    def hashes(self) -> list[str]:
        """What the browser says it holds, sent with every rerun."""
        return list(self._entries)

    def receive(self, message: ForwardMsg) -> None:
        """Keep a cacheable message, or note the use of one that is referred to.

        Raises CacheMiss for a reference to a message that is not held.
        """
        if message.ref_hash:
            if message.ref_hash not in self._entries:
                raise CacheMiss(message.ref_hash)
            self._entries[message.ref_hash].last_used = self._runs
        elif message.metadata.cacheable and message.hash:
            fragment_id = message.delta.fragment_id
            held = self._entries.setdefault(message.hash, _Entry(self._runs, fragment_id))
            held.last_used = self._runs

    def finish_run(self, max_age: int, fragment_ids: Sequence[str]) -> None:
        """Drop what was not used for more than `max_age` runs."""
        self._runs += 1
        for key, entry in list(self._entries.items()):
            if fragment_ids and entry.fragment_id not in fragment_ids:
                continue
            if self._runs - entry.last_used > max_age:
                del self._entries[key]
