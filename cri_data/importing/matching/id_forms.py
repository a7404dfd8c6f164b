"""The form in which IDs are compared, whatever programs changed on the way.

A column is proved clean by the bytes that occur in it, all at once. Only what those bytes
make possible is searched for and replaced.
"""

import string

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cri_data.model.code_lists import STATES

# What nobody sees: zero-width characters, direction marks, soft hyphens.
_INVISIBLE = (
    "[\N{SOFT HYPHEN}\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
# All dashes, hyphens, and minus signs other than the one on the keyboard.
_DASHES = (
    "[\u058a\u05be\u1400\u1806\u2010-\u2015\u2027\u2043\u207b\u208b\u2212\u2e3a\u2e3b"
    "\u301c\u30fc\ufe58\ufe63\uff0d]"
)

# How programs protect an ID, or leave traces in it: ="00017", '00017, and 17_x000D_.
_FORMULA = r'^=\s*"(.*)"$'
_APOSTROPHE = r"^['‘’`]+\s*([^'’]*)$"
_ESCAPED = r"_x00(?:0[0-9A-Fa-f]|1[0-9A-Fa-f]|7[Ff])_"

# A whole number with a fraction of zeros, or with commas between its thousands.
_POINT_ZERO = r"^(\d+)\.0*$"
_THOUSANDS = r"^\d{1,3}(?:[, ]\d{3})+$"
_ZEROS_BEFORE = r"^0+(\d)"

# What people write around a number: "#1001", "No. 1001", "(1001)", "1001*".
_AROUND = r"^(?:(?:NO\.|N[º°]|NUMBER:?) ?)?[#*(\[]* ?(\d[0-9A-Z,/-]*) ?[)\]*.,:;†‡]*$"
_SIGNS_AROUND = frozenset(b"#*()[].,:;")

# IDs of databases in which case counts, such as Salesforce's: mixed within one word.
_CASE_COUNTS = r"^[0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?$"
_MIXED = r"[0-9a-z][A-Z]+[0-9a-z]"

# The FBI's own letters of some states come first. Federal agencies have others.
_ORI_STATES = {"NE": "NB", "GU": "GM"}
_PREFIXES = "|".join([*STATES.values, *_ORI_STATES.values(), "US", "WW"])
_LIKE_ORI = rf"^(?:{_PREFIXES})(?:[A-Z]*[0-9]){{2}}[0-9A-Z]*$"

_TEXT = pa.string()
_BLANK = frozenset(b" \t\r\n\v\f")
_SMALL = string.ascii_lowercase.encode()
_LOWER = frozenset(_SMALL)
_NOT_ASCII = frozenset(range(0x80, 0x100))
_PLAIN = f"{string.ascii_uppercase}{string.digits}-_/".encode()


def id_texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """IDs as a person sees them: without invisible characters and spreadsheets' guards.

    Blank ones are null.
    """
    texts, signs = column, unusual_bytes(column)
    if signs & _NOT_ASCII:
        texts = pc.replace_substring_regex(texts, _INVISIBLE, "")
    if b"x"[0] in signs:
        texts = pc.replace_substring_regex(texts, _ESCAPED, " ")
    if texts is not column or signs & (_BLANK | _NOT_ASCII):
        texts = pc.utf8_trim_whitespace(texts)
    if b"="[0] in signs:
        texts = pc.replace_substring_regex(texts, _FORMULA, r"\1")
    if signs & {*b"'`"} or signs & _NOT_ASCII:
        texts = pc.replace_substring_regex(texts, _APOSTROPHE, r"\1")
    if texts is column:
        return column
    texts = pc.utf8_trim_whitespace(texts)
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, _TEXT), texts)


def id_forms(texts: pa.ChunkedArray, of_agencies: bool) -> pa.ChunkedArray:
    """The form of each ID: equal for spellings of which only one can be meant.

    They differ in compatible characters (NFKC), dashes, spaces, case, or ".0", and those
    of agencies also as ORIs do. `texts` are from id_texts().
    """
    signs = unusual_bytes(texts)
    if signs & _NOT_ASCII:
        texts = pc.utf8_normalize(texts, form="NFKC")
        texts = pc.replace_substring_regex(texts, _DASHES, "-")
        signs = unusual_bytes(texts)
    if signs & (_BLANK | _NOT_ASCII):
        texts = pc.replace_substring_regex(texts, r"[\s\p{Z}]+", " ")
        texts = pc.replace_substring_regex(texts, " ?- ?", "-")
    if signs & (_LOWER | _NOT_ASCII):
        texts = _in_capitals(texts)
    if b"."[0] in signs:
        texts = pc.replace_substring_regex(texts, _POINT_ZERO, r"\1")
    return _as_oris(texts) if of_agencies else texts


def loose_forms(forms: pa.ChunkedArray) -> pa.ChunkedArray:
    """Forms without zeros before a number, signs around it, and between its thousands.

    Spreadsheets and people add or drop them. `forms` are from id_forms().
    """
    signs = unusual_bytes(forms)
    if signs & (_SIGNS_AROUND | _NOT_ASCII):
        forms = pc.replace_substring_regex(forms, _AROUND, r"\1")
    if signs & {*b", "}:
        plain = pc.replace_substring_regex(forms, "[, ]", "")
        is_number = pc.match_substring_regex(forms, _THOUSANDS)
        forms = pc.if_else(is_number, plain, forms)
    if pc.any(pc.starts_with(forms, "0")).as_py():
        is_number = pc.match_substring_regex(forms, r"^\d+$")
        bare = pc.replace_substring_regex(forms, _ZEROS_BEFORE, r"\1")
        forms = pc.if_else(is_number, bare, forms)
    return forms


def unusual_bytes(texts: pa.ChunkedArray) -> frozenset[int]:
    """The bytes that occur in a column, without capitals, digits, and plain signs."""
    found: set[int] = set()
    for chunk in texts.chunks:
        offsets, data = chunk.buffers()[1:3]
        if not data or not len(chunk):
            continue
        places = np.frombuffer(offsets, np.int32)
        start, end = places[chunk.offset], places[chunk.offset + len(chunk)]
        left = bytes(memoryview(data)[start:end]).translate(None, _PLAIN)
        # All small letters at once, because there may be millions.
        others = left.translate(None, _SMALL)
        found.update(others)
        if len(others) < len(left):
            found.update(sign for sign in _SMALL if sign in left)
    return frozenset(found)


def _in_capitals(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    capitals = pc.utf8_upper(texts)
    counts = pc.and_(
        pc.match_substring_regex(texts, _CASE_COUNTS),
        pc.and_(
            pc.match_substring_regex(texts, _MIXED), pc.match_substring_regex(texts, r"\d")
        ),
    )
    return pc.if_else(counts, texts, capitals)


def _as_oris(forms: pa.ChunkedArray) -> pa.ChunkedArray:
    """ORIs with nine characters and the FBI's letters of the state; others unchanged."""
    joined = pc.replace_substring_regex(forms, r"[-\s./]", "")
    length = pc.utf8_length(joined)
    is_short, is_long = pc.equal(length, 7), pc.equal(length, 9)
    is_like = pc.match_substring_regex(joined, _LIKE_ORI)
    zeros = pc.if_else(is_short, "00", "")
    oris = pc.binary_join_element_wise(joined, zeros, "")
    for usual, own in _ORI_STATES.items():
        oris = pc.replace_substring_regex(oris, f"^{usual}", own)
    return pc.if_else(pc.and_(is_like, pc.or_(is_short, is_long)), oris, forms)
