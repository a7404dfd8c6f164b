"""Find, correct, and withdraw one record, merge two agencies, and choose a partner.

Each change is an upload of its own, with the same checks, history, and undo.
"""

from cri_data.records.agency_names import agency_ids_like
from cri_data.records.assign import (
    PlannedEngagement,
    assign,
    planned_csv,
    preview_assignment,
)
from cri_data.records.choices import choices
from cri_data.records.correct import correct, preview_correction, unreadable_cells
from cri_data.records.duplicates import (
    ComparedAgency,
    DuplicatePair,
    duplicate_pairs,
    merged_as_suggested,
)
from cri_data.records.find import (
    MOST_FOUND,
    Cells,
    RecordError,
    found_records,
    record_cells,
)
from cri_data.records.merge import Merge, merge_agencies, merge_all, requests_of
from cri_data.records.withdraw import withdraw

__all__ = [
    "MOST_FOUND",
    "Cells",
    "ComparedAgency",
    "DuplicatePair",
    "Merge",
    "PlannedEngagement",
    "RecordError",
    "agency_ids_like",
    "assign",
    "choices",
    "correct",
    "duplicate_pairs",
    "found_records",
    "merge_agencies",
    "merge_all",
    "merged_as_suggested",
    "planned_csv",
    "preview_assignment",
    "preview_correction",
    "record_cells",
    "requests_of",
    "unreadable_cells",
    "withdraw",
]
