"""Detect the encoding of a file, and files that are not text."""

import codecs
import io
import re

from cri_data.reading.model import UnreadableFile

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_AS_CSV = "save the sheet as CSV UTF-8"
_AS_XLSX = "save it as an Excel workbook (.xlsx)"

# How files of other kinds begin, what they are, and how to save their table.
_OTHER_FILES = (
    (b"PK\x03\x04", "an Excel workbook or a ZIP archive", _AS_CSV),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)", _AS_XLSX),
    (b"%PDF", "a PDF document", _AS_CSV),
)

# Web pages and XML that programs write with the name of a workbook.
_PAGES = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<\?mso-application[^>]*>\s*)?"
    rb"<(?:!doctype html|html|table|head|meta|style|(?:\w+:)?workbook)\b",
    re.IGNORECASE,
)

# Encodings whose mark gives the byte order. Without a mark, the low byte is first.
_MARKED = ("utf-16", "utf-32")

# How much is checked to distinguish text from other content, in bytes or characters.
_SAMPLE = 10_000
_STEP = 1 << 20

# Control characters that occur in text: tab, line ends, form feed, and DOS end of file.
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27})


def encoding_of(name: str, content: bytes, specified: str | None = None) -> str:
    """The encoding of a text file. Raises UnreadableFile for other files."""
    _refuse_other_files(name, content)
    encoding = _named(specified, content) if specified else _found(content)
    if specified and not _decodes(content, encoding):
        raise UnreadableFile(
            f"{name} is not text in the encoding {specified}. Choose another encoding, "
            "or save the table as CSV UTF-8 and load that."
        )
    start = content[: _SAMPLE * 4].decode(encoding, "ignore")
    _refuse_binary(name, start[:_SAMPLE])
    return encoding


def text_of(content: bytes, encoding: str) -> str:
    """The whole text, without its mark."""
    text = content.decode(encoding)
    # A file in another encoding may also begin with a mark.
    return text.removeprefix("\ufeff").removeprefix("\xef\xbb\xbf")


def empty_file(name: str) -> UnreadableFile:
    """The error for a file without any text."""
    return UnreadableFile(f"{name} is empty. Save the file again with its rows.")


def _refuse_other_files(name: str, content: bytes) -> None:
    for start, kind, saved in _OTHER_FILES:
        if content.startswith(start):
            raise UnreadableFile(
                f"{name} is {kind}, not a CSV file. Open it, {saved}, and load that file."
            )
    if _PAGES.match(content[:2_000]):
        raise UnreadableFile(
            f"{name} is a web page or XML, although a spreadsheet opens it. Open it in "
            f"Excel, {_AS_XLSX}, and load that file."
        )


def _named(specified: str, content: bytes) -> str:
    try:
        # Codecs that are not text encodings refuse even this.
        "".encode(specified)
        encoding = codecs.lookup(specified).name
    except (LookupError, UnicodeError) as error:
        raise UnreadableFile(
            f"There is no encoding '{specified}'. Use, for example, utf-8, "
            "windows-1252, or mac-roman."
        ) from error
    has_mark = content.startswith(tuple(mark for mark, name in _MARKS if name == encoding))
    return encoding if has_mark or encoding not in _MARKED else f"{encoding}-le"


def _found(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark) and _decodes(content, encoding):
            return encoding
    wide = _wide(content)
    if wide:
        return wide
    if content.isascii() or _decodes(content, "utf-8"):
        return "utf-8"
    return "windows-1252" if _decodes(content, "windows-1252") else "latin-1"


def _wide(content: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, from the positions of zeros in Latin letters."""
    sample = content[:4_000]
    if len(sample) < 4 or b"\x00" not in sample:
        return None
    quarter = max(len(sample) // 4, 1)
    zeros = [sample[place::4].count(0) / quarter for place in range(4)]
    if min(zeros[1:]) > 0.5 and zeros[0] < 0.4:
        return "utf-32-le" if _decodes(content, "utf-32-le") else None
    if min(zeros[:3]) > 0.5 and zeros[3] < 0.4:
        return "utf-32-be" if _decodes(content, "utf-32-be") else None
    even, odd = (zeros[0] + zeros[2]) / 2, (zeros[1] + zeros[3]) / 2
    # Text in other scripts has zeros only in line ends and separators.
    if odd > 2 / 3 or (odd > 0.05 and even == 0):
        return _utf_16(content, "utf-16-le")
    if even > 2 / 3 or (even > 0.05 and odd == 0):
        return _utf_16(content, "utf-16-be")
    return None


def _utf_16(content: bytes, encoding: str) -> str | None:
    if len(content) % 2 or not _decodes(content, encoding):
        return None
    sample = content[:4_000].decode(encoding, "ignore")
    return encoding if any(sign in sample for sign in "\n\r,;\t|") else None


def _decodes(content: bytes, encoding: str) -> bool:
    """Whether all content is text in this encoding. Uses little memory."""
    decoder = codecs.getincrementaldecoder(encoding)()
    stream = io.BytesIO(content)
    try:
        while step := stream.read(_STEP):
            decoder.decode(step)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _refuse_binary(name: str, start: str) -> None:
    if not start or not start.strip("\ufeff \t\r\n"):
        return
    # No text file has many control characters.
    controls = sum(start.count(chr(code)) for code in _CONTROLS)
    if controls > len(start) // 100 + 1:
        raise UnreadableFile(
            f"{name} is not a text file. Save the table as CSV UTF-8 and load that."
        )
