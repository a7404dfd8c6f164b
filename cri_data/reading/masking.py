"""Masks for separators and quotes that are plain text, used while a text is split."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cri_data.reading.model import UnreadableFile

# They replace characters that must not count as a separator or a quote. They are
# noncharacters in Unicode, so no text contains them.
_MASKS = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6\ufdd7"


@dataclass(frozen=True)
class CsvSyntax:
    """The characters that separate, quote, and escape cells."""

    separator: str
    quote: str = '"'
    escape: str = '"'

    @property
    def backslash(self) -> bool:
        """Whether a backslash escapes the next character."""
        return self.escape == "\\"


class Masking:
    """The text with one character as separator, and without escapes."""

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
                "The file contains characters that are not text. Save the table as CSV "
                "UTF-8 and load that."
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
        """Whether the text contains a mask."""
        return self._masks is not None

    def shown(self, cells: list[str]) -> list[str]:
        """The cells with all masks replaced by the original characters."""
        if self._masks is None:
            return cells
        return [self._masks.sub(self._unmask, cell) for cell in cells]

    def _unmask(self, found: re.Match[str]) -> str:
        return self._meant[found[0]]
