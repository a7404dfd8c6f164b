"""Rejected rows back as a file: their original columns, row number, problems."""

import csv
import io

from cri_data.guard import guarded
from cri_data.upload.checking import ERROR, Checked
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
    writer = csv.writer(text, lineterminator="\n")
    kept = [
        place
        for place, heading in enumerate(file.headings)
        if heading not in ("row", "problems")
    ]
    writer.writerow([*(guarded(file.headings[place]) for place in kept), "row", "problems"])
    for batch in file.rows.to_batches():
        columns = batch.to_pydict()
        for place, row in enumerate(columns["row"]):
            if row in said:
                cells = [guarded(columns[f"c{i}"][place] or "") for i in kept]
                writer.writerow([*cells, row, " ".join(said[row])])
    return text.getvalue().encode("utf-8-sig")
