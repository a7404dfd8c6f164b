"""A cache of objects that all visits share."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar, cast

Made = TypeVar("Made")


class _Place(Generic[Made]):
    """The place of one object. The thread that holds the lock makes it."""

    __slots__ = ("is_made", "lock", "made")

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.is_made = False
        self.made: Made | None = None


class Kept(Generic[Made]):
    """Up to `most` objects by key. The least recently used one is dropped first.

    All callers get the same object, so none may change it.
    """

    def __init__(self, most: int):
        self._most = most
        self._lock = threading.Lock()
        self._places: OrderedDict[Hashable, _Place[Made]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._places)

    def of(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """The object for this key. If there is none yet, `make` makes it.

        It is made only once, even if several threads ask at the same time. If `make`
        raises an error, the caller gets it, and the next caller tries again.
        """
        with self._lock:
            place = self._places.get(key)
            if place is None:
                place = self._places[key] = _Place()
                if len(self._places) > self._most:
                    self._places.popitem(last=False)
            else:
                self._places.move_to_end(key)
        if not place.is_made:
            with place.lock:
                if not place.is_made:
                    place.made = make()
                    place.is_made = True
        return cast(Made, place.made)
