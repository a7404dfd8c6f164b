"""Read a file: its dialect, headings, rows as text, and faults."""

from cri_data.reading.model import (
    ADDED_HEADINGS,
    BLOCK_TITLE,
    MISSED,
    SEPARATORS,
    SHEET_NAME,
    Block,
    Dialect,
    Fault,
    FileRead,
    LeftOut,
    ReadOptions,
    Reason,
    UnreadableFile,
    within_memory,
)
from cri_data.reading.read import read_any, read_file, read_headings, sha256_of
from cri_data.reading.sheet_choice import other_sheets
from cri_data.reading.survey_headings import is_code

__all__ = [
    "ADDED_HEADINGS",
    "BLOCK_TITLE",
    "MISSED",
    "SEPARATORS",
    "SHEET_NAME",
    "Block",
    "Dialect",
    "Fault",
    "FileRead",
    "LeftOut",
    "ReadOptions",
    "Reason",
    "UnreadableFile",
    "is_code",
    "other_sheets",
    "read_any",
    "read_file",
    "read_headings",
    "sha256_of",
    "within_memory",
]
