"""Rejected rows back as a file: their original columns, row number, problems."""

import io
import re

from cri_data.csv_rows import row_writer
from cri_data.guard import GUARDED, guarded
from cri_data.upload.checking import Checked
from cri_data.upload.problems import ERROR
from cri_data.upload.reading import FileRead


def rejects_csv(file: FileRead, checked: Checked) -> bytes:
    """The rejected rows as CSV (UTF-8 with byte-order mark, for spreadsheets).

    The file's own headings and cells, guarded against formulas, and the
    columns `row` and `problems`. Corrected, it can be loaded as it is.
    """
    errors = checked.problems[checked.problems["severity"] == ERROR]
    said: dict[int, list[str]] = {}
    for problem in errors.itertuples():
        where = f"{problem.column}: " if problem.column else ""
        said.setdefault(problem.row, []).append(f"{where}{problem.message}")
    text = io.StringIO()
    write_row = row_writer(text)
    kept = [
        place
        for place, heading in enumerate(file.headings)
        if heading not in ("row", "problems")
    ]
    write_row([*(guarded(file.headings[place]) for place in kept), "row", "problems"])
    for batch in file.rows.to_batches():
        columns = batch.to_pydict()
        for place, row in enumerate(columns["row"]):
            if row in said:
                cells = [_guarded_once(columns[f"c{i}"][place] or "") for i in kept]
                write_row([*cells, str(row), " ".join(said[row])])
    return text.getvalue().encode("utf-8-sig")


def _guarded_once(cell: str) -> str:
    """The cell guarded, unless the file came with it guarded already."""
    return cell if re.match(GUARDED, cell.strip()) else guarded(cell)
