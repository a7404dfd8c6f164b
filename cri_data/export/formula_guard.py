"""A guard for text that a spreadsheet would run as a formula, and its removal."""

# What begins a formula in a spreadsheet, and the apostrophe itself, so that
# the guard can be taken off exactly. Some take the wide forms of East Asian
# keyboards for the same.
_DANGEROUS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "'")

# A guarded text, of one line or more, as a pattern whose only group is the text
# within.
GUARDED = r"(?s)^'([=+\-@＝＋－＠\t\r'].*)$"


def guarded(text: str) -> str:
    """The text, with an apostrophe in front if a spreadsheet would run it."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def exact(text: str) -> str:
    """The text as `load` reads it back unchanged.

    Only a text that looks guarded already needs anything: one more apostrophe.
    """
    looks_guarded = text[:1] == "'" and text[1:].startswith(_DANGEROUS)
    return f"'{text}" if looks_guarded else text
