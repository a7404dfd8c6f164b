"""Correct one record."""

from cri_data.audit.log import Action
from cri_data.importing.commit.commit import Committed, NothingToWrite, check, write_good
from cri_data.importing.mapping.mapped_file import MappedFile
from cri_data.importing.service import ImportResult
from cri_data.model.datasets import DATASETS, Dataset
from cri_data.model.problem_rules import COUNTS_AS_BLANK
from cri_data.records.change import record_change
from cri_data.records.find import Cells, RecordError, cells_of
from cri_data.records.one_row import one_row_file
from cri_data.store.store import Store

CORRECTION = "correction"


def preview_correction(
    store: Store, dataset_name: str, seen: Cells, changed: Cells
) -> ImportResult:
    """A preview of correcting these cells of a record. Changes nothing."""
    prepared = _one_row(DATASETS[dataset_name], seen, changed)
    return ImportResult(prepared, check(store, prepared))


def unreadable_cells(looked: ImportResult, changed: Cells) -> list[str]:
    """The columns with a text that can't be read, which would delete the stored value."""
    problems = looked.checked.problems
    is_blank = problems["message"].str.contains(COUNTS_AS_BLANK.strip(), regex=False)
    columns = dict.fromkeys(problems.loc[is_blank, "column"])
    return [name for name in columns if changed.get(name, "").strip()]


def correct(
    store: Store, dataset_name: str, seen: Cells, changed: Cells, who: str
) -> ImportResult:
    """Change these cells of a record. A blank cell deletes the value.

    If a cell has a problem, the result lists it and nothing is changed. Raises RecordError
    if the record no longer exists or differs from `seen`, because someone else changed it,
    or if a text can't be read, which as a cell of a file would count as blank.
    """
    dataset = DATASETS[dataset_name]
    record_id = seen[dataset.key]
    prepared = _one_row(dataset, seen, changed)
    _refuse_unreadable(ImportResult(prepared, check(store, prepared)), changed)
    try:
        with record_change(store, who, [dataset], [record_id]) as transaction:
            _refuse_other(cells_of(transaction.cursor, dataset, record_id), seen, record_id)
            committed = write_good(
                transaction, prepared, CORRECTION, Action.CORRECTED, record_id=record_id
            )
    except NothingToWrite as nothing:
        committed = Committed(None, nothing.checked)
    return ImportResult(prepared, committed.checked, committed.upload_id)


def _refuse_unreadable(looked: ImportResult, changed: Cells) -> None:
    """Raise RecordError if a text can't be read."""
    unreadable = unreadable_cells(looked, changed)
    if unreadable:
        problems = looked.checked.problems
        said = problems.loc[problems["column"].isin(unreadable), "message"].iloc[0]
        raise RecordError(
            f"{unreadable[0]} '{changed[unreadable[0]]}': "
            f"{said.replace(COUNTS_AS_BLANK, '')} Nothing is saved."
        )


def _refuse_other(stored: Cells, seen: Cells, record_id: str) -> None:
    """Raise RecordError, with the differences, if a record is not as `seen`."""
    differing = [name for name, cell in stored.items() if cell != seen[name]]
    if differing:
        raise RecordError(
            f"Someone else changed '{record_id}': {', '.join(differing)}. Your changes are "
            "not saved. Load the current values, then save again."
        )


def _one_row(dataset: Dataset, seen: Cells, changed: Cells) -> MappedFile:
    """The changed cells as a file with one row."""
    key = dataset.key
    if changed.get(key, seen[key]) != seen[key]:
        raise RecordError(
            f"You cannot change the {key} of a record, because other records refer to it."
        )
    return one_row_file(dataset, {key: seen[key]} | changed)
