"""The bytes of a text in all encodings."""

import encodings
import pkgutil
from functools import cache

# These add a mark before the text, or characters after it.
_MARKING = {"utf_16", "utf_32", "utf_8_sig", "punycode", "idna"}


def writings(text: str) -> set[bytes]:
    """The text in every Python encoding that can represent it."""
    return {written for name in _names() if (written := _written(text, name)) is not None}


@cache
def _names() -> tuple[str, ...]:
    known = {module.name for module in pkgutil.iter_modules(encodings.__path__)}
    # Some of them are not text encodings.
    return tuple(sorted(n for n in known - _MARKING if _written("", n) is not None))


def _written(text: str, encoding: str) -> bytes | None:
    try:
        return text.encode(encoding)
    except (LookupError, UnicodeError):
        return None
