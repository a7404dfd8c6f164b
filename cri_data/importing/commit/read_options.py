"""How a kept file was read when it was loaded, so that it says the same again."""

import json
from dataclasses import asdict, replace

from cri_data.reading import FileRead, ReadOptions

# How a file is written that was written anew without some of its rows.
WRITTEN_ANEW = ReadOptions("utf-8-sig", ",", '"', '"', 1, 0, 0)

# They say by a mark in the file, or by the place of their zeros, that they are it.
SURE = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"),
    *("utf-32", "utf-32-le", "utf-32-be"),
)

# In these a letter is always the same bytes. In others, such as UTF-7, it is not.
_PLAIN = (*SURE, "ascii", "windows-1252", "cp1252", "latin-1", "iso8859-1", "mac-roman")


def stored_options(options: ReadOptions, file: FileRead) -> str:
    """The options of a file, and its encoding in any case, as text.

    Not the sheet: a workbook is looked at whole, and a sheet's name can be anything.
    """
    return options_to_text(replace(options, encoding=file.encoding or None, sheet=None))


def options_to_text(options: ReadOptions) -> str:
    """Read options as text, which options_from_text() takes."""
    return json.dumps(asdict(options), sort_keys=True)


def options_from_text(text: str | None) -> ReadOptions | None:
    """The read options that a text holds; None where nobody wrote it down."""
    return None if text is None else ReadOptions(**json.loads(text))


def is_plain(options: ReadOptions | None) -> bool:
    """Whether every letter can be looked for in the bytes of a file that is read so."""
    return options is None or options.encoding in (None, *_PLAIN)
