"""A guard for text that a spreadsheet would run as a formula, and its removal."""

# Characters that start a formula, also in their wide East Asian forms, and the
# apostrophe itself, so that the guard can be removed exactly.
_DANGEROUS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "'")

# A guarded text of one or more lines. The pattern's only group is the original text.
GUARDED = r"(?s)^'([=+\-@＝＋－＠\t\r'].*)$"


def guarded(text: str) -> str:
    """The text, with an apostrophe in front if a spreadsheet would run it."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def exact(text: str) -> str:
    """The text in a form that `load` reads back unchanged.

    Only a text that already looks guarded gets one more apostrophe.
    """
    looks_guarded = text[:1] == "'" and text[1:].startswith(_DANGEROUS)
    return f"'{text}" if looks_guarded else text
