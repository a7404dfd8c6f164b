"""The lines of a text, one after another, of which some can be taken back."""

import re
from collections import deque
from collections.abc import Iterator


class Lines:
    """Lines with their ends, of which some can be taken back."""

    def __init__(self, text: str) -> None:
        self._rest: Iterator[str] = _lines_of(text)
        self._ahead: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        line = self._ahead.popleft() if self._ahead else next(self._rest)
        self.taken.append(line)
        return line

    def keep(self, count: int) -> None:
        """Be done with the first `count` lines taken; the others go back."""
        if count < len(self.taken):
            self._ahead.extendleft(reversed(self.taken[count:]))
        self.taken.clear()


def _lines_of(text: str) -> Iterator[str]:
    start = 0
    for end in re.finditer(r"\r\n?|\n", text):
        yield text[start : end.end()]
        start = end.end()
    if start < len(text):
        yield text[start:]
