"""Read a file: its dialect, headings, rows as text, and faults."""

from cri_data.reading.model import (
    SEPARATORS,
    Dialect,
    Fault,
    FileRead,
    ReadOptions,
    UnreadableFile,
    within_memory,
)
from cri_data.reading.read import read_any, read_file, read_headings, sha256_of
from cri_data.reading.sheet_choice import other_sheets

__all__ = [
    "SEPARATORS",
    "Dialect",
    "Fault",
    "FileRead",
    "ReadOptions",
    "UnreadableFile",
    "other_sheets",
    "read_any",
    "read_file",
    "read_headings",
    "sha256_of",
    "within_memory",
]
