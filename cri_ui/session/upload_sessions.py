"""The sessions that may send a file: those that show the file uploader."""

import threading
from collections import OrderedDict
from collections.abc import Callable

# More than an office needs. The oldest session is dropped first.
_SESSIONS = 1_000


class Senders:
    """The sessions that may send a file, by ID.

    Streamlit itself would accept a file from any session, and anyone who opens a
    WebSocket has a session, even before signing in.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._still: OrderedDict[str, Callable[[], bool]] = OrderedDict()

    def let(self, session_id: str, still: Callable[[], bool]) -> None:
        """Let the session send files while `still` returns True."""
        with self._lock:
            self._still.pop(session_id, None)
            self._still[session_id] = still
            while len(self._still) > _SESSIONS:
                self._still.popitem(last=False)

    def may(self, session_id: str) -> bool:
        """Whether the session may send a file now."""
        with self._lock:
            still = self._still.get(session_id)
        return still is not None and still()
