"""What a file says: its dialect, headings and rows, all as text, and its faults."""

from cri_data.upload.reading.files import read_any, read_file, read_headings
from cri_data.upload.reading.kinds import (
    SEPARATORS,
    Dialect,
    Fault,
    FileRead,
    Told,
    UnreadableFile,
)
from cri_data.upload.reading.memory import within_memory
from cri_data.upload.reading.sheet_choice import other_sheets

__all__ = [
    "SEPARATORS",
    "Dialect",
    "Fault",
    "FileRead",
    "Told",
    "UnreadableFile",
    "other_sheets",
    "read_any",
    "read_file",
    "read_headings",
    "within_memory",
]
