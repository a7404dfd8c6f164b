"""Things that are made once and handed to everybody who asks for the same."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar, cast

Made = TypeVar("Made")


class _Place(Generic[Made]):
    """The place of one thing; the thread that holds the lock makes it."""

    __slots__ = ("is_made", "lock", "made")

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.is_made = False
        self.made: Made | None = None


class Kept(Generic[Made]):
    """A bounded number of made things by their keys; the least recently used goes first.

    Everybody gets the same object, so nobody may change it.
    """

    def __init__(self, most: int):
        self._most = most
        self._lock = threading.Lock()
        self._places: OrderedDict[Hashable, _Place[Made]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._places)

    def of(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What was made for this key, or what `make` makes now.

        It is made once, however many threads ask at the same time. If `make` raises,
        its caller gets the error and the next one tries again.
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
