"""Check the rows of a file: their problems, and the changes that they would make.

All rows are checked at once in DuckDB. The columns of a dataset's schema become expressions
over the file's text, and each rule is a filter that adds the rows it finds, with what to
do, to the table `problems`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd
from duckdb import DuckDBPyConnection

from cri_data.importing.mapping.accounts import rows_not_read
from cri_data.importing.mapping.mapped_file import MappedFile, with_merged_agencies
from cri_data.importing.problems import (
    add_cell_problems,
    add_faults,
    add_problem_tables,
    add_problems,
)
from cri_data.importing.shaping.origins import file_row
from cri_data.importing.staging import TYPED
from cri_data.importing.validation.agency_ids import (
    UnknownAgency,
    uncertain_agencies,
    with_agencies_meant,
    with_named_agencies,
)
from cri_data.importing.validation.did_you_mean import with_meanings
from cri_data.importing.validation.diff import (
    accepted_rows,
    differences,
    keep_good,
    keep_merged,
    new_records,
)
from cri_data.importing.validation.known_ids import with_known_ids, with_visible_ids
from cri_data.importing.validation.lost_values import (
    LostCells,
    lost_cell_problems,
    with_lost_texts,
    without_lost_cells,
)
from cri_data.importing.validation.outcome_ids import (
    add_uncertain_outcomes,
    with_outcome_ids,
)
from cri_data.importing.validation.plausibility import unusual_values
from cri_data.importing.validation.reference_ids import with_named_ids
from cri_data.importing.validation.remembered_choices import with_remembered
from cri_data.importing.validation.row_rules import (
    add_repeated_keys,
    add_unknown_references,
    date_order_problems,
    merged_agency_problems,
)
from cri_data.importing.validation.similar_agencies import (
    NO_SIMILAR,
    SimilarAgencies,
    similar_agencies,
)
from cri_data.importing.validation.typed_values import Typed, keep_typed
from cri_data.importing.validation.unlikely_values import unlikely_values
from cri_data.importing.validation.value_rules import value_problems
from cri_data.model.problem_rules import Severity
from cri_data.store import query_files
from cri_data.store.rows import only_row

__all__ = [
    "Counts",
    "Progress",
    "ValidationResult",
    "accepted_rows",
    "check_rows",
    "no_progress",
]

Progress = Callable[[str], None]


def no_progress(step: str) -> None:
    """A progress function that does nothing."""
    del step


@dataclass(frozen=True)
class Counts:
    """The numbers of records by result. The first is the sum of the next four.

    `rejected_rows` are rows of the file. In most files, each row is a record.
    """

    rows: int
    inserted: int
    updated: int
    unchanged: int
    rejected: int
    warnings: int
    rejected_rows: int

    @property
    def changes_something(self) -> bool:
        """Whether a commit would write anything."""
        return self.inserted + self.updated > 0


@dataclass(frozen=True)
class ValidationResult:
    """The result of a check.

    `problems` has row, column, value, rule, severity, and message. `differences` has one
    row per changed value (record_id, column, before, after), and `new` one per new record.
    Both have only the first SHOWN rows. `similar` counts new agencies like stored ones.
    `notes` are sentences to know before a commit. `refuted_orders` are columns whose dates
    contradict the chosen order. `unknown_agencies` are those to choose an agency for.
    """

    counts: Counts
    problems: pd.DataFrame
    differences: pd.DataFrame
    new: pd.DataFrame
    similar: SimilarAgencies = NO_SIMILAR
    notes: tuple[str, ...] = ()
    refuted_orders: tuple[str, ...] = ()
    unknown_agencies: tuple[UnknownAgency, ...] = ()


def check_rows(
    cursor: DuckDBPyConnection, prepared: MappedFile, progress: Progress
) -> ValidationResult:
    """Check all rows. Makes the temporary tables typed, merged, good, and problems.

    `cursor` is inside a transaction, so that the compared data is the data that is written.
    """
    merged = dict(
        cursor.execute(query_files.statement("upload/merged_agencies")).fetchall()
    )
    prepared, lost = without_lost_cells(prepared)
    prepared, of_ids = with_known_ids(cursor, with_visible_ids(prepared), merged)
    named = with_named_agencies(cursor, prepared, merged)
    prepared = with_named_ids(cursor, with_merged_agencies(named.prepared, merged))
    prepared = with_outcome_ids(cursor, prepared)
    prepared, notes = with_remembered(cursor, prepared)
    dataset, file, texts = prepared.dataset, prepared.file, prepared.texts
    progress("Checking values")
    cursor.execute(query_files.statement("upload/problems_table"))
    add_faults(cursor, file.faults)
    add_faults(cursor, prepared.left_out, Severity.WARNING)
    add_faults(cursor, rows_not_read(file), Severity.WARNING)
    add_cell_problems(cursor, [*of_ids, *named.said])
    add_uncertain_outcomes(cursor, prepared)
    if prepared.shaped:
        add_problems(cursor.from_df(prepared.shaped.problems))
    add_cell_problems(cursor, list(lost_cell_problems(prepared, lost)))
    present = [column for column in dataset.columns if column.name in texts.column_names]
    typed = keep_typed(cursor, prepared)
    if lost:
        typed = _with_lost_texts(cursor, typed, lost, as_they_are=True)
    add_problems(uncertain_agencies(cursor, named.uncertain))
    add_problem_tables(cursor, value_problems(cursor, typed, present))
    if lost:
        typed = _with_lost_texts(cursor, typed, lost, as_they_are=False)
    add_repeated_keys(cursor, prepared, present)
    add_problems(merged_agency_problems(cursor, dataset, merged))
    progress("Comparing with stored records")
    blanks_erase = prepared.recipe.blanks_erase
    is_all_new = keep_merged(cursor, dataset, typed.table, present, blanks_erase)
    for found in date_order_problems(cursor, dataset):
        add_problems(found)
    for found in unlikely_values(cursor, typed, present):
        add_problems(found)
    for found in unusual_values(cursor, dataset, present):
        add_problems(found)
    similar, of_agencies = similar_agencies(cursor, dataset)
    add_cell_problems(cursor, of_agencies)
    # Last, because a row may refer to another row of the file, which must be valid.
    progress("Checking references")
    add_unknown_references(cursor, dataset, present)
    keep_good(cursor, dataset, typed.table, is_all_new)
    of_similar = (str(similar),) if similar.alike else ()
    checked = _checked(cursor, prepared, (*notes, *typed.notes, *of_similar))
    refuted = typed.refuted_orders(prepared.recipe)
    return replace(
        checked,
        problems=with_agencies_meant(checked.problems, named.unknown),
        similar=similar,
        refuted_orders=refuted,
        unknown_agencies=named.unknown,
    )


def _with_lost_texts(
    cursor: DuckDBPyConnection, typed: Typed, lost: list[LostCells], as_they_are: bool
) -> Typed:
    table = with_lost_texts(typed.table, lost, as_they_are)
    TYPED.hand_over(cursor, table)
    return replace(typed, table=table)


def _checked(
    cursor: DuckDBPyConnection, prepared: MappedFile, notes: tuple[str, ...]
) -> ValidationResult:
    dataset = prepared.dataset
    inserted, updated, rejected, warnings = only_row(
        cursor.execute(query_files.statement("upload/counts"))
    )
    counts = Counts(
        rows=prepared.record_count,
        inserted=inserted,
        updated=updated,
        unchanged=prepared.record_count - inserted - updated - rejected,
        rejected=rejected,
        warnings=warnings,
        rejected_rows=rejected,
    )
    checked = ValidationResult(
        counts=counts,
        problems=with_meanings(
            cursor,
            dataset,
            cursor.execute(query_files.statement("upload/problems_list")).df(),
        ),
        differences=differences(cursor, dataset, updated),
        new=new_records(cursor, dataset),
        notes=notes,
    )
    return _in_file(checked, prepared)


def _in_file(checked: ValidationResult, prepared: MappedFile) -> ValidationResult:
    """The result with rows of the file, from which several outcomes may be made."""
    if prepared.shaped is None:
        return checked
    problems = prepared.shaped.origins.in_file(checked.problems, prepared.file)
    is_error = problems["severity"] == Severity.ERROR
    counts = replace(
        checked.counts,
        warnings=int((~is_error).sum()),
        rejected_rows=problems.loc[is_error, "row"].nunique(),
    )
    new = checked.new.assign(row=file_row(checked.new["row"]))
    return replace(checked, counts=counts, problems=problems, new=new)
