"""Signs that are no separator and no quote, hidden while a text is split."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cri_data.reading.model import UnreadableFile

# Stand for what must not be taken for a separator or a quote. Never text: they
# are no characters.
_MASKS = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6\ufdd7"


@dataclass(frozen=True)
class CsvSyntax:
    """How cells are separated: what a text is split by."""

    separator: str
    quote: str = '"'
    escape: str = '"'

    @property
    def backslash(self) -> bool:
        """Whether a backslash takes its meaning from the next character."""
        return self.escape == "\\"


class Masking:
    """The text with one character for a separator, and none for an escape."""

    def __init__(self, text: str, syntax: CsvSyntax) -> None:
        self.quote = syntax.quote
        self.separator = syntax.separator
        self._meant: dict[str, str] = {}
        free = (mask for mask in _MASKS if mask not in text)
        try:
            if syntax.backslash:
                text = self._without_escapes(text, syntax, free)
            if len(syntax.separator) != 1:
                self.separator = next(free)
                text = text.replace(syntax.separator, self.separator)
                self._meant[self.separator] = syntax.separator
        except StopIteration:
            raise UnreadableFile(
                "The file holds characters that no text has. Save the table as "
                "CSV UTF-8 again and load that."
            ) from None
        self.text = text
        self._masks = re.compile(f"[{''.join(self._meant)}]") if self._meant else None

    def _without_escapes(self, text: str, syntax: CsvSyntax, free: Iterator[str]) -> str:
        signs = ["\\", *dict.fromkeys(filter(None, (syntax.quote, syntax.separator)))]
        masks = {sign: next(free) for sign in signs}
        self._meant |= {mask: sign for sign, mask in masks.items()}
        escaped = "|".join(re.escape(sign) for sign in signs)
        return re.sub(rf"\\({escaped})", lambda found: masks[found[1]], text)

    @property
    def is_masked(self) -> bool:
        """Whether any character stands for another."""
        return self._masks is not None

    def shown(self, cells: list[str]) -> list[str]:
        """The cells with every mask taken off again."""
        if self._masks is None:
            return cells
        return [self._masks.sub(self._unmask, cell) for cell in cells]

    def _unmask(self, found: re.Match[str]) -> str:
        return self._meant[found[0]]
