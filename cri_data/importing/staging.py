"""The temporary tables used while a file is checked, committed, or undone.

They belong to one cursor. Each is described here: its content, its columns, the statements
of queries/upload that write it, and those that read it. Python refers to them only by these
constants.
"""

from dataclasses import dataclass

import pyarrow as pa
from duckdb import DuckDBPyConnection, DuckDBPyRelation

from cri_data.store import query_files


@dataclass(frozen=True)
class StagingTable:
    """A table of one cursor, by name.

    `columns` are separated by commas. `<column>` means each column of the dataset, and
    `s_<column>` its stored value. `written_by` and `read_by` are statements of
    queries/upload. If no statement writes a table, Python provides it.
    """

    name: str
    columns: str
    holds: str
    written_by: tuple[str, ...] = ()
    read_by: tuple[str, ...] = ()

    def rows(self, cursor: DuckDBPyConnection) -> DuckDBPyRelation:
        """Its rows."""
        return cursor.table(self.name)

    def hand_over(self, cursor: DuckDBPyConnection, table: pa.Table) -> None:
        """Provide an Arrow table under this name."""
        cursor.register(self.name, table)

    def take_back(self, cursor: DuckDBPyConnection) -> None:
        """Remove the table that hand_over() provided."""
        cursor.unregister(self.name)

    def run(self, rows: DuckDBPyRelation, statement: str) -> None:
        """Run a statement of queries/upload that reads these rows as this table."""
        rows.query(self.name, query_files.statement(f"upload/{statement}"))


PROBLEMS = StagingTable(
    "problems",
    "row, column_name, value, rule, severity, message",
    "All problems found so far in the rows of the file.",
    written_by=("add_problems", "problems_table", "repeated_key_problems"),
    read_by=(
        "counts",
        "keep_good_others",
        "new_agencies",
        "passed_over_rows",
        "problems_list",
        "rejected_rows",
    ),
)
FOUND_PROBLEMS = StagingTable(
    "found_problems",
    "row, column_name, value, rule, severity, message",
    "Problems of one rule, before they are added to `problems`.",
    read_by=("add_problems",),
)
TYPED = StagingTable(
    "typed",
    "row, record_id, x_<column>, v_<column>, u_<column>, p_<column>, metric_unit",
    "The rows of the file: each cell as text and as value. Only if needed: which cells say "
    "that a value is not known, the faults of places, and the units of outcomes.",
    read_by=("repeated_ids", "repeated_key_problems"),
)
NAMED_OUTCOMES = StagingTable(
    "named_outcomes",
    "row, outcome_id, engagement_id, metric_id, place",
    "The outcomes of a file without their IDs, as texts, and their order.",
    read_by=("outcome_ids", "uncertain_outcomes"),
)
DIFFERENT_TEXTS = StagingTable(
    "different",
    "place, text",
    "The different texts of one column, each parsed once.",
)
CELLS_IN_QUESTION = StagingTable(
    "cells_in_question",
    "row, text, fault, metric_unit",
    "The cells of one column without a required or a valid value. Only if needed: the "
    "fault of their place, and the unit of their metric.",
)
UNCERTAIN_AGENCIES = StagingTable(
    "uncertain_agencies",
    "row, value, problem",
    "Rows whose agency name has no certain match.",
)
REPEATED_IDS = StagingTable(
    "repeated_ids",
    "record_id",
    "Keys that occur more than once in the file.",
)
REPEATED_ROWS = StagingTable(
    "repeated_rows",
    "row, row_name, record_id, content",
    "The rows of these keys. Equal rows have equal content.",
    read_by=("keep_repeated_keys",),
)
REPEATED_KEYS = StagingTable(
    "repeated_keys",
    "record_id, is_disagreeing, first_row, first_name, all_rows",
    "Whether the rows of a repeated key agree.",
    written_by=("keep_repeated_keys",),
    read_by=("repeated_key_problems",),
)
ALL_NEW = StagingTable(
    "all_new",
    "row, record_id, <column>, s_<column>",
    "The rows of a file without any stored record.",
    read_by=("keep_all_new",),
)
BESIDE_STORED = StagingTable(
    "typed_beside_stored",
    "row, record_id, change, <column>, s_<column>",
    "The rows of the file, joined to the stored records.",
    read_by=("keep_merged",),
)
MERGED = StagingTable(
    "merged",
    "row, record_id, change, <column>, s_<column>",
    "Each record after the upload, and its stored values now.",
    written_by=("keep_all_new", "keep_merged"),
    read_by=(
        "far_from_agency",
        "far_from_state",
        "keep_good_all",
        "keep_good_others",
        "new_agencies",
        "similar_agencies",
        "zip_elsewhere",
    ),
)
GOOD_NEW = StagingTable(
    "good_new",
    "row, record_id, <column>, s_<column>",
    "The accepted rows of a file without any stored record.",
    read_by=("keep_good_new",),
)
GOOD = StagingTable(
    "good",
    "row, record_id, change, <column>, s_<column>",
    "The rows of `merged` that are written.",
    written_by=("keep_good_all", "keep_good_new", "keep_good_others"),
    read_by=("counts",),
)
CHANGES_TO_ADD = StagingTable(
    "changed",
    "upload_id, dataset, record_id, before, after, is_undone",
    "The changes of an upload, before they are added to `changes`.",
    read_by=("add_changes",),
)
RECORDS_TO_KEEP = StagingTable(
    "found_records",
    "as in the statement that writes them",
    "Rows for one of the tables below.",
    read_by=(
        "keep_changed_records",
        "keep_put_records",
        "keep_removed_records",
        "keep_withdrawn",
    ),
)
PUT_RECORDS = StagingTable(
    "put_records",
    "<column>",
    "Records to store, whole.",
    written_by=("keep_put_records",),
)
REMOVED_RECORDS = StagingTable(
    "removed_records",
    "dataset, record_id",
    "Records to remove.",
    written_by=("keep_removed_records",),
    read_by=("remove_records",),
)
CHANGED_RECORDS = StagingTable(
    "changed_records",
    "record_id, before, after",
    "Single changed records, as JSON.",
    written_by=("keep_changed_records", "keep_withdrawn"),
)
UNDOING = StagingTable(
    "undoing",
    "dataset, record_id, before, after, is_touched_later",
    "The changes of the upload that is undone.",
    written_by=("drop_touched_later", "keep_undoing"),
    read_by=("keep_restored", "later_uploads", "mark_changes_undone", "undoing_datasets"),
)
RESTORED = StagingTable(
    "restored",
    "record",
    "The earlier values of its records.",
    written_by=("keep_restored",),
)
SIMILAR_ROWS = StagingTable(
    "similar_rows",
    "row or agency_id, record_id, reason",
    "Agencies of a file, or stored ones, and the stored agencies that they are like.",
    read_by=("duplicate_agencies", "similar_agencies"),
)
NAMED_ROWS = StagingTable(
    "named_rows",
    "row, name, state, city, agency_type",
    "The agencies, partners, or topics that a file names.",
    read_by=("names/keep_given",),
)
CONFIRMED_ROWS = StagingTable(
    "confirmed_rows",
    "row, record_id",
    "The records that a person confirmed for these names.",
    read_by=("names/keep_confirmed",),
)
GIVEN_ROWS = StagingTable(
    "given_rows",
    "row, given_no, written, state",
    "The rows of the file, with the number of their name.",
    written_by=("names/keep_given",),
    read_by=(
        "names/agency_ids",
        "names/alike_rows",
        "names/keep_confirmed",
        "names/keep_given_names",
        "names/settled_rows",
    ),
)
GIVEN_NAMES = StagingTable(
    "given_names",
    "given_no, written, state, city, rows",
    "Each different name in the file.",
    written_by=("names/keep_given_names",),
    read_by=(
        "names/add_ids_elsewhere",
        "names/keep_parts",
        "names/keep_proposals",
        "names/keep_settled",
        "names/matched",
    ),
)
KNOWN_NAMES = StagingTable(
    "known_names",
    "known_no, record_id, name, state",
    "All names of stored records.",
    written_by=(
        "names/keep_known_agencies",
        "names/keep_known_partners",
        "names/keep_known_topics",
    ),
    read_by=(
        "names/add_ids_elsewhere",
        "names/agencies_meant",
        "names/keep_current_ids",
        "names/keep_parts",
        "names/keep_proposals",
        "names/keep_same",
        "names/matched",
        "names/refused_confirmed",
    ),
)
NAME_PARTS = StagingTable(
    "name_parts",
    "is_given, name_no, joined, words, core, is_guessed",
    "The parts of both kinds of names.",
    written_by=("names/keep_parts",),
    read_by=(
        "names/keep_candidates",
        "names/keep_compared",
        "names/keep_confirmed",
        "names/keep_proposals",
        "names/keep_same",
        "names/keep_settled",
    ),
)
CURRENT_IDS = StagingTable(
    "current_ids",
    "id, record_id",
    "The current record of each ID.",
    written_by=("names/keep_current_ids",),
    read_by=("names/keep_settled",),
)
SETTLED_NAMES = StagingTable(
    "settled_names",
    "given_no, how, record_id",
    "Names with a certain match.",
    written_by=("names/add_certain", "names/keep_settled"),
    read_by=(
        "names/agencies_meant",
        "names/agency_ids",
        "names/alike_rows",
        "names/keep_candidates",
        "names/keep_same",
        "names/matched",
        "names/settled_rows",
    ),
)
SAME_NAMES = StagingTable(
    "same_names",
    "given_no, known_no, record_id, is_fitting, is_near",
    "Pairs of names with the same core.",
    written_by=("names/keep_same",),
    read_by=("names/add_certain", "names/alike_rows", "names/keep_candidates"),
)
CANDIDATE_NAMES = StagingTable(
    "candidate_names",
    "given_no, known_no",
    "Pairs of names worth comparing.",
    written_by=("names/keep_candidates",),
    read_by=("names/keep_compared",),
)
COMPARED_NAMES = StagingTable(
    "compared_names",
    "given_no, known_no, score",
    "The similarity of these names.",
    written_by=("names/keep_compared",),
    read_by=("names/keep_proposals",),
)
PROPOSED_NAMES = StagingTable(
    "proposed_names",
    "given_no, id, name, city, state, score, place, is_close, is_likely, reason",
    "The best three proposals for each name without a certain match.",
    written_by=("names/add_ids_elsewhere", "names/keep_proposals"),
    read_by=(
        "names/add_ids_elsewhere",
        "names/agencies_meant",
        "names/agency_ids",
        "names/matched",
    ),
)
CONFIRMED_NAMES = StagingTable(
    "confirmed_names",
    "record_id, state, city, alias_key, written",
    "Confirmed names, as they are saved.",
    written_by=("names/keep_confirmed",),
    read_by=("names/forget", "names/refused_confirmed", "names/remember"),
)

STAGING_TABLES = (
    PROBLEMS,
    FOUND_PROBLEMS,
    TYPED,
    DIFFERENT_TEXTS,
    CELLS_IN_QUESTION,
    UNCERTAIN_AGENCIES,
    REPEATED_IDS,
    REPEATED_ROWS,
    REPEATED_KEYS,
    ALL_NEW,
    BESIDE_STORED,
    MERGED,
    GOOD_NEW,
    GOOD,
    CHANGES_TO_ADD,
    RECORDS_TO_KEEP,
    PUT_RECORDS,
    REMOVED_RECORDS,
    CHANGED_RECORDS,
    UNDOING,
    RESTORED,
    SIMILAR_ROWS,
    NAMED_ROWS,
    CONFIRMED_ROWS,
    GIVEN_ROWS,
    GIVEN_NAMES,
    KNOWN_NAMES,
    NAME_PARTS,
    CURRENT_IDS,
    SETTLED_NAMES,
    SAME_NAMES,
    CANDIDATE_NAMES,
    COMPARED_NAMES,
    PROPOSED_NAMES,
    CONFIRMED_NAMES,
)
