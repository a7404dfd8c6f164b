"""The options with which a stored file was read, for reading it again the same way."""

import json
from dataclasses import asdict, replace

from cri_data.reading import FileRead, ReadOptions

# The format of a stored file that was rewritten without some of its rows.
REWRITTEN = ReadOptions("utf-8-sig", ",", '"', '"', 1, 0, 0)

# A mark, or the position of zeros, identifies these encodings.
SURE = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"),
    *("utf-32", "utf-32-le", "utf-32-be"),
)

# In these encodings, a letter always has the same bytes. UTF-7 is an exception.
_PLAIN = (*SURE, "ascii", "windows-1252", "cp1252", "latin-1", "iso8859-1", "mac-roman")


def stored_options(options: ReadOptions, file: FileRead) -> str:
    """The read options of a file as text, always with its encoding.

    Without the sheet, because workbooks are searched as a whole, and a sheet's name could
    contain free text.
    """
    return options_to_text(replace(options, encoding=file.encoding or None, sheet=None))


def options_to_text(options: ReadOptions) -> str:
    """Read options as text for options_from_text()."""
    return json.dumps(asdict(options), sort_keys=True)


def options_from_text(text: str | None) -> ReadOptions | None:
    """The read options in a text. None if they were not stored."""
    return None if text is None else ReadOptions(**json.loads(text))


def is_plain(options: ReadOptions | None) -> bool:
    """Whether letters can be searched for in the bytes of a file with these options."""
    return options is None or options.encoding in (None, *_PLAIN)
