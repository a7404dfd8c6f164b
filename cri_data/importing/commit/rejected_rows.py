"""Rejected rows as a file: their original columns, row numbers, and problems."""

import io
import re
from collections.abc import Hashable

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from cri_data.export.csv_writer import row_writer
from cri_data.export.formula_guard import GUARDED, guarded
from cri_data.importing.mapping.headings import REJECT_COLUMNS
from cri_data.importing.validation.validate import ValidationResult
from cri_data.model.problem_rules import Rule, Severity
from cri_data.reading import ADDED_HEADINGS, Fault, FileRead


def rejected_rows(
    file: FileRead, checked: ValidationResult, most: int | None = None, whole: bool = False
) -> pd.DataFrame:
    """The rejected rows with the file's cells, and the columns `row` and `problems`.

    Has one text column per heading, named by position (0, 1 …), in the order of the file.
    `most` limits the number of rows. `whole` leaves out rows with a broken structure.
    """
    errors = checked.problems[checked.problems["severity"] == Severity.ERROR]
    said: dict[int, list[str]] = {}
    broken = {fault.row for fault in file.faults} if whole else set()
    shown = errors.loc[~errors["row"].isin(broken), ["row", "column", "message"]]
    for row, column, text in shown.itertuples(index=False, name=None):
        where = f"{column}: " if column else ""
        said.setdefault(int(row), []).append(f"{where}{text}")
    numbers = pa.array(sorted(said)[:most], pa.int64())
    rows = _as_they_stand(file, numbers).to_pandas()
    kept = [
        place
        for place, heading in enumerate(file.headings)
        if heading not in REJECT_COLUMNS
    ]
    cells: dict[Hashable, object] = {place: rows[f"c{place}"].fillna("") for place in kept}
    problems = [" ".join(said[row]) for row in rows["row"]]
    return pd.DataFrame(cells | {"row": rows["row"], "problems": problems})


def _as_they_stand(file: FileRead, numbers: pa.Array) -> pa.Table:
    """The rows with these numbers, including broken ones."""
    whole = file.rows.filter(pc.is_in(file.rows["row"], value_set=numbers))
    wanted = set(numbers.to_pylist())
    broken = [fault for fault in file.faults if fault.row in wanted]
    if not broken:
        return whole
    cells = [_fitted(fault, file) for fault in broken]
    columns = [[fault.row for fault in broken], *zip(*cells, strict=True)]
    added = pa.table(dict(zip(whole.column_names, columns, strict=True)), whole.schema)
    return pa.concat_tables([whole, added]).sort_by("row")


def _fitted(fault: Fault, file: FileRead) -> tuple[str, ...]:
    """The cells of a broken row, one per heading.

    Extra cells stay in the last column with their separators. So text with a separator is
    complete again, and people can see and fix anything else. The last columns are those
    that were added to the file, such as the name of its sheet.
    """
    cells, width = fault.cells, len(file.headings)
    last = max(
        (place for place, name in enumerate(file.headings) if _is_own(name)), default=0
    )
    if len(cells) > width or fault.rule == Rule.TOO_MANY_CELLS:
        separator = file.separator or ","
        cells = (*cells[:last], separator.join(cells[last:]).rstrip(separator))
    cells = (*cells, *[""] * width)[:width]
    added = file.added_cells(fault.row)
    return (*cells[: width - len(added)], *added)


def _is_own(heading: str) -> bool:
    return bool(heading) and heading not in (*REJECT_COLUMNS, *ADDED_HEADINGS)


def rejects_csv(file: FileRead, checked: ValidationResult) -> bytes:
    """The rejected rows as CSV (UTF-8 with a byte order mark, for spreadsheets).

    Has the file's own headings and cells, guarded against formulas, and the columns `row`
    and `problems`. After corrections, it can be loaded without other changes.
    """
    rejected = rejected_rows(file, checked)
    places = [int(name) for name in rejected.columns[:-2]]
    text = io.StringIO()
    write_row = row_writer(text)
    write_row([*(guarded(file.headings[place]) for place in places), *REJECT_COLUMNS])
    columns = [rejected[column].to_numpy(dtype=object) for column in rejected]
    for *cells, row, problems in zip(*columns, strict=True):
        write_row([*map(_guarded_once, cells), file.row_name(row), problems])
    return text.getvalue().encode("utf-8-sig")


def _guarded_once(cell: str) -> str:
    """The guarded cell, unless the file already had a guard."""
    if cell[:1].isalnum():
        return cell
    return cell if re.match(GUARDED, cell.strip()) else guarded(cell)
