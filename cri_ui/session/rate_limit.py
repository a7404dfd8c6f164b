"""Rate limits: how often a person may do something in a moving window of an hour."""

import threading
import time
from collections import deque
from collections.abc import Callable
from math import ceil

_HOUR = 3600
# With this many names, those not used in the last hour are dropped.
_NAMES = 10_000


class Allowance:
    """A number of times per hour for each name, in a moving window."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._lock = threading.Lock()
        self._times: dict[str, deque[float]] = {}

    def seconds_to_wait(self, name: str, most: int) -> int:
        """Count one more and return 0; or count nothing and return the wait in seconds."""
        now = self._clock()
        with self._lock:
            if len(self._times) >= _NAMES:
                self._forget(now)
            times = self._times.setdefault(name, deque())
            while times and times[0] <= now - _HOUR:
                times.popleft()
            if len(times) >= most:
                oldest = times[len(times) - most] if most else now
                # In this order, because the sum of large numbers would round up.
                return max(1, ceil(_HOUR - (now - oldest)))
            times.append(now)
            return 0

    def _forget(self, now: float) -> None:
        self._times = {
            name: times
            for name, times in self._times.items()
            if times and times[-1] > now - _HOUR
        }
