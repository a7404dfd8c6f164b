"""One record: found, corrected, withdrawn; two agencies that are one, merged.

Each is an upload of its own, with the same checks, changes, history and undo.
"""

from cri_data.upload.records.correcting import correct, look_at_correction
from cri_data.upload.records.finding import (
    MOST_FOUND,
    Cells,
    RecordError,
    found_records,
    record_cells,
)
from cri_data.upload.records.merging import merge_agencies
from cri_data.upload.records.withdrawing import withdraw

__all__ = [
    "MOST_FOUND",
    "Cells",
    "RecordError",
    "correct",
    "found_records",
    "look_at_correction",
    "merge_agencies",
    "record_cells",
    "withdraw",
]
